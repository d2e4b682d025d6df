#include <postrider/codec/charset.hpp>
#include <postrider/core/digest.hpp>
#include <utility>

#include "digest_md5.hpp"
#include "mechanisms.hpp"

/// The server's side of DIGEST-MD5.                                                                RFC 2831 §2.1
namespace postrider::sasl {
namespace {

class digest_md5_server final : public server_mechanism {
public:
    explicit digest_md5_server(server_context context) : context_(std::move(context)) {}
    std::string const& user() const noexcept override { return user_; }

    result<next> take(std::optional<std::string_view> response) override {
        switch (std::exchange(due_, what::nothing)) {
            // The server speaks first; what a client would know of an exchange before is not kept (RFC 2831 §2.2).
            case what::request: return response ? error_code(errc::out_of_turn) : challenge();
            case what::response: return response ? check(*response) : error_code(errc::malformed);
            case what::acknowledgement: return response && response->empty() ? succeed() : error_code(errc::malformed);
            case what::nothing: break;
        }
        return error_code(errc::out_of_turn);
    }

private:
    enum class what { request, response, acknowledgement, nothing };

    result<next> challenge() {
        using digest_md5::quoted;
        due_ = what::response;
        return next{false, quoted("realm", context_.host) + ',' + quoted("nonce", context_.nonce) +
                               ",qop=\"auth\",charset=utf-8,algorithm=md5-sess"};
    }

    result<next> check(std::string_view response) {
        bool const is_text = codec::is_utf8(response) && response.find('\0') == response.npos;
        auto const said = is_text ? digest_md5::directives::parse(response) : error_code(errc::malformed);
        if (!said) return said.error();
        auto const parts = parts_of(*said);
        if (!parts) return parts.error();
        auto const secret = context_.secret_of(parts->user);
        auto computed = *parts;
        computed.secret = secret.value_or("");
        bool const as_oneself = parts->identity.empty() || parts->identity == parts->user;
        bool const equal = equal_in_constant_time(*said->find("response"), digest_md5::client_response(computed));
        if (!equal || !secret || !as_oneself) return error_code(errc::refused);
        asked_ = parts->user;
        due_ = what::acknowledgement;
        return next{false, "rspauth=" + digest_md5::server_response(computed)};
    }

    /// Of the digest-uri the service must be ours; we do not know under how many names this host is reached.
    result<digest_md5::parts> parts_of(digest_md5::directives const& said) const {
        auto const text = [&](std::string_view name) { return std::string(said.find(name).value_or("")); };
        digest_md5::parts parts{text("username"),   text("realm"),  {}, text("nonce"), text("cnonce"),
                                text("digest-uri"), text("authzid")};
        bool const complete = !parts.user.empty() && !parts.cnonce.empty() && said.find("response");
        bool const for_us = parts.uri.starts_with(context_.service + '/');
        bool const plain_qop = said.find("qop").value_or("auth") == "auth";
        if (!complete || !for_us || !plain_qop) return error_code(errc::malformed);
        if (parts.nonce != context_.nonce || said.find("nc") != digest_md5::nonce_count)
            return error_code(errc::wrong_nonce);
        if (parts.realm != context_.host) return error_code(errc::refused);
        return parts;
    }

    result<next> succeed() {
        user_ = asked_;
        return next{true, {}};
    }

    server_context context_;
    what due_ = what::request;
    std::string asked_, user_;
};

}  // namespace

std::unique_ptr<server_mechanism> make_digest_md5_server(server_context context) {
    return std::make_unique<digest_md5_server>(std::move(context));
}

}  // namespace postrider::sasl
