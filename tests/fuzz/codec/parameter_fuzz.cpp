#include <algorithm>
#include <postrider/codec/parameter.hpp>
#include <string>

#include "fuzzing.hpp"

using namespace postrider::codec;

namespace {

/// What the sections of the parameter hold together.
std::string extended_value(std::string const& field) {
    std::string value;
    for (auto at = field.find("*="); at != std::string::npos; at = field.find("*=", at)) {
        at += 2;
        value += field.substr(at, field.find(';', at) - at);
    }
    return value;
}

void check_lines(std::string_view field) {
    for (;;) {
        auto const end = field.find("\r\n");
        auto const line = field.substr(0, end);
        ALWAYS(line.size() <= 78);
        ALWAYS(std::ranges::all_of(line, [](char c) { return c >= ' ' && c <= '~'; }));
        if (end == std::string_view::npos) return;
        ALWAYS(field.substr(end + 2, 1) == " ");
        field.remove_prefix(end + 2);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto octets = octets_of(data, size);
    static_cast<void>(decode_extended_value(octets));
    if (octets.empty()) return 0;
    std::string field(static_cast<unsigned char>(octets.front()) % 76, 'x');
    std::size_t column = field.size();
    octets.remove_prefix(1);
    if (append_parameter(field, column, "filename", octets)) return 0;
    check_lines(field);
    ALWAYS(column <= 78);
    if (field.find("*=") != std::string::npos && field.find('"') == std::string::npos && !is_token(octets))
        ALWAYS(*decode_extended_value(extended_value(field)) == octets);
    return 0;
}
