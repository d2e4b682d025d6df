#include "pop3_sessions.hpp"

#include <doctest/doctest.h>

using namespace postrider::devserver;

TEST_CASE("a POP3 user is an inbox, else an address, else everybody") {
    caught_message message;
    message.to = {"ann@example.net", "bob@example.net"};
    message.inbox = "Team-A";
    std::vector<inbox_rule> const inboxes{{"Team-A", ""}, {"b@x", ""}};
    for (auto user : {"Team-A", "team-a", "ann@example.net", "BOB@example.net", "anyone", ""}) {
        INFO(user);
        CHECK(is_mail_of(user, inboxes, message));
    }
    for (auto user : {"b@x", "carol@example.net", "ann@example.ne"}) {
        INFO(user);
        CHECK_FALSE(is_mail_of(user, inboxes, message));
    }
    message.inbox = "";
    CHECK_FALSE(is_mail_of("team-a", inboxes, message));
    CHECK(is_mail_of("team-a", {}, message));
}
