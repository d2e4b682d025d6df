#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <postrider/sign/dkim/key_record.hpp>
#include <postrider/sign/dkim/signature.hpp>

// Any octets are a signature field: one without a defect has everything, and asks DNS for a name and nothing else.

using namespace postrider;

namespace {

bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= 253 &&
           text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_") == text.npos;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const read = dkim::parse_signature({reinterpret_cast<char const*>(data), size});
    if (read.defect) return 0;
    bool const is_whole = is_name(read.domain) && is_name(read.selector) && read.body_hash.size() == 32 &&
                          !read.value.empty() && !read.signed_fields.empty() &&
                          read.identity.ends_with(read.identity.substr(read.identity.rfind('@')));
    if (!is_whole) std::abort();
    return 0;
}
