#include "pop3/sessions.hpp"

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
    CHECK(maildrop_of("team-a", inboxes) == maildrop_of("Team-A", inboxes));
    CHECK(maildrop_of("Ann@example.net", inboxes) == maildrop_of("ann@example.net", inboxes));
    CHECK(maildrop_of("anyone", inboxes) == maildrop_of("somebody", inboxes));
    CHECK(maildrop_of("anyone", inboxes) != maildrop_of("team-a", inboxes));
    CHECK(maildrop_of("b@x", inboxes) != maildrop_of("b@x", {}));
    message.inbox = "";
    CHECK_FALSE(is_mail_of("team-a", inboxes, message));
    CHECK(is_mail_of("team-a", {}, message));
}

TEST_CASE("a maildrop is one session's, and free again when that is over") {
    maildrop_locks locks;
    {
        maildrop_locks::holder first(locks), other(locks), none(locks);
        CHECK_FALSE(first.take("everything"));
        CHECK_FALSE(other.take("inbox a"));
        CHECK(none.take("everything") == std::errc::device_or_resource_busy);
    }
    maildrop_locks::holder next(locks);
    CHECK_FALSE(next.take("everything"));
    // One that was refused frees nothing when it goes.
    for (int i = 0; i < 2; ++i) CHECK(maildrop_locks::holder{locks}.take("everything"));
}
