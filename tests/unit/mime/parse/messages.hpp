#pragma once
#include <doctest/doctest.h>

#include <initializer_list>
#include <postrider/mime/message_parser.hpp>
#include <string>
#include <string_view>

// What the tests of parsing share.
namespace postrider::mime::test {

/// A multipart/mixed of parts that are each written as header, blank line, body.
inline std::string multipart(std::string_view boundary, std::initializer_list<std::string_view> parts) {
    std::string octets = "Content-Type: multipart/mixed; boundary=\"" + std::string(boundary) + "\"\n\n";
    for (std::string_view part : parts) octets.append("--").append(boundary).append("\n").append(part).append("\n");
    return octets.append("--").append(boundary).append("--\n");
}

/// A message of one part with these header lines and this body.
inline std::string with(std::string_view header, std::string_view body = "x") {
    return std::string(header).append("\n\n").append(body);
}

/// A message that owns its octets, and so outlives a temporary.
inline parsed_message parse_owned(std::string_view octets, parse_options options = {}) {
    message_parser parser(options);
    parser.feed(octets);
    return parser.finish();
}

inline std::string names(std::span<defect const> defects) {
    std::string all;
    for (defect const& one : defects) all.append(all.empty() ? "" : " ").append(to_string(one.kind));
    return all;
}
inline std::string names(parsed_part const& part) {
    return names(part.defects());
}
inline std::string all_names(parsed_part const& part) {
    return names(part.all_defects());
}

inline std::string field_names(parsed_part const& part) {
    std::string all;
    for (field_view const& field : part.fields()) all.append(all.empty() ? "" : " ").append(field.name);
    return all;
}

/// "multipart/mixed(text/plain,text/html)". For small messages: it calls itself.
inline std::string outline(parsed_part const& part) {
    std::string told = part.content_type();
    if (!part.is_container()) return told;
    char before = '(';
    for (parsed_part const& child : part.children()) {
        told += before + outline(child);
        before = ',';
    }
    return told + ')';
}
inline std::string outline(parsed_message const& message) {
    return outline(message.root());
}

inline bool within(octet_range inner, octet_range outer) {
    return outer.begin <= inner.begin && inner.begin <= inner.end && inner.end <= outer.end;
}

/// What holds whatever the octets were.
inline void check_invariants(parsed_message const& message) {
    octet_range const all{0, message.octets().size()};
    for (std::size_t i = 0; i < message.part_count(); ++i) {
        parsed_part const part = message.part(i);
        auto const parent = part.parent();
        octet_range const around = parent ? parent->body_range() : all;
        REQUIRE(within(part.header_range(), around));
        REQUIRE(within(part.body_range(), around));
        REQUIRE(part.header_range().end <= part.body_range().begin);
        REQUIRE(part.depth() == (parent ? parent->depth() + 1 : 0));
        REQUIRE((!parent || parent->index() < i));
        for (defect const& one : part.defects()) REQUIRE(one.offset <= all.end);
    }
}

}  // namespace postrider::mime::test
