#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <postrider/core/limits.hpp>
#include <postrider/mime/json.hpp>
#include <postrider/mime/tree.hpp>

// Any octets are a message: its ranges lie within each other, its links lead forward, its limits hold, and everything
// it tells can be decoded and printed.

using namespace postrider;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

bool within(mime::octet_range inner, mime::octet_range outer) {
    return outer.begin <= inner.begin && inner.begin <= inner.end && inner.end <= outer.end;
}

void check_part(mime::parsed_part const& part, std::size_t size) {
    auto const parent = part.parent();
    mime::octet_range const around = parent ? parent->body_range() : mime::octet_range{0, size};
    require(within(part.header_range(), around) && within(part.body_range(), around));
    require(part.header_range().end <= part.body_range().begin);
    require(!parent || parent->index() < part.index());
    require(part.depth() <= limits::parse_depth);
    std::size_t last_end = part.body_range().begin;
    for (mime::parsed_part const& child : part.children()) {
        require(child.header_range().begin >= last_end);
        last_end = child.body_range().end;
    }
    for (mime::defect const& one : part.all_defects()) require(one.offset <= size);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    mime::parsed_message const message = mime::parse({reinterpret_cast<char const*>(data), size});
    require(message.part_count() >= 1 && message.part_count() <= limits::parse_parts);
    for (std::size_t i = 0; i < message.part_count(); ++i) check_part(message.part(i), size);
    require(!mime::to_tree(message).empty());
    require(!mime::to_json(message).empty());
    return 0;
}
