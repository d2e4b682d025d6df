#pragma once
#include <optional>
#include <postrider/core/result.hpp>
#include <string>
#include <string_view>

#include "converter.hpp"

namespace postrider::codec::detail {

/// The charset that encoded-words are written in. UTF-8, which is nearly always asked for, has nothing to convert: it
/// is looked at where it stands.
class word_charset {
public:
    /// errors     errc::unknown_charset
    static result<word_charset> open(std::string_view name) {
        if (name == utf8_name) return word_charset();
        auto encoder = charset_encoder::open(name);
        if (!encoder) return encoder.error();
        return encoder->is_utf8() ? word_charset() : word_charset(std::move(*encoder));
    }

    bool is_utf8() const noexcept { return !encoder_; }
    std::string_view name() const noexcept { return encoder_ ? std::string_view(encoder_->name()) : utf8_name; }

    /// The octets of `text`: `text` itself, or a string of ours that lasts until the next call.
    /// errors     errc::malformed, ::unencodable
    result<std::string_view> encode(std::string_view text) {
        if (!encoder_) {
            if (!codec::is_utf8(text)) return errc::malformed;
            return text;
        }
        auto converted = encoder_->encode(text);
        if (!converted) return converted.error();
        converted_ = std::move(*converted);
        return std::string_view(converted_);
    }

    /// The same for a part, in whole characters, of a text that could be encoded.
    std::string_view encode_part(std::string_view part) { return encoder_ ? encode(part).value() : part; }

private:
    static constexpr std::string_view utf8_name = "utf-8";

    word_charset() = default;
    explicit word_charset(charset_encoder encoder) : encoder_(std::move(encoder)) {}

    std::optional<charset_encoder> encoder_;
    std::string converted_;
};

}  // namespace postrider::codec::detail
