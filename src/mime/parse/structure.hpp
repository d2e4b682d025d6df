#pragma once
#include <cstdint>
#include <postrider/mime/parse.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "octet_buffer.hpp"
#include "single_field.hpp"

namespace postrider::mime {

/// Where the body of a field stands, counted from the beginning of its header section: limits::header_octets fits.
struct field_place {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    explicit operator bool() const noexcept { return end != 0; }
};

/// A word within a field's body that stands near its beginning. Parts are counted by the thousand, so this is small.
struct short_place {
    std::uint8_t begin = 0;
    std::uint8_t size = 0;
    explicit operator bool() const noexcept { return size != 0; }
};

/// What is known of one part. Links are indices, and a child's is always greater than its parent's: a cycle cannot be.
struct node {
    enum class kind : std::uint8_t { leaf, multipart, message };

    octet_range header;
    octet_range body;
    octet_range preamble;
    octet_range epilogue;
    field_place content_type;  // of each the first field of that name, which is the one that counts
    field_place transfer_encoding;
    field_place disposition;
    field_place content_id;
    std::uint64_t defect_kinds = 0;  // a bit for each kind told
    std::size_t first_defect = 0;    // in structure::defects
    std::uint32_t defect_count = 0;
    std::uint32_t parent = 0;
    std::uint32_t next_sibling = 0;  // 0: none; the root is nobody's sibling
    std::uint16_t depth = 0;
    kind what = kind::leaf;
    bool has_children = false;  // the first one stands right behind its parent
    bool claims_multipart = false;
    bool digest = false;     // a multipart/digest
    bool in_digest = false;  // its child: RFC 2046 §5.1.5: message/rfc822 by default
    bool opaque = false;     // behind a limit: neither header nor type
    short_place type;        // in the body of Content-Type; nothing: it is to be read when it is asked for
    short_place charset;     // the same; with a type and without a charset there is none

    /// Where that field is kept, or nullptr: the others are looked for when they are asked for.
    field_place* place_of(single_field name) noexcept;
    std::string_view text_of(field_place place, std::string_view octets) const noexcept {
        return octets.substr(header.begin + place.begin, place.end - place.begin);
    }
    std::string_view word_of(short_place place, std::string_view octets) const noexcept {
        return octets.substr(header.begin + content_type.begin + place.begin, place.size);
    }

    /// Remembers what `type` says where the field says it in the same words, case aside.
    void keep(structured_field const& type, std::string_view octets) noexcept;
};

/// How deep a message lies that was found inside the transfer-encoded content of another one.
struct nesting {
    std::size_t depth = 0;      // of parts around it
    std::size_t encodings = 0;  // of transfer encodings around it
};

struct structure {
    octet_buffer owned;  // the octets of a message that was pushed or decoded; else they are the caller's
    std::string_view octets;
    octet_range envelope_line;
    nesting within;
    std::vector<node> nodes;  // depth first
    std::vector<defect> defects;
};

/// The charset a Content-Type declares, in lower case, or empty.
std::string charset_of(structured_field const& type);

parsed_message make_parsed(structure found);

}  // namespace postrider::mime
