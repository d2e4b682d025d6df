#include <postrider/codec/charset.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/core/host.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/mime/raw.hpp>

#include "characters.hpp"
#include "line_ends.hpp"

namespace postrider::mime {
namespace {

bool is_blind(std::string_view field) noexcept {
    auto name = field.substr(0, field.find(':'));
    while (!name.empty() && is_blank(name.back())) name.remove_suffix(1);  // obsolete, and read by many: RFC 5322 §4.5
    return ascii::equal_without_case(name, "Bcc") || ascii::equal_without_case(name, "Resent-Bcc");
}

std::size_t line_octets(std::string_view text) noexcept {
    auto end = text.find("\r\n");
    return end == text.npos ? text.size() : end + 2;
}

/// The next field with its continuation lines and final CRLF; empty at the end of the header section.
std::string_view next_field(std::string_view rest) noexcept {
    if (rest.starts_with("\r\n")) return {};
    auto end = rest.find("\r\n");
    while (end != rest.npos && end + 2 < rest.size() && is_blank(rest[end + 2])) end = rest.find("\r\n", end + 2);
    return end == rest.npos ? rest : rest.substr(0, end + 2);
}

std::string message_id_in(std::string_view field) {
    auto open = field.find('<');
    auto close = field.find('>', open == field.npos ? 0 : open);
    if (open == field.npos || close == field.npos) return {};
    return std::string(field.substr(open, close + 1 - open));
}

/// The header section without the fields that nobody else may see; what else it tells goes into the wire.
std::string header_for(wire& out, std::string_view& rest) {
    std::string header;
    if (rest.starts_with("From ")) rest.remove_prefix(line_octets(rest));
    for (auto field = next_field(rest); !field.empty(); field = next_field(rest)) {
        rest.remove_prefix(field.size());
        if (is_blind(field)) continue;
        header += field;
        if (out.message_id().empty() && starts_without_case(field, "Message-ID:"))
            out.set_message_id(message_id_in(field));
    }
    return header;
}

}  // namespace

wire wire_from_octets(std::string octets) {
    auto whole = std::make_shared<std::string const>(with_crlf(std::move(octets)));
    std::string_view rest = *whole;
    wire out;
    auto header = header_for(out, rest);
    out.set_needs_smtputf8(!codec::is_ascii(header));
    out.set_has_8bit(out.needs_smtputf8() || !codec::is_ascii(rest));
    auto last = rest.empty() ? std::string_view(header) : rest;
    bool const open_line = !last.empty() && !last.ends_with("\r\n");
    out.append(std::move(header));
    out.append(wire::shared_piece{whole, rest});
    if (open_line) out.append(std::string("\r\n"));
    return out;
}

result<wire> wire_from_source(octet_source const& source) {
    auto octets = read_all(source, limits::raw_message_octets);
    if (!octets) return octets.error();
    return wire_from_octets(std::move(*octets));
}

}  // namespace postrider::mime
