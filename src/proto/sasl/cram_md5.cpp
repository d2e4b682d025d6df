#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <postrider/core/digest.hpp>
#include <utility>

#include "mechanisms.hpp"

/// CRAM-MD5, RFC 2195 §2.
///     challenge = "<" unique text ">"
///     response  = user SP hex-digits          HMAC-MD5 with the secret as key, over the challenge
namespace postrider::sasl {
namespace {

class cram_md5_client final : public client_mechanism {
public:
    explicit cram_md5_client(credentials const& who) : who_(who) {}
    std::string_view name() const noexcept override { return "CRAM-MD5"; }
    bool sends_first() const noexcept override { return false; }
    bool reveals_secret() const noexcept override { return false; }

    result<std::string> respond(std::string_view challenge) override {
        if (std::exchange(spoken_, true)) return error_code(errc::out_of_turn);
        if (auto const ec = check_form(who_)) return ec;
        if (challenge.empty()) return error_code(errc::malformed);
        return who_.user + ' ' + to_hex(hmac_md5(who_.secret, challenge));
    }

private:
    credentials who_;
    bool spoken_ = false;
};

bool is_digest(std::string_view text) noexcept {
    auto const is_hex = [](char c) { return ascii::is_digit(c) || (c >= 'a' && c <= 'f'); };
    return text.size() == 32 && std::all_of(text.begin(), text.end(), is_hex);
}

class cram_md5_server final : public server_mechanism {
public:
    explicit cram_md5_server(server_context context)
        : context_(std::move(context)), challenge_('<' + context_.challenge_seed + '>') {}
    std::string const& user() const noexcept override { return user_; }

    result<next> take(std::optional<std::string_view> response) override {
        switch (due_) {
            case what::request: return challenge(response);
            case what::response: due_ = what::nothing; return check(response);
            case what::nothing: break;
        }
        return error_code(errc::out_of_turn);
    }

private:
    enum class what { request, response, nothing };

    result<next> challenge(std::optional<std::string_view> response) {
        // The server speaks first in this mechanism; nothing can have been answered yet.
        if (response) {
            due_ = what::nothing;
            return error_code(errc::out_of_turn);
        }
        due_ = what::response;
        return next{false, challenge_};
    }

    result<next> check(std::optional<std::string_view> response) {
        if (!response) return error_code(errc::malformed);
        // A user's name may hold spaces; the digest never does.
        auto const space = response->rfind(' ');
        if (space == response->npos || space == 0 || response->find('\0') != response->npos)
            return error_code(errc::malformed);
        auto const user = response->substr(0, space), digest = response->substr(space + 1);
        if (!is_digest(digest)) return error_code(errc::malformed);
        if (!digest_is_right(user, digest)) return error_code(errc::refused);
        user_ = user;
        return next{true, {}};
    }

    bool digest_is_right(std::string_view user, std::string_view digest) const {
        if (!context_.secret_of) return true;
        auto const secret = context_.secret_of(user);
        auto const expected = to_hex(hmac_md5(secret.value_or(""), challenge_));
        return equal_in_constant_time(expected, digest) && secret.has_value();
    }

    server_context context_;
    std::string challenge_;
    std::string user_;
    what due_ = what::request;
};

}  // namespace

std::unique_ptr<client_mechanism> make_cram_md5_client(credentials const& who, client_context const&) {
    return std::make_unique<cram_md5_client>(who);
}

std::unique_ptr<server_mechanism> make_cram_md5_server(server_context context) {
    return std::make_unique<cram_md5_server>(std::move(context));
}

}  // namespace postrider::sasl
