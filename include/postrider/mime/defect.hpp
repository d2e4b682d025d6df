#pragma once
#include <cstddef>
#include <string_view>

/// What was wrong with a message and yet did not stop the parser.
namespace postrider::mime {

/// The first group has the names of Python's email.errors, without its suffix; so the same fault has one name in both.
enum class defect_kind {
    no_boundary_in_multipart,           ///< no boundary, an empty one, or one that is too long: the multipart is a leaf
    start_boundary_not_found,           ///< no delimiter line at all: the multipart is a leaf
    close_boundary_not_found,           ///< the multipart ends where its parent or the message ends
    first_header_line_is_continuation,  ///< a continuation line that continues no field; ignored
    missing_header_body_separator,      ///< a line that is no field and not blank; the body begins with it
    misplaced_envelope_header,          ///< an mbox "From " line inside a header section; ignored
    invalid_header,                     ///< a field without a name, ignored; or a field body that breaks its grammar
    invalid_multipart_content_transfer_encoding,  ///< RFC 2045 §6.4: the multipart is a leaf, and may be opened
    invalid_base64_padding,
    invalid_base64_characters,  ///< skipped
    invalid_base64_length,      ///< a character too many, dropped
    undecodable_bytes,          ///< U+FFFD stands in for octets that are not of the charset

    leading_blank_line,         ///< the message has no header: it begins with a blank line
    duplicate_field,            ///< a second field where the RFCs allow one; the first one counts
    duplicate_parameter,        ///< a parameter given twice, or both plain and extended; the documented order decides
    invalid_parameter,          ///< not of RFC 2045 or RFC 2231 form; read as far as it makes sense
    invalid_content_type,       ///< no "type/subtype": read as text/plain (RFC 2045 §5.2)
    unknown_transfer_encoding,  ///< the content stays as it is
    encoded_message,            ///< a message that is transfer-encoded: a leaf, and may be opened
    invalid_quoted_printable,   ///< a malformed "=" stays as it is
    data_after_padding,         ///< base64 that goes on behind its "="; ignored
    unknown_charset,            ///< the text is read as UTF-8
    undeclared_charset,    ///< 8-bit text that calls itself ASCII and is UTF-8, or a raw header that is not; read so
    invalid_encoded_word,  ///< decoded as far as it goes, or left as it is
    depth_limit,           ///< limits::parse_depth: the part is a leaf
    part_limit,            ///< limits::parse_parts: this leaf holds the rest, or a message that is not opened
    header_octets_limit,   ///< limits::header_octets: the fields from there on are not listed
    header_fields_limit,   ///< limits::header_fields: the fields from there on are not listed
    parameter_sections_limit,  ///< limits::parameter_sections: the sections from there on are not read

    // Of values in header fields; the first three have Python's names again.
    invalid_date,                   ///< no date-time, or one that does not exist: no value
    header_missing_required_value,  ///< an empty field body where the grammar asks for something
    non_printable,                  ///< a control character; U+FFFD stands in for it
    invalid_address,  ///< not of RFC 5322 §3.4 form: read where it can mean but one mailbox, else rejected
    invalid_msg_id,   ///< not of RFC 5322 §3.6.4 form; read as far as it makes sense
    value_limit,      ///< limits::addresses, ::msg_ids, ::listed_values: the values beyond it are not listed

    multipart_invariant_violation,  ///< the message calls itself a multipart and has no part (Python's name)
    invalid_uuencode,  ///< no "begin" or no "end" line: the content stays as it is; or malformed lines in between
    encoding_limit,    ///< limits::encoded_messages: what is encoded in it will not be opened
    hidden_content,    ///< a preamble or epilogue that holds a body part's field: readers that ignore it see less
};
inline constexpr unsigned defect_kinds = static_cast<unsigned>(defect_kind::hidden_content) + 1;

/// "CloseBoundaryNotFound" and so on.
std::string_view to_string(defect_kind) noexcept;

/// A part tells each kind once, at the first place: so a hostile message cannot make the list longer than itself.
struct defect {
    defect_kind kind;
    std::size_t offset;  ///< in octets from the beginning of the message
    friend bool operator==(defect const&, defect const&) = default;
};

}  // namespace postrider::mime
