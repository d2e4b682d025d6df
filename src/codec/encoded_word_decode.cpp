#include <algorithm>
#include <memory>
#include <postrider/codec/encoded_word.hpp>
#include <postrider/core/ascii.hpp>
#include <vector>

#include "converter.hpp"
#include "word_runs.hpp"

namespace postrider::codec {
namespace {

bool is_control(char c) noexcept {
    return (c >= 0 && c < ' ' && c != '\t') || c == 0x7F;
}

/// The decoders of a field body's charsets, each opened at its first word.
class decoder_cache {
public:
    /// Null when nobody knows the charset.
    detail::charset_decoder* find(std::string_view charset) {
        auto known = std::ranges::find_if(
            decoders_, [&](auto const& one) { return ascii::equal_without_case(one.charset, charset); });
        if (known == decoders_.end()) {
            constexpr std::size_t enough = 8;  // more charsets than that in one field are an attack
            if (decoders_.size() == enough) decoders_.clear();
            auto opened = detail::charset_decoder::open(charset);
            decoders_.push_back(
                {charset, opened ? std::make_unique<detail::charset_decoder>(std::move(*opened)) : nullptr});
            known = decoders_.end() - 1;
        }
        return known->decoder.get();
    }

private:
    struct known_charset {
        std::string_view charset;
        std::unique_ptr<detail::charset_decoder> decoder;
    };
    std::vector<known_charset> decoders_;
};

void append_decoded(decoded_words& out, std::string_view octets, detail::charset_decoder& decoder) {
    std::size_t const before = out.text.size();
    out.undecodable |= decoder.append(out.text, octets) > 0;
    out.had_controls |= std::any_of(out.text.begin() + static_cast<std::ptrdiff_t>(before), out.text.end(), is_control);
    out.had_words = true;
}

}  // namespace

decoded_words decode_words(std::string_view field_body) {
    decoded_words out;
    detail::word_run_reader reader(field_body);
    decoder_cache decoders;
    bool after_decoded = false;
    while (auto const run = reader.next()) {
        auto* const decoder = run->encoded ? decoders.find(run->charset) : nullptr;
        if (run->encoded && !decoder) out.unknown_charset = true;
        if (!(after_decoded && decoder)) out.text += run->blanks;
        if (decoder) {
            out.malformed |= run->malformed;
            append_decoded(out, reader.octets(), *decoder);
        } else {
            out.text += run->written;
        }
        after_decoded = decoder != nullptr;
    }
    return out;
}

}  // namespace postrider::codec
