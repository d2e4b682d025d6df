#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <postrider/mime/flowed.hpp>
#include <string>
#include <string_view>

// Any octets are flowed text; and flowed text that was written is read as what was written, and again to the same octets.

using namespace postrider;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const octets(reinterpret_cast<char const*>(data), size);
    for (bool delsp : {false, true}) {
        auto const text = mime::from_flowed(octets, delsp);
        require(text.size() <= 2 * octets.size() + 1);
        for (std::size_t width : {10, 72}) {
            mime::flowed_options const how{.width = width, .delsp = delsp};
            auto const written = mime::to_flowed(octets, how);
            auto const read = mime::from_flowed(written, delsp);
            require(mime::from_flowed(mime::to_flowed(read, how), delsp) == read);
        }
    }
    return 0;
}
