#pragma once
#include <optional>
#include <postrider/core/result.hpp>
#include <string>
#include <string_view>

/// What SCRAM and OAUTHBEARER begin with.                                                   RFC 5801 §4, RFC 5802 §7
///     gs2-header = ( "n" / "y" / "p=" cb-name ) "," [ "a=" saslname ] ","
namespace postrider::sasl::gs2 {

struct header {
    std::string_view text;  ///< all of it
    std::string_view flag;  ///< "n", "y", or "p=" and the name of a channel binding
    std::string identity;   ///< empty: none
};

/// Takes the header off the front of `message`.
result<header> take_header(std::string_view& message);

/// "=2C" and "=3D" stand for comma and equals sign in a saslname.
std::string encode_saslname(std::string_view name);
/// errors     errc::malformed, also for an empty one
result<std::string> decode_saslname(std::string_view name);

/// The text of the attribute that comes next: `letter` "=" text, up to a comma or the end, which are taken too.
/// returns    nothing when another one comes, and `message` is left as it was.
std::optional<std::string_view> take_attribute(std::string_view& message, char letter) noexcept;

}  // namespace postrider::sasl::gs2
