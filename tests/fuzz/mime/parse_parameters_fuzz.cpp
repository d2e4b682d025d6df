#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <postrider/codec/charset.hpp>
#include <postrider/mime/content_type.hpp>
#include <postrider/mime/field.hpp>

// Any octets are a field body: whatever it says is UTF-8 without a line end.

using namespace postrider;

namespace {

void require_shown(std::string_view text) {
    if (!codec::is_utf8(text) || text.find_first_of("\r\n") != std::string_view::npos) std::abort();
}

void require_shown(mime::structured_field const& field) {
    for (mime::parsed_parameter const& parameter : field.parameters)
        if (parameter.name != "boundary") require_shown(parameter.value);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const body(reinterpret_cast<char const*>(data), size);
    require_shown(mime::parse_content_type(body));
    require_shown(mime::parse_content_disposition(body));
    require_shown(mime::decode_field({.name = "Subject", .body = body}).value);
    require_shown(mime::decode_field({.name = "To", .body = body}).value);
    return 0;
}
