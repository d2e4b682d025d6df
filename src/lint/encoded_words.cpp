#include <algorithm>
#include <array>
#include <postrider/codec/charset.hpp>
#include <postrider/codec/encoded_word.hpp>
#include <span>

#include "letter.hpp"

/// Encoded-words: their length, their form, their place.                                                   RFC 2047
namespace postrider::lint {
namespace {

constexpr std::size_t most_octets = 75;

// RFC 2047 §5: nowhere in these, which are for programs.
constexpr std::array<std::string_view, 8> for_programs{"Date",       "DKIM-Signature", "In-Reply-To", "Message-ID",
                                                       "References", "Return-Path",    "Received",    "MIME-Version"};

enum class position { text, quoted, angle };

/// Follows a field that holds addresses: what stands in quotes or angle brackets may hold no encoded-word.
class position_reader {
public:
    explicit position_reader(bool structured) : structured_(structured) {}

    position at() const noexcept { return quoted_ ? position::quoted : angle_ ? position::angle : position::text; }
    void pass(char c) noexcept {
        if (!structured_) return;
        if (escaped_) {
            escaped_ = false;
            return;
        }
        if (c == '\\') escaped_ = quoted_;
        if (c == '"') quoted_ = !quoted_;
        if (!quoted_ && c == '<') angle_ = true;
        if (!quoted_ && c == '>') angle_ = false;
    }

private:
    bool structured_, quoted_ = false, angle_ = false, escaped_ = false;
};

bool holds_addresses(std::string_view name) {
    for (std::string_view known : {"From", "Sender", "Reply-To", "To", "Cc", "Bcc"})
        if (mime::same_name(name, known)) return true;
    return false;
}

bool is_for_programs(std::string_view name) {
    return std::any_of(for_programs.begin(), for_programs.end(),
                       [&](std::string_view known) { return mime::same_name(name, known); });
}

/// What is between "?=" and "=?" of the next word, if that is blanks alone.
bool touches(std::string_view between) {
    return between.find_first_not_of(" \t\r\n") == between.npos;
}

/// One word of a field.
struct word_here {
    std::string_view text;
    codec::decoded_words says;  ///< by itself
    position where;
    bool joins = false;  ///< nothing but blanks stands between it and the word in front
};

std::vector<word_here> words_in(mime::field_view const& field) {
    std::vector<word_here> words;
    position_reader reader(holds_addresses(field.name));
    std::size_t behind = 0;
    for (std::size_t at = 0; at < field.body.size();) {
        auto const octets = codec::encoded_word_octets(field.body.substr(at));
        if (octets == 0) {
            reader.pass(field.body[at++]);
            continue;
        }
        auto const text = field.body.substr(at, octets);
        bool const joins = !words.empty() && touches(field.body.substr(behind, at - behind));
        words.push_back({text, codec::decode_words(text), reader.at(), joins});
        behind = at += octets;
    }
    return words;
}

/// "=?charset?" that begins no word: what mailers write who leave blanks in a word, or forget its end.
std::string_view torso_in(std::string_view body) {
    for (auto at = body.find("=?"); at != body.npos; at = body.find("=?", at + 2)) {
        auto const octets = codec::encoded_word_octets(body.substr(at));
        auto const end = std::min(body.find_first_of("? \t\r\n", at + 2), body.size());
        bool const named = octets == 0 && body.substr(end, 1) == "?" &&
                           codec::charset_name(body.substr(at + 2, end - at - 2)).has_value();
        if (named) return body.substr(at, most_octets);
        if (octets > 0) at += octets - 2;
    }
    return {};
}

void check_place(mime::field_view const& field, word_here const& word, findings& found) {
    found.made("encoded-word-place");
    auto const tell = [&](std::string_view where) {
        found.fault("encoded-word-place", {{"header", field.name}, {"where", where}}, in_header(field));
    };
    if (is_for_programs(field.name)) return tell("where no text stands");
    if (word.where == position::quoted) return tell("inside quotes");
    if (word.where == position::angle) return tell("inside angle brackets");
}

void check_word(mime::field_view const& field, word_here const& word, findings& found) {
    std::vector<argument> const told{{"header", field.name}, {"word", word.text}};
    found.judge("encoded-word-length", word.text.size() <= most_octets,
                {{"octets", word.text.size()}, {"header", field.name}}, in_header(field));
    found.judge("encoded-word-form", !word.says.malformed, told, in_header(field));
    found.judge("encoded-word-charset", !word.says.unknown_charset, told, in_header(field));
    check_place(field, word, found);
}

/// Words in a row that mean nothing one by one: together they may, when a mailer cut a character in two.
void check_torn(mime::field_view const& field, std::span<word_here const> row, findings& found) {
    auto const* begin = row.front().text.data();
    auto const* end = row.back().text.data() + row.back().text.size();
    auto const joined = codec::decode_words({begin, static_cast<std::size_t>(end - begin)});
    found.made("encoded-word-split");
    if (row.size() > 1 && !joined.undecodable)
        return found.fault("encoded-word-split", {{"header", field.name}}, in_header(field));
    found.fault("encoded-word-charset", {{"header", field.name}, {"word", row.front().text}}, in_header(field));
}

void check_field(mime::field_view const& field, findings& found) {
    auto const words = words_in(field);
    if (!words.empty()) found.made("encoded-word-split");
    for (auto const& word : words) check_word(field, word, found);
    for (std::size_t first = 0; first < words.size();) {
        auto last = first + 1;
        if (words[first].says.undecodable) {
            while (last < words.size() && words[last].joins && words[last].says.undecodable) ++last;
            check_torn(field, std::span(words).subspan(first, last - first), found);
        }
        first = last;
    }
    if (auto const torso = torso_in(field.body); !torso.empty())
        found.fault("encoded-word-form", {{"header", field.name}, {"word", torso}}, in_header(field));
}

}  // namespace

void check_encoded_words(letter const& mail, findings& found) {
    for (auto const& field : mail.root.fields())
        if (field.body.find("=?") != field.body.npos) check_field(field, found);
}

}  // namespace postrider::lint
