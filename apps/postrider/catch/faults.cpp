#include "faults.hpp"

#include <CLI/App.hpp>

#include "commands.hpp"
#include "numbers.hpp"

namespace postrider::app {
namespace {

template <class Rule, class Parser>
Rule parsed(char const* option, std::string const& text, Parser const& parse) {
    std::string why;
    auto rule = parse(text, why);
    if (!rule) throw error(exit_code::usage, std::string(option) + " '" + text + "': " + why);
    return *std::move(rule);
}

}  // namespace

void catch_faults::add_to(CLI::App& command) {
    command
        .add_option("--refuse", refusals,
                    "Refuse these recipients with these words: 'b@*=550 5.1.1 no such user'; may be repeated")
        ->expected(1)
        ->take_all();
    command
        .add_option("--fault", rules,
                    "Fail on purpose: 'STAGE [PATTERN]=ACTION [p=0.3] [times=2] [after=10]'; may be repeated. Stages: "
                    "connect greeting ehlo starttls auth mail rcpt data content end-of-data rset quit any. Actions: a "
                    "reply as in '451 4.7.1 later', delay 5s, drip 50ms, drop, lose-reply, wrong, oversize, garbage, "
                    "bad-certificate expired (or wrong-name, self-signed, broken)")
        ->type_name("RULE")
        ->expected(1)
        ->take_all();
    command.add_option("--fault-seed", seed, "Decides what p=0.3 leaves to chance: the same seed, the same faults")
        ->transform(whole_number(0))
        ->capture_default_str();
}

void catch_faults::put_into(devserver::catch_options& options) const {
    for (auto const& text : refusals)
        options.rules.push_back(parsed<devserver::refuse_rule>("--refuse", text, devserver::parse_refuse_rule));
    for (auto const& text : rules)
        options.faults.push_back(parsed<devserver::fault_rule>("--fault", text, devserver::parse_fault_rule));
    options.fault_seed = seed;
}

}  // namespace postrider::app
