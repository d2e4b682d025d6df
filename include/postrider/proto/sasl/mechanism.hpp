#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <postrider/core/result.hpp>
#include <postrider/proto/sasl/channel_bindings.hpp>
#include <postrider/proto/sasl/scram_keys.hpp>
#include <string>
#include <string_view>
#include <vector>

/// Simple Authentication and Security Layer, RFC 4422: mechanisms alone, without base64 or protocol around them.
///
///     SCRAM-SHA-1, -256, -512, each with -PLUS      RFC 5802, RFC 7677
///     OAUTHBEARER, XOAUTH2                          RFC 7628, and what Google and Microsoft speak
///     CRAM-MD5, PLAIN, LOGIN                        RFC 2195, RFC 4616
/// and, only where they are asked for by name,
///     EXTERNAL, ANONYMOUS, DIGEST-MD5               RFC 4422 appendix A, RFC 4505, RFC 2831
namespace postrider::sasl {

/// Gives a bearer token. The exchange waits for it, and what it throws ends the session.
/// `former_was_refused`   the token that it gave before is no good any more.
using token_source = std::function<result<std::string>(bool former_was_refused)>;

struct credentials {
    std::string user;
    std::string secret;            ///< password; for OAUTHBEARER and XOAUTH2 the token, where there is no `token`
    std::string identity;          ///< act as (authzid); empty means as `user`
    token_source token = nullptr;  ///< logs in with a token, and with nothing else
};

enum class errc {
    malformed = 1,            ///< the peer's message does not have the mechanism's form
    refused,                  ///< the credentials are not right
    out_of_turn,              ///< a message where none is due
    bad_credentials_form,     ///< NUL in user or secret, or what SASLprep prohibits
    wrong_server_signature,   ///< the server does not know the password either: it is another one
    unproved_server,          ///< the server said yes before it had proved that it knows the password
    wrong_nonce,              ///< the nonce is not the one of this exchange
    iterations_out_of_range,  ///< fewer than limits::scram_least_iterations, or more than scram_most_iterations
    unsupported_binding,      ///< the other side knows no channel binding of this kind
    downgraded,               ///< somebody took the -PLUS mechanisms out of what the server offers
    unsupported_extension,    ///< the peer insists on one that there is not
    no_token,                 ///< the token's source has none
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
    /// The answer to a challenge; the initial response answers the empty challenge. After an error the exchange is over.
    /// errors     errc::bad_credentials_form, ::out_of_turn after the last response, ::malformed for a challenge that
    /// is none; SCRAM and DIGEST-MD5 also say why they do not trust the server.
    virtual result<std::string> respond(std::string_view challenge) = 0;
    /// Whether the server may end the exchange well now. A mechanism in which the server proves itself says no until it
    /// has: success before that is no success.
    virtual bool may_succeed() const noexcept { return true; }
    /// After a refusal: whether another exchange may end otherwise, with a fresh token; it then begins anew.
    virtual bool again() { return false; }
};

/// What a client's mechanism knows beside the credentials.
struct client_context {
    channel_bindings bindings;  ///< of the TLS below; empty without it
    bool server_binds = false;  ///< the server offers a -PLUS mechanism
    std::string nonce;          ///< that nobody can guess, new for each exchange; printable, without comma and quote
    std::string service = "smtp";
    std::string host;  ///< whom we are talking to: DIGEST-MD5 and OAUTHBEARER say it
    std::uint16_t port = 0;
};

/// nullptr for a name that we do not know. Names compare without case.
std::unique_ptr<client_mechanism> make_client(std::string_view name, credentials const&, client_context const& = {});

/// Those of `offered` that log in with a password, the best first: SCRAM before CRAM-MD5, PLAIN, LOGIN, a -PLUS before
/// all. What must be asked for by name is not among them.
std::vector<std::string> preferred(std::vector<std::string> const& offered);

/// What a login tries, one after the other: those of `offered` that `who` can use, the best first. `wanted` names those
/// that may be used, in its own order; empty: any that need not be asked for by name.
std::vector<std::string> candidates(std::vector<std::string> const& offered, std::vector<std::string> const& wanted,
                                    credentials const& who, channel_bindings const&);

/// How a server checks: the secret of a user, or nothing if there is no such user.
using secret_lookup = std::function<std::optional<std::string>(std::string_view user)>;

/// Whose token this is; nothing if it is no good. `user` is who the client says it is, and may be empty.
using token_check = std::function<std::optional<std::string>(std::string_view user, std::string_view token)>;

/// Who the client is by other means, such as its certificate; nothing if nobody, or not who it asks to be. `identity`
/// is whom it wants to act as; empty: itself.
using identity_check = std::function<std::optional<std::string>(std::string_view identity)>;

/// The server's side of one exchange.
class server_mechanism {
public:
    virtual ~server_mechanism() = default;
    struct next {
        bool done = false;      ///< authenticated; `user` holds who
        std::string challenge;  ///< otherwise: what to send
    };
    /// Takes a response, or nothing when the client sent no initial response. After an error the exchange is over.
    /// errors     errc::malformed, ::out_of_turn, and others for what is well formed and not accepted: `is_refusal`.
    virtual result<next> take(std::optional<std::string_view> response) = 0;
    virtual std::string const& user() const noexcept = 0;  ///< the authenticated one, after `done`
};

/// What a server's mechanism knows. What is null is not known, and what needs it cannot be served; but where nothing is
/// known at all (a dev server's wish), every user is let in with every secret and token that a mechanism can carry. Users and secrets compare octet by octet, in SCRAM and DIGEST-MD5 after SASLprep.
/// A lookup is asked once an exchange; a user who is not there costs the same time as one whose secret is wrong, as far
/// as it lies here.
struct server_context {
    secret_lookup secret_of;       ///< PLAIN, LOGIN, CRAM-MD5, SCRAM, DIGEST-MD5
    scram_lookup keys_of;          ///< SCRAM, in place of `secret_of`
    token_check user_of_token;     ///< OAUTHBEARER, XOAUTH2
    identity_check external_user;  ///< EXTERNAL
    bool anonymous = false;        ///< ANONYMOUS

    std::string challenge_seed;  ///< CRAM-MD5: unique for each exchange, random text and a host name
    std::string nonce;           ///< SCRAM, DIGEST-MD5: as in client_context
    std::string hiding_key;      ///< secret and the same for ever: salts of users who are not there are made with it
    unsigned scram_iterations = limits::scram_least_iterations;  ///< for them, and where `secret_of` gives passwords
    channel_bindings bindings;                                   ///< of the TLS below: with them -PLUS can be served
    bool binds = false;  ///< whether -PLUS was offered: then who says "you did not" has been lied to
    std::string service = "smtp";
    std::string host = "localhost";  ///< DIGEST-MD5: the realm, and whom the client must mean
};

/// nullptr for a name that we do not know, or that cannot be served with this.
std::unique_ptr<server_mechanism> make_server(std::string_view name, server_context);

/// Everything that can be served with this, but not DIGEST-MD5, which nobody should offer unasked.
std::vector<std::string> servable(server_context const&);

}  // namespace postrider::sasl

template <>
struct std::is_error_code_enum<postrider::sasl::errc> : std::true_type {};
