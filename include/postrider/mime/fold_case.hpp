#pragma once
#include <string>
#include <string_view>

namespace postrider::mime {

/// `text` (UTF-8) with one letter for both cases, in Latin, Greek, Cyrillic, Armenian and full-width writing: good for
/// looking for words, and for telling whether a file system might take two names for one; not for showing.
std::string fold_case(std::string_view text);

}  // namespace postrider::mime
