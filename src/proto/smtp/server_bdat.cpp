#include <algorithm>
#include <charconv>
#include <optional>
#include <postrider/core/ascii.hpp>
#include <utility>

#include "server_commands.hpp"
#include "server_delivery.hpp"
#include "server_faults.hpp"
#include "server_session.hpp"

/// Content by BDAT: counted, in chunks, as it is.                                                     RFC 3030 §2
///     "BDAT" SP chunk-size [SP "LAST"]
/// A chunk's octets follow its command whatever becomes of it: they are always read, and never as commands.
namespace postrider::smtp::server_side {
namespace {

struct chunk_header {
    std::uint64_t octets = 0;
    bool last = false;
};

std::optional<chunk_header> parse_chunk_header(std::string_view argument) noexcept {
    chunk_header header;
    auto const size = argument.substr(0, argument.find(' '));
    if (size.empty() || !std::all_of(size.begin(), size.end(), ascii::is_digit)) return {};
    if (std::from_chars(size.data(), size.data() + size.size(), header.octets).ec != std::errc()) return {};
    argument.remove_prefix(size.size());
    argument.remove_prefix(std::min(argument.find_first_not_of(' '), argument.size()));
    header.last = ascii::equal_without_case(argument, "LAST");
    if (!header.last && !argument.empty()) return {};
    return header;
}

/// The last chunk's answer is the message's.
bool chunk_spared(session& s) {
    if (std::exchange(s.first_chunk, false)) return recipients_spared(s, fault_stage::data);
    return s.last_chunk || recipients_spared(s, fault_stage::other);
}

/// The chunk is read. Only now is it answered (RFC 3030 §2), and only now do the handler's verbs run for it.
void end_chunk(session& s) {
    s.next = reading::command;
    s.trace(trace_side::client, '[' + std::to_string(s.chunk_octets) + " octets]");
    if (s.chunk_refusal) return s.say(*std::exchange(s.chunk_refusal, std::nullopt));
    if (!chunk_spared(s)) return s.abort_transaction();
    if (s.last_chunk) return end_message(s);
    if (!refuse_faulty_content(s, false)) s.say(250, {2, 0, 0}, std::to_string(s.chunk_octets) + " octets taken");
}

}  // namespace

void bdat(session& s, std::string_view argument) {
    auto const header = parse_chunk_header(argument);
    if (!header) return s.say(501, {5, 5, 4}, "it is BDAT size, or BDAT size LAST");
    s.next = reading::chunk;
    s.chunk_octets = s.chunk_left = header->octets;
    s.last_chunk = header->last;
    if (s.options.require_tls && !s.secure)
        s.chunk_refusal = reply_of(530, enhanced_code{5, 7, 0}, "STARTTLS comes first");
    else if (!s.content.begun())
        s.first_chunk = !(s.chunk_refusal = begin_content(s));
}

bool read_chunk(session& s) {
    if (s.chunk_left == 0) {
        end_chunk(s);
        return true;
    }
    if (s.input.empty()) return false;
    auto const octets = s.input.octets().substr(0, std::min<std::uint64_t>(s.chunk_left, s.input.octets().size()));
    if (!s.chunk_refusal) s.content.take_chunk(octets, s.options.max_message, s.handler);
    s.chunk_left -= octets.size();
    s.input.consume(octets.size());
    cut(s);
    return true;
}

}  // namespace postrider::smtp::server_side
