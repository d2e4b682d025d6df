#include <charconv>
#include <cstdint>

#include "server_session.hpp"

/// The TRANSACTION state: what there is, what of it to read, and what is to go.                          RFC 1939 §5-7
namespace postrider::pop3::server_side {
namespace {

std::optional<std::uint64_t> number_in(std::string_view text) {
    std::uint64_t number = 0;
    auto const [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
    bool const is_all = ec == std::errc() && end == text.data() + text.size() && !text.empty();
    return is_all ? std::optional(number) : std::nullopt;
}

/// The message of that number; null when it has been said why there is none.
listed_message* named(session& s, std::string_view text) {
    auto const number = number_in(text);
    if (!number) {
        s.nonsense("a message is named by its number");
        return nullptr;
    }
    if (*number == 0 || *number > s.messages.size()) {
        s.err("no such message, only " + std::to_string(s.messages.size()) + " are here");
        return nullptr;
    }
    auto& message = s.messages[*number - 1];
    if (!message.deleted) return &message;
    s.err("message " + std::to_string(*number) + " is deleted");
    return nullptr;
}

std::string totals(session const& s) {
    std::uint64_t count = 0, octets = 0;
    for (auto const& message : s.messages) {
        if (message.deleted) continue;
        ++count;
        octets += message.stored.octets;
    }
    return std::to_string(count) + ' ' + std::to_string(octets);
}

/// A line for one message, or for each.
template <class Tell>
void scan(session& s, std::string_view argument, std::string_view heading, Tell const& tell) {
    if (!argument.empty()) {
        if (auto const* const message = named(s, argument)) s.ok(std::string(argument) + ' ' + tell(*message));
        return;
    }
    s.ok(heading);
    for (std::size_t i = 0; i < s.messages.size(); ++i)
        if (!s.messages[i].deleted) s.lines(std::to_string(i + 1) + ' ' + tell(s.messages[i]));
    s.lines(".");
}

void give(session& s, listed_message const& message, std::optional<std::uint64_t> body_lines) {
    auto octets = s.handler.read(message.stored.unique_id);
    if (!octets) return s.err("[SYS/TEMP] the message is gone");
    if (body_lines) octets->resize(top_of(*octets, *body_lines).size());
    s.ok(body_lines ? "its top" : std::to_string(message.stored.octets) + " octets");
    s.content.begin(*std::move(octets));
}

}  // namespace

void stat(session& s, std::string_view) {
    s.ok(totals(s));
}

void list(session& s, std::string_view argument) {
    scan(s, argument, "sizes", [](auto const& message) { return std::to_string(message.stored.octets); });
}

void uidl(session& s, std::string_view argument) {
    scan(s, argument, "unique ids", [](auto const& message) { return message.stored.unique_id; });
}

void retr(session& s, std::string_view argument) {
    if (auto const* const message = named(s, argument)) give(s, *message, {});
}

/// "TOP" SP msg SP n
void top(session& s, std::string_view argument) {
    auto const space = argument.find(' ');
    auto const lines = space == argument.npos ? std::nullopt : number_in(argument.substr(space + 1));
    if (!lines) return s.nonsense("TOP wants the number of a message and a count of lines");
    if (auto const* const message = named(s, argument.substr(0, space))) give(s, *message, lines);
}

void dele(session& s, std::string_view argument) {
    auto* const message = named(s, argument);
    if (!message) return;
    message->deleted = true;
    s.ok("it goes at QUIT");
}

void rset(session& s, std::string_view) {
    for (auto& message : s.messages) message.deleted = false;
    s.ok(totals(s));
}

void noop(session& s, std::string_view) {
    s.ok("still here");
}

/// The UPDATE state.                                                                                     RFC 1939 §6
void quit(session& s, std::string_view) {
    s.over = error_code();
    std::vector<std::string> going;
    for (auto const& message : s.messages)
        if (message.deleted) going.push_back(message.stored.unique_id);
    if (going.empty() || s.handler.remove(going)) return s.ok("goodbye");
    s.err("[SYS/TEMP] some messages could not be removed");
}

}  // namespace postrider::pop3::server_side
