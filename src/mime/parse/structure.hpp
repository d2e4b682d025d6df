#pragma once
#include <cstdint>
#include <postrider/mime/parse.hpp>
#include <string_view>
#include <vector>

namespace postrider::mime {

/// What is known of one part. Links are indices, and a child's is always greater than its parent's: a cycle cannot be.
struct node {
    enum class kind : std::uint8_t { leaf, multipart, message };

    octet_range header;
    octet_range body;
    octet_range preamble;
    octet_range epilogue;
    std::size_t first_defect = 0;  // in structure::defects
    std::uint32_t defect_count = 0;
    std::uint32_t defect_kinds = 0;  // a bit for each kind told
    std::uint32_t parent = 0;
    std::uint32_t next_sibling = 0;  // 0: none; the root is nobody's sibling
    std::uint16_t depth = 0;
    kind what = kind::leaf;
    bool has_children = false;  // the first one stands right behind its parent
    bool digest = false;        // a multipart/digest
    bool in_digest = false;     // its child: RFC 2046 §5.1.5: message/rfc822 by default
    bool opaque = false;        // behind a limit: neither header nor type
};

struct structure {
    std::string_view octets;
    std::string_view envelope_line;
    std::vector<node> nodes;  // depth first
    std::vector<defect> defects;
};

}  // namespace postrider::mime
