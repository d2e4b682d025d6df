#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <utility>

#include "gs2.hpp"
#include "mechanisms.hpp"

/// OAUTHBEARER, RFC 7628 §3.1, and XOAUTH2, its forerunner that Google and Microsoft have:
///     OAUTHBEARER     gs2-header SOH "host=" h SOH "port=" p SOH "auth=Bearer " token SOH SOH
///     XOAUTH2         "user=" user SOH "auth=Bearer " token SOH SOH
/// A refusal comes as a challenge of JSON, which is answered before the protocol's own refusal.
namespace postrider::sasl {
namespace {

constexpr char separator = '\x01';

bool is_printable(std::string_view text) noexcept {
    return std::none_of(text.begin(), text.end(), ascii::is_control);
}

class token_client final : public client_mechanism {
public:
    token_client(token_kind kind, credentials const& who, client_context const& context)
        : kind_(kind), who_(who), context_(context) {}

    std::string_view name() const noexcept override {
        return kind_ == token_kind::oauthbearer ? "OAUTHBEARER" : "XOAUTH2";
    }
    bool sends_first() const noexcept override { return true; }
    bool reveals_secret() const noexcept override { return true; }

    result<std::string> respond(std::string_view) override {
        switch (std::exchange(due_, what::nothing)) {
            case what::token: return first();
            // RFC 7628 §3.2.3: a single SOH. XOAUTH2 wants an empty line.
            case what::acknowledgement: return std::string(kind_ == token_kind::oauthbearer ? 1 : 0, separator);
            case what::nothing: break;
        }
        return error_code(errc::out_of_turn);
    }

    bool again() override {
        if (!who_.token || std::exchange(renewed_, true)) return false;
        due_ = what::token;
        return true;
    }

private:
    enum class what { token, acknowledgement, nothing };

    result<std::string> first() {
        auto const token = who_.token ? who_.token(renewed_) : who_.secret;
        if (!token) return error_code(errc::no_token);
        if (token->empty() || !is_printable(*token) || !is_printable(who_.user) || !is_printable(who_.identity))
            return error_code(errc::bad_credentials_form);
        due_ = what::acknowledgement;
        return beginning() + separator + "auth=Bearer " + *token + separator + separator;
    }

    std::string beginning() const {
        auto const& identity = who_.identity.empty() ? who_.user : who_.identity;
        if (kind_ == token_kind::xoauth2) return "user=" + identity;
        std::string header = "n,";
        if (!identity.empty()) header += "a=" + gs2::encode_saslname(identity);
        header += ',';
        if (!context_.host.empty()) header += separator + ("host=" + context_.host);
        if (context_.port != 0) header += separator + ("port=" + std::to_string(context_.port));
        return header;
    }

    token_kind kind_;
    credentials who_;
    client_context context_;
    what due_ = what::token;
    bool renewed_ = false;
};

}  // namespace

std::unique_ptr<client_mechanism> make_token_client(token_kind kind, credentials const& who,
                                                    client_context const& context) {
    return std::make_unique<token_client>(kind, who, context);
}

}  // namespace postrider::sasl
