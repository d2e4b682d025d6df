#pragma once
#include <postrider/mime/message.hpp>
#include <postrider/mime/parse.hpp>
#include <string>

/// What a leaf holds, wherever it lies.
namespace postrider::mime {

/// Octets after transfer decoding; empty for what has parts. A view as long as `leaf` lives, where nothing had to be
/// decoded or read.
decoded_content octets_of(message const& leaf);

/// The same in UTF-8, as the leaf's charset says. Octets that it does not explain become U+FFFD.
std::string text_of(message const& leaf, decoded_content const& octets);

}  // namespace postrider::mime
