#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <postrider/sign/dkim/key_record.hpp>

// Any octets are what DNS gave, and a key file: neither may do harm, and a key that is taken can sign.

using namespace postrider;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const octets(reinterpret_cast<char const*>(data), size);
    if (auto const record = dkim::parse_key_record(octets)) {
        static_cast<void>(record->is_testing());
        if (record->key_type.find_first_of("\r\n") != std::string::npos) std::abort();
    }
    dkim::to_zone_line("a._domainkey.example.com", octets);
    if (auto const key = dkim::private_key::read(octets))
        if (dkim::parse_key_record(dkim::to_record(*key))->public_octets != key->public_octets()) std::abort();
    return 0;
}
