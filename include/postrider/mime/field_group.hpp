#pragma once
#include <optional>
#include <postrider/codec/date.hpp>
#include <string>
#include <string_view>
#include <vector>

/// Fields that are a report's content: what message/delivery-status, message/disposition-notification and
/// message/feedback-report are made of.                                                   RFC 3464 §2.1, RFC 8098 §3.1
namespace postrider::mime {

struct parsed_field {
    std::string name;   ///< as written, case kept
    std::string value;  ///< as decode_field shows it, without blanks at its ends. Untrusted
    friend bool operator==(parsed_field const&, parsed_field const&) = default;
};

/// `rfc822; louisl@larry.slip.umd.edu`, `dns; mx.example`, `smtp; 550 no such user`: what a value is, and the value.
struct typed_value {
    std::string type;   ///< lower case; empty where none is written
    std::string value;  ///< of type "utf-8" (RFC 6533 §3), with its \x{...} decoded
    friend bool operator==(typed_value const&, typed_value const&) = default;
};

/// Each accessor by name tells of the first field that has it, which is the one that counts.
struct field_group {
    std::vector<parsed_field> fields;  ///< in the order written, limits::header_fields of them at most

    std::string const* find(std::string_view name) const noexcept;  ///< or nullptr
    std::string value(std::string_view name) const;                 ///< empty if there is none
    std::string token(std::string_view name) const;                 ///< the same in lower case, without comments
    std::vector<std::string> values(std::string_view name) const;   ///< of every field of that name
    std::optional<typed_value> typed(std::string_view name) const;
    std::optional<codec::date_time> date(std::string_view name) const;  ///< nothing for what is no date-time either
};

/// The first group of fields in `octets`, which end with a blank line or the octets; lines that are no fields are passed
/// over. `octets` then begins behind that blank line.
field_group take_field_group(std::string_view& octets);

}  // namespace postrider::mime
