#include <postrider/mime/address_field.hpp>
#include <postrider/mime/received.hpp>

#include "fuzzing.hpp"

using namespace postrider;

// What is listed is sound, and what a caller may write strictly is read the same from mail.

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const body = octets_of(data, size);
    auto const field = mime::parse_address_field(body);
    require_few(field.defects);
    for (auto const& text : field.rejected) require_text(text);
    auto const listed = mime::mailboxes(field.entries);
    for (auto const& one : listed) {
        require_text(one.name);
        ALWAYS(mime::parse_addr_spec(one.address).has_value());
    }
    for (auto const& entry : field.entries) require_text(entry.name);
    if (!listed.empty()) ALWAYS(!field.entries.empty());

    auto const strict = mime::parse_address_list(body);
    if (strict && body.find("=?") == body.npos && body.find("\xEF\xBF\xBD") == body.npos) {
        auto const same = mime::mailboxes(*strict);
        ALWAYS(same.size() == listed.size());
        for (std::size_t i = 0; i < same.size(); ++i) ALWAYS(same[i].address == listed[i].address);
    }
    return 0;
}
