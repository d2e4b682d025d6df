#include "dialogue_end.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

namespace postrider::app {

void add_dialogue_end(CLI::App& command, dialogue_end& into) {
    constexpr char const* group = "Rehearsal";
    auto* const quit =
        command
            .add_option("--quit-after", into.quit_after,
                        "Say QUIT behind this: connect, banner, ehlo, starttls, auth, mail, rcpt. Nothing is sent")
            ->check(CLI::IsMember({"connect", "banner", "ehlo", "starttls", "auth", "mail", "rcpt"}))
            ->type_name("STAGE")
            ->group(group);
    command
        .add_option("--drop-after", into.drop_after,
                    "Close without a word behind one of these, data or content (before its final dot)")
        ->check(CLI::IsMember({"connect", "banner", "ehlo", "starttls", "auth", "mail", "rcpt", "data", "content"}))
        ->excludes(quit)
        ->type_name("STAGE")
        ->group(group);
}

}  // namespace postrider::app
