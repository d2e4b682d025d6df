#include <postrider/codec/encoded_word.hpp>
#include <postrider/mime/error.hpp>
#include <postrider/mime/header.hpp>
#include <postrider/mime/utils.hpp>
#include <string>

#include "fuzzing.hpp"

using namespace postrider;

namespace {

/// What was made of any field body is written and read back as the same text.
void check_round_trip(mime::header const& made) {
    for (std::size_t length : {0, 40, 78}) {
        std::string const written = made.encode({.maxlinelen = length, .linesep = "\n"});
        std::string unfolded;
        for (char c : written)
            if (c != '\n') unfolded += c;
        for (std::size_t at = written.find('\n'); at != written.npos; at = written.find('\n', at + 1))
            ALWAYS(at + 1 < written.size() && (written[at + 1] == ' ' || written[at + 1] == '\t'));
        require_text(unfolded);
    }
    ALWAYS(made == made);
}

void check_utils(std::string const& text) {
    ALWAYS(mime::unquote('"' + mime::quote(text) + '"') == text);
    auto const decoded = mime::decode_rfc2231(mime::encode_rfc2231(text, "utf-8", "en"));
    ALWAYS(decoded.charset == "utf-8" && decoded.language == "en");
    auto const params = mime::decode_params({{"x", ""}, {"a*", "utf-8''" + text}, {"b*0", text}, {text, text}});
    for (auto const& [name, value] : params) ALWAYS(codec::is_utf8(mime::collapse_rfc2231_value(value)));
    if (auto const parts = mime::parsedate_tz(text))
        ALWAYS(mime::mktime_tz(*parts) == mime::parsedate_to_datetime(text)->when);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string const text(octets_of(data, size));
    check_round_trip(mime::make_header(mime::decode_header(text)));
    check_utils(text);
    return 0;
}
