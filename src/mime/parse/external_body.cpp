#include <postrider/mime/external_body.hpp>

#include <charconv>
#include <postrider/core/ascii.hpp>

#include "blanks.hpp"

namespace postrider::mime {
namespace {

std::optional<std::uint64_t> number_in(std::string const& text) noexcept {
    std::uint64_t number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

std::string without_blanks(std::string text) {
    std::erase_if(text, is_blank);
    return text;
}

}  // namespace

std::optional<external_body> external_body_of(parsed_part const& part) {
    structured_field const type = part.content_type_field();
    if (type.value != "message/external-body" || !type.find("access-type")) return std::nullopt;
    auto const said = [&](std::string_view name) {
        std::string const* const value = type.find(name);
        return value ? *value : std::string();
    };
    external_body body;
    body.access_type = ascii::lower(said("access-type"));
    if (auto const date = codec::parse_date(said("expiration"))) body.expiration = *date;
    body.size = number_in(said("size"));
    body.permission = type.find("permission") ? ascii::lower(said("permission")) : "read";
    body.url = without_blanks(said("url"));
    body.name = said("name");
    body.site = said("site");
    body.directory = said("directory");
    body.mode = said("mode");
    body.server = said("server");
    body.subject = said("subject");

    parsed_message const phantom = parse(part.body(), {.headers_only = true});
    octet_range const header = phantom.root().header_range();
    body.fields = header_view(part.body().substr(header.begin, header.size()), part.body_range().begin + header.begin);
    body.phantom_body = phantom.root().body();
    return body;
}

}  // namespace postrider::mime
