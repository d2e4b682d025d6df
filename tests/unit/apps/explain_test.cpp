#include "explain.hpp"

#include <doctest/doctest.h>

#include "outcomes.hpp"

using namespace postrider::app;
using namespace postrider;
using enum smtp::errc;
using smtp::outcome;
using smtp::reply_of;

namespace {

auto const ok = recipient("a@x", outcome::accepted, reply_of(250, {}, "ok"));
auto const no = recipient("b@x", outcome::refused, reply_of(550, smtp::enhanced_code{5, 1, 1}, "no such user"));

bool says(std::string const& line, std::string_view words) {
    return line.find(words) != line.npos;
}

}  // namespace

TEST_CASE("nothing is said when everyone was accepted") {
    send_outcome outcome;
    outcome.report = report_of({ok});
    CHECK(explain(outcome).empty());
}

TEST_CASE("a line tells what, where, why and what to do") {
    send_outcome outcome;
    outcome.report = report_of({ok, no});
    std::string const line = explain(outcome);
    CHECK(says(line, "1 of 2 recipients refused (rcpt_to): b@x: 550 5.1.1 no such user"));
    CHECK(says(line, "check the address"));

    outcome.report = report_of({no});
    CHECK(says(explain(outcome), "every recipient refused (rcpt_to)"));
}

TEST_CASE("a refused login tells the provider's rule") {
    auto const refused = failed(authentication_error, phase::auth, reply_of(535, {}, "wrong"));
    std::string const line = explain(refused, "this provider wants an app password");
    CHECK(says(line, "not sent (auth): 535 wrong"));
    CHECK(says(line, "app password"));
}

TEST_CASE("in doubt is said aloud") {
    auto lost = failed(server_disconnected, phase::end_of_data);
    lost.in_doubt = true;
    CHECK(says(explain(lost), "may or may not have arrived (end_of_data)"));
    CHECK(says(explain(lost), "before you send it again"));
}

TEST_CASE("the server's words cannot forge a line or move the cursor") {
    auto const evil = failed(data_error, phase::end_of_data, reply_of(554, {}, "no\x1b[2J\rpostrider: sent"));
    for (std::string const& line : {explain(evil), explain(error(exit_code::bad_data, "bad\nname\x1b[1m"))})
        for (char c : line) CHECK(static_cast<unsigned char>(c) >= 0x20);
}
