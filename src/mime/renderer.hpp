#pragma once
#include <cstddef>
#include <memory>
#include <optional>
#include <postrider/mime/message.hpp>
#include <postrider/mime/policy.hpp>
#include <postrider/mime/render.hpp>
#include <postrider/mime/wire.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "header_writer.hpp"
#include "rope.hpp"
#include "transfer_encoding.hpp"

namespace postrider::mime {

/// What the Content-* fields in front of a body have to say of it.
struct content_fields {
    std::string_view type;                      ///< where the message names none
    std::string_view charset;                   ///< empty: as the message has it
    std::optional<transfer_encoding> encoding;  ///< nothing for what has parts and is in 7 bits
    parameterized const* multipart = nullptr;   ///< its type, which counts whatever the message says; it gets ...
    std::string_view boundary = {};             ///< ... this boundary
};

/// Where a rendering for group mail leaves a gap that each row fills. What it `takes` is not rendered; `gap` follows, at
/// the very place, with what was rendered since the last one.
class gap_taker {
public:
    struct body_form {
        transfer_encoding encoding;
        std::string charset;
    };
    virtual ~gap_taker() = default;
    virtual bool takes(field const& one) = 0;
    virtual void take_date() = 0;
    virtual void take_message_id(std::string_view domain) = 0;
    /// The body of a text leaf: how its header shall say that it travels, or nothing to have it rendered.
    /// `alone`  whether it is the whole message's.
    virtual std::optional<body_form> takes_body(message const* leaf, std::string_view type, text_content const& text,
                                                bool alone) = 0;
    virtual void gap(wire common) = 0;
};

/// One rendering of one message, from its first field to its last boundary. Header fields and small bodies gather in a
/// string; larger content becomes pieces of its own between such strings.
///
/// All boundaries share a random tag, and every body that goes out unencoded is searched for it. Where it is found the
/// rendering is void, and another must be made with a further `attempt`.
class renderer {
public:
    renderer(postrider::host const& from, bool keep_bcc, unsigned attempt, gap_taker* gaps = nullptr) noexcept
        : host_(from), keep_bcc_(keep_bcc), attempt_(attempt), gaps_(gaps) {}
    renderer(renderer const&) = delete;
    renderer& operator=(renderer const&) = delete;

    void render(message const& mail, render_options const& options = {});
    bool is_void() const noexcept { return tag_found_ || clashes_.size() > known_clashes_; }

    /// Multiparts whose own boundary stands in one of their parts, so that a further attempt must not keep it.
    std::vector<message const*> const& clashes() const noexcept { return clashes_; }
    void avoid(std::vector<message const*> clashes) {
        clashes_ = std::move(clashes);
        known_clashes_ = clashes_.size();
    }

    wire take();

    /// All octets of a message, as `how` wants them: nothing is supplied but MIME-Version, and Bcc stays. Line ends are
    /// CRLF in what is written anew; what was parsed keeps its own, and stands in the pieces that `verbatim` tells.
    /// `first_line` an mbox's "From " line, empty for none; by default what was parsed there stays.
    void write(message const& mail, policy const& how, std::optional<std::string> const& first_line);
    std::vector<std::size_t> const& verbatim_pieces() const noexcept { return rope_.verbatim_pieces(); }

private:
    // The header: renderer_header.cpp
    void fields(message const& mail);
    void put(field const& one);
    void raw_field(std::string_view octets);
    void supply_date(message const& mail);
    void supply_message_id(message const& mail);
    void content_type(message const* mail, std::string_view type, std::string_view charset);
    void other_content_fields(message const* mail);
    void transfer_field(transfer_encoding encoding);
    void content_header(message const* mail, content_fields const& says);
    void end_header() { out_ += "\r\n"; }

    // The structure: renderer.cpp. Each writes Content-* fields, a blank line and a body. `mail` is whose other
    // Content-* fields go along; null for a part that the front door makes up.
    void entity(message const& mail);
    void body_part(message const& part);
    void front_door(message const& mail);
    void related_body(message const& mail, message const* owner);
    void alternative_body(message const& mail, message const* owner);
    void explicit_multipart(message const& mail, std::vector<message> const& parts);
    std::string open_multipart(message const* mail, parameterized const& type,
                               std::optional<transfer_encoding> encoding);
    void next_part(std::string_view boundary);
    void close_multipart(std::string_view boundary);
    void enclosed(message const& mail, message const& inner);
    std::optional<transfer_encoding> encoding_around(message const& mail) const;
    bool goes_in_8bit(message const& mail) const;
    bool leaves_8bit() const noexcept { return how_.cte_type != policy::transfer::seven_bit || is_under_signature(); }
    bool is_under_signature() const noexcept { return signed_parts_ > 0 || is_signed_whole_; }

