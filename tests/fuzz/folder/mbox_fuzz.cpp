#include <postrider/folder/mbox.hpp>
#include <string>
#include <vector>

#include "fuzzing.hpp"
#include "stored_octets.hpp"

using namespace postrider::folder;

namespace {

/// Entries stand in order and cover the octets, but for From_ lines, their line ends and a blank line behind each.
void read(std::string_view octets, mbox_read_options options) {
    mbox_reader const reader(octets, options);
    std::size_t at = reader.leading_octets().size();
    for (mbox_entry const& entry : reader) {
        ALWAYS(entry.offset == at);
        ALWAYS(octets.substr(at).starts_with(entry.envelope_line) && entry.envelope_line.starts_with("From "));
        static_cast<void>(parse_envelope_line(entry.envelope_line));
        auto const begin = static_cast<std::size_t>(entry.octets.data() - octets.data());
        auto const line_end = octets.substr(at + entry.envelope_line.size(), begin - at - entry.envelope_line.size());
        ALWAYS(line_end == "\n" || line_end == "\r\n" || (line_end.empty() && begin == octets.size()));
        at = begin + entry.octets.size();
        auto const rest = octets.substr(at);
        if (!rest.starts_with("From ")) at += rest.starts_with("\r\n") ? 2 : rest.starts_with('\n') ? 1 : 0;
    }
    ALWAYS(at == octets.size());
}

/// What the slow and obvious reader finds: lines, one by one.
std::size_t count_slowly(std::string_view octets) {
    std::size_t count = 0;
    bool after_blank = true;
    while (!octets.empty()) {
        auto const feed = octets.find('\n');
        auto const line = octets.substr(0, feed);
        count += after_blank && line.starts_with("From ");
        after_blank = feed != octets.npos && (line.empty() || line == "\r");
        octets.remove_prefix(feed == octets.npos ? octets.size() : feed + 1);
    }
    return count;
}

/// As mbox_writer writes it, in pieces of some size.
std::string written(std::string_view message, std::size_t step) {
    from_line_quoter quoter;
    std::string out = format_envelope_line("a@b", {}) + '\n';
    for (std::size_t at = 0; at < message.size(); at += step) quoter.put(message.substr(at, step), out);
    quoter.finish(out);
    return out + '\n';
}

void round_trip(std::string_view message, std::size_t step) {
    std::string const once = written(message, step);
    ALWAYS(once == written(message, message.size() + 1));
    std::string expected(message);
    if (!expected.empty() && !expected.ends_with('\n')) expected += '\n';
    std::string const twice = once + once;
    int count = 0;
    for (mbox_entry const& entry : mbox_reader(twice)) {
        ALWAYS(unquote_from_lines(entry.octets).octets() == expected);
        ++count;
    }
    ALWAYS(count == 2);
}

/// In one piece as in many.
void filter_line_ends(std::string_view message, std::size_t step) {
    std::string at_once, in_steps;
    line_end_filter whole(line_ends::lf), cut(line_ends::lf);
    whole.put(message, at_once);
    whole.finish(at_once);
    for (std::size_t at = 0; at < message.size(); at += step) cut.put(message.substr(at, step), in_steps);
    cut.finish(in_steps);
    ALWAYS(at_once == in_steps);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto octets = octets_of(data, size);
    if (octets.empty()) return 0;
    std::size_t const step = 1 + static_cast<unsigned char>(octets.front()) % 16;
    octets.remove_prefix(1);
    for (auto variant : {mbox_variant::mboxo, mbox_variant::mboxrd, mbox_variant::mboxcl, mbox_variant::mboxcl2})
        for (bool needs_blank_line : {true, false})
            for (bool needs_time : {true, false}) read(octets, {variant, needs_blank_line, needs_time});
    auto const reader = mbox_reader(octets);
    std::size_t count = 0;
    for ([[maybe_unused]] auto const& entry : reader) ++count;
    ALWAYS(count == count_slowly(octets));
    static_cast<void>(guess_mbox_variant(octets));
    round_trip(octets, step);
    filter_line_ends(octets, step);
    return 0;
}
