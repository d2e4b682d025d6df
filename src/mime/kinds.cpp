#include <postrider/mime/kinds.hpp>
#include <postrider/mime/media_type.hpp>

#include "characters.hpp"
#include "checks.hpp"

namespace postrider::mime {
namespace {

message typed(std::string_view maintype, std::string_view subtype, std::initializer_list<parameter> parameters = {}) {
    auto type = std::string(maintype) + '/' + std::string(subtype);
    check_type(type);
    message leaf;
    leaf.add_header("Content-Type", type, parameters);
    return leaf;
}

message octets_of(std::string_view maintype, std::string_view subtype, std::string&& octets,
                  std::initializer_list<parameter> parameters = {}) {
    auto leaf = typed(maintype, subtype, parameters);
    leaf.set_payload(std::make_shared<std::string const>(std::move(octets)));
    return leaf;
}

message sniffed(std::string_view maintype, std::string_view subtype, std::string&& octets) {
    if (!subtype.empty()) return octets_of(maintype, subtype, std::move(octets));
    auto type = type_of_octets(std::string_view(octets).substr(0, 512));
    if (type.substr(0, type.find('/')) != maintype)
        throw error(errc::unknown_type,
                    "these octets are no " + std::string(maintype) + " of a known kind; say which by a subtype");
    return octets_of(maintype, type.substr(maintype.size() + 1), std::move(octets));
}

void travel_as(message& leaf, char const* encoding) {
    if (leaf.is_multipart()) throw error(errc::not_multipart, "a multipart has no transfer encoding of its own");
    leaf.replace_header("Content-Transfer-Encoding", encoding);
}

}  // namespace

message text(std::string content, std::string_view subtype, std::string_view charset) {
    auto leaf = typed("text", subtype);
    leaf.set_body(make_text(std::move(content), charset));
    return leaf;
}

message multipart(std::string_view subtype, std::vector<message> parts, std::initializer_list<parameter> parameters) {
    auto container = typed("multipart", subtype, parameters);
    container.set_body(message::multipart_content{std::move(parts)});
    return container;
}

message image(std::string octets, std::string_view subtype) {
    return sniffed("image", subtype, std::move(octets));
}

message audio(std::string octets, std::string_view subtype) {
    return sniffed("audio", subtype, std::move(octets));
}

message application(std::string octets, std::string_view subtype, std::initializer_list<parameter> parameters) {
    return octets_of("application", subtype, std::move(octets), parameters);
}

message rfc822(message enclosed) {
    auto outer = typed("message", "rfc822");
    outer.set_body(message::message_content{std::make_shared<message const>(std::move(enclosed))});
    return outer;
}

message base(std::string_view maintype, std::string_view subtype, std::initializer_list<parameter> parameters) {
    auto leaf = typed(maintype, subtype, parameters);
    if (!std::holds_alternative<message::multipart_content>(leaf.body()))
        leaf.set_body(data_content(std::make_shared<std::string const>()));
    return leaf;
}

void encode_base64(message& leaf) {
    travel_as(leaf, "base64");
}
void encode_quopri(message& leaf) {
    travel_as(leaf, "quoted-printable");
}
void encode_7or8bit(message& leaf) {
    travel_as(leaf, "8bit");
}
void encode_noop(message& leaf) {
    leaf.del("Content-Transfer-Encoding");
}

}  // namespace postrider::mime
