#include <postrider/mime/signed_content.hpp>

#include <postrider/core/ascii.hpp>

#include "line.hpp"

namespace postrider::mime {

std::string signed_content::canonical_octets() const {
    std::string_view const written = content.octets();
    std::string canonical;
    canonical.reserve(written.size());
    for (std::size_t at = 0; at < written.size();) {
        line const next = line_at(written, at);
        canonical.append(written, next.begin, next.end - next.begin);
        if (next.next != next.end) canonical += "\r\n";
        at = next.next;
    }
    return canonical;
}

std::optional<signed_content> signed_content_of(parsed_part const& part) {
    structured_field const type = part.content_type_field();
    if (type.value != "multipart/signed") return std::nullopt;
    auto const parts = part.children();
    if (parts.size() != 2) return std::nullopt;
    auto const said = [&](std::string_view name) {
        std::string const* const value = type.find(name);
        return value ? ascii::lower(*value) : std::string();
    };
    return signed_content{parts[0], parts[1], said("protocol"), said("micalg")};
}

}  // namespace postrider::mime
