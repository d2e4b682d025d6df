#pragma once
#include <string_view>

namespace postrider::lint {

/// Whether a host can be taken for another: a label that mixes Latin letters with Greek or Cyrillic ones, or consists
/// of Greek or Cyrillic letters that all look Latin. Letters that belong to one alphabet are fine.      UTS #39 §4, §5
bool is_lookalike(std::string_view host);

}  // namespace postrider::lint
