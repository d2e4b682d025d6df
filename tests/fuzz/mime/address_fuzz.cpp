#include <cstdlib>
#include <postrider/mime/address.hpp>

/// What was read as addresses and is written again is read as the same.
namespace {

using namespace postrider::mime;

void check(bool holds) {
    if (!holds) std::abort();
}

bool has_control(std::string_view text) {
    for (unsigned char c : text)
        if (c < 32 && c != '\t') return true;
    return false;
}

void check_mailbox(mailbox const& one) {
    check(!has_control(one.name) && !has_control(one.address));
    check(parse_addr_spec(one.address).has_value());
    auto back = parse_mailbox(to_string(one));
    check(back.has_value());
    check(back->address == one.address);
    check(back->name == one.name);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* octets, std::size_t size) {
    std::string_view text(reinterpret_cast<char const*>(octets), size);
    auto list = parse_address_list(text);
    if (!list) return 0;
    for (auto const& one : mailboxes(*list)) check_mailbox(one);
    return 0;
}
