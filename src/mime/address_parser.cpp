#include <postrider/codec/charset.hpp>
#include <postrider/mime/address.hpp>

#include "characters.hpp"
#include "values/address_reader.hpp"

namespace postrider::mime {
namespace {

/// What no address of a caller's may hold, wherever it stands.
error_code check_octets(std::string_view text) {
    auto octets = look_at(text);
    if (octets.control) return make_error_code(errc::control_character);
    if (octets.beyond_ascii && !codec::is_utf8(text)) return make_error_code(errc::bad_address);
    return {};
}

}  // namespace

result<std::vector<address_entry>> parse_address_list(std::string_view text) {
    if (auto ec = check_octets(text)) return ec;
    return address_reader(text).read_list();
}

result<mailbox> parse_mailbox(std::string_view text) {
    auto list = parse_address_list(text);
    if (!list) return list.error();
    if (list->size() != 1 || list->front().is_group) return make_error_code(errc::bad_address);
    return std::move(list->front().mailboxes.front());
}

// What is left of an addr-spec with something around it is not what was given.
result<std::string> parse_addr_spec(std::string_view text) {
    auto one = parse_mailbox(text);
    if (!one) return one.error();
    if (one->address != text) return make_error_code(errc::bad_address);
    return std::move(one->address);
}

}  // namespace postrider::mime
