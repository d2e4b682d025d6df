#include <postrider/codec/charset.hpp>
#include <postrider/core/ascii.hpp>
#include <utility>

#include "gs2.hpp"
#include "mechanisms.hpp"

/// The server's side of OAUTHBEARER, RFC 7628 §3.2, and of XOAUTH2.
namespace postrider::sasl {
namespace {

constexpr char separator = '\x01';

struct token_message {
    std::string user;
    std::string_view token;
};

/// The value of `key` among the pairs that stand between separators; the last pair is empty.
result<std::string_view> value_of(std::string_view pairs, std::string_view key) {
    if (!pairs.ends_with("\x01\x01")) return error_code(errc::malformed);
    pairs.remove_suffix(1);
    while (!pairs.empty()) {
        auto const pair = pairs.substr(0, pairs.find(separator));
        pairs.remove_prefix(pair.size() + 1);
        if (pair.substr(0, pair.find('=')) == key && pair.size() > key.size()) return pair.substr(key.size() + 1);
    }
    return error_code(errc::malformed);
}

result<std::string_view> bearer_token(std::string_view pairs) {
    constexpr std::string_view scheme = "Bearer ";
    auto const value = value_of(pairs, "auth");
    if (!value) return value;
    bool const is_bearer = ascii::equal_without_case(value->substr(0, scheme.size()), scheme);
    if (!is_bearer || value->size() == scheme.size()) return error_code(errc::malformed);
    return value->substr(scheme.size());
}

result<token_message> parse_oauthbearer(std::string_view message) {
    auto const header = gs2::take_header(message);
    if (!header) return header.error();
    if (header->flag.starts_with("p=") || !message.starts_with(separator)) return error_code(errc::malformed);
    auto const token = bearer_token(message.substr(1));
    if (!token) return token.error();
    return token_message{header->identity, *token};
}

result<token_message> parse_xoauth2(std::string_view message) {
    auto const user = value_of(message, "user");
    auto const token = bearer_token(message);
    if (!user || !token || user->empty()) return error_code(errc::malformed);
    return token_message{std::string(*user), *token};
}

class token_server final : public server_mechanism {
public:
    token_server(token_kind kind, server_context context) : kind_(kind), context_(std::move(context)) {}
    std::string const& user() const noexcept override { return user_; }

    result<next> take(std::optional<std::string_view> response) override {
        switch (std::exchange(due_, what::nothing)) {
            case what::token: return response ? check(*response) : ask();
            case what::acknowledgement: return error_code(errc::refused);
            case what::nothing: break;
        }
        return error_code(errc::out_of_turn);
    }

private:
    enum class what { token, acknowledgement, nothing };

    result<next> ask() {
        due_ = what::token;
        return next{};
    }

    result<next> check(std::string_view message) {
        bool const is_text = codec::is_utf8(message) && message.find('\0') == message.npos;
        if (!is_text) return error_code(errc::malformed);
        auto const said = kind_ == token_kind::oauthbearer ? parse_oauthbearer(message) : parse_xoauth2(message);
        if (!said) return said.error();
        auto const user = user_of(*said);
        if (!user || user->empty()) return refuse();
        user_ = *user;
        return next{true, {}};
    }

    std::optional<std::string> user_of(token_message const& said) const {
        if (context_.user_of_token) return context_.user_of_token(said.user, said.token);
        return said.user.empty() ? "somebody" : said.user;
    }

    /// RFC 7628 §3.2.2; what stands there for XOAUTH2 is what Google sends.
    result<next> refuse() {
        due_ = what::acknowledgement;
        return next{false, kind_ == token_kind::oauthbearer ? R"({"status":"invalid_token"})"
                                                            : R"({"status":"401","schemes":"bearer"})"};
    }

    token_kind kind_;
    server_context context_;
    what due_ = what::token;
    std::string user_;
};

}  // namespace

std::unique_ptr<server_mechanism> make_token_server(token_kind kind, server_context context) {
    return std::make_unique<token_server>(kind, std::move(context));
}

}  // namespace postrider::sasl
