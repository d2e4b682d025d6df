#pragma once
#include <postrider/mime/parse.hpp>

namespace postrider::mime {

/// What `read` makes of the first part that it makes anything of.
template <class Read>
auto of_first_part(parsed_message const& message, Read read) -> decltype(read(message.root())) {
    for (std::size_t i = 0; i < message.part_count(); ++i)
        if (auto found = read(message.part(i))) return found;
    return std::nullopt;
}

}  // namespace postrider::mime
