#pragma once
#include <postrider/sign/dkim/verify.hpp>
#include <string_view>

namespace postrider::dkim {

/// What a key record makes of a signature whose body hash is right: pass, fail or permerror. Fills in the verdict's
/// outcome, reason, key_bits and testing.                                                  RFC 6376 §6.1.2, §6.1.3
/// `header_hash`  of what the signature covers.
void check_with_key(verdict& of, std::string_view record, std::string_view header_hash);

}  // namespace postrider::dkim
