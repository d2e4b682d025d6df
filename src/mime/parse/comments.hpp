#pragma once
#include <cstddef>
#include <string>
#include <string_view>

// Comments and quoted-strings of RFC 5322 §3.2, read with a counter and not by recursion.
namespace postrider::mime {

/// One past the end of the comment that begins at `open` ("("), nested ones included; npos if it is not closed.
std::size_t end_of_closed_comment(std::string_view text, std::size_t open) noexcept;
/// The same, or the end of `text`.
std::size_t end_of_comment(std::string_view text, std::size_t open) noexcept;

/// One past the end of the quoted-string that begins at `open` ("\""); npos if it is not closed.
std::size_t end_of_closed_quoted_string(std::string_view text, std::size_t open) noexcept;
/// The same, or the end of `text`.
std::size_t end_of_quoted_string(std::string_view text, std::size_t open) noexcept;

/// `text` with each comment outside quoted-strings left out.
std::string without_comments(std::string_view text);

/// What a quoted-string (quotes included) says.
std::string text_of_quoted_string(std::string_view quoted);

/// The quoted-string that says `text`.
std::string as_quoted_string(std::string_view text);

}  // namespace postrider::mime
