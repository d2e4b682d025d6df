#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <postrider/core/digest.hpp>
#include <utility>

#include "digest_md5.hpp"
#include "mechanisms.hpp"

/// The client's side of DIGEST-MD5, without integrity and privacy layers: TLS has those.            RFC 2831 §2.1
namespace postrider::sasl {
namespace {

/// Whether `list` names `word`, as in qop="auth,auth-int".
bool names(std::string_view list, std::string_view word) {
    while (!list.empty()) {
        auto one = list.substr(0, list.find(','));
        list.remove_prefix(std::min(one.size() + 1, list.size()));
        while (one.starts_with(' ')) one.remove_prefix(1);
        while (one.ends_with(' ')) one.remove_suffix(1);
        if (ascii::equal_without_case(one, word)) return true;
    }
    return false;
}

class digest_md5_client final : public client_mechanism {
public:
    digest_md5_client(credentials const& who, client_context const& context) : who_(who), context_(context) {}
    std::string_view name() const noexcept override { return "DIGEST-MD5"; }
    bool sends_first() const noexcept override { return false; }
    bool reveals_secret() const noexcept override { return false; }
    bool may_succeed() const noexcept override { return server_is_proved_; }

    result<std::string> respond(std::string_view challenge) override {
        switch (std::exchange(due_, what::nothing)) {
            case what::challenge: return answer(challenge);
            case what::proof: return check_proof(challenge);
            case what::nothing: break;
        }
        return error_code(errc::out_of_turn);
    }

private:
    enum class what { challenge, proof, nothing };

    result<std::string> answer(std::string_view challenge) {
        if (auto const ec = check_form(who_)) return ec;
        if (context_.nonce.empty()) return error_code(errc::bad_credentials_form);
        auto const said = digest_md5::directives::parse(challenge);
        if (!said) return said.error();
        auto const nonce = said->find("nonce");
        bool const is_md5_sess = said->find("algorithm") == "md5-sess";
        if (!nonce || nonce->empty() || !is_md5_sess) return error_code(errc::malformed);
        if (!names(said->find("qop").value_or("auth"), "auth")) return error_code(errc::unsupported_extension);
        auto const realm = said->find("realm");
        parts_ = {who_.user,      std::string(realm.value_or("")),
                  who_.secret,    std::string(*nonce),
                  context_.nonce, context_.service + '/' + (context_.host.empty() ? "localhost" : context_.host),
                  who_.identity};
        due_ = what::proof;
        return text(said->find("charset").has_value(), realm.has_value());
    }

    std::string text(bool in_utf8, bool with_realm) const {
        using digest_md5::quoted;
        std::string response = in_utf8 ? "charset=utf-8," : "";
        response += quoted("username", parts_.user) + ',';
        if (with_realm) response += quoted("realm", parts_.realm) + ',';
        response += quoted("nonce", parts_.nonce) + ",nc=" + std::string(digest_md5::nonce_count) + ',';
        response += quoted("cnonce", parts_.cnonce) + ',' + quoted("digest-uri", parts_.uri);
        response += ",response=" + digest_md5::client_response(parts_) + ",qop=auth";
        if (!parts_.identity.empty()) response += ',' + quoted("authzid", parts_.identity);
        return response;
    }

    result<std::string> check_proof(std::string_view challenge) {
        auto const said = digest_md5::directives::parse(challenge);
        auto const proof = said ? said->find("rspauth") : std::nullopt;
        if (!proof) return error_code(errc::malformed);
        if (!equal_in_constant_time(*proof, digest_md5::server_response(parts_)))
            return error_code(errc::wrong_server_signature);
        server_is_proved_ = true;
        return std::string();
    }

    credentials who_;
    client_context context_;
    digest_md5::parts parts_;
    what due_ = what::challenge;
    bool server_is_proved_ = false;
};

}  // namespace

std::unique_ptr<client_mechanism> make_digest_md5_client(credentials const& who, client_context const& context) {
    return std::make_unique<digest_md5_client>(who, context);
}

}  // namespace postrider::sasl
