#include <postrider/core/limits.hpp>

#include "parser.hpp"
#include "transfer_encoding_field.hpp"

namespace postrider::mime {
namespace {

parsed_message read_own(octet_buffer octets, nesting within) {
    structure found = parser({}, within).finish(octets.octets());
    found.owned = std::move(octets);
    return make_parsed(std::move(found));
}

octet_buffer join(std::string_view header, std::string_view body) {
    octet_buffer octets;
    octets.append(header);
    octets.append(body);
    return octets;
}

}  // namespace

std::optional<parsed_message> parsed_part::open_encoded() const {
    if (is_container() || read_transfer_encoding(text_of(self().transfer_encoding)) == content_decoding::identity)
        return std::nullopt;
    std::string const type = content_type();
    bool const multipart = type.starts_with("multipart/");
    if (!multipart && type != "message/rfc822" && type != "message/global") return std::nullopt;

    nesting const& around = structure_->within;
    nesting const within{around.depth + depth() + (multipart ? 0 : 1), around.encodings + 1};
    if (within.depth > limits::parse_depth || within.encodings > limits::encoded_messages) return std::nullopt;

    decoded_content const decoded = content();
    if (!multipart) return read_own(join({}, decoded.octets()), within);
    // What says where a multipart's parts are is its type; the encoding has been dealt with.
    std::string const header = "Content-Type:" + std::string(text_of(self().content_type)) + "\n\n";
    parsed_message opened = read_own(join(header, decoded.octets()), within);
    return opened.root().is_container() ? opened : read_own(join(header, body()), within);
}

}  // namespace postrider::mime
