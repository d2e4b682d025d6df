#include "transfer_encoding_field.hpp"

#include <algorithm>
#include <array>
#include <postrider/core/ascii.hpp>
#include <postrider/mime/field.hpp>

#include "blanks.hpp"
#include "comments.hpp"

namespace postrider::mime {
namespace {

struct known_name {
    std::string_view name;
    content_decoding encoding;
};

constexpr std::array<known_name, 9> known_names = {{{"7bit", content_decoding::identity},
                                                    {"base64", content_decoding::base64},
                                                    {"quoted-printable", content_decoding::quoted_printable},
                                                    {"8bit", content_decoding::identity},
                                                    {"binary", content_decoding::identity},
                                                    // uuencode goes by any of these; none is registered
                                                    {"x-uuencode", content_decoding::uuencode},
                                                    {"uuencode", content_decoding::uuencode},
                                                    {"uue", content_decoding::uuencode},
                                                    {"x-uue", content_decoding::uuencode}}};

content_decoding encoding_named(std::string_view name) noexcept {
    auto const found = std::ranges::find_if(
        known_names, [&](auto const& known) { return ascii::equal_without_case(known.name, name); });
    return found == known_names.end() ? content_decoding::unknown : found->encoding;
}

}  // namespace

std::string parse_transfer_encoding(std::string_view field_body) {
    std::string encoding = ascii::lower(trim(without_comments(unfold(field_body))));
    return encoding.empty() ? "7bit" : encoding;
}

bool is_identity_encoding(std::string_view encoding) noexcept {
    return encoding_named(encoding) == content_decoding::identity;
}

content_decoding read_transfer_encoding(std::string_view field_body) {
    std::string_view const written = trim(field_body);
    if (written.empty()) return content_decoding::identity;
    content_decoding const encoding = encoding_named(written);
    return encoding != content_decoding::unknown ? encoding : encoding_named(parse_transfer_encoding(field_body));
}

}  // namespace postrider::mime
