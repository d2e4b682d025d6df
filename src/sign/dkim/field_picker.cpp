#include "field_picker.hpp"

#include <postrider/core/ascii.hpp>

namespace postrider::dkim {

std::vector<raw_field> raw_fields(mime::header_view const& header) {
    std::vector<raw_field> fields;
    for (auto const& [name, body, offset] : header) {
        char const* const end = body.data() + body.size();
        fields.push_back({name, {name.data(), static_cast<std::size_t>(end - name.data())}, offset});
    }
    return fields;
}

bool are_all_of(mime::octet_range header, std::vector<raw_field> const& fields, std::string_view octets) noexcept {
    std::size_t at = header.begin;
    for (raw_field const& field : fields) {
        if (field.offset != at) return false;
        at += field.octets.size();
        std::string_view const rest = octets.substr(at);
        at += rest.starts_with("\r\n") ? 2 : rest.starts_with('\n') ? 1 : 0;
    }
    return at == header.end;
}

field_index::field_index(std::span<raw_field const> fields) : fields_(fields) {
    for (std::size_t at = fields.size(); at-- > 0;) positions_[ascii::lower(fields[at].name)].push_back(at);
}

std::span<std::size_t const> field_index::named(std::string_view name) const {
    auto const found = positions_.find(ascii::lower(name));
    return found == positions_.end() ? std::span<std::size_t const>() : found->second;
}

raw_field const* field_picker::take(std::string_view name) {
    auto const all = index_.named(name);
    if (all.empty()) return nullptr;
    std::size_t& taken = taken_[ascii::lower(name)];
    while (taken < all.size()) {
        raw_field const& next = index_.at(all[taken++]);
        if (&next != except_) return &next;
    }
    return nullptr;
}

}  // namespace postrider::dkim
