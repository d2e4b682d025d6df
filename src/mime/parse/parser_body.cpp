#include <postrider/core/limits.hpp>

#include "blanks.hpp"
#include "parser.hpp"
#include "transfer_encoding_field.hpp"

namespace postrider::mime {

void parser::begin_body() {
    node& part = current();
    structured_field type;
    if (part.content_type) {
        type = parse_content_type(part.text_of(part.content_type, found_.octets));
        part.keep(type, found_.octets);
        std::size_t const colon = part.header.begin + part.content_type.begin - 1;
        for (defect_kind kind : type.defects) tell(kind, begin_of_line(found_.octets, colon));
    } else {
        type.value = "message/rfc822";
    }
    bool const multipart = type.value.starts_with("multipart/");
    if (!multipart && type.value != "message/rfc822" && type.value != "message/global") return;

    if (read_transfer_encoding(part.text_of(part.transfer_encoding, found_.octets)) != content_decoding::identity)
        leave_encoded(multipart ? defect_kind::invalid_multipart_content_transfer_encoding
                                : defect_kind::encoded_message);
    else if (multipart)
        begin_multipart(type);
    else
        begin_message();
}

/// RFC 2045 §6.4 allows no such thing. Readers that decode and readers that do not would see two different messages, so
/// we show neither: the content is opaque, and may be opened by itself.
void parser::leave_encoded(defect_kind kind) {
    std::size_t const here = current().body.begin;
    tell(kind, here);
    if (at_depth_limit()) tell(defect_kind::depth_limit, here);
    if (found_.within.encodings >= limits::encoded_messages) tell(defect_kind::encoding_limit, here);
}

bool parser::at_depth_limit() const noexcept {
    return found_.within.depth + current().depth >= limits::parse_depth;
}

void parser::begin_multipart(structured_field const& type) {
    current().claims_multipart = true;
    std::size_t const here = current().body.begin;
    std::string const* const written = type.find("boundary");
    std::string_view const boundary = written ? trim_back(*written) : std::string_view();
    if (boundary.empty() || boundary.size() > limits::boundary_octets)
        return tell(defect_kind::no_boundary_in_multipart, here);
    if (at_depth_limit()) return tell(defect_kind::depth_limit, here);

    current().what = node::kind::multipart;
    current().digest = type.value == "multipart/digest";
    stack_.back().where = place::preamble;
    stack_.back().boundary = boundary;
    delimiters_.open(boundary, stack_.size() - 1);
}

void parser::begin_message() {
    std::size_t const here = current().body.begin;
    if (at_depth_limit()) return tell(defect_kind::depth_limit, here);
    if (found_.nodes.size() + 1 >= limits::parse_parts) return tell(defect_kind::part_limit, here);
    current().what = node::kind::message;
    stack_.back().where = place::message;
    open(here);
}

}  // namespace postrider::mime
