#include <algorithm>
#include <postrider/codec/charset.hpp>
#include <utility>

#include "mechanisms.hpp"

/// PLAIN, RFC 4616 §2.
///     message = [authzid] NUL authcid NUL passwd
namespace postrider::sasl {
namespace {

class plain_client final : public client_mechanism {
public:
    explicit plain_client(credentials const& who) : who_(who) {}
    std::string_view name() const noexcept override { return "PLAIN"; }
    bool sends_first() const noexcept override { return true; }
    bool reveals_secret() const noexcept override { return true; }

    result<std::string> respond(std::string_view) override {
        if (std::exchange(spoken_, true)) return error_code(errc::out_of_turn);
        if (auto const ec = check_form(who_)) return ec;
        return who_.identity + '\0' + who_.user + '\0' + who_.secret;
    }

private:
    credentials who_;
    bool spoken_ = false;
};

struct plain_message {
    std::string_view identity, user, secret;
};

result<plain_message> parse_plain(std::string_view message) {
    if (std::count(message.begin(), message.end(), '\0') != 2 || !codec::is_utf8(message))
        return error_code(errc::malformed);
    auto const first = message.find('\0'), second = message.find('\0', first + 1);
    plain_message const parts{message.substr(0, first), message.substr(first + 1, second - first - 1),
                              message.substr(second + 1)};
    if (parts.user.empty() || parts.secret.empty()) return error_code(errc::malformed);
    return parts;
}

class plain_server final : public server_mechanism {
public:
    explicit plain_server(server_context context) : context_(std::move(context)) {}
    std::string const& user() const noexcept override { return user_; }

    result<next> take(std::optional<std::string_view> response) override {
        if (finished_) return error_code(errc::out_of_turn);
        if (!response) return next{};
        finished_ = true;
        auto const parts = parse_plain(*response);
        if (!parts) return parts.error();
        // Nobody may act as another here: there is no rule that could allow it.
        bool const as_oneself = parts->identity.empty() || parts->identity == parts->user;
        if (!is_right(context_, parts->user, parts->secret) || !as_oneself) return error_code(errc::refused);
        user_ = parts->user;
        return next{true, {}};
    }

private:
    server_context context_;
    std::string user_;
    bool finished_ = false;
};

}  // namespace

std::unique_ptr<client_mechanism> make_plain_client(credentials const& who, client_context const&) {
    return std::make_unique<plain_client>(who);
}

std::unique_ptr<server_mechanism> make_plain_server(server_context context) {
    return std::make_unique<plain_server>(std::move(context));
}

}  // namespace postrider::sasl
