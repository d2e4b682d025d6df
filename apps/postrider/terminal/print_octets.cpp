#include "print_octets.hpp"

#include <iostream>
#include <string_view>
#include <vector>

#include "exit_codes.hpp"

namespace postrider::app {

void print_octets(mime::wire const& wire) {
    auto const content = wire.reader();
    std::vector<std::string_view> pieces;
    for (;;) {
        if (auto const failed = content->next(pieces, 1 << 16))
            throw error(exit_code::io_error, "reading an attachment failed: " + failed.message());
        if (pieces.empty()) break;
        for (auto piece : pieces) std::cout.write(piece.data(), static_cast<std::streamsize>(piece.size()));
    }
    std::cout.flush();
    if (!std::cout) throw error(exit_code::io_error, "writing to stdout failed");
}

}  // namespace postrider::app