    // Octets that leave as they are: renderer_binary.cpp
    bool goes_as_octets(message const& leaf) const;
    void write_octets(data_content const& data);

    // The leaves: renderer_leaf.cpp
    std::optional<transfer_encoding> wanted_encoding(message const* mail, text_shape const& shape) const;
    transfer_encoding text_encoding(message const* mail, text_shape const& shape, std::string_view text,
                                    std::string& canonical) const;
    transfer_encoding data_encoding(message const& mail, data_content const& data, std::string& octets) const;
    void text_leaf(message const* mail, std::string_view type, text_content const& text);
    void data_leaf(message const& mail, data_content const& data);
    void embedded_message(message const& mail, std::string octets);
    void write_with_crlf(std::string_view text, text_shape const& shape, transfer_encoding encoding);
    void write_encoded(std::string_view text, transfer_encoding encoding);
    void soften_last_line();
    void write_verbatim(std::string_view text);
    void write_base64(std::string_view octets);
    void write_base64(data_content const& data);
    void end_unencoded_body();
    void flush() { rope_.flush(); }
    bool leave_body(message const* mail, std::string_view type, text_content const& text);
    void leave_gap();

    // What was parsed, in tree/renderer_parsed.cpp. An entity here is a header and a body; each function says whether
    // the line end in front of the next delimiter stands already.
    enum class ending { open, delimiter_line };
    ending parsed_entity(message const& mail);
    ending parsed_body(message const& mail);
    ending parsed_parts(message const& mail, std::vector<message> const& parts);
    ending parsed_or_composed_part(message const& part);
    ending parsed_gap(origin const& from, ending before, message const* last, std::size_t end);
    void delimiter_like_parsed(origin const& from, ending before, message const* last);
    ending close_like_parsed(origin const& from, ending before);
    ending parsed_enclosed(message const& mail, message const& inner);
    ending renewed_entity(message const& mail);
    void renewed_leaf(message const& mail, message::parsed_content const& content);
    void moved_leaf(message const& mail, message::parsed_content const& content);
    bool keeps_body(message const& mail) const;
    bool travels_as_parsed(message const& mail, message::parsed_content const& content) const;
    bool keeps_parts(message const& mail, message::multipart_content const& all) const;

    // Its header: tree/renderer_parsed_header.cpp
    void parsed_root(message const& mail, bool with_envelope_line);
    void parsed_header(message const& mail, content_fields const* renewed);
    bool keeps_header(message const& mail) const;
    bool keeps_field(field const& one) const;
    bool keeps_8bit_fields() const noexcept;
    void parsed_field(message const& mail, field const& one, content_fields const* renewed);
    void missing_content_fields(message const& mail, content_fields const& says);
    void header_octets(raw_octets const& octets);
    void note_8bit_header(std::string_view octets);
    void body_octets(origin const& from, std::size_t begin, std::size_t end);

    // Boundaries that are not of our making: tree/renderer_boundaries.cpp
    struct given_boundary {
        std::string boundary;
        message const* of;
    };
    std::string boundary_to_keep(message const& mail);
    void watch_for(std::string boundary, message const& mail);
    void look_for_boundaries(std::string_view fresh);
    void look_for_boundaries(origin const& from, std::string_view parsed);
    void write_preamble(message const& mail);
    void write_epilogue(message const& mail);

    postrider::host const& host_;
    bool keep_bcc_;
    unsigned attempt_;
    gap_taker* gaps_;  // null but for group mail
    rope rope_;
    std::string& out_ = rope_.text();
    wire& wire_ = rope_.pieces();
    header_writer header_{out_};
    std::string tag_;             // of the boundaries; empty before the first multipart
    std::size_t multiparts_ = 0;  // opened so far
    std::size_t open_multiparts_ = 0;
    bool tag_found_ = false;

    policy how_;
    bool ascii_header_ = false;                     // of the message that is sent, not of those in it
    bool is_binary_ = false;                        // attached octets leave as they are
    bool sends_ = true;                             // to a server: Bcc and an mbox's "From " line stay behind
    std::size_t signed_parts_ = 0;                  // multipart/signed around us
    bool is_signed_whole_ = false;                  // by DKIM: what was parsed goes out as it is
    std::size_t enclosures_ = 0;                    // message/rfc822 around us
    std::vector<given_boundary> given_boundaries_;  // of the multiparts around us
    std::vector<message const*> clashes_;           // multiparts whose boundary stands in their parts: not to be kept
    std::size_t known_clashes_ = 0;
};

/// Whether it is a message to be enclosed, and not mere octets.
bool is_message_type(message const& mail) noexcept;

/// Whether there are composed octets in it, whose transfer encoding nobody asked for.
bool holds_octets(message const& mail);

/// Whether something in it goes out in 8 bits: the multiparts around it have to say so.           RFC 2045 §6.4
bool carries_8bit(message const& mail);

}  // namespace postrider::mime
