#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <postrider/mime/bulk.hpp>
#include <string>

#include "../characters.hpp"
#include "../checks.hpp"

namespace postrider::mime {
namespace {

// A URI cannot be folded, and its brackets and name stand on the same line.
constexpr std::size_t longest_uri = 800;

// What ends a URI in these fields, or is none of its characters.
bool is_uri_character(char c) noexcept {
    return c > ' ' && c < 0x7F && std::string_view("<>\"\\^`{|}").find(c) == std::string_view::npos;
}

[[noreturn]] void refuse(std::string_view uri, std::string const& why) {
    throw error(errc::bad_field_body, shown(uri) + ": " + why);
}

// `<uri>`. A comma would begin another: RFC 2369 §2.
std::string bracketed(std::string_view uri) {
    check_text("a URI", uri);
    if (uri.size() > longest_uri) refuse(uri, "too long for a field, which cannot break it");
    if (!std::all_of(uri.begin(), uri.end(), is_uri_character))
        refuse(uri, "a URI has only ASCII in it and no blanks; write the rest as %XX");
    std::string out = "<";
    for (char c : uri) {
        if (c == ',')
            out += "%2C";
        else
            out += c;
    }
    return out + '>';
}

bool has_scheme(std::string_view uri, std::string_view scheme) noexcept {
    return uri.size() > scheme.size() && starts_without_case(uri, scheme);
}

std::string mailto_uri(std::string_view mailto) {
    if (has_scheme(mailto, "mailto:")) mailto.remove_prefix(7);
    if (!parse_addr_spec(mailto.substr(0, mailto.find('?')))) refuse(mailto, "no address to write to");
    return bracketed("mailto:" + std::string(mailto));
}

bool is_web(std::string_view uri) noexcept {
    for (std::string_view scheme : {"https://", "http://"})
        if (has_scheme(uri, scheme)) return uri[scheme.size()] != '/';
    return false;
}

message& list_uri(message& mail, std::string_view field_name, std::string_view uri) {
    if (is_web(uri)) return mail.replace_header(field_name, bracketed(uri));
    if (!has_scheme(uri, "mailto:")) refuse(uri, "https, http or mailto is wanted here");
    return mail.replace_header(field_name, mailto_uri(uri));
}

bool is_list_id(std::string_view id) noexcept {
    bool const characters =
        std::all_of(id.begin(), id.end(), [](char c) { return (is_atext(c) && !ascii::is_8bit(c)) || c == '.'; });
    return characters && id.find('.') != id.npos && !id.starts_with('.') && !id.ends_with('.') &&
           id.find("..") == id.npos && id.size() <= 255;
}

}  // namespace

message& list_unsubscribe(message& mail, std::string_view url, std::string_view mailto) {
    bool const one_click = has_scheme(url, "https://");
    if (url.empty() && mailto.empty()) refuse(url, "neither a URL nor an address to leave by");
    if (!url.empty() && !is_web(url)) refuse(url, "an https URL is wanted here");
    if (!url.empty() && !one_click && mailto.empty())
        refuse(url, "one click takes https; http alone leaves the reader no safe way");
    auto uris = url.empty() ? std::string() : bracketed(url);
    if (!mailto.empty()) uris += (uris.empty() ? "" : ", ") + mailto_uri(mailto);
    mail.replace_header("List-Unsubscribe", uris);
    return one_click ? mail.replace_header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
                     : mail.del("List-Unsubscribe-Post");
}

message& identify_list(message& mail, std::string_view id, std::string_view description) {
    if (!is_list_id(id)) refuse(id, "a list's identifier looks like news.example.com");
    check_text("the description of a list", description);
    auto body = '<' + std::string(id) + '>';
    if (!description.empty()) body = std::string(description) + ' ' + body;
    return mail.replace_header("List-Id", body);
}

message& list_help(message& mail, std::string_view uri) {
    return list_uri(mail, "List-Help", uri);
}
message& list_subscribe(message& mail, std::string_view uri) {
    return list_uri(mail, "List-Subscribe", uri);
}
message& list_owner(message& mail, std::string_view uri) {
    return list_uri(mail, "List-Owner", uri);
}
message& list_archive(message& mail, std::string_view uri) {
    return list_uri(mail, "List-Archive", uri);
}
message& list_post(message& mail, std::string_view uri) {
    return uri == "NO" ? mail.replace_header("List-Post", uri) : list_uri(mail, "List-Post", uri);
}

message& auto_submitted(message& mail, submission how) {
    return mail.replace_header("Auto-Submitted", how == submission::auto_replied ? "auto-replied" : "auto-generated");
}

message& mark_as_bulk(message& mail) {
    return mail.replace_header("Precedence", "bulk").replace_header("X-Auto-Response-Suppress", "OOF, AutoReply");
}

message& request_read_receipt(message& mail, address_list to) {
    if (to.entries().empty()) throw error(errc::bad_address, "a read receipt goes to somebody");
    mail.set_field({"Disposition-Notification-To", std::move(to).entries()});
    return mail;
}

}  // namespace postrider::mime
