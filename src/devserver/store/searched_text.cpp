#include "searched_text.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <postrider/codec/charset.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/mime/fold_case.hpp>
#include <postrider/mime/html_to_text.hpp>

namespace postrider::devserver {
namespace {

// Any text may hold octets that are no UTF-8: an address, say, of a client that knows no better.
std::string as_utf8(std::string_view text) {
    if (codec::is_utf8(text)) return std::string(text);
    auto decoded = codec::decode_charset(text, "utf-8");
    return decoded ? std::move(decoded->text) : std::string();
}

constexpr std::string_view no_break_space = "\xC2\xA0", ideographic_space = "\xE3\x80\x80";

/// Of the blank beyond ASCII that `text` begins with; 0 where it begins with none.
std::size_t wide_blank_octets(std::string_view text) noexcept {
    if (text.starts_with(no_break_space)) return no_break_space.size();
    if (text.starts_with(ideographic_space)) return ideographic_space.size();
    return 0;
}

constexpr std::uint64_t each(std::uint64_t octet) noexcept {
    return octet * 0x0101'0101'0101'0101;
}

std::uint64_t eight_octets(char const* at) noexcept {
    std::uint64_t octets;
    std::memcpy(&octets, at, sizeof octets);
    return octets;
}

/// Of eight octets of ASCII, the high bit of each that is a blank.
constexpr std::uint64_t blanks_of(std::uint64_t octets) noexcept {
    return ~(octets + each(0x7F - ' ')) & each(0x80);
}

/// Writes a text in which blanks in a row are one, and none comes first. Without a branch for each octet: where words are
/// short, none could be foretold.
class collapser {
public:
    explicit collapser(std::string_view text) : text_(text), out_(text.size(), '\0') {}

    std::string run() && {
        auto const most = text_.size() - std::min(text_.size(), step - 1);
        while (at_ < most)
            if (!take_eight()) take_each(at_ + step);
        take_each(text_.size());
        out_.resize(size_);
        return std::move(out_);
    }

private:
    static constexpr std::size_t step = 8;

    /// returns    false where one of them, or the one before, is not ASCII, or two blanks meet
    bool take_eight() noexcept {
        if (at_ == 0) return false;
        auto const octets = eight_octets(text_.data() + at_), before = eight_octets(text_.data() + at_ - 1);
        auto const blank = blanks_of(octets);
        if (((octets | before) & each(0x80)) != 0 || (blank & blanks_of(before)) != 0) return false;
        auto const whole = (blank >> 7) * 0xFF;
        auto const shown = (octets & ~whole) | (each(' ') & whole);
        std::memcpy(out_.data() + size_, &shown, sizeof shown);
        size_ += step;
        at_ += step;
        after_blank_ = static_cast<unsigned char>(text_[at_ - 1]) <= ' ';
        return true;
    }

    void take_each(std::size_t stop) noexcept {
        // What is written may be anything, as far as a compiler knows, and so members in the loop would be read anew.
        auto to = out_.data() + size_;
        auto at = at_;
        bool after_blank = after_blank_;
        while (at < stop) {
            char const c = text_[at];
            bool const may_be_wide = c == no_break_space[0] || c == ideographic_space[0];
            auto const wide = may_be_wide ? wide_blank_octets(text_.substr(at)) : 0;
            bool const blank = wide || static_cast<unsigned char>(c) <= ' ';
            *to = blank ? ' ' : c;
            to += !(blank && after_blank);
            after_blank = blank;
            at += wide ? wide : 1;
        }
        size_ = to - out_.data();
        at_ = at;
        after_blank_ = after_blank;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::string out_;
    std::size_t size_ = 0;
    bool after_blank_ = true;
};

/// Gathers what is looked at until there is enough of it.
class gatherer {
public:
    bool full() const noexcept { return text_.size() >= limits::searched_octets; }

    void add(std::string_view text) {
        if (full() || text.empty()) return;
        text_.append(text.substr(0, codec::utf8_prefix(text, limits::searched_octets - text_.size()))).append(1, '\n');
    }

    std::string const& text() const noexcept { return text_; }

private:
    std::string text_;
};

// HTML takes several octets for one of its text.
std::string readable(mime::parsed_part const& part) {
    auto text = part.text().text;
    text.resize(codec::utf8_prefix(text, 4 * limits::searched_octets));
    if (part.content_type() != "text/html") return text;
    return mime::html_to_text(text, {.width = 0, .links = mime::link_style::inline_url});
}

void add_header(gatherer& into, mime::parsed_part const& root) {
    auto const charset = root.header_charset();
    for (auto const& field : root.fields()) {
        if (into.full()) return;
        into.add(std::string(field.name) + ": " + mime::decode_field(field, charset).value);
    }
}

void add_parts(gatherer& into, mime::parsed_message const& message) {
    for (std::size_t index = 0; index < message.part_count() && !into.full(); ++index) {
        auto const part = message.part(index);
        if (auto const name = part.filename()) into.add(*name);
        if (part.is_text() && part.disposition() != "attachment") into.add(readable(part));
    }
}

}  // namespace

std::string as_searched(std::string_view text) {
    return collapser(mime::fold_case(as_utf8(text))).run();
}

searched_text searched_text_of(mime::parsed_message const& message, std::string_view reverse_path,
                               std::string_view forward_paths) {
    auto const root = message.root();
    auto const field = [&](std::string_view name) { return root.value(name).value_or(""); };
    auto const beside = [](std::string_view path, std::string const& field_body) {
        return as_searched(as_utf8(path) + '\n' + field_body);
    };
    gatherer all;
    all.add(as_utf8(reverse_path));
    all.add(as_utf8(forward_paths));
    add_header(all, root);
    add_parts(all, message);
    return {beside(reverse_path, field("From")), beside(forward_paths, field("To")), as_searched(field("Cc")),
            as_searched(field("Subject")), as_searched(all.text())};
}

}  // namespace postrider::devserver
