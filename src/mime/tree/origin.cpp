#include "origin.hpp"

#include <algorithm>
#include <postrider/mime/message.hpp>

#include "../parse/blanks.hpp"
#include "parsed_field.hpp"

namespace postrider::mime {

std::string_view origin::octets() const noexcept {
    return table.parsed.octets();
}

octet_range origin::all() const noexcept {
    if (part.index() == 0) return {0, octets().size()};
    return {part.header_range().begin, part.body_range().end};
}

std::string origin::boundary() const {
    auto const type = part.content_type_field();
    auto const* boundary = type.value.starts_with("multipart/") ? type.find("boundary") : nullptr;
    return boundary ? std::string(trim_back(*boundary)) : std::string();
}

std::vector<field> const& origin::fields() const {
    std::call_once(read_, [this] { fields_ = read_fields(); });
    return fields_;
}

std::vector<field> origin::read_fields() const {
    std::vector<field> all;
    for (auto const& seen : part.fields()) {
        auto const body_end = static_cast<std::size_t>(seen.body.data() + seen.body.size() - octets().data());
        auto const end = std::min(octets().find('\n', body_end), octets().size() - 1) + 1;
        all.push_back(parsed_field(seen, cut(seen.offset, end), table.owner));
    }
    return all;
}

std::vector<field> const& message::parsed_fields() const {
    return origin_->fields();
}

std::string_view message::parsed_content::encoded() const noexcept {
    return from->part.body();
}

decoded_content message::parsed_content::decoded() const {
    return from->part.content();
}

}  // namespace postrider::mime
