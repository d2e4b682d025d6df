#pragma once
#include <optional>
#include <postrider/codec/date.hpp>
#include <postrider/mime/defect.hpp>
#include <string>
#include <string_view>
#include <vector>

/// The trace fields that servers put on top of a message: Received and Return-Path.      RFC 5321 §4.4, RFC 5322 §3.6.7
namespace postrider::mime {

/// `from mx.example (mx.example [192.0.2.1])`: one keyword with what follows it.
struct received_clause {
    std::string name;     ///< "from", "by", "via", "with", "id" or "for"
    std::string value;    ///< the words up to the next keyword, with one blank between them
    std::string comment;  ///< what the comments behind it say: addresses that the server saw, TLS versions, ...
    friend bool operator==(received_clause const&, received_clause const&) = default;
};

///     time-stamp = from-domain by-domain [via] [with] [id] [for] ";" date-time
struct received_field {
    std::vector<received_clause> clauses;  ///< in the order written
    std::string comment;                   ///< what stands before the first keyword: "(qmail 1 invoked by uid 0)"
    std::optional<codec::date_time> date;
    std::vector<defect_kind> defects;

    /// The first clause of that name, or nullptr.
    received_clause const* find(std::string_view name) const noexcept;
    /// Its value, empty if there is none. The forward-path of `for` is without its angle brackets.
    std::string_view value(std::string_view name) const noexcept;
};

/// Total. Only fields that servers of one's own added deserve trust: whatever lies below them the sender may have
/// written himself.
received_field parse_received(std::string_view field_body);

struct return_path {
    /// An addr-spec; empty for "<>", the null reverse-path of notifications; nothing where the field makes no sense.
    std::optional<std::string> reverse_path;
    std::vector<defect_kind> defects;
};
return_path parse_return_path(std::string_view field_body);

}  // namespace postrider::mime
