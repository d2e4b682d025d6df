#include <postrider/core/ascii.hpp>
#include <postrider/sign/dkim/canonical.hpp>

#include "blanks.hpp"

namespace postrider::dkim {
namespace {

std::string_view without_line_end(std::string_view field) noexcept {
    if (!field.ends_with('\n')) return field;  // a CR at the end is content then
    field.remove_suffix(1);
    if (field.ends_with('\r')) field.remove_suffix(1);
    return field;
}

/// As it stands, but for line ends.
void append_simple(std::string& out, std::string_view field) {
    char before = '\0';
    for (char c : field) {
        if (c == '\n' && before != '\r') out += '\r';
        out += before = c;
    }
}

/// The length of the line end at the beginning of `text`, or 0.
std::size_t line_end(std::string_view text) noexcept {
    return text.starts_with("\r\n") ? 2 : text.starts_with('\n') ? 1 : 0;
}

/// The name in lower case; the body unfolded, without blanks around it, each run inside being one SP.
void append_relaxed(std::string& out, std::string_view field) {
    std::size_t const colon = std::min(field.find(':'), field.size());
    for (char c : trim(field.substr(0, colon))) out += ascii::to_lower(c);
    out += ':';

    std::string_view body = field.substr(std::min(colon + 1, field.size()));
    bool blank_before = false;
    for (std::size_t const begin = out.size(); !body.empty();) {
        if (std::size_t const folded = line_end(body); folded > 0) {
            body.remove_prefix(folded);
        } else {
            bool const blank = is_blank(body.front());
            if (!blank && blank_before && out.size() > begin) out += ' ';
            if (!blank) out += body.front();
            blank_before = blank;
            body.remove_prefix(1);
        }
    }
}

}  // namespace

std::string_view to_string(canonicalization how) noexcept {
    return how == canonicalization::simple ? "simple" : "relaxed";
}

void append_canonical_field(std::string& out, std::string_view field, canonicalization how) {
    field = without_line_end(field);
    how == canonicalization::simple ? append_simple(out, field) : append_relaxed(out, field);
    out += "\r\n";
}

}  // namespace postrider::dkim
