#pragma once
#include <optional>
#include <postrider/proto/smtp/client_engine.hpp>
#include <postrider/proto/step.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace postrider::smtp {

/// What stands between a connection and the first message.
struct opening_plan {
    std::string preface;     ///< written before all else
    bool tls_first = false;  ///< smtps
    bool hello = true;       ///< false: the greeting alone
    starttls_policy starttls = starttls_policy::required;
    std::optional<sasl::credentials> login;
    bool clear_text_login = false;
    std::vector<std::string> mechanisms;
};

/// Opens a session: an engine that pumps a client_engine through one operation after the other.
///     [preface] [TLS] greeting [EHLO [STARTTLS EHLO] [AUTH]]
class session_opening {
public:
    session_opening(client_engine& engine, opening_plan plan) : engine_(engine), plan_(std::move(plan)) {}

    step resume(io_done last);
    void io_detail(std::string words);
    void channel_bindings(sasl::channel_bindings bindings) noexcept { engine_.channel_bindings(std::move(bindings)); }

    /// After `finished` with an error.
    smtp::failure const& failure() const noexcept { return own_failure_ ? *own_failure_ : engine_.failure(); }

private:
    enum class stage { start, preface, tls, greeting, hello, starttls, hello_again, login, done };

    void begin(stage);
    stage next() const;
    finished fail(smtp::failure);

    client_engine& engine_;
    opening_plan plan_;
    stage stage_ = stage::start;
    std::string_view preface_;
    std::string detail_;
    std::optional<smtp::failure> own_failure_;
};

}  // namespace postrider::smtp
