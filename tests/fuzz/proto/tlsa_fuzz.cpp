#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <postrider/proto/dane/tlsa.hpp>
#include <string_view>

// Any octets are a record or none; what is usable has as much data as it says.

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace postrider;
    std::string_view const input(reinterpret_cast<char const*>(data), size);
    for (auto const& record : {dane::parse_tlsa(input), dane::parse_tlsa_text(input)}) {
        if (!record) continue;
        if (record->data.empty() || record->data.size() > input.size()) std::abort();
        if (is_usable(*record) && record->matching == 1 && record->data.size() != 32) std::abort();
        if (is_usable(*record) && dane::usable({*record}).size() != 1) std::abort();
    }
    return 0;
}
