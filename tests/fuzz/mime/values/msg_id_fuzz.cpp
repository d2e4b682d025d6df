#include <postrider/core/limits.hpp>
#include <postrider/mime/msg_id.hpp>
#include <string>

#include "fuzzing.hpp"

using namespace postrider;

// Ids hold neither brackets nor blanks, and read back as they are.

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const field = mime::parse_msg_ids(octets_of(data, size));
    require_few(field.defects);
    ALWAYS(field.ids.size() <= limits::msg_ids);
    std::string again;
    bool bare = false;
    for (auto const& id : field.ids) {
        require_text(id);
        ALWAYS(!id.empty() && id.size() <= limits::line_octets && id.find_first_of(" \t") == id.npos);
        bare |= id.find_first_of("<>") != id.npos;
        again += '<' + id + ">\r\n ";
    }
    if (!bare) ALWAYS(mime::parse_msg_ids(again).ids == field.ids);
    return 0;
}
