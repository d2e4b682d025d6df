#pragma once
#include <postrider/mime/error.hpp>
#include <postrider/mime/header_field.hpp>
#include <string>
#include <string_view>
#include <vector>

/// What every value meets before it enters a message. Each throws mime::error.
namespace postrider::mime {

/// Text as an error message may show it: short, and without control characters.
std::string shown(std::string_view text);

/// Whether `text` is free of control characters, and UTF-8.             errors: control_character, unencodable
void check_text(std::string_view what, std::string_view text);

/// RFC 5322 §2.2: printable ASCII without ":".                          errors: bad_field_name
void check_field_name(std::string_view name);

/// A field body that cannot be encoded: ASCII, in words that fit on a line.   errors: control_character, bad_field_body
void check_tokens(std::string_view name, std::string_view body);

/// An identifier in its angle brackets: id-left "@" id-right, which people write without them.
///                                                                      errors: control_character, bad_field_body
std::string bracketed_id(std::string_view field_name, std::string id);

/// What a field with parameters gets.           errors: control_character, bad_field_body, unencodable
void check_parameters(std::string_view field_name, std::vector<parameter> const& parameters);

/// "main/sub", two tokens.                                              errors: bad_field_body
void check_type(std::string_view type);

}  // namespace postrider::mime
