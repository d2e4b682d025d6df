#include <postrider/codec/base64.hpp>
#include <string>

#include "fuzzing.hpp"

using namespace postrider::codec;

namespace {

void encoded_reads_back(std::string_view octets) {
    auto const line = encode_base64(octets), lines = encode_base64_lines(octets);
    ALWAYS(line.size() == base64_size(octets.size()) && lines.size() == base64_lines_size(octets.size()));
    for (auto path : base64_paths()) {
        std::string by_path(line.size(), '\0'), lines_by_path(lines.size(), '\0');
        ALWAYS(encode_base64(octets, by_path.data(), path) == by_path.data() + by_path.size());
        ALWAYS(encode_base64_lines(octets, lines_by_path.data(), path) == lines_by_path.data() + lines_by_path.size());
        ALWAYS(by_path == line && lines_by_path == lines);
    }
    ALWAYS(*decode_base64(line) == octets);
    ALWAYS(decode_base64_leniently(lines).octets == octets);
}

void strict_and_lenient_agree(std::string_view text) {
    auto const lenient = decode_base64_leniently(text);
    ALWAYS(lenient.octets.size() <= text.size() / 4 * 3 + 2);
    auto const strict = decode_base64(text);
    if (!strict) return;
    ALWAYS(*strict == lenient.octets && encode_base64(*strict) == text);
    ALWAYS(!lenient.skipped_characters && !lenient.missing_padding && !lenient.wrong_length &&
           !lenient.data_after_padding);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    encoded_reads_back(octets_of(data, size));
    strict_and_lenient_agree(octets_of(data, size));
    return 0;
}
