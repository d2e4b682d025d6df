#include "faults_help.hpp"

#include <array>
#include <boost/json.hpp>
#include <postrider/devserver/fault_rule.hpp>
#include <string_view>

#include "context.hpp"

namespace postrider::devserver {
namespace {

using stages = fault_rule::stages;
using actions = fault_rule::actions;

struct stage_help {
    stages stage;
    std::string_view about;
    std::string_view pattern;  ///< what it is compared with; empty: nothing
};
constexpr std::array known_stages{
    stage_help{stages::connect, "before the first octet", ""},
    stage_help{stages::greeting, "the 220 that begins a session", ""},
    stage_help{stages::ehlo, "EHLO, HELO, LHLO", "the client's name"},
    stage_help{stages::starttls, "STARTTLS", ""},
    stage_help{stages::auth, "the verdict on a login", "the user"},
    stage_help{stages::mail, "MAIL FROM", "the sender"},
    stage_help{stages::rcpt, "RCPT TO", "the recipient"},
    stage_help{stages::data, "DATA, or the first BDAT", "any of the recipients"},
    stage_help{stages::content, "while the message comes in", "any of the recipients"},
    stage_help{stages::end_of_data, "the final dot, or the last BDAT", "any of the recipients; in LMTP each of them"},
    stage_help{stages::rset, "RSET", ""},
    stage_help{stages::quit, "QUIT", ""},
    stage_help{stages::any, "every answer", "whatever the answer is about"},
};

struct action_help {
    actions action;
    std::string_view form;
    std::string_view about;
};
constexpr std::array known_actions{
    action_help{actions::reply, "451 4.7.1 later",
                "the answer is this one; a positive one still carries the command out"},
    action_help{actions::delay, "delay 5s", "the right answer comes so much later"},
    action_help{actions::drip, "drip 50ms", "the right answer comes octet by octet, so much time before each"},
    action_help{actions::drop, "drop", "the connection ends; at content once that many octets have come: drop 4096"},
    action_help{actions::lose_reply, "lose-reply",
                "what was asked for is done, and the connection ends before the reply"},
    action_help{actions::wrong, "wrong", "a reply that does not belong here; nothing is done"},
    action_help{actions::oversize, "oversize", "a reply of 100,000 octets in one line; nothing is done"},
    action_help{actions::garbage, "garbage", "octets that are no reply; nothing is done"},
    action_help{actions::bad_certificate, "bad-certificate expired",
                "TLS shows a certificate that is expired, wrong-name or self-signed; broken: the handshake is cut"},
};

boost::json::object to_json(stage_help const& told) {
    boost::json::array fitting;
    for (auto const& action : known_actions)
        if (fits(told.stage, action.action)) fitting.emplace_back(to_string(action.action));
    boost::json::value pattern = nullptr;
    if (!told.pattern.empty()) pattern = told.pattern;
    return {{"name", to_string(told.stage)},
            {"about", told.about},
            {"pattern", std::move(pattern)},
            {"actions", std::move(fitting)}};
}

boost::json::object to_json(action_help const& told) {
    return {{"name", to_string(told.action)}, {"form", told.form}, {"about", told.about}};
}

template <class Table>
boost::json::array to_json_array(Table const& table) {
    boost::json::array all;
    for (auto const& told : table) all.push_back(to_json(told));
    return all;
}

}  // namespace

http_response faults_help() {
    boost::json::array modifiers{{{"form", "p=0.3"}, {"about", "strikes with this probability"}},
                                 {{"form", "times=2"}, {"about", "strikes so often and no more"}},
                                 {{"form", "after=10"}, {"about", "lets so many pass first"}}};
    return json_response({{"form", "STAGE [PATTERN]=ACTION [MODIFIER]..."},
                          {"stages", to_json_array(known_stages)},
                          {"actions", to_json_array(known_actions)},
                          {"modifiers", std::move(modifiers)}});
}

}  // namespace postrider::devserver
