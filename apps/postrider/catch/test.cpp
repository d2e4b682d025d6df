#include "test.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <charconv>
#include <postrider/devserver/catch_all.hpp>

#include "verdict.hpp"

namespace postrider::app {
namespace {

using clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds between_looks{20};

/// What the command finds in its environment. The short names are those that most programs under test know already.
child_process::variables addresses_of(devserver::catch_server const& server) {
    auto const smtp = server.smtp();
    child_process::variables all{{"POSTRIDER_SMTP", to_string(smtp)},
                                 {"POSTRIDER_HTTP", to_string(server.http())},
                                 {"POSTRIDER_TOKEN", server.token()},
                                 {"SMTP_HOST", smtp.host},
                                 {"SMTP_PORT", std::to_string(smtp.port)}};
    if (auto const pop3 = server.pop3(); pop3.port != 0) all.emplace_back("POSTRIDER_POP3", to_string(pop3));
    return all;
}

}  // namespace

void add_test_options(CLI::App& command, test_arguments& into) {
    constexpr char const* group = "Tests";
    command.add_option("--within", into.within, "End after this time, as 500ms, 10s or 2m, whatever came")
        ->type_name("TIME")
        ->group(group);
    command
        .add_option("--assert", into.asserted,
                    "At the end this must be found, as in 'to:a@b subject:\"Welcome\"', or so often: '2 to:a@b', "
                    "'2+ to:a@b'; may be repeated. Exit code 1 otherwise")
        ->expected(1)
        ->take_all()
        ->type_name("[COUNT] QUERY")
        ->group(group);
    command.add_option("--refute", into.refuted, "At the end this must not be found; may be repeated")
        ->expected(1)
        ->take_all()
        ->type_name("QUERY")
        ->group(group);
    command.footer(
        R"(As a test: postrider catch [OPTIONS] -- COMMAND [ARGUMENTS] runs the command on free ports, with the
addresses in its environment (SMTP_HOST, SMTP_PORT, POSTRIDER_SMTP, POSTRIDER_HTTP, POSTRIDER_TOKEN),
and ends when it has ended. The exit code is the command's when that is not 0, else 1 when something
asserted does not hold.

Examples:
  postrider catch --refuse 'b@*=550 5.1.1 no such user'
  postrider catch --within 20s --assert '1 to:ann@example.net subject:Welcome' -- ./invite ann@example.net)");
}

std::chrono::milliseconds parse_time(std::string const& text) {
    double number = 0;
    auto const [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
    auto const unit = text.substr(static_cast<std::size_t>(end - text.data()));
    double const factor = unit == "ms" ? 1 : unit == "s" || unit.empty() ? 1000 : unit == "m" ? 60'000 : 0;
    constexpr double longest = 1e10;
    if (ec != std::errc() || factor == 0 || !(number > 0) || number * factor > longest)
        throw error(exit_code::usage, "'" + text + "' is no time", "write it as 500ms, 10s or 2m");
    return std::chrono::milliseconds(static_cast<std::int64_t>(number * factor));
}

catch_test::catch_test(test_arguments const& given, devserver::catch_server& server, std::uint64_t wanted)
    : server_(server), command_(given.command), wanted_(wanted) {
    for (auto const& text : given.asserted) assertions_.push_back(parse_assertion(text));
    for (auto const& text : given.refuted) assertions_.push_back(refutation_of(text));
    if (!given.within.empty()) within_ = parse_time(given.within);
}

catch_test::~catch_test() {
    stopped_ = true;
    if (watching_.joinable()) watching_.join();
}

void catch_test::begin() {
    for (auto const& one : assertions_) matching(server_, one);  // a query that makes no sense is told now
    if (!command_.empty()) child_.emplace(command_, addresses_of(server_));
    if (within_) end_ = clock::now() + *within_;
    watching_ = std::thread([this] { watch(); });
}

bool catch_test::is_over() {
    if (within_ && clock::now() >= end_) return in_time_ = false, true;
    if (child_ && !child_->exit_code()) return false;
    return wanted_ == 0 ? child_.has_value() : server_.accepted() >= wanted_;
}

void catch_test::watch() {
    while (!stopped_ && !is_over()) std::this_thread::sleep_for(between_looks);
    server_.stop();
}

int catch_test::judge(bool as_json) {
    stopped_ = true;
    watching_.join();
    catch_verdict verdict{{}, server_.accepted(), std::nullopt, in_time_};
    if (child_) {
        verdict.command_in_time = child_->exit_code().has_value();
        child_->end();
        verdict.command_code = child_->exit_code();
    }
    // Without anything that must be true, being there in time is what is asked for.
    bool const needs_time = wanted_ > server_.accepted() && assertions_.empty();
    verdict.came_in_time = in_time_ || !needs_time;
    for (auto const& one : assertions_) verdict.judged.push_back({one, matching(server_, one)});
    tell(verdict, server_, as_json);
    return exit_code_of(verdict);
}

}  // namespace postrider::app
