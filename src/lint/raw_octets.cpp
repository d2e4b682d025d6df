#include <algorithm>
#include <postrider/codec/charset.hpp>
#include <postrider/core/ascii.hpp>

#include "letter.hpp"

/// Octets that do not belong where they stand.
namespace postrider::lint {
namespace {

/// A lone CR; and a lone LF, but in a file all of whose lines end so: it is one of this machine's.
void check_line_ends(std::string_view octets, findings& found) {
    found.made("line-ends");
    bool const has_crlf = octets.find("\r\n") != octets.npos;
    for (std::size_t at = octets.find_first_of("\r\n"); at != octets.npos; at = octets.find_first_of("\r\n", at)) {
        bool const pair = octets.substr(at, 2) == "\r\n";
        if (!pair && (has_crlf || octets[at] == '\r')) found.fault("line-ends", {}, {{}, {}, {}, at});
        at += pair ? 2 : 1;
    }
}

void check_nul(std::string_view octets, findings& found) {
    found.made("nul-octets");
    for (std::size_t at = octets.find('\0'); at != octets.npos; at = octets.find('\0', at + 1))
        found.fault("nul-octets", {}, {{}, {}, {}, at});
}

void check_fields(letter const& mail, findings& found) {
    bool const smtputf8 = mail.given.envelope && mail.given.envelope->smtputf8;
    found.made("header-8bit");
    for (auto const& field : mail.root.fields()) {
        if (codec::is_ascii(field.body)) continue;
        if (!smtputf8) found.fault("header-8bit", {{"header", field.name}}, in_header(field));
        found.judge("header-utf8", codec::is_utf8(field.body), {{"header", field.name}}, in_header(field));
    }
}

void check_body(mime::parsed_part const& part, findings& found) {
    if (part.is_container()) return;
    auto const encoding = part.transfer_encoding();
    bool const declared = encoding == "8bit" || encoding == "binary";
    if (!declared)
        found.judge("body-8bit", codec::is_ascii(part.body()), {{"type", part.content_type()}, {"encoding", encoding}},
                    in_part(part));
}

}  // namespace

void check_octets(letter const& mail, findings& found) {
    check_line_ends(mail.given.octets, found);
    check_nul(mail.given.octets, found);
    check_fields(mail, found);
    for (auto const& part : mail.parts) check_body(part, found);
}

}  // namespace postrider::lint
