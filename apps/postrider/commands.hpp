#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "exit_codes.hpp"

namespace CLI {
class App;
}

namespace postrider::app {

/// One subcommand: what it adds to the command line, and what it does when it was called.
struct command {
    CLI::App* called = nullptr;
    std::function<exit_code()> run;
    /// Tells what went wrong on this side, as a line on stderr; as a document on stdout too where --json asked for one.
    std::function<void(error const&, bool as_json)> tell_error;
};

command add_send(CLI::App& program);
/// `classic`   what its caller wrote behind its own options, known when the command runs
command add_sendmail(CLI::App& program, std::shared_ptr<std::vector<std::string>> classic);
command add_merge(CLI::App& program);
command add_check(CLI::App& program);
/// `tested`   the command line behind "--", known when the command runs
command add_catch(CLI::App& program, std::shared_ptr<std::vector<std::string>> tested);
command add_parse(CLI::App& program);
command add_lint(CLI::App& program);
command add_dkim_key(CLI::App& program);
command add_token(CLI::App& program);
// They tell of all the others, so they come behind them; `program` outlives them.
command add_completion(CLI::App& program);
command add_manual(CLI::App& program);

/// "postrider: ..." on stderr.
void tell_person(error const&);

/// The same, and {"error":{...}} on stdout.
void tell_error(error const&, bool as_json);

}  // namespace postrider::app
