#pragma once
#include <postrider/proto/smtp/delivery_options.hpp>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace postrider::app {

/// What the command line asks of servers beyond delivery.
struct delivery_wishes {
    std::vector<std::string> notify;  ///< success, failure, delay; or never
    std::string return_content;       ///< headers, full
    std::string envelope_id;
    std::optional<unsigned> deliver_by, hold_for;  ///< seconds
    std::optional<int> priority;
    bool require_tls = false;
};

void add_delivery_wishes(CLI::App& command, delivery_wishes& into);

/// The same for the engine.
smtp::delivery_options options_of(delivery_wishes const&);

}  // namespace postrider::app
