#pragma once
#include <postrider/sign/dkim/canonical.hpp>
#include <span>
#include <string>
#include <string_view>

#include "field_picker.hpp"

namespace postrider::dkim {

/// The hash that is signed: of the named fields and of the signature's own field, whose `b` counts as empty.
///                                                                                                      RFC 6376 §3.7
/// `signature_field`  as it stands, or will stand; not among what `fields` hands out.
std::string header_hash(field_picker& fields, std::span<std::string const> names, std::string_view signature_field,
                        canonicalization how);

/// The field with nothing as the value of its tag `b`, the blanks around the value gone too.
std::string without_value(std::string_view signature_field);

}  // namespace postrider::dkim
