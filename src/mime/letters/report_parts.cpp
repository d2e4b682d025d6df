#include "report_parts.hpp"

#include <postrider/codec/charset.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/mime/kinds.hpp>

#include "../line_ends.hpp"
#include "text_lines.hpp"

namespace postrider::mime {
namespace {

bool travels_as_it_is(std::string_view octets) {
    if (!codec::is_ascii(octets) || octets.find('\0') != octets.npos) return false;
    while (!octets.empty())
        if (take_line(octets).size() > limits::line_octets) return false;
    return true;
}

message leaf(std::string_view maintype, std::string_view subtype, std::string octets) {
    auto part = base(maintype, subtype);
    bool const plain = travels_as_it_is(octets);
    part.set_payload(std::make_shared<std::string const>(std::move(octets)));
    if (plain) part.replace_header("Content-Transfer-Encoding", "7bit");
    return part;
}

}  // namespace

message report_of(std::string_view type, std::string text, std::string const& fields, parsed_message const& original,
                  bool whole) {
    auto const header = original.root().header_range();
    auto const octets = original.octets().substr(header.begin, whole ? std::string_view::npos : header.size());
    auto about = leaf(whole ? "message" : "text", whole ? "rfc822" : "rfc822-headers", with_crlf(std::string(octets)));
    if (whole) about.del("Content-Transfer-Encoding");
    auto report = multipart("report", {mime::text(std::move(text)), leaf("message", type, fields), std::move(about)},
                            {{"report-type", std::string(type)}});
    return report.replace_header("Auto-Submitted", "auto-replied");
}

}  // namespace postrider::mime
