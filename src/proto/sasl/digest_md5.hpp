#pragma once
#include <optional>
#include <postrider/core/result.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// DIGEST-MD5 as both sides need it: its grammar, and what is computed. It is historic (RFC 6331), and here for those
/// who have nothing better.                                                                            RFC 2831
namespace postrider::sasl::digest_md5 {

/// Directives of a challenge or a response.                                                        RFC 2831 §7.1
///     directives = 1#( token "=" ( token | quoted-string ) )
class directives {
public:
    /// errors     errc::malformed; also when one comes twice that may come once: all but realm.
    static result<directives> parse(std::string_view message);

    std::optional<std::string_view> find(std::string_view name) const noexcept;  ///< the first of that name

private:
    std::vector<std::pair<std::string, std::string>> all_;  ///< names in lower case
};

/// name="value", with what needs it escaped.
std::string quoted(std::string_view name, std::string_view value);

/// What goes into the digest. `nc` is 00000001 always: each exchange has its own nonces.
struct parts {
    std::string user, realm, secret, nonce, cnonce, uri, identity;
};
inline constexpr std::string_view nonce_count = "00000001";

std::string client_response(parts const&);  ///< "response"
std::string server_response(parts const&);  ///< "rspauth"

}  // namespace postrider::sasl::digest_md5
