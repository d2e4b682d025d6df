#pragma once
#include <chrono>
#include <postrider/sign/dkim/signer.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::dkim {

/// What a new signature says, but for `b`.
struct signature_draft {
    signer const& by;
    std::vector<std::string> names;  ///< `h`
    std::string body_hash;
    std::chrono::sys_seconds now;
};

/// "DKIM-Signature: v=1; ...; b=", folded, without a line end: what is hashed.
std::string write_without_value(signature_draft const&);

/// The same with its value, folded, and its line end: what goes out. The value alone is added, so that the field hashes
/// the same in simple form.
std::string with_value(std::string field, std::string_view signature);

}  // namespace postrider::dkim
