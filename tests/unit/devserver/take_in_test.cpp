#include "take_in.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace postrider;
using namespace postrider::devserver;

namespace {

new_message mail(std::string const& subject) {
    new_message fresh;
    fresh.octets = "Subject: " + subject + "\r\n\r\nhello\r\n";
    fresh.describe_itself();
    return fresh;
}

/// What a feed told, in the order it did: "+1" for a message that came, "-1" for one that went.
struct told {
    explicit told(feed& by)
        : listening(by, [this](change const& news) {
              if (news.kind == change::added) words += " +" + news.message.subject;
              if (news.kind == change::removed) words += " -" + news.message.subject;
              if (news.kind == change::cleared) words += " cleared";
          }) {}
    std::string words;
    feed::subscription listening;
};

}  // namespace

TEST_CASE("who listens is told of a message that comes, and then of the one that goes for it") {
    store kept("", {.messages = 2});
    feed changes;
    told by(changes);
    for (auto subject : {"1", "2", "3", "4"}) take_in(mail(subject), kept, changes);
    CHECK(by.words == " +1 +2 +3 -1 +4 -2");
}

TEST_CASE("the only message that is kept is the last, and it is told as any") {
    store kept("", {.messages = 1});
    feed changes;
    told by(changes);
    take_in(mail("a"), kept, changes);
    CHECK(kept.find(take_in(mail("b"), kept, changes).id)->subject == "b");
    CHECK(by.words == " +a +b -a");
}

TEST_CASE("more than a hundred that go at once are told as one") {
    store kept("", {.messages = 10});
    feed changes;
    told by(changes);
    for (int i = 0; i < 110; ++i) kept.add(mail("old"));
    take_in(mail("new"), kept, changes);
    CHECK(by.words == " +new cleared");
    CHECK(kept.count().total == 10);
}
