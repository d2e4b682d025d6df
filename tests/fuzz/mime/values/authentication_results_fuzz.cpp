#include <postrider/core/limits.hpp>
#include <postrider/mime/authentication_results.hpp>

#include "fuzzing.hpp"

using namespace postrider;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const found = mime::parse_authentication_results(octets_of(data, size));
    require_few(found.defects);
    require_text(found.authserv_id);
    ALWAYS(found.version >= 0 && found.instance.value_or(0) >= 0);
    std::size_t listed = found.results.size();
    for (auto const& result : found.results) {
        for (std::string_view text : {result.method, result.result, result.reason, result.comment}) require_text(text);
        ALWAYS(result.version >= 0);
        listed += result.properties.size();
        for (auto const& one : result.properties)
            for (std::string_view text : {one.ptype, one.property, one.value}) require_text(text);
    }
    ALWAYS(listed <= limits::listed_values);
    return 0;
}
