#include <array>

#include "client_link.hpp"

using namespace postrider;
using namespace postrider::smtp;
using namespace postrider::smtp::testing;

// The report is exact: for every pattern of refusals, and wherever the link is cut, in each way to hold the dialogue.

namespace {

struct way {
    std::string name;
    std::vector<std::string> without;
    bool lmtp;
    bool at_hand = false;
    bool large = false;  ///< the first message: more than is sent before the recipients are answered
};

std::vector<way> const ways = {
    {"SMTP, one by one", one_by_one, false},
    {"SMTP, pipelined", only_pipelining, false},
    {"SMTP, in chunks", everything, false},
    {"SMTP, in chunks written together", everything, false, true},
    {"LMTP, one by one", one_by_one, true},
    {"LMTP, pipelined", only_pipelining, true},
    {"LMTP, in chunks", everything, true},
    {"LMTP, in chunks written together", everything, true, true},
    {"SMTP, large, in chunks", everything, false, false, true},
    {"LMTP, large, in chunks", everything, true, false, true},
};

constexpr char filler = '~';  // of large messages, and found nowhere else

post posted(way const& how, std::vector<letter> letters) {
    if (how.large) letters.front().content += std::string(limits::eager_octets, filler) + "\r\n";
    post all(std::move(letters));
    all.at_hand = how.at_hand;
    return all;
}

struct fate {
    char const* name;
    outcome what;
    int code;
};

constexpr std::array fates = {fate{"ok", outcome::accepted, 250}, fate{"later", outcome::refused, 450},
                              fate{"never", outcome::refused, 550}};

constexpr std::size_t five = 5;

/// Five recipients, each with one of three fates: 3^5 letters. `when`: what their names begin with.
struct pattern {
    explicit pattern(std::size_t number, std::string const& when = {}) {
        for (std::size_t i = 0; i < five; ++i, number /= fates.size()) {
            all[i] = fates[number % fates.size()];
            auto const prefix = all[i].what == outcome::accepted ? "" : when;
            addresses.push_back(prefix + all[i].name + std::to_string(i) + "@x");
        }
    }
    bool any_accepted() const {
        return std::any_of(all.begin(), all.end(), [](fate const& one) { return one.what == outcome::accepted; });
    }

    std::array<fate, five> all;
    std::vector<std::string> addresses;
};

constexpr std::size_t patterns = 3 * 3 * 3 * 3 * 3;

void check_report(pattern const& due, smtp::report const& told) {
    REQUIRE(told.recipients.size() == five);
    for (std::size_t i = 0; i < five; ++i) {
        auto const& recipient = told.recipients[i];
        CHECK(recipient.address == due.addresses[i]);
        CHECK(recipient.what == due.all[i].what);
        REQUIRE(recipient.said);
        CHECK(recipient.said->code == due.all[i].code);
    }
}

/// What the server has of a letter, for one recipient.
bool has(recorder const& server, letter const& one, std::string const& address) {
    for (auto const& message : server.messages)
        if (message.content == one.content)
            for (auto const& path : message.from_whom_to_whom.forward_paths)
                if (path.address == address) return true;
    return false;
}

/// Nobody who is told to have it lacks it; nobody to whom a repeat is safe has it.
void check_truth(exchange const& talk, post const& letters) {
    for (std::size_t i = 0; i < letters.letters().size(); ++i) {
        auto const& one = letters.letters()[i];
        bool const told = i < letters.reports.size();
        for (std::size_t r = 0; r < one.envelope.forward_paths.size(); ++r) {
            auto const what = told ? letters.reports[i].recipients[r].what : outcome::unsent;
            bool const is_there = has(talk.server.handler, one, one.envelope.forward_paths[r].address);
            if (what == outcome::accepted) CHECK(is_there);
            if (what == outcome::refused || what == outcome::unsent) CHECK_FALSE(is_there);
        }
    }
}

std::vector<letter> two_letters() {
    auto first = to({"a@x", "never@x", "then-later@x"}), second = to({"b@x", "c@x"});
    first.content = "Subject: one\r\n\r\n.first\r\n";
    second.content = "Subject: two\r\n\r\nsecond\r\n.\r\n";
    return {first, second};
}

struct octets_said {
    std::string by_client, by_server;
};

/// What goes each way when nothing is cut.
octets_said whole_dialogue(way const& how) {
    exchange talk(how.without, how.lmtp);
    talk.server.handler.judges_by_name = true;
    auto letters = posted(how, two_letters());
    auto const opened = talk.said_to_server.size();
    REQUIRE_FALSE(talk.send(letters));
    check_truth(talk, letters);
    return {talk.said_to_server.substr(opened), std::string(talk.to_client_done, ' ')};
}

/// In the midst of a large message one place is as good as the next.
bool is_worth_a_cut(std::string_view said, std::size_t place) {
    auto const around = said.substr(place - std::min<std::size_t>(place, 2), 4);
    return around.find_first_not_of(filler) != around.npos;
}

/// `ends_at`: which direction ends, behind each octet of what was `said` in turn.
/// Returns how many messages are in doubt, over all of them.
std::size_t cut_everywhere(way const& how, std::size_t exchange::*ends_at, std::string_view said) {
    CAPTURE(how.name);
    std::size_t doubts = 0;
    for (std::size_t cut = 0; cut < said.size(); ++cut) {
        if (!is_worth_a_cut(said, cut)) continue;
        CAPTURE(cut);
        exchange talk(how.without, how.lmtp);
        talk.server.handler.judges_by_name = true;
        talk.*ends_at = cut;
        auto letters = posted(how, two_letters());
        CHECK(talk.send(letters));
        CHECK_FALSE(talk.client.usable());
        check_truth(talk, letters);
        for (auto const& report : letters.reports) doubts += report.in_doubt();
    }
    return doubts;
}

}  // namespace

