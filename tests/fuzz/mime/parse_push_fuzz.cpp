#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <postrider/mime/message_parser.hpp>

// Any octets, cut anywhere: pushed in pieces they are the message that they are as a whole. The first octet says how
// they are cut.

using namespace postrider;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void require_same(mime::parsed_part const& a, mime::parsed_part const& b) {
    require(a.depth() == b.depth());
    require(a.is_container() == b.is_container());
    require(a.header_range() == b.header_range());
    require(a.body_range() == b.body_range());
    require(a.preamble() == b.preamble());
    require(a.epilogue() == b.epilogue());
    require(a.children().size() == b.children().size());
    require(a.content_type() == b.content_type());
    require(a.transfer_encoding() == b.transfer_encoding());
    require(a.content_id() == b.content_id());
    require(std::equal(a.defects().begin(), a.defects().end(), b.defects().begin(), b.defects().end()));
}

/// What is kept of a field while the structure is read is what is found when it is looked for.
void require_found(mime::parsed_part const& part) {
    mime::header_view const fields = part.fields();
    auto const type = fields.find("content-type");
    if (type == fields.end()) return;
    require(part.content_type() == mime::parse_content_type(type->body).value);
    auto const disposition = fields.find("content-disposition");
    require(part.disposition_field().has_value() == (disposition != fields.end()));
}

mime::parsed_message push(std::string_view octets, unsigned cut, mime::parse_options options) {
    mime::message_parser parser(options);
    std::size_t const size = 1 + cut % 16;
    for (std::size_t at = 0; at < octets.size(); at += size) parser.feed(octets.substr(at, size));
    require(parser.octets() == octets);
    return parser.finish();
}

void check(std::string_view octets, unsigned cut, mime::parse_options options) {
    mime::parsed_message const whole = mime::parse(octets, options);
    mime::parsed_message const pushed = push(octets, cut, options);
    require(whole.part_count() == pushed.part_count());
    require(whole.envelope_line() == pushed.envelope_line());
    for (std::size_t i = 0; i < whole.part_count(); ++i) {
        require_same(whole.part(i), pushed.part(i));
        require_found(whole.part(i));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size == 0) return 0;
    std::string_view const octets(reinterpret_cast<char const*>(data) + 1, size - 1);
    check(octets, data[0], {});
    check(octets, data[0], {.headers_only = true});
    return 0;
}
