#pragma once
#include <postrider/codec/charset.hpp>
#include <postrider/core/result.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "charset_table.hpp"
#include "iconv_handle.hpp"

namespace postrider::codec::detail {

/// UTF-8 to one charset, as often as wanted; every text stands for itself and ends in the initial shift state.
class charset_encoder {
public:
    /// errors     errc::unknown_charset
    static result<charset_encoder> open(std::string_view charset_name);

    std::string const& name() const noexcept { return charset_.name; }
    bool is_utf8() const noexcept { return charset_.kind == charset_kind::utf8; }

    /// errors     errc::malformed, ::unencodable
    result<std::string> encode(std::string_view text);

private:
    charset_encoder(charset c, iconv_handle handle) : charset_(std::move(c)), handle_(std::move(handle)) {}
    result<std::string> encode_with_iconv(std::string_view text);

    charset charset_;
    iconv_handle handle_;
};

/// One charset to UTF-8, as often as wanted.
class charset_decoder {
public:
    /// errors     errc::unknown_charset
    static result<charset_decoder> open(std::string_view charset_name);

    std::string const& name() const noexcept { return charset_.name; }
    decoded_charset decode(std::string_view octets) {
        decoded_charset out;
        out.undecodable = append(out.text, octets);
        return out;
    }

    /// Appends what `octets` say to `out`.
    /// returns    how often U+FFFD stands in for what could not be decoded.
    std::size_t append(std::string& out, std::string_view octets);

private:
    charset_decoder(charset c, iconv_handle handle) : charset_(std::move(c)), handle_(std::move(handle)) {}
    std::size_t append_with_iconv(std::string& out, std::string_view octets, std::size_t written);

    charset charset_;
    iconv_handle handle_;
};

}  // namespace postrider::codec::detail
