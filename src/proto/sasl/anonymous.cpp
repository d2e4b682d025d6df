#include <postrider/codec/charset.hpp>
#include <utility>

#include "mechanisms.hpp"

/// ANONYMOUS, RFC 4505: a guest, who may leave a mail address or a word for the log.
namespace postrider::sasl {
namespace {

constexpr std::size_t longest_trace = 255 * 4;  // RFC 4505 §2: characters, each of four octets at most

bool is_trace(std::string_view text) {
    return text.size() <= longest_trace && text.find('\0') == text.npos && codec::is_utf8(text);
}

class anonymous_client final : public client_mechanism {
public:
    explicit anonymous_client(credentials const& who) : trace_(who.user) {}
    std::string_view name() const noexcept override { return "ANONYMOUS"; }
    bool sends_first() const noexcept override { return true; }
    bool reveals_secret() const noexcept override { return false; }

    result<std::string> respond(std::string_view) override {
        if (std::exchange(spoken_, true)) return error_code(errc::out_of_turn);
        if (!is_trace(trace_)) return error_code(errc::bad_credentials_form);
        return trace_;
    }

private:
    std::string trace_;
    bool spoken_ = false;
};

class anonymous_server final : public server_mechanism {
public:
    std::string const& user() const noexcept override { return user_; }

    result<next> take(std::optional<std::string_view> response) override {
        if (finished_) return error_code(errc::out_of_turn);
        if (!response) return next{};
        finished_ = true;
        if (!is_trace(*response)) return error_code(errc::malformed);
        user_ = "anonymous";
        return next{true, {}};
    }

private:
    std::string user_;
    bool finished_ = false;
};

}  // namespace

std::unique_ptr<client_mechanism> make_anonymous_client(credentials const& who, client_context const&) {
    return std::make_unique<anonymous_client>(who);
}

std::unique_ptr<server_mechanism> make_anonymous_server(server_context) {
    return std::make_unique<anonymous_server>();
}

}  // namespace postrider::sasl
