#include <postrider/codec/base64.hpp>
#include <postrider/codec/charset.hpp>
#include <postrider/proto/sasl/saslprep.hpp>
#include <utility>

#include "gs2.hpp"
#include "mechanisms.hpp"
#include "scram.hpp"

/// The server's side of SCRAM.                                                              RFC 5802 §3, §5, §6, §7
namespace postrider::sasl {
namespace {

/// What the client says first, checked.
struct client_first {
    gs2::header header;
    std::string_view bare;
    std::string user;
    std::string_view nonce;
};

result<client_first> parse_client_first(std::string_view message) {
    if (!codec::is_utf8(message)) return error_code(errc::malformed);
    auto header = gs2::take_header(message);
    if (!header) return header.error();
    auto const bare = message;
    if (bare.starts_with("m=")) return error_code(errc::unsupported_extension);
    auto const name = gs2::take_attribute(message, 'n');
    auto const nonce = gs2::take_attribute(message, 'r');
    if (!name || !nonce || !scram::is_nonce(*nonce)) return error_code(errc::malformed);
    auto user = gs2::decode_saslname(*name);
    if (!user) return user.error();
    return client_first{*std::move(header), bare, *std::move(user), *nonce};
}

class scram_server final : public server_mechanism {
public:
    scram_server(scram::kind kind, server_context context) : kind_(kind), context_(std::move(context)) {}
    std::string const& user() const noexcept override { return user_; }

    result<next> take(std::optional<std::string_view> response) override {
        switch (std::exchange(due_, what::nothing)) {
            case what::first: return response ? challenge(*response) : ask();
            case what::final: return response ? check(*response) : error_code(errc::malformed);
            case what::acknowledgement: return response && response->empty() ? succeed() : error_code(errc::malformed);
            case what::nothing: break;
        }
        return error_code(errc::out_of_turn);
    }

private:
    enum class what { first, final, acknowledgement, nothing };

    result<next> ask() {
        due_ = what::first;
        return next{};
    }

    result<next> challenge(std::string_view response) {
        auto const said = parse_client_first(response);
        if (!said) return said.error();
        if (auto const ec = check_binding(said->header.flag)) return ec;
        auto const user = saslprep(said->user);
        if (!user) return user.error();
        asked_ = *user;
        // Nobody may act as another here: there is no rule that could allow it.
        as_oneself_ = said->header.identity.empty() || said->header.identity == said->user;
        find_keys();
        gs2_header_ = said->header.text;
        nonce_ = std::string(said->nonce) + context_.nonce;
        auto first =
            "r=" + nonce_ + ",s=" + codec::encode_base64(keys_.salt) + ",i=" + std::to_string(keys_.iterations);
        exchange_ = std::string(said->bare) + ',' + first;
        due_ = what::final;
        return next{false, std::move(first)};
    }

    /// RFC 5802 §6: a client that could bind and believes that we cannot has been lied to, if we can.
    error_code check_binding(std::string_view flag) {
        if (kind_.plus != flag.starts_with("p=")) return errc::malformed;
        if (flag == "y" && context_.binds) return errc::downgraded;
        if (!kind_.plus) return {};
        auto const value = scram::binding_of(flag.substr(2), context_.bindings);
        if (!value) return errc::unsupported_binding;
        binding_ = *value;
        return {};
    }

    /// Of whoever asks. Somebody who is not there gets a salt as well, and the same one each time.
    void find_keys() {
        if (context_.keys_of) {
            auto const kept = context_.keys_of(kind_.with, asked_);
            is_known_ = kept.has_value();
            keys_ = kept.value_or(scram_keys{made_up_salt(), context_.scram_iterations, {}, {}});
            return;
        }
        auto const secret = context_.secret_of(asked_);
        auto const prepared = saslprep(secret.value_or("nobody"));
        is_known_ = secret && prepared;
        keys_ = make_scram_keys(kind_.with, prepared ? *prepared : "nobody", made_up_salt(), context_.scram_iterations);
    }

    std::string made_up_salt() const {
        auto const label = std::string(scram::name_of({kind_.with, false})) + ' ' + asked_;
        return hmac(hash::sha256, context_.hiding_key, label).substr(0, 16);
    }

    //     "c=" base64(gs2-header cbind-data) ",r=" nonce [extensions] ",p=" base64(proof)
    result<next> check(std::string_view response) {
        auto rest = response;
        auto const binding = gs2::take_attribute(rest, 'c');
        auto const nonce = gs2::take_attribute(rest, 'r');
        auto const proof_at = response.rfind(",p=");
        if (!binding || !nonce || proof_at == response.npos) return error_code(errc::malformed);
        auto const bound_to = codec::decode_base64(*binding);
        auto const proof = codec::decode_base64(response.substr(proof_at + 3));
        if (!bound_to || !proof || proof->size() != digest(kind_.with, "").size()) return error_code(errc::malformed);
        if (*nonce != nonce_) return error_code(errc::wrong_nonce);
        exchange_ += ',';
        exchange_ += response.substr(0, proof_at);
        bool const is_bound = equal_in_constant_time(*bound_to, gs2_header_ + binding_);
        if (!proof_is_right(*proof) || !is_bound || !as_oneself_) return error_code(errc::refused);
        due_ = what::acknowledgement;
        return next{false, "v=" + codec::encode_base64(hmac(kind_.with, keys_.server_key, exchange_))};
    }

    bool proof_is_right(std::string const& proof) const {
        auto const signature = hmac(kind_.with, keys_.stored_key, exchange_);
        auto const client_key = scram::exclusive_or(proof, signature);
        return equal_in_constant_time(digest(kind_.with, client_key), keys_.stored_key) && is_known_;
    }

    result<next> succeed() {
        user_ = asked_;
        return next{true, {}};
    }

    scram::kind kind_;
    server_context context_;
    what due_ = what::first;
    std::string asked_, user_;
    bool as_oneself_ = false, is_known_ = false;
    scram_keys keys_;
    std::string gs2_header_, binding_, nonce_;
    std::string exchange_;  ///< "AuthMessage", as far as it goes
};

}  // namespace

std::unique_ptr<server_mechanism> make_scram_server(scram::kind kind, server_context context) {
    return std::make_unique<scram_server>(kind, std::move(context));
}

}  // namespace postrider::sasl
