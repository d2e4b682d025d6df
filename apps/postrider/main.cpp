#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <csignal>
#include <exception>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "commands.hpp"
#include "explain.hpp"
#include "json_report.hpp"
#include "sendmail/sendmail.hpp"

namespace postrider::app {

void tell_person(error const& wrong) {
    std::cerr << "postrider: " << explain(wrong) << '\n';
}

void tell_error(error const& wrong, bool as_json) {
    if (as_json) std::cout << boost::json::serialize(boost::json::object{{"error", error_member(wrong)}}) << std::endl;
    tell_person(wrong);
}

}  // namespace postrider::app

namespace {

using namespace postrider::app;

/// Options without the list of those they exclude, which made them hard to read.
class help_formatter final : public CLI::Formatter {
public:
    std::string make_option_opts(CLI::Option const* option) const override {
        return option->get_type_size() == 0 ? std::string() : " " + option->get_type_name();
    }
};

/// Runs the command that was called. What it throws becomes a line, a document where one was asked for, and a code.
exit_code run(command const& called, bool as_json) {
    try {
        return called.run();
    } catch (error const& wrong) {
        called.tell_error(wrong, as_json);
        return wrong.code();
    } catch (std::exception const& unforeseen) {
        error const wrong(exit_code::io_error, unforeseen.what());
        called.tell_error(wrong, as_json);
        return wrong.code();
    }
}

/// What stands behind the "--" of `catch` is another program's: nothing of it is looked at.
std::vector<std::string> take_behind_dashes(std::vector<std::string>& ours) {
    auto const dashes = std::find(ours.begin(), ours.end(), "--");
    if (dashes == ours.end() || ours.front() != "catch") return {};
    std::vector<std::string> behind(dashes + 1, ours.end());
    ours.erase(dashes, ours.end());
    return behind;
}

exit_code parse_and_run(CLI::App& program, std::vector<command> const& commands, std::vector<std::string> arguments) {
    bool const as_json = std::find(arguments.begin(), arguments.end(), "--json") != arguments.end();
    auto const named = std::find_if(commands.begin(), commands.end(), [&](command const& one) {
        return !arguments.empty() && one.called->get_name() == arguments.front();
    });
    try {
        std::reverse(arguments.begin(), arguments.end());  // as CLI11 takes them
        program.parse(arguments);
    } catch (CLI::ParseError const& answer) {
        if (answer.get_exit_code() == 0) return program.exit(answer), exit_code::ok;  // --help, --version
        error const wrong(exit_code::usage, answer.what(), "postrider --help tells more");
        named == commands.end() ? tell_error(wrong, as_json) : named->tell_error(wrong, as_json);
        return wrong.code();
    }
    return run(*named, as_json);
}

}  // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is an error where it is written to, not the end of us
    CLI::App program("Compose, send, check and catch mail.", "postrider");
    program.formatter(std::make_shared<help_formatter>());  // before the commands, which inherit it
    program.set_version_flag("--version", "postrider " POSTRIDER_VERSION);
    program.require_subcommand(1);
    program.footer("Each command has its own --help. Exit codes are those of sysexits.h.");
    auto const tested = std::make_shared<std::vector<std::string>>();
    auto const classic = std::make_shared<std::vector<std::string>>();
    std::vector<command> const commands{add_send(program),          add_sendmail(program, classic),
                                        add_merge(program),         add_check(program),
                                        add_catch(program, tested), add_parse(program),
                                        add_lint(program),          add_dkim_key(program),
                                        add_token(program),         add_completion(program),
                                        add_manual(program)};
    bool const called_sendmail = argc > 0 && std::filesystem::path(argv[0]).filename() == "sendmail";
    auto line = split_sendmail_line(*commands[1].called, {argv + std::min(argc, 1), argv + argc}, called_sendmail);
    *classic = std::move(line.classic);
    *tested = take_behind_dashes(line.ours);
    return static_cast<int>(parse_and_run(program, commands, std::move(line.ours)));
}
