#include <algorithm>
#include <memory>
#include <optional>
#include <postrider/codec/base64.hpp>
#include <postrider/codec/encoded_word.hpp>
#include <postrider/core/ascii.hpp>
#include <vector>

#include "converter.hpp"
#include "hex.hpp"

namespace postrider::codec {
namespace {

struct encoded_word {
    std::string_view charset;
    char encoding;  // 'b' or 'q'
    std::string_view text;
};

constexpr std::size_t longest_charset = 120;  // with its RFC 2231 language; bounds the search for the first "?"

/// Reads encoded-words off a field body, front to back, in linear time.
class word_scanner {
public:
    explicit word_scanner(std::string_view body) : body_(body) {}

    /// Reads the word at `at`, where "=?" stands, and moves `at` behind it.
    std::optional<encoded_word> read(std::size_t& at) {
        std::size_t const charset = at + 2;
        std::size_t const mark = body_.substr(charset, longest_charset).find('?');
        if (mark == std::string_view::npos || mark == 0) return std::nullopt;
        std::string_view const name = body_.substr(charset, mark);
        if (name.find_first_of(" \t\r\n=") != std::string_view::npos) return std::nullopt;

        std::size_t const letter = charset + mark + 1;
        if (letter + 1 >= body_.size() || body_[letter + 1] != '?') return std::nullopt;
        char const encoding = static_cast<char>(body_[letter] | 0x20);
        if (encoding != 'b' && encoding != 'q') return std::nullopt;

        std::size_t const text = letter + 2;
        std::size_t const end = find_end(text);
        if (end == std::string_view::npos) return std::nullopt;
        at = end + 2;
        return encoded_word{name.substr(0, name.find('*')), encoding, body_.substr(text, end - text)};
    }

private:
    /// Where the next "?=" is. Remembered, or a body full of openings would be searched from each of them.
    std::size_t find_end(std::size_t from) {
        if (next_end_ < from) next_end_ = body_.find("?=", from);
        return next_end_;
    }

    std::string_view body_;
    std::size_t next_end_ = 0;
};

void append_q(std::string& octets, std::string_view text, bool& malformed) {
    while (!text.empty()) {
        int const octet = text.front() == '=' ? detail::hex_octet(text.substr(1)) : -1;
        malformed |= text.front() == '=' && octet < 0;
        if (octet >= 0)
            octets += static_cast<char>(octet);
        else
            octets += text.front() == '_' ? ' ' : text.front();
        text.remove_prefix(octet >= 0 ? 3 : 1);
    }
}

void append_b(std::string& octets, std::string_view text, bool& malformed) {
    auto const decoded = decode_base64_leniently(text);
    octets += decoded.octets;
    malformed |=
        decoded.skipped_characters || decoded.missing_padding || decoded.wrong_length || decoded.data_after_padding;
}

bool is_control(char c) noexcept {
    return (c >= 0 && c < ' ' && c != '\t') || c == 0x7F;
}

/// Puts the decoded field body together. Adjacent words of one charset are one run of octets: mailers cut characters in
/// two between words, and their halves meet here.
class body_decoder {
public:
    explicit body_decoder(std::string_view body) : body_(body), scanner_(body) {}

    decoded_words decode() {
        std::size_t undone = 0;  // from here on nothing was put out yet
        for (std::size_t at = body_.find("=?"); at != std::string_view::npos; at = body_.find("=?", at)) {
            std::size_t const begin = at;
            auto const word = scanner_.read(at);
            if (!word) {
                at = begin + 2;
            } else if (auto* decoder = decoder_for(word->charset)) {
                put_between(body_.substr(undone, begin - undone), decoder);
                take(*word);
                undone = at;
            }
        }
        end_run();
        out_.text += body_.substr(undone);
        return std::move(out_);
    }

private:
    /// The decoder of a charset, opened at its first word; null when nobody knows it.
    detail::charset_decoder* decoder_for(std::string_view charset) {
        auto found = std::ranges::find_if(
            decoders_, [&](auto const& known) { return ascii::equal_without_case(known.charset, charset); });
        if (found == decoders_.end()) {
            constexpr std::size_t enough = 8;  // more charsets than that in one field are an attack
            if (decoders_.size() == enough) {
                end_run();
                decoders_.clear();
            }
            auto opened = detail::charset_decoder::open(charset);
            decoders_.push_back(
                {charset, opened ? std::make_unique<detail::charset_decoder>(std::move(*opened)) : nullptr});
            found = decoders_.end() - 1;
        }
        if (!found->decoder) out_.unknown_charset = true;
        return found->decoder.get();
    }

    /// Puts what stands before a word: nothing, when it is the blanks between this and the word before.
    void put_between(std::string_view text, detail::charset_decoder* decoder) {
        bool const adjacent = out_.had_words && text.find_first_not_of(" \t\r\n") == std::string_view::npos;
        if (!adjacent || decoder != current_) end_run();
        if (!adjacent) out_.text += text;
        current_ = decoder;
    }

    void take(encoded_word const& word) {
        out_.had_words = true;
        if (word.encoding == 'b')
            append_b(run_, word.text, out_.malformed);
        else
            append_q(run_, word.text, out_.malformed);
    }

    void end_run() {
        if (!run_.empty()) {
            auto const decoded = current_->decode(run_);
            out_.text += decoded.text;
            out_.undecodable |= decoded.undecodable > 0;
            out_.had_controls |= std::ranges::any_of(decoded.text, is_control);
            run_.clear();
        }
        current_ = nullptr;
    }

    struct known_charset {
        std::string_view charset;
        std::unique_ptr<detail::charset_decoder> decoder;
    };

    std::string_view body_;
    word_scanner scanner_;
    std::vector<known_charset> decoders_;
    detail::charset_decoder* current_ = nullptr;  // of the run
    std::string run_;                             // the octets of adjacent words
    decoded_words out_;
};

}  // namespace

decoded_words decode_words(std::string_view field_body) {
    return body_decoder(field_body).decode();
}

}  // namespace postrider::codec
