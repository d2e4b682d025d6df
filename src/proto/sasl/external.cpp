#include <postrider/codec/charset.hpp>
#include <utility>

#include "mechanisms.hpp"

/// EXTERNAL, RFC 4422 appendix A: something else has told already who the client is, its certificate most often. The
/// message is whom it wants to act as, and may be empty.
namespace postrider::sasl {
namespace {

class external_client final : public client_mechanism {
public:
    explicit external_client(credentials const& who) : who_(who) {}
    std::string_view name() const noexcept override { return "EXTERNAL"; }
    bool sends_first() const noexcept override { return true; }
    bool reveals_secret() const noexcept override { return false; }

    result<std::string> respond(std::string_view) override {
        if (std::exchange(spoken_, true)) return error_code(errc::out_of_turn);
        if (auto const ec = check_form(who_)) return ec;
        return who_.identity.empty() ? who_.user : who_.identity;
    }

private:
    credentials who_;
    bool spoken_ = false;
};

class external_server final : public server_mechanism {
public:
    explicit external_server(server_context context) : context_(std::move(context)) {}
    std::string const& user() const noexcept override { return user_; }

    result<next> take(std::optional<std::string_view> response) override {
        if (finished_) return error_code(errc::out_of_turn);
        if (!response) return next{};
        finished_ = true;
        if (response->find('\0') != response->npos || !codec::is_utf8(*response)) return error_code(errc::malformed);
        auto const user = context_.external_user(*response);
        if (!user || user->empty()) return error_code(errc::refused);
        user_ = *user;
        return next{true, {}};
    }

private:
    server_context context_;
    std::string user_;
    bool finished_ = false;
};

}  // namespace

std::unique_ptr<client_mechanism> make_external_client(credentials const& who, client_context const&) {
    return std::make_unique<external_client>(who);
}

std::unique_ptr<server_mechanism> make_external_server(server_context context) {
    return std::make_unique<external_server>(std::move(context));
}

}  // namespace postrider::sasl
