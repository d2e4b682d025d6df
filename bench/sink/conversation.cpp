#include "conversation.hpp"

#include <algorithm>
#include <charconv>

namespace sink {
namespace {

constexpr std::string_view crlf_dot_crlf = "\r\n.\r\n";
constexpr std::string_view dot_crlf = crlf_dot_crlf.substr(2);

char lower(char c) noexcept {
    return static_cast<char>(c | 0x20);
}

}  // namespace

void conversation::hear(std::string_view& input) {
    for (bool goes_on = true; goes_on && !input.empty();) {
        switch (state_) {
            case state::command: goes_on = hear_command(input); break;
            case state::data: goes_on = hear_data(input); break;
            case state::chunk: goes_on = hear_chunk(input); break;
            default: return;
        }
    }
}

bool conversation::hear_command(std::string_view& input) {
    auto const end = input.find('\n');
    if (end == input.npos) return false;
    obey(input.substr(0, end + 1));
    input.remove_prefix(end + 1);
    return true;
}

// RSET and RCPT are the only two that begin alike.
void conversation::obey(std::string_view line) {
    switch (lower(line.front())) {
        case 'm': replies_ += "250 2.1.0 Ok\r\n"; break;
        case 'r':
            if (lower(line.substr(1, 1).front()) == 's') {
                replies_ += "250 2.0.0 Ok\r\n";
            } else {
                ++count_.recipients;
                replies_ += "250 2.1.5 Ok\r\n";
            }
            break;
        case 'b': begin_chunk(line.substr(std::min<std::size_t>(5, line.size()))); break;
        case 'd':
            replies_ += "354 Go on\r\n";
            state_ = state::data;
            at_line_start_ = true;
            break;
        case 'e': say_hello(); break;
        case 'h': replies_ += "250 sink\r\n"; break;
        case 'n': replies_ += "250 2.0.0 Ok\r\n"; break;
        case 's':
            replies_ += "220 2.0.0 Ready\r\n";
            state_ = state::starting_tls;
            break;
        case 'q':
            replies_ += "221 2.0.0 Bye\r\n";
            state_ = state::over;
            break;
        default: replies_ += "500 5.5.2 What?\r\n";
    }
}

void conversation::say_hello() {
    replies_ += "250-sink\r\n";
    if (offer_.pipelining) replies_ += "250-PIPELINING\r\n";
    if (offer_.chunking) replies_ += "250-CHUNKING\r\n";
    if (offer_.starttls) replies_ += "250-STARTTLS\r\n";
    replies_ += "250-8BITMIME\r\n250-SMTPUTF8\r\n250-ENHANCEDSTATUSCODES\r\n250 SIZE 104857600\r\n";
}

void conversation::begin_chunk(std::string_view arguments) {
    auto const* const end = arguments.data() + arguments.size();
    auto const number = std::from_chars(arguments.data(), end, chunk_left_);
    is_last_chunk_ = number.ptr != end && *number.ptr == ' ';
    state_ = state::chunk;
    if (chunk_left_ > 0) return;
    std::string_view nothing;
    hear_chunk(nothing);
}

bool conversation::hear_chunk(std::string_view& input) {
    auto const some = std::min<std::uint64_t>(input.size(), chunk_left_);
    input.remove_prefix(some);
    chunk_left_ -= some;
    count_.octets += some;
    if (chunk_left_ > 0) return true;
    state_ = state::command;
    if (is_last_chunk_)
        message_taken();
    else
        replies_ += "250 2.0.0 Ok\r\n";
    return true;
}

// What might be the beginning of the end is left in the input.
bool conversation::hear_data(std::string_view& input) {
    if (at_line_start_ && input.size() < dot_crlf.size()) return false;
    if (at_line_start_ && input.starts_with(dot_crlf)) {
        input.remove_prefix(dot_crlf.size());
        message_taken();
        return true;
    }
    at_line_start_ = false;
    auto const end = input.find(crlf_dot_crlf);
    bool const is_whole = end != input.npos;
    auto const some =
        is_whole ? end + crlf_dot_crlf.size() : input.size() - std::min(input.size(), crlf_dot_crlf.size() - 1);
    input.remove_prefix(some);
    count_.octets += some;
    if (is_whole) message_taken();
    return is_whole;
}

void conversation::message_taken() {
    ++count_.messages;
    replies_ += "250 2.0.0 Ok\r\n";
    state_ = state::command;
}

}  // namespace sink
