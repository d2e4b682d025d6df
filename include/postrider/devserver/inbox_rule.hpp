#pragma once
#include <postrider/core/result.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::devserver {

/// An inbox, and which mail it gets.
///     rule    = name [ "=" pattern ]
///     name    = 1*( ALPHA / DIGIT / "." / "_" / "-" )
///     pattern = an address in which each "*" stands for any octets, none included
/// as in "team-a" or "alerts=*@monitoring.example".
struct inbox_rule {
    std::string name;
    std::string pattern;  ///< of the first forward-path; empty: its local part is to name the inbox
};

/// errors     std::errc::invalid_argument; `why` says for people what is wrong with the rule.
result<inbox_rule> parse_inbox_rule(std::string_view rule, std::string& why);

/// The inbox that a mail goes to: the one whose name is the login's user name; else the first whose pattern fits the
/// first forward-path, or, of those without a pattern, whose name is its local part or what stands behind the "+" in
/// it; else "". Letters compare without case.
std::string inbox_for(std::vector<inbox_rule> const&, std::string_view login, std::string_view forward_path);

/// Whether an inbox may have this name.
bool is_inbox_name(std::string_view name) noexcept;

}  // namespace postrider::devserver
