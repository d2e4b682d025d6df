#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "assertion.hpp"
#include "child_process.hpp"
#include "exit_codes.hpp"

namespace CLI {
class App;
}
namespace postrider::devserver {
class catch_server;
}  // namespace postrider::devserver

namespace postrider::app {

/// What the command line says of a test: how long it may take, what it runs, and what must be true of the mail behind it.
struct test_arguments {
    std::string within;
    std::vector<std::string> asserted, refuted;
    std::vector<std::string> command;  ///< with its arguments; empty: none

    bool any() const noexcept { return !within.empty() || !asserted.empty() || !refuted.empty() || !command.empty(); }
};

void add_test_options(CLI::App& command, test_arguments& into);

/// "500ms", "10s", "2m"; without a unit seconds.                                                errors: app::error: usage
std::chrono::milliseconds parse_time(std::string const& text);

/// Runs the test's command beside a server, ends the server when its time has come, and judges.
/// It has come when the command has ended (without one: at once) and as many messages came as --for wants, or when the
/// time is over.
class catch_test {
public:
    /// `server`   has started, outlives it, and is to run until stop().
    /// `wanted`   how many messages must have come; 0: none
    /// errors     app::error: usage, for a time that is none
    catch_test(test_arguments const&, devserver::catch_server& server, std::uint64_t wanted);
    ~catch_test();

    /// Before run().                  errors: app::error: usage, for a query that makes no sense; those of child_process
    void begin();
    /// Behind run(): tells what came of it, as a line of JSON on stdout or for people on stderr.
    /// returns    0 when all holds; the command's code when that is not 0; else 1.
    int judge(bool as_json);

private:
    void watch();
    bool is_over();

    devserver::catch_server& server_;
    std::vector<assertion> assertions_;
    std::vector<std::string> command_;
    std::optional<std::chrono::milliseconds> within_;
    std::chrono::steady_clock::time_point end_;
    std::uint64_t wanted_;
    std::optional<child_process> child_;
    bool in_time_ = true;
    std::atomic<bool> stopped_{false};
    std::thread watching_;
};

}  // namespace postrider::app
