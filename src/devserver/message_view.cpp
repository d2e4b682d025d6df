#include "message_view.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <postrider/mime/json.hpp>
#include <postrider/mime/parse.hpp>

#include "inert_html.hpp"

namespace postrider::devserver {
namespace {

// SVG is not among them: it is a document with scripts of its own once it is opened by itself.
constexpr std::array<std::string_view, 6> drawable = {"image/png",  "image/jpeg", "image/gif",
                                                      "image/webp", "image/bmp",  "image/avif"};

bool is_cid_octet(unsigned char c) noexcept {
    return c > 0x20 && c != 0x7f && std::string_view("\"'<>()\\`").find(static_cast<char>(c)) == std::string_view::npos;
}

int hex_digit(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string percent_decoded(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool escaped =
            text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0;
        plain += escaped ? static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2])) : text[i];
        if (escaped) i += 2;
    }
    return plain;
}

std::map<std::string, std::size_t> content_ids(mime::parsed_message const& message) {
    std::map<std::string, std::size_t> places;
    for (std::size_t index = 0; index < message.part_count(); ++index)
        if (auto id = message.part(index).content_id()) places.try_emplace(std::move(*id), index);
    return places;
}

bool begins_cid(std::string_view text) noexcept {
    return text.size() >= 4 && (text[0] | 0x20) == 'c' && (text[1] | 0x20) == 'i' && (text[2] | 0x20) == 'd' &&
           text[3] == ':';
}

// A URL reference is found as text, not as HTML: what is written in its place is digits behind a path of our own, which
// is harmless wherever it lands (RFC 2392).
std::string with_cids_resolved(std::string_view html, std::map<std::string, std::size_t> const& places,
                               std::string_view parts_path) {
    std::string out;
    out.reserve(html.size());
    while (!html.empty()) {
        if (begins_cid(html)) {
            auto end = std::find_if_not(html.begin() + 4, html.end(), is_cid_octet);
            auto name = html.substr(4, static_cast<std::size_t>(end - html.begin()) - 4);
            if (auto place = places.find(percent_decoded(name)); place != places.end()) {
                out.append(parts_path).append(std::to_string(place->second));
                html.remove_prefix(4 + name.size());
                continue;
            }
        }
        out += html.front();
        html.remove_prefix(1);
    }
    return out;
}

std::optional<mime::parsed_part> first_html(mime::parsed_message const& message) {
    for (std::size_t index = 0; index < message.part_count(); ++index) {
        auto part = message.part(index);
        if (!part.is_container() && part.content_type() == "text/html" && part.disposition() != "attachment")
            return part;
    }
    return std::nullopt;
}

}  // namespace

std::string_view header_section(std::string_view octets) noexcept {
    std::size_t line = 0;
    while (line < octets.size()) {
        auto end = octets.find('\n', line);
        if (end == std::string_view::npos) break;
        auto length = end - line;
        if (length == 0 || (length == 1 && octets[line] == '\r')) return octets.substr(0, end + 1);
        line = end + 1;
    }
    return octets;
}

boost::json::object structure_of(std::string_view octets) {
    return mime::to_json(mime::parse(octets));
}

std::optional<part_content> part_of(std::string_view octets, std::size_t index) {
    auto message = mime::parse(octets);
    if (index >= message.part_count()) return std::nullopt;
    auto part = message.part(index);
    auto type = part.content_type();
    if (std::find(drawable.begin(), drawable.end(), type) == drawable.end()) type = "application/octet-stream";
    return part_content{type, part.filename().value_or(""), std::string(part.content().octets())};
}

std::optional<std::string> html_of(std::string_view octets, std::optional<std::size_t> index,
                                   std::string_view parts_path) {
    auto message = mime::parse(octets);
    auto part = index && *index < message.part_count() ? message.part(*index) : first_html(message);
    if (!part || part->is_container() || part->content_type() != "text/html") return std::nullopt;
    return with_cids_resolved(inert_html(part->text().text), content_ids(message), parts_path);
}

std::string html_policy(std::string_view parts_url) {
    return "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data: " +
           std::string(parts_url) +
           "; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";
}

}  // namespace postrider::devserver
