#include "verdict.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <postrider/devserver/catch_all.hpp>
#include <postrider/proto/smtp/escape.hpp>
#include <system_error>

#include "exit_codes.hpp"
#include "terminal/utf8.hpp"

namespace postrider::app {
namespace {

namespace json = boost::json;
using devserver::caught_message;

constexpr std::size_t most_messages = 100;  // told, the newest

json::object to_json(caught_message const& message) {
    json::array to;
    for (auto const& address : message.to) to.emplace_back(valid_utf8(address));
    return {{"id", message.id},
            {"from", valid_utf8(message.from)},
            {"to", std::move(to)},
            {"subject", valid_utf8(message.subject)},
            {"size", message.size}};
}

json::object to_json(catch_verdict const& verdict, std::vector<caught_message> const& messages) {
    json::array assertions, came;
    for (auto const& one : verdict.judged)
        assertions.push_back(json::object{{"assert", valid_utf8(one.asked.text)},
                                          {"wanted", one.asked.wanted()},
                                          {"found", one.found},
                                          {"holds", one.holds()}});
    for (std::size_t i = 0; i < std::min(messages.size(), most_messages); ++i) came.push_back(to_json(messages[i]));
    return {{"passed", verdict.passed()},
            {"accepted", verdict.accepted},
            {"in_time", verdict.came_in_time && verdict.command_in_time},
            {"command", verdict.command_code ? json::value(*verdict.command_code) : json::value()},
            {"assertions", std::move(assertions)},
            {"messages", std::move(came)}};
}

std::string line_of(caught_message const& message) {
    std::string to;
    for (auto const& address : message.to) to += (to.empty() ? "" : ", ") + address;
    return "<" + message.from + "> to " + to + ": " + message.subject;
}

void tell_people(catch_verdict const& verdict, std::vector<caught_message> const& messages) {
    for (auto const& one : verdict.judged)
        std::cerr << (one.holds() ? "holds   " : "FAILED  ") << smtp::escaped(one.asked.text) << "  (found "
                  << one.found << ", wanted " << one.asked.wanted() << ")\n";
    if (!verdict.command_in_time) std::cerr << "FAILED  the command had not ended when the time was over\n";
    if (!verdict.came_in_time) std::cerr << "FAILED  only " << verdict.accepted << " messages came in time\n";
    if (verdict.command_code.value_or(0) != 0 && verdict.command_in_time)
        std::cerr << "FAILED  the command's exit code is " << *verdict.command_code << '\n';
    if (verdict.passed()) return;
    std::cerr << (messages.empty() ? "Nothing came.\n" : "What came, newest first:\n");
    for (std::size_t i = 0; i < std::min(messages.size(), most_messages); ++i)
        std::cerr << "  " << smtp::escaped(line_of(messages[i])) << '\n';
}

}  // namespace

bool catch_verdict::passed() const noexcept {
    return came_in_time && command_in_time && command_code.value_or(0) == 0 &&
           std::all_of(judged.begin(), judged.end(), [](auto const& one) { return one.holds(); });
}

std::uint64_t matching(devserver::catch_server const& server, assertion const& asked) {
    try {
        return server.messages(asked.query).size();
    } catch (std::system_error const& failure) {
        if (failure.code() != std::errc::invalid_argument) throw;
        throw error(exit_code::usage, "'" + asked.query + "': " + failure.what(), "see docs/testing-with-catch.md");
    }
}

void tell(catch_verdict const& verdict, devserver::catch_server const& server, bool as_json) {
    auto const messages = server.messages();
    if (as_json) std::cout << json::serialize(to_json(verdict, messages)) << std::endl;
    tell_people(verdict, messages);
}

int exit_code_of(catch_verdict const& verdict) noexcept {
    if (verdict.command_in_time && verdict.command_code.value_or(0) != 0) return *verdict.command_code;
    return verdict.passed() ? 0 : 1;
}

}  // namespace postrider::app
