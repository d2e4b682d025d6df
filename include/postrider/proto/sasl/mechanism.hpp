#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <postrider/core/result.hpp>
#include <string>
#include <string_view>
#include <vector>

/// Simple Authentication and Security Layer, RFC 4422: mechanisms alone, without base64 or protocol around them.
namespace postrider::sasl {

struct credentials {
    std::string user;
    std::string secret;    ///< password
    std::string identity;  ///< act as (authzid); empty means as `user`
};

enum class errc {
    malformed = 1,         ///< the peer's message does not have the mechanism's form
    refused,               ///< the credentials are not right
    out_of_turn,           ///< a message where none is due
    bad_credentials_form,  ///< NUL in user or secret
};
std::error_category const& category() noexcept;
error_code make_error_code(errc) noexcept;

/// The client's side of one exchange.
class client_mechanism {
public:
    virtual ~client_mechanism() = default;
    virtual std::string_view name() const noexcept = 0;  ///< upper case, as registered with IANA
    virtual bool sends_first() const noexcept = 0;       ///< has an initial response
    virtual bool reveals_secret() const noexcept = 0;    ///< the secret can be read from the wire: needs TLS
    /// The answer to a challenge; the initial response answers the empty challenge.
    /// errors     errc::bad_credentials_form, ::out_of_turn after the last response, ::malformed for a challenge that
    /// is none.
    virtual result<std::string> respond(std::string_view challenge) = 0;
};

/// PLAIN (RFC 4616), LOGIN, CRAM-MD5 (RFC 2195); nullptr for others. Names compare without case.
std::unique_ptr<client_mechanism> make_client(std::string_view name, credentials const&);

/// Those of `offered` that we know, the best first: CRAM-MD5, PLAIN, LOGIN, as smtplib has it.
std::vector<std::string> preferred(std::vector<std::string> const& offered);

/// How a server checks: the secret of a user, or nothing if there is no such user.
using secret_lookup = std::function<std::optional<std::string>(std::string_view user)>;

/// The server's side of one exchange.
class server_mechanism {
public:
    virtual ~server_mechanism() = default;
    struct next {
        bool done = false;      ///< authenticated; `user` holds who
        std::string challenge;  ///< otherwise: what to send
    };
    /// Takes a response, or nothing when the client sent no initial response. After an error the exchange is over.
    /// errors     errc::malformed, ::refused, ::out_of_turn.
    virtual result<next> take(std::optional<std::string_view> response) = 0;
    virtual std::string const& user() const noexcept = 0;  ///< the authenticated one, after `done`
};

/// `challenge_seed`   what makes a CRAM-MD5 challenge unique: random text and a host name; ignored by the others.
/// Users and secrets compare octet by octet. `secret_of` is asked once an exchange; a user who is not there costs the
/// same time as one whose secret is wrong, as far as it lies here. A null `secret_of` accepts every user with every
/// secret that the mechanism can carry (a dev server's wish).
std::unique_ptr<server_mechanism> make_server(std::string_view name, secret_lookup secret_of,
                                              std::string challenge_seed);

}  // namespace postrider::sasl

template <>
struct std::is_error_code_enum<postrider::sasl::errc> : std::true_type {};
