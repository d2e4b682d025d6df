#pragma once
#include <string>

namespace CLI {
class App;
}

namespace postrider::app {

/// How far a dialogue goes that is to be seen and not to deliver anything.
struct dialogue_end {
    std::string quit_after;  ///< connect, banner, ehlo, starttls, auth, mail, rcpt
    std::string drop_after;  ///< those, data (the 354 is read) and content (all of it, without the final dot)
    bool any() const noexcept { return !quit_after.empty() || !drop_after.empty(); }
};

void add_dialogue_end(CLI::App& command, dialogue_end& into);

}  // namespace postrider::app
