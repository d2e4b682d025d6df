#include <postrider/core/limits.hpp>
#include <postrider/mime/address.hpp>
#include <postrider/mime/received.hpp>

#include "fuzzing.hpp"

using namespace postrider;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const body = octets_of(data, size);
    auto const received = mime::parse_received(body);
    require_few(received.defects);
    ALWAYS(received.clauses.size() <= limits::listed_values);
    for (auto const& clause : received.clauses) {
        require_text(clause.name);
        require_text(clause.value);
        require_text(clause.comment);
    }
    require_text(received.comment);
    auto const path = mime::parse_return_path(body);
    ALWAYS(path.reverse_path.has_value() || !path.defects.empty());
    if (path.reverse_path && !path.reverse_path->empty()) ALWAYS(mime::parse_addr_spec(*path.reverse_path).has_value());
    return 0;
}
