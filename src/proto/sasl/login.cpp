#include <postrider/core/ascii.hpp>
#include <utility>

#include "mechanisms.hpp"

/// LOGIN, as draft-murchison-sasl-login-00 wrote it down: the user's name, then the password, each to a prompt.
namespace postrider::sasl {
namespace {

class login_client final : public client_mechanism {
public:
    explicit login_client(credentials const& who) : who_(who) {}
    std::string_view name() const noexcept override { return "LOGIN"; }
    bool sends_first() const noexcept override { return true; }
    bool reveals_secret() const noexcept override { return true; }

    result<std::string> respond(std::string_view challenge) override {
        if (auto const ec = check_form(who_)) return ec;
        switch (std::exchange(due_, due_ == what::user ? what::secret : what::nothing)) {
            case what::user: return who_.user;
            case what::secret: return asks_for_user_again(challenge) ? repeat_user() : who_.secret;
            case what::nothing: break;
        }
        return error_code(errc::out_of_turn);
    }

private:
    enum class what { user, secret, nothing };

    // QUIRK: some servers drop the initial response and ask for the name as if nothing had come. A password given for a
    // name would end in their logs.
    bool asks_for_user_again(std::string_view challenge) const noexcept {
        return !repeated_ && ascii::equal_without_case(challenge.substr(0, 4), "user");
    }
    std::string repeat_user() {
        repeated_ = true;
        due_ = what::secret;
        return who_.user;
    }

    credentials who_;
    what due_ = what::user;
    bool repeated_ = false;
};

class login_server final : public server_mechanism {
public:
    explicit login_server(server_context context) : context_(std::move(context)) {}
    std::string const& user() const noexcept override { return user_; }

    result<next> take(std::optional<std::string_view> response) override {
        switch (due_) {
            case what::user: return take_user(response);
            case what::secret: return take_secret(response);
            case what::nothing: break;
        }
        return error_code(errc::out_of_turn);
    }

private:
    enum class what { user, secret, nothing };

    result<next> take_user(std::optional<std::string_view> response) {
        if (!response) return next{false, "Username:"};
        if (!is_text(*response)) return fail(errc::malformed);
        asked_ = *response;
        due_ = what::secret;
        return next{false, "Password:"};
    }

    result<next> take_secret(std::optional<std::string_view> response) {
        if (!response || !is_text(*response)) return fail(errc::malformed);
        if (!is_right(context_, asked_, *response)) return fail(errc::refused);
        due_ = what::nothing;
        user_ = std::move(asked_);
        return next{true, {}};
    }

    error_code fail(errc why) {
        due_ = what::nothing;
        return why;
    }

    static bool is_text(std::string_view text) noexcept { return !text.empty() && text.find('\0') == text.npos; }

    server_context context_;
    std::string asked_;
    std::string user_;
    what due_ = what::user;
};

}  // namespace

std::unique_ptr<client_mechanism> make_login_client(credentials const& who, client_context const&) {
    return std::make_unique<login_client>(who);
}

std::unique_ptr<server_mechanism> make_login_server(server_context context) {
    return std::make_unique<login_server>(std::move(context));
}

}  // namespace postrider::sasl
