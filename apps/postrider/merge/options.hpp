#pragma once
#include <cstdint>
#include <string>

#include "send/options.hpp"

namespace postrider::app {

/// What the command line of `merge` says: a letter as `send` takes it, with holes, and the rows that fill them.
struct merge_options {
    send_options letter;  ///< and the server, and what to show
    std::string data;     ///< CSV or JSON; - is stdin
    std::string format;   ///< "csv" or "json"; empty: by the file's name
    std::uint64_t from_row = 1;
    std::uint64_t row = 0;  ///< this one alone; 0: all
    std::string only;       ///< those for this address alone; empty: all
};

void add_merge_options(CLI::App& command, merge_options& into);

}  // namespace postrider::app
