#pragma once
#include <postrider/devserver/fault_rule.hpp>
#include <string_view>

#include "problem.hpp"

namespace postrider::devserver {

/// parse_fault_rule, telling what is wrong so that a program can say it in another language.
result<fault_rule> read_fault_rule(std::string_view text, complaint& why);

}  // namespace postrider::devserver
