#pragma once
#include <postrider/lint/examine.hpp>
#include <string>

namespace CLI {
class App;
}

namespace postrider::app {

/// What the checks of a message may ask of others.
struct lookup_options {
    bool allow = false;
    std::string spamd;
};

void add_lookup_options(CLI::App& command, lookup_options& into);

/// errors     app::error: usage
lint::outside calls_of(lookup_options const&);

}  // namespace postrider::app
