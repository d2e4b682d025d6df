#include <algorithm>
#include <postrider/codec/dot_stuffing.hpp>
#include <string>

#include "fuzzing.hpp"

using namespace postrider::codec;

namespace {

std::string join(std::vector<std::string_view> const& pieces) {
    std::string out;
    for (auto piece : pieces) out += piece;
    return out;
}

std::string stuffed(std::string_view content, std::size_t step) {
    dot_stuffer stuffer;
    std::vector<std::string_view> pieces;
    for (std::size_t at = 0; at < content.size(); at += step) stuffer.stuff(content.substr(at, step), pieces);
    stuffer.finish(pieces);
    return join(pieces);
}

struct received {
    std::string content;
    std::size_t taken = 0;
    bool ended = false, bare = false;
    bool operator==(received const&) const = default;
};

received unstuffed(std::string_view wire, std::size_t step) {
    dot_unstuffer unstuffer;
    received result;
    std::vector<std::string_view> pieces;
    while (!result.ended && result.taken < wire.size()) {
        auto input = wire.substr(result.taken, step);
        auto const offered = input.size();
        result.ended = unstuffer.unstuff(input, pieces);
        result.taken += offered - input.size();
    }
    result.content = join(pieces);
    result.bare = unstuffer.saw_bare_cr_or_lf();
    return result;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto octets = octets_of(data, size);
    if (octets.empty()) return 0;
    std::size_t const step = 1 + static_cast<unsigned char>(octets.front()) % 16;
    octets.remove_prefix(1);

    auto const wire = stuffed(octets, octets.size() + 1);
    ALWAYS(stuffed(octets, step) == wire);
    auto const back = unstuffed(wire, step);
    ALWAYS(back.ended && !back.bare && back.taken == wire.size());
    ALWAYS(stuffed(back.content, step) == wire);

    auto const hostile = unstuffed(octets, octets.size() + 1);
    ALWAYS(unstuffed(octets, step) == hostile);
    auto const end = octets.starts_with(".\r\n") ? 0 : octets.find("\r\n.\r\n");
    ALWAYS(hostile.ended == (end != std::string_view::npos));
    if (hostile.ended) ALWAYS(hostile.taken == (end == 0 && octets.front() == '.' ? 3 : end + 5));
    return 0;
}
