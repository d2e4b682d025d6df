#pragma once
#include <cstddef>
#include <cstdint>

namespace postrider::mime {

/// How a message is read and written: Python's email.policy. A value: change a copy, or name what is to differ.
///     mail.as_bytes(mime::policy::smtp.with_utf8(true))
///
/// Whatever it says, a field or part that was parsed and is not touched keeps its octets, unless a member asks for
/// their change: `linesep` of line ends, `refold_source` of fields, `cte_type` of transfer encodings, `mangle_from_` of
/// lines that begin with "From ". What stands inside a multipart/signed is neither folded nor encoded anew (RFC 1847
/// §2.1): its line ends may change, and the "From " that an mbox cannot have.
struct policy {
    enum class line_ends : std::uint8_t {
        as_they_are,  ///< of a parsed message, those that it has; else LF
        lf,
        crlf,
    };
    enum class transfer : std::uint8_t {
        eight_bit,
        seven_bit,  ///< content beyond ASCII is encoded, in quoted-printable or base64
        binary,     ///< mime::render: attached octets, too, leave as they are (RFC 3030); as_bytes: as eight_bit
    };
    enum class refold : std::uint8_t {
        none,
        long_lines,  ///< of parsed fields, those with a line longer than max_line_length
        all,
    };

    /// Octets that folds in the header keep to where a blank allows it, from 32 to 998; 0: no folds. Encoded-words keep
    /// to 76 (RFC 2047 §2), parameters to 78.
    std::size_t max_line_length = 78;
    line_ends linesep = line_ends::as_they_are;  ///< of all lines
    transfer cte_type = transfer::eight_bit;     ///< what may leave as it is
    refold refold_source = refold::none;         ///< which parsed fields are written anew
    bool utf8 = false;                           ///< fields hold UTF-8 as it is, and no encoded-words (RFC 6532)
    bool raise_on_defect = false;                ///< message_from_bytes throws at the first defect of the structure
    bool mangle_from_ = false;  ///< a line of a body that begins with "From " gets a ">", as in an mbox

    static policy const default_;
    static policy const smtp;      ///< CRLF
    static policy const smtputf8;  ///< CRLF, and UTF-8 in fields
    static policy const compat32;  ///< "From " is mangled, as Python's older policy does
    static policy const strict;    ///< a defect is thrown
    static policy const http;      ///< CRLF, and no folds

    constexpr policy with_max_line_length(std::size_t octets) const noexcept;
    constexpr policy with_linesep(line_ends) const noexcept;
    constexpr policy with_cte_type(transfer) const noexcept;
    constexpr policy with_refold_source(refold) const noexcept;
    constexpr policy with_utf8(bool) const noexcept;
    constexpr policy with_raise_on_defect(bool) const noexcept;
    constexpr policy with_mangle_from_(bool) const noexcept;

    friend bool operator==(policy const&, policy const&) = default;
};

inline constexpr policy policy::default_{};
inline constexpr policy policy::smtp{.linesep = line_ends::crlf};
inline constexpr policy policy::smtputf8{.linesep = line_ends::crlf, .utf8 = true};
inline constexpr policy policy::compat32{.mangle_from_ = true};
inline constexpr policy policy::strict{.raise_on_defect = true};
inline constexpr policy policy::http{.max_line_length = 0, .linesep = line_ends::crlf};

constexpr policy policy::with_max_line_length(std::size_t octets) const noexcept {
    auto changed = *this;
    changed.max_line_length = octets;
    return changed;
}
constexpr policy policy::with_linesep(line_ends ends) const noexcept {
    auto changed = *this;
    changed.linesep = ends;
    return changed;
}
constexpr policy policy::with_cte_type(transfer type) const noexcept {
    auto changed = *this;
    changed.cte_type = type;
    return changed;
}
constexpr policy policy::with_refold_source(refold which) const noexcept {
    auto changed = *this;
    changed.refold_source = which;
    return changed;
}
constexpr policy policy::with_utf8(bool yes) const noexcept {
    auto changed = *this;
    changed.utf8 = yes;
    return changed;
}
constexpr policy policy::with_raise_on_defect(bool yes) const noexcept {
    auto changed = *this;
    changed.raise_on_defect = yes;
    return changed;
}
constexpr policy policy::with_mangle_from_(bool yes) const noexcept {
    auto changed = *this;
    changed.mangle_from_ = yes;
    return changed;
}

/// What `second` says otherwise than the default counts, else what `first` says.
constexpr policy operator+(policy const& first, policy const& second) noexcept {
    auto const pick = [&](auto member) {
        return second.*member == policy::default_.*member ? first.*member : second.*member;
    };
    return {pick(&policy::max_line_length), pick(&policy::linesep), pick(&policy::cte_type),
            pick(&policy::refold_source),   pick(&policy::utf8),    pick(&policy::raise_on_defect),
            pick(&policy::mangle_from_)};
}

}  // namespace postrider::mime
