#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "assertion.hpp"

namespace postrider::devserver {
class catch_server;
}

namespace postrider::app {

/// What came of a test.
struct catch_verdict {
    struct judged_assertion {
        assertion asked;
        std::uint64_t found = 0;
        bool holds() const noexcept { return asked.holds_with(found); }
    };

    std::vector<judged_assertion> judged;
    std::uint64_t accepted = 0;       ///< messages
    std::optional<int> command_code;  ///< nothing where no command was run
    bool came_in_time = true;         ///< what was waited for
    bool command_in_time = true;      ///< it ended by itself

    bool passed() const noexcept;
};

/// How many messages the assertion's query finds.                           errors: app::error: usage for its query
std::uint64_t matching(devserver::catch_server const&, assertion const&);

/// One line of JSON on stdout, or lines for people on stderr: all of them when something failed, else a few.
void tell(catch_verdict const&, devserver::catch_server const&, bool as_json);

/// 0, the command's code, or 1.
int exit_code_of(catch_verdict const&) noexcept;

}  // namespace postrider::app
