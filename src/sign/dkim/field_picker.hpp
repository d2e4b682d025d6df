#pragma once
#include <cstddef>
#include <map>
#include <postrider/mime/field.hpp>
#include <postrider/mime/parse.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::dkim {

/// One field as it stands in a message: `octets` from the name to the last octet before the final line end.
struct raw_field {
    std::string_view name;
    std::string_view octets;
    std::size_t offset = 0;
};

std::vector<raw_field> raw_fields(mime::header_view const& header);

/// Whether these fields are all there is of the header at `header` in `octets`: each octet belongs to one, or to its line
/// end. Where readers have to guess what a line is, they guess differently, and then a signature says nothing of what a
/// person sees.
bool are_all_of(mime::octet_range header, std::vector<raw_field> const& fields, std::string_view octets) noexcept;

/// The fields of a header by name, and the order in which signatures take those of one name: the last first, for what is
/// added on the way stands on top.                                                                    RFC 6376 §5.4.2
class field_index {
public:
    explicit field_index(std::span<raw_field const> fields);

    /// Of that name, whatever its case; the last first.
    std::span<std::size_t const> named(std::string_view name) const;

    raw_field const& at(std::size_t position) const noexcept { return fields_[position]; }

private:
    std::span<raw_field const> fields_;
    std::map<std::string, std::vector<std::size_t>> positions_;
};

/// Hands out fields for one signature, name by name.
class field_picker {
public:
    /// `except`   the signature's own field, which no name means.
    field_picker(field_index const& index, raw_field const* except) noexcept : index_(index), except_(except) {}

    /// The next field of that name; nullptr when there is none left.
    raw_field const* take(std::string_view name);

private:
    field_index const& index_;
    raw_field const* except_;
    std::map<std::string, std::size_t> taken_;
};

}  // namespace postrider::dkim
