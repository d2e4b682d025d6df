#pragma once
#include <stdexcept>
#include <string>
#include <system_error>

namespace postrider::mime {

enum class errc {
    control_character = 1,  ///< CR, LF, NUL or another control in a field name, field body, parameter or address
    bad_field_name,         ///< not of RFC 5322 §2.2 form
    bad_address,            ///< no mailbox, or two addresses run together
    missing_sender,         ///< several From authors and no Sender (RFC 5322 §3.6.2), or no From at all
    no_recipient,           ///< neither To, Cc nor Bcc
    unencodable,            ///< the charset lacks a character of the text, or is not known
    not_multipart,          ///< attach() to a leaf; set_payload() of a multipart
    unknown_type,           ///< image or audio data of no known kind and no subtype given
    unreadable_file,        ///< a path that cannot be opened; the system's reason stands in the message
    bad_encoding,           ///< a transfer encoding that the content cannot travel in
    duplicate_field,        ///< a second field where RFC 5322 §3.6 allows one
    bad_field_body,         ///< a value with parameters that does not have that form
    rejected,               ///< two settings that exclude each other
    defective,              ///< a message with a defect, and a policy that raises
    bad_hole,               ///< a hole of a template that does not end, may not stand there, or names no column
    missing_value,          ///< a row of group mail has nothing for a hole
    bad_data,               ///< rows that are no CSV or JSON, or a row that does not fit its columns
};

std::error_category const& category() noexcept;
std::error_code make_error_code(errc) noexcept;

/// Thrown at the very call that was given bad input. `what()` says what, where and what to do.
class error : public std::runtime_error {
public:
    error(errc code, std::string const& what) : std::runtime_error(what), code_(code) {}
    errc code() const noexcept { return code_; }

private:
    errc code_;
};

}  // namespace postrider::mime

template <>
struct std::is_error_code_enum<postrider::mime::errc> : std::true_type {};
