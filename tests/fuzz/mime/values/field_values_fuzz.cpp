#include <postrider/mime/content_language.hpp>
#include <postrider/mime/date_field.hpp>
#include <postrider/mime/list_fields.hpp>
#include <postrider/mime/mime_version.hpp>
#include <postrider/mime/tag_list.hpp>

#include "fuzzing.hpp"

using namespace postrider;

// The same octets as each kind of field: total, and what is told is text.

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const body = octets_of(data, size);
    auto const uris = mime::parse_list_uris(body);
    require_few(uris.defects);
    for (auto const& uri : uris.uris) {
        require_text(uri);
        ALWAYS(uri.find(':') != uri.npos && uri.find_first_of(" \t<>") == uri.npos);
    }
    auto const id = mime::parse_list_id(body);
    require_text(id.id);
    require_text(id.description);
    auto const tags = mime::parse_tag_list(body);
    require_few(tags.defects);
    for (auto const& one : tags.tags) {
        require_text(one.value);
        ALWAYS(one.name.find_first_of("=; \t") == one.name.npos && tags.find(one.name) != nullptr);
    }
    for (auto const& tag : mime::parse_content_language(body).tags) require_text(tag);
    auto const version = mime::parse_mime_version(body);
    ALWAYS(version.value.has_value() || !version.defects.empty());
    auto const date = mime::parse_date_field(body);
    ALWAYS(date.value.has_value() != !date.defects.empty());
    if (auto const uri = mime::one_click_unsubscribe(body, "List-Unsubscribe=One-Click"))
        ALWAYS(uri->size() > 8 && uri->find(':') == 5);
    return 0;
}