TEST_CASE(
    "five recipients, every pattern of taken, refused for now and refused for good, and the next message is right") {
    for (auto const& how : ways) {
        CAPTURE(how.name);
        exchange talk(how.without, how.lmtp);
        talk.server.handler.judges_by_name = true;
        for (std::size_t number = 0; number < patterns; ++number) {
            CAPTURE(number);
            pattern const due(number);
            auto letters = posted(how, {to(due.addresses), to({"next@x"})});
            CHECK_FALSE(talk.send(letters));
            CHECK(letters.outcomes ==
                  std::vector<std::string>{due.any_accepted() ? "accepted" : "recipients_refused", "accepted"});
            check_report(due, letters.reports.front());
            CHECK(talk.client.usable());
        }
    }
}

TEST_CASE("LMTP: every pattern of verdicts behind the dot, and the next message is right") {
    for (auto const& how : ways) {
        if (!how.lmtp) continue;
        CAPTURE(how.name);
        exchange talk(how.without, how.lmtp);
        talk.server.handler.judges_by_name = true;
        for (std::size_t number = 0; number < patterns; ++number) {
            CAPTURE(number);
            pattern const due(number, "then-");
            auto letters = posted(how, {to(due.addresses), to({"next@x"})});
            CHECK_FALSE(talk.send(letters));
            CHECK(letters.outcomes ==
                  std::vector<std::string>{due.any_accepted() ? "accepted" : "data_error", "accepted"});
            check_report(due, letters.reports.front());
        }
    }
}

TEST_CASE("a link that is cut at any octet to the server: nobody is told wrong") {
    for (auto const& how : ways)
        CHECK(cut_everywhere(how, &exchange::to_server_ends_at, whole_dialogue(how).by_client) > 0);
}

TEST_CASE("a link that is cut at any octet to the client: nobody is told wrong") {
    for (auto const& how : ways)
        CHECK(cut_everywhere(how, &exchange::to_client_ends_at, whole_dialogue(how).by_server) > 0);
}

TEST_CASE("a write that fails at any octet: nobody is told wrong") {
    for (auto const& how : ways) {
        auto const doubts = cut_everywhere(how, &exchange::write_fails_at, whole_dialogue(how).by_client);
        // Where what ends a message is the last of its write, who could not write it knows.
        bool const ends_its_write = how.without == one_by_one || how.large;
        CHECK((doubts > 0) == !ends_its_write);
    }
}
