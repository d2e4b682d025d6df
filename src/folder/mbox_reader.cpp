#include <charconv>
#include <postrider/core/ascii.hpp>
#include <postrider/folder/mbox.hpp>

#include "from_line.hpp"

namespace postrider::folder {
namespace {

bool holds_time(std::string_view line) noexcept {
    for (auto colon = line.find(':'); colon != line.npos; colon = line.find(':', colon + 1))
        if (colon > 0 && colon + 2 < line.size() && ascii::is_digit(line[colon - 1]) &&
            ascii::is_digit(line[colon + 1]) && ascii::is_digit(line[colon + 2]))
            return true;
    return false;
}

bool is_from_line(std::string_view octets, std::size_t at, mbox_read_options options) noexcept {
    return octets.substr(at).starts_with(from_word) &&
           (!options.needs_time || holds_time(line_of_mbox_at(octets, at).text));
}

/// The next From_ line at or behind `at`; the end of the octets when there is none. `floor`: where the message begins.
std::size_t find_from_line(std::string_view octets, std::size_t at, std::size_t floor, mbox_read_options options) {
    for (;; at += from_word.size()) {
        at = find_from_word(octets, at);
        if (at == octets.npos) return octets.size();
        bool const stands_alone = !options.needs_blank_line || at == 0 || blank_line_before(octets, at, floor) != at;
        if (stands_alone && is_from_line(octets, at, options)) return at;
    }
}

bool uses_length(mbox_variant variant) noexcept {
    return variant == mbox_variant::mboxcl || variant == mbox_variant::mboxcl2;
}

/// A message's end, and the next From_ line's beginning.
struct message_end {
    std::size_t end;
    std::size_t next;
};

/// Where Content-Length says that the message ends, if a From_ line or nothing follows there.
std::optional<message_end> end_by_length(std::string_view octets, std::size_t begin, mbox_read_options options) {
    constexpr std::string_view name = "content-length:";
    std::optional<std::size_t> length;
    for (std::size_t at = begin; at < octets.size();) {
        auto const [line, next] = line_of_mbox_at(octets, at);
        if (line.starts_with(from_word)) return std::nullopt;
        at = next;
        if (!length && ascii::equal_without_case(line.substr(0, name.size()), name)) {
            auto const digits = line.substr(std::min(line.find_first_not_of(" \t", name.size()), line.size()));
            std::size_t number = 0;
            if (std::from_chars(digits.data(), digits.data() + digits.size(), number).ec == std::errc())
                length = number;
        }
        if (!line.empty()) continue;
        if (!length || *length > octets.size() - at) return std::nullopt;
        message_end found{at + *length, at + *length};
        if (auto const [blank, behind] = line_of_mbox_at(octets, found.next); blank.empty()) found.next = behind;
        bool const leads_on = found.next == octets.size() || is_from_line(octets, found.next, options);
        return leads_on ? std::optional(found) : std::nullopt;
    }
    return std::nullopt;
}

message_end end_of_message(std::string_view octets, std::size_t begin, mbox_read_options options) {
    if (uses_length(options.variant))
        if (auto const found = end_by_length(octets, begin, options)) return *found;
    std::size_t const next = find_from_line(octets, begin, begin, options);
    return {blank_line_before(octets, next, begin), next};
}

}  // namespace

mbox_reader::iterator::iterator(std::string_view octets, mbox_read_options options, std::size_t first)
    : octets_(octets), options_(options), next_(first) {
    read();
}

mbox_reader::iterator& mbox_reader::iterator::operator++() {
    read();
    return *this;
}

void mbox_reader::iterator::read() {
    ended_ = next_ == octets_.size();
    if (ended_) return;
    auto const [line, begin] = line_of_mbox_at(octets_, next_);
    auto const [end, next] = end_of_message(octets_, begin, options_);
    entry_ = {line, octets_.substr(begin, end - begin), next_};
    next_ = next;
}

std::size_t mbox_reader::first() const noexcept {
    return find_from_line(octets_, 0, 0, options_);
}

mbox_reader::iterator mbox_reader::begin() const {
    return {octets_, options_, first()};
}

std::string_view mbox_reader::leading_octets() const noexcept {
    return octets_.substr(0, first());
}

mbox_variant guess_mbox_variant(std::string_view octets) {
    constexpr int enough = 100;
    mbox_read_options const by_length{mbox_variant::mboxcl2};
    auto guess = mbox_variant::mboxcl;
    int seen = 0;
    for (mbox_entry const& entry : mbox_reader(octets, by_length)) {
        if (seen++ == enough) break;
        auto const begin = static_cast<std::size_t>(entry.octets.data() - octets.data());
        auto const told = end_by_length(octets, begin, by_length);
        if (!told) return mbox_variant::mboxrd;
        if (find_from_line(entry.octets, 0, 0, by_length) != entry.octets.size()) guess = mbox_variant::mboxcl2;
    }
    return seen == 0 ? mbox_variant::mboxrd : guess;
}

}  // namespace postrider::folder
