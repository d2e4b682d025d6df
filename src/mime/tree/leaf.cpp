#include "leaf.hpp"

#include <postrider/codec/charset.hpp>
#include <postrider/core/limits.hpp>

namespace postrider::mime {
namespace {

struct leaf_octets {
    decoded_content operator()(std::monostate) const { return decoded_content(std::string_view()); }
    decoded_content operator()(text_content const& text) const {
        return decoded_content(std::string_view(text.octets));
    }
    decoded_content operator()(data_content const& data) const {
        if (auto const* octets = std::get_if<shared_octets>(&data)) return decoded_content(std::string_view(**octets));
        auto all = read_all(*std::get<octet_source_ptr>(data), limits::raw_message_octets);
        return decoded_content(all ? std::move(*all) : std::string());
    }
    decoded_content operator()(message::message_content const&) const { return decoded_content(std::string_view()); }
    decoded_content operator()(message::multipart_content const&) const { return decoded_content(std::string_view()); }
    decoded_content operator()(message::parsed_content const& parsed) const { return parsed.decoded(); }
};

}  // namespace

decoded_content octets_of(message const& leaf) {
    if (leaf.text_body()) return decoded_content(std::string_view(leaf.text_body()->octets));
    if (leaf.html_body()) return decoded_content(std::string_view(leaf.html_body()->octets));
    return std::visit(leaf_octets{}, leaf.body());
}

std::string text_of(message const& leaf, decoded_content const& octets) {
    auto const charset = leaf.get_content_charset();
    bool const ascii = !charset || *charset == "us-ascii" || *charset == "ascii";
    auto decoded = codec::decode_charset(octets.octets(), ascii ? "utf-8" : *charset);
    if (!decoded) decoded = codec::decode_charset(octets.octets(), "utf-8");
    return std::move(decoded->text);
}

}  // namespace postrider::mime
