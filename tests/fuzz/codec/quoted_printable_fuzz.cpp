#include <postrider/codec/quoted_printable.hpp>
#include <string>

#include "fuzzing.hpp"

using namespace postrider::codec;

namespace {

void check_line(std::string_view line) {
    ALWAYS(line.size() <= 76 && !line.starts_with('.') && !line.starts_with("From "));
    ALWAYS(!line.ends_with(' ') && !line.ends_with('\t'));
    for (char c : line) ALWAYS((c >= ' ' && c <= '~') || c == '\t');
}

void check_encoded(std::string_view encoded) {
    for (;;) {
        auto const end = encoded.find("\r\n");
        check_line(encoded.substr(0, end));
        if (end == std::string_view::npos) return;
        encoded.remove_prefix(end + 2);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const octets = octets_of(data, size);
    auto const encoded = encode_quoted_printable(octets);
    ALWAYS(encoded.size() == quoted_printable_size(octets));
    check_encoded(encoded);
    auto const back = decode_quoted_printable(encoded);
    ALWAYS(back.octets == octets && !back.malformed);
    ALWAYS(decode_quoted_printable(octets).octets.size() <= octets.size());
    return 0;
}
