#pragma once
#include <cstdint>
#include <postrider/devserver/catch_all.hpp>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace postrider::app {

/// What the command line of `catch` says of failing on purpose.
struct catch_faults {
    std::vector<std::string> refusals, rules;
    std::uint64_t seed = 1;

    void add_to(CLI::App& command);
    /// Throws app::error for a rule that is none.
    void put_into(devserver::catch_options&) const;
};

}  // namespace postrider::app
