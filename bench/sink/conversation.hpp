#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sink {

/// What is offered to clients.
struct offer {
    bool pipelining = true;
    bool chunking = true;
    bool starttls = false;
};

struct counters {
    std::uint64_t connections = 0, messages = 0, recipients = 0, octets = 0;
};

/// A server's side of SMTP that says yes to everything and keeps nothing. It costs as little as it can, so that what is
/// measured is the client: commands are told by their first letters, and nothing is checked.
class conversation {
public:
    conversation(offer const& what, counters& count) noexcept : offer_(what), count_(count) {}

    void greet() { replies_ += "220 sink ESMTP\r\n"; }

    /// Takes octets from the front of `input`, as many as can be understood, and removes them.
    void hear(std::string_view& input);

    std::string& replies() noexcept { return replies_; }
    bool wants_tls() const noexcept { return state_ == state::starting_tls; }
    bool is_over() const noexcept { return state_ == state::over; }
    void tls_started() noexcept { state_ = state::command; }

private:
    enum class state { command, data, chunk, starting_tls, over };

    bool hear_command(std::string_view& input);
    bool hear_data(std::string_view& input);
    bool hear_chunk(std::string_view& input);
    void obey(std::string_view line);
    void begin_chunk(std::string_view arguments);
    void say_hello();
    void message_taken();

    offer offer_;
    counters& count_;
    std::string replies_;
    state state_ = state::command;
    std::uint64_t chunk_left_ = 0;
    bool is_last_chunk_ = false;
    bool at_line_start_ = false;  // of the content
};

}  // namespace sink
