#pragma once
#include <optional>
#include <postrider/mime/message.hpp>
#include <postrider/mime/render.hpp>
#include <postrider/mime/wire.hpp>
#include <string>
#include <string_view>

#include "header_writer.hpp"
#include "transfer_encoding.hpp"

namespace postrider::mime {

/// One rendering of one message, from its first field to its last boundary. Header fields and small bodies gather in a
/// string; larger content becomes pieces of its own between such strings.
///
/// All boundaries share a random tag, and every body that goes out unencoded is searched for it. Where it is found the
/// rendering is void, and another must be made with a further `attempt`.
class renderer {
public:
    renderer(postrider::host const& from, bool keep_bcc, unsigned attempt) noexcept
        : host_(from), keep_bcc_(keep_bcc), attempt_(attempt) {}
    renderer(renderer const&) = delete;
    renderer& operator=(renderer const&) = delete;

    void render(message const& mail);
    bool is_void() const noexcept { return tag_found_; }
    wire take();

private:
    // The header: renderer_header.cpp
    void fields(message const& mail);
    void supply_date(message const& mail);
    void supply_message_id(message const& mail);
    void content_type(message const* mail, std::string_view type, std::string_view charset);
    void other_content_fields(message const* mail);
    void transfer_field(transfer_encoding encoding);
    void end_header() { out_ += "\r\n"; }

    // The structure: renderer.cpp. Each writes Content-* fields, a blank line and a body. `mail` is whose other
    // Content-* fields go along; null for a part that the front door makes up.
    void entity(message const& mail);
    void front_door(message const& mail);
    void related_body(message const& mail, message const* owner);
    void alternative_body(message const& mail, message const* owner);
    void explicit_multipart(message const& mail, std::vector<message> const& parts);
    std::string open_multipart(message const* mail, parameterized const& type, bool carries_8bit);
    void next_part(std::string_view boundary);
    void close_multipart(std::string_view boundary);
    void enclosed(message const& mail, message const& inner);

    // The leaves: renderer_leaf.cpp
    void text_leaf(message const* mail, std::string_view type, text_content const& text);
    void data_leaf(message const& mail, data_content const& data);
    void embedded_message(message const& mail, std::string octets);
    void write_encoded(std::string_view text, transfer_encoding encoding);
    void write_verbatim(std::string_view text);
    void write_base64(std::string_view octets);
    void write_base64(data_content const& data);
    void end_unencoded_body();
    void flush();

    postrider::host const& host_;
    bool keep_bcc_;
    unsigned attempt_;
    std::string out_;  // since the last piece
    header_writer header_{out_};
    wire wire_;
    std::string tag_;             // of the boundaries; empty before the first multipart
    std::size_t multiparts_ = 0;  // opened so far
    std::size_t open_multiparts_ = 0;
    bool tag_found_ = false;
};

/// Whether something in it goes out in 8 bits: the multiparts around it have to say so.           RFC 2045 §6.4
bool carries_8bit(message const& mail);

}  // namespace postrider::mime
