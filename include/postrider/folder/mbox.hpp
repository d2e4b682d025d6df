#pragma once
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>

/// mbox files: messages one behind the other, each below a line "From address date".                        RFC 4155
namespace postrider::folder {

/// One message in an mbox, as a view into it.
struct mbox_entry {
    std::string_view envelope_line;  ///< the "From " line without its line end
    std::string_view octets;         ///< the message, without the blank line that stands before the next one
    std::size_t offset = 0;          ///< of the "From " line, from the beginning of the mbox
};

}  // namespace postrider::folder
