#include <algorithm>
#include <iterator>
#include <postrider/codec/base64.hpp>
#include <postrider/codec/charset.hpp>
#include <postrider/codec/quoted_printable.hpp>
#include <postrider/mime/error.hpp>
#include <postrider/mime/mail_charset.hpp>

namespace postrider::mime {
namespace {

using codec::word_encoding;
using body_encoding = mail_charset::body_encoding;

struct row {
    std::string_view name;
    std::optional<word_encoding> header;
    body_encoding body;
    std::string_view output = {};
};

// The rest of the ISO 8859 family and windows-1252 are as iso-8859-1.
constexpr row rows[] = {
    {"us-ascii", std::nullopt, body_encoding::none},
    {"utf-8", word_encoding::shorter, body_encoding::base64},
    {"big5", word_encoding::b, body_encoding::base64},
    {"gb2312", word_encoding::b, body_encoding::base64},
    {"koi8-r", word_encoding::b, body_encoding::base64},
    {"euc-jp", word_encoding::b, body_encoding::none, "iso-2022-jp"},
    {"shift_jis", word_encoding::b, body_encoding::none, "iso-2022-jp"},
    {"iso-2022-jp", word_encoding::b, body_encoding::none},
};

/// Most of whose octets are ASCII in the languages that are written in them.
bool is_latin(std::string_view name) noexcept {
    for (std::string_view latin :
         {"iso-8859-1", "iso-8859-2", "iso-8859-3", "iso-8859-4", "iso-8859-9", "iso-8859-10", "iso-8859-13",
          "iso-8859-14", "iso-8859-15", "iso-8859-16", "windows-1252", "viscii"})
        if (name == latin) return true;
    return false;
}

[[noreturn]] void refuse(std::string_view charset, std::error_code why) {
    throw error(errc::unencodable, "the charset \"" + std::string(charset.substr(0, 40)) + "\": " + why.message());
}

std::string converted(std::string_view text, std::string const& charset) {
    auto octets = codec::encode_charset(text, charset);
    if (!octets) refuse(charset, octets.error());
    return std::move(*octets);
}

}  // namespace

mail_charset::mail_charset(std::string_view charset) {
    auto const name = codec::charset_name(charset);
    if (!name) refuse(charset, name.error());
    input_charset = output_charset = *name;
    auto const known = std::ranges::find(rows, std::string_view(*name), &row::name);
    if (known != std::end(rows)) {
        header_encoding = known->header;
        body = known->body;
        if (!known->output.empty()) output_charset = known->output;
    } else {
        header_encoding = is_latin(*name) ? word_encoding::q : word_encoding::shorter;
        body = is_latin(*name) ? body_encoding::quoted_printable : body_encoding::base64;
    }
}

std::string_view mail_charset::get_body_encoding() const noexcept {
    switch (body) {
        case body_encoding::quoted_printable: return "quoted-printable";
        case body_encoding::base64: return "base64";
        case body_encoding::none: break;
    }
    return "7bit";
}

std::string mail_charset::header_encode(std::string_view text) const {
    if (!header_encoding) return converted(text, output_charset);
    std::string words;
    std::size_t column = 0;
    codec::word_options const options{output_charset, *header_encoding, std::string::npos};
    if (auto ec = codec::append_words(words, column, text, codec::word_place::text, options))
        refuse(output_charset, ec);
    for (auto fold = words.find("\r\n"); fold != words.npos; fold = words.find("\r\n", fold)) words.erase(fold, 2);
    return words;
}

std::string mail_charset::body_encode(std::string_view text) const {
    std::string octets = converted(text, output_charset);
    switch (body) {
        case body_encoding::quoted_printable: return codec::encode_quoted_printable(octets);
        case body_encoding::base64: return codec::encode_base64_lines(octets);
        case body_encoding::none: break;
    }
    return octets;
}

}  // namespace postrider::mime
