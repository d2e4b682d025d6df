#pragma once
#include <postrider/core/result.hpp>
#include <string>
#include <string_view>

namespace postrider::sasl {

enum class unassigned { allowed, refused };

/// A user's name or password as both sides must spell it before they hash it: NFKC, without soft hyphens and the like,
/// each kind of space as U+0020.                                                                        RFC 4013
/// `code_points`  those that Unicode 3.2 does not know are allowed in what is typed, and refused in what is kept.
/// errors         errc::bad_credentials_form: no UTF-8, a control or other prohibited character, text in both
///                directions, more than limits::saslprep_octets, or nothing left.
result<std::string> saslprep(std::string_view text, unassigned code_points = unassigned::allowed);

}  // namespace postrider::sasl
