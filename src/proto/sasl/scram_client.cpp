#include <charconv>
#include <postrider/codec/base64.hpp>
#include <postrider/proto/sasl/saslprep.hpp>
#include <utility>

#include "gs2.hpp"
#include "mechanisms.hpp"
#include "scram.hpp"

/// The client's side of SCRAM.                                                              RFC 5802 §3, §5, §6, §7
namespace postrider::sasl {
namespace {

/// What the server says first, checked.
struct server_first {
    std::string nonce, salt;
    unsigned iterations = 0;
};

result<unsigned> parse_iterations(std::string_view text) {
    unsigned long long count = 0;
    auto const [end, ec] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (ec == std::errc::result_out_of_range) return error_code(errc::iterations_out_of_range);
    if (ec != std::errc() || end != text.data() + text.size() || text.front() == '0')
        return error_code(errc::malformed);
    if (count < limits::scram_least_iterations || count > limits::scram_most_iterations)
        return error_code(errc::iterations_out_of_range);
    return static_cast<unsigned>(count);
}

/// Extensions may follow; an "m=" ahead of all is one that must be understood, and none is.
result<server_first> parse_server_first(std::string_view message, std::string_view own_nonce) {
    if (message.starts_with("m=")) return error_code(errc::unsupported_extension);
    auto const nonce = gs2::take_attribute(message, 'r');
    auto const salt = gs2::take_attribute(message, 's');
    auto const iterations = gs2::take_attribute(message, 'i');
    if (!nonce || !salt || !iterations || !scram::is_nonce(*nonce)) return error_code(errc::malformed);
    if (!nonce->starts_with(own_nonce) || nonce->size() == own_nonce.size()) return error_code(errc::wrong_nonce);
    auto const octets = codec::decode_base64(*salt);
    if (!octets || octets->empty()) return error_code(errc::malformed);
    auto const count = parse_iterations(*iterations);
    if (!count) return count.error();
    return server_first{std::string(*nonce), *octets, *count};
}

/// RFC 5802 §7: what a server may say instead of its signature.
error_code reason(std::string_view word) noexcept {
    if (word == "unsupported-channel-binding-type" || word == "channel-binding-not-supported")
        return errc::unsupported_binding;
    if (word == "server-does-support-channel-binding") return errc::downgraded;
    return errc::refused;
}

class scram_client final : public client_mechanism {
public:
    scram_client(scram::kind kind, credentials const& who, client_context const& context)
        : kind_(kind), who_(who), context_(context) {}

    std::string_view name() const noexcept override { return scram::name_of(kind_); }
    bool sends_first() const noexcept override { return true; }
    bool reveals_secret() const noexcept override { return false; }
    bool may_succeed() const noexcept override { return server_is_proved_; }

    result<std::string> respond(std::string_view challenge) override {
        switch (std::exchange(due_, what::nothing)) {
            case what::first: return first();
            case what::final: return final(challenge);
            case what::signature: return check_signature(challenge);
            case what::nothing: break;
        }
        return error_code(errc::out_of_turn);
    }

private:
    enum class what { first, final, signature, nothing };

    result<std::string> first() {
        if (auto const ec = check_form(who_)) return ec;
        auto const user = saslprep(who_.user);
        if (!user) return user.error();
        if (!scram::is_nonce(context_.nonce) || !bind()) return error_code(errc::bad_credentials_form);
        if (!who_.identity.empty()) gs2_header_ += "a=" + gs2::encode_saslname(who_.identity);
        gs2_header_ += ',';
        first_bare_ = "n=" + gs2::encode_saslname(*user) + ",r=" + context_.nonce;
        due_ = what::final;
        return gs2_header_ + first_bare_;
    }

    /// "p=tls-exporter,", "y," where we could bind and the server seems unable to, or "n,".
    bool bind() {
        auto const& known = context_.bindings;
        if (!kind_.plus) {
            gs2_header_ = known.any() && !context_.server_binds ? "y," : "n,";
            return true;
        }
        auto const type = known.exporter.empty() ? scram::end_point_binding : scram::exporter_binding;
        auto const value = scram::binding_of(type, known);
        if (!value) return false;
        gs2_header_ = "p=" + std::string(type) + ',';
        binding_ = *value;
        return true;
    }

    result<std::string> final(std::string_view challenge) {
        if (auto said = challenge; auto const error = gs2::take_attribute(said, 'e')) return reason(*error);
        auto const said = parse_server_first(challenge, context_.nonce);
        if (!said) return said.error();
        auto const password = saslprep(who_.secret);
        if (!password) return password.error();
        auto const salted = scram::salted_password(kind_.with, *password, said->salt, said->iterations);
        auto const client_key = scram::client_key(kind_.with, salted);
        auto const without_proof = "c=" + codec::encode_base64(gs2_header_ + binding_) + ",r=" + said->nonce;
        auto const exchange = first_bare_ + ',' + std::string(challenge) + ',' + without_proof;
        auto const signature = hmac(kind_.with, digest(kind_.with, client_key), exchange);
        server_signature_ = hmac(kind_.with, scram::server_key(kind_.with, salted), exchange);
        due_ = what::signature;
        return without_proof + ",p=" + codec::encode_base64(scram::exclusive_or(client_key, signature));
    }

    result<std::string> check_signature(std::string_view challenge) {
        if (auto const error = gs2::take_attribute(challenge, 'e')) return reason(*error);
        auto const verifier = gs2::take_attribute(challenge, 'v');
        auto const signature = verifier ? codec::decode_base64(*verifier) : error_code(errc::malformed);
        if (!signature) return error_code(errc::malformed);
        if (!equal_in_constant_time(*signature, server_signature_)) return error_code(errc::wrong_server_signature);
        server_is_proved_ = true;
        return std::string();
    }

    scram::kind kind_;
    credentials who_;
    client_context context_;
    what due_ = what::first;
    std::string gs2_header_, binding_, first_bare_;
    std::string server_signature_;
    bool server_is_proved_ = false;
};

}  // namespace

std::unique_ptr<client_mechanism> make_scram_client(scram::kind kind, credentials const& who,
                                                    client_context const& context) {
    return std::make_unique<scram_client>(kind, who, context);
}

}  // namespace postrider::sasl
