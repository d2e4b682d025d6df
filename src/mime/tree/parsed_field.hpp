#pragma once
#include <memory>
#include <postrider/mime/field.hpp>
#include <postrider/mime/header_field.hpp>
#include <string>

namespace postrider::mime {

/// A field as it stands in a message, with what it says. What does not have the form its name asks for is text.
/// `whole`    the field with its folds and its line end; `owner` keeps it.
field parsed_field(field_view const& seen, std::string_view whole, std::shared_ptr<void const> const& owner);

/// The field's body as one line of UTF-8, of a parsed one as decode_field tells it.
std::string text_of(field const& one);

/// What stands behind the name and its colon, folds included, without the last line end: as it was parsed or set, or as
/// it would go out.
std::string raw_text_of(field const& one);

}  // namespace postrider::mime
