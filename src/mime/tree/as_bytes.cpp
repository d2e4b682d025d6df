#include <algorithm>
#include <chrono>
#include <postrider/codec/date.hpp>
#include <postrider/mime/error.hpp>
#include <postrider/mime/message.hpp>

#include "../renderer.hpp"
#include "origin.hpp"

namespace postrider::mime {
namespace {

using line_ends = mime::policy::line_ends;

line_ends line_ends_of(std::string_view octets) noexcept {
    auto const feed = octets.find('\n');
    return feed != octets.npos && feed > 0 && octets[feed - 1] == '\r' ? line_ends::crlf : line_ends::lf;
}

void append_line(std::string& out, std::string_view line, line_ends ends) {
    out += line;
    out += ends == line_ends::crlf ? "\r\n" : "\n";
}

// CR, LF and CRLF each end a line, as they do for Python.
void append_with(std::string& out, std::string_view octets, line_ends ends) {
    while (!octets.empty()) {
        auto const end = octets.find_first_of("\r\n");
        if (end == octets.npos) break;
        append_line(out, octets.substr(0, end), ends);
        octets.remove_prefix(end + (octets.substr(end, 2) == "\r\n" ? 2 : 1));
    }
    out += octets;
}

// Lone CRs and LFs of what is written anew are content that says so by its transfer encoding: only CRLF is a line end.
void append_fresh(std::string& out, std::string_view octets, line_ends ends) {
    if (ends == line_ends::crlf) {
        out += octets;
        return;
    }
    for (auto end = octets.find("\r\n"); end != octets.npos; end = octets.find("\r\n")) {
        append_line(out, octets.substr(0, end), ends);
        octets.remove_prefix(end + 2);
    }
    out += octets;
}

// In the body: the header's first line may be an mbox's own.
std::string mangled(std::string const& octets) {
    std::string out;
    bool const no_header = octets.starts_with('\n') || octets.starts_with("\r\n");
    auto const header = no_header ? 0 : std::min(octets.find("\n\n"), octets.find("\n\r\n"));
    auto const body = std::min(header, octets.size());
    out.append(octets, 0, body);
    for (std::size_t at = body; at < octets.size();) {
        auto const found = std::min(octets.find("\nFrom ", at), octets.size());
        out.append(octets, at, found - at);
        if (found < octets.size()) out += "\n>";
        at = found + 1;
    }
    return out;
}

// "Sat, 21 Nov 2026 06:21:28 +0000" as an mbox has it: "Sat Nov 21 06:21:28 2026".
std::string as_asctime(std::string const& date) {
    return date.substr(0, 3) + ' ' + date.substr(8, 3) + ' ' + (date[5] == '0' ? ' ' : date[5]) + date[6] + ' ' +
           date.substr(17, 8) + ' ' + date.substr(12, 4);
}

std::string octets_of(wire::piece const& one) {
    wire alone;
    alone.append(one);
    auto octets = alone.str();
    if (!octets) throw error(errc::unreadable_file, octets.error().message());
    return std::move(*octets);
}

std::string joined(wire const& pieces, std::vector<std::size_t> const& verbatim, line_ends fresh, line_ends parsed) {
    std::string out;
    out.reserve(pieces.size());
    auto next = verbatim.begin();
    for (std::size_t i = 0; i < pieces.pieces().size(); ++i) {
        auto const* piece = std::get_if<wire::shared_piece>(&pieces.pieces()[i]);
        if (next == verbatim.end() || *next != i) {
            append_fresh(out, piece ? piece->octets : std::string_view(octets_of(pieces.pieces()[i])), fresh);
            continue;
        }
        ++next;
        if (parsed == line_ends::as_they_are)
            out += piece->octets;
        else
            append_with(out, piece->octets, parsed);
    }
    return out;
}

}  // namespace

// The line that an mbox puts in front: nothing to leave what was parsed there as it is.
std::optional<std::string> message::wanted_unixfrom(std::optional<bool> wanted, host const& from) const {
    auto line = get_unixfrom();
    if (!wanted) return unixfrom_;
    if (!*wanted) return std::string();
    if (line && !unixfrom_) return std::nullopt;
    if (line) return line;
    auto const now = std::chrono::floor<std::chrono::seconds>(from.now());
    return "From nobody " + as_asctime(codec::format_date(now, from.utc_offset(now)));
}

std::string message::as_bytes(mime::policy const& how, std::optional<bool> unixfrom, host const& from) const {
    auto fresh = how.linesep;
    if (fresh == line_ends::as_they_are) fresh = origin_ ? line_ends_of(origin_->octets()) : line_ends::lf;
    auto const parsed = how.linesep == line_ends::as_they_are && !origin_ ? line_ends::lf : how.linesep;
    auto const first_line = wanted_unixfrom(unixfrom, from);

    std::vector<message const*> clashes;
    for (unsigned attempt = 0;; ++attempt) {
        renderer one(from, true, attempt);
        one.avoid(std::move(clashes));
        one.write(*this, how, first_line);
        if (!one.is_void()) {
            auto const pieces = one.take();
            auto octets = joined(pieces, one.verbatim_pieces(), fresh, parsed);
            return how.mangle_from_ ? mangled(octets) : octets;
        }
        clashes = one.clashes();
    }
}

std::string message::as_string(mime::policy const& how, std::optional<bool> unixfrom, host const& from) const {
    return as_bytes(how.with_cte_type(mime::policy::transfer::seven_bit), unixfrom, from);
}

}  // namespace postrider::mime
