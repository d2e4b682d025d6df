#include "enclosures.hpp"

#include <algorithm>
#include <postrider/codec/parameter.hpp>
#include <string>

namespace postrider::mime {
namespace {

bool is_type(std::string_view type) noexcept {
    auto const slash = type.find('/');
    return slash != type.npos && codec::is_token(type.substr(0, slash)) && codec::is_token(type.substr(slash + 1));
}

// The type under which the decoded content may travel. Of the composite types only an enclosed message is one that a
// composer can vouch for.
std::string type_of(parsed_part const& part) {
    auto type = part.content_type();
    if (type == "message/rfc822" || type == "message/global") return type;
    if (!is_type(type) || type.starts_with("multipart/") || type.starts_with("message/"))
        return "application/octet-stream";
    auto const charset = part.charset();
    if (type.starts_with("text/") && charset && codec::is_token(*charset)) type += "; charset=" + *charset;
    return type;
}

bool is_cid(std::string_view id) noexcept {
    constexpr std::size_t longest = 200;
    return !id.empty() && id.size() <= longest && std::all_of(id.begin(), id.end(), [](char c) {
        return c > ' ' && c < 0x7F && c != '<' && c != '>' && c != '"';
    });
}

}  // namespace

void enclose(message& mail, parsed_part const& part, distinct_names& names, bool shown) {
    auto name = names.take(safe_file_name(part.filename().value_or(std::string()), part.content_type()));
    auto octets = std::string(part.content().octets());
    auto const id = part.content_id();
    if (shown && id && is_cid(*id))
        mail.inline_data(*id, std::move(octets), type_of(part), name);
    else
        mail.attach_data(name, std::move(octets), type_of(part));
}

}  // namespace postrider::mime
