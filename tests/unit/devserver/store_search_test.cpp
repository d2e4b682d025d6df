#include <doctest/doctest.h>

#include <chrono>
#include <postrider/core/limits.hpp>

#include "fixed_host.hpp"
#include "store/store.hpp"

using namespace postrider;
using namespace postrider::devserver;

namespace {

using texts = std::vector<std::string>;

std::string add(store& to, std::string octets, std::string from = "me@example.com",
                std::string recipient = "you@example.net", std::string inbox = {}) {
    new_message fresh;
    fresh.from = std::move(from);
    fresh.to = {std::move(recipient)};
    fresh.size = octets.size();
    fresh.octets = std::move(octets);
    fresh.inbox = std::move(inbox);
    fresh.describe_itself();
    return to.add(fresh).id;
}

texts found(store const& in, std::string_view query, std::optional<std::string> inbox = {}) {
    complaint why;
    auto parsed = parse_search_query(query, why);
    INFO(query << ": " << why.text);
    REQUIRE(parsed.has_value());
    auto const all = in.search({*parsed, std::move(inbox)}, store::deadline::max());
    REQUIRE(all);
    texts subjects;
    for (auto const& message : in.at(all->places)) subjects.push_back(message.subject);
    return subjects;
}

bool finds(store const& in, std::string_view query) {
    return !found(in, query).empty();
}

}  // namespace

TEST_CASE("words are looked for in addresses, header, text, HTML without its tags, and names of files") {
    store kept("", {});
    add(kept,
        "From: Ann Author <ann@home.example>\r\nTo: Bob <bob@work.example>\r\nCc: carol@work.example\r\n"
        "Subject: =?utf-8?Q?Caf=C3=A9_opens?=\r\nX-Campaign: spring-42\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        "Gr=FC=DFe aus\r\n  M=FCnchen\r\n"
        "--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        "PHA+dGhlIDxiPnF1aTwvYj5jayBmb3gmYW1wOyBmcmllbmRzPC9wPjxzY3JpcHQ+aGlkZGVuPC9zY3JpcHQ+\r\n"
        "--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; "
        "filename=\"Invoice-7.pdf\"\r\n\r\n%PDF\r\n"
        "--b--\r\n",
        "bounce@lists.example", "bob+x@work.example");
    for (auto query : {"BOUNCE@lists",  "bob+x",       "ann@home",        "\"Ann Author\"",
                       "carol",         "CAFÉ",        "opens",           "spring-42",
                       "x-campaign",    "GRÜßE",       "\"aus münchen\"", "\"the quick fox& friends\"",
                       "invoice-7.pdf", "from:bounce", "from:author",     "to:BOB+x",
                       "to:\"Bob\"",    "cc:carol",    "subject:café",    "has:attachment"}) {
        INFO(query);
        CHECK(finds(kept, query));
    }
    for (auto query : {"hidden", "<b>", "script", "from:bob", "to:carol", "cc:bob", "subject:ann", "-café",
                       "quick -fox", "-has:attachment"}) {
        INFO(query);
        CHECK_FALSE(finds(kept, query));
    }
}

TEST_CASE("case is none beyond ASCII, and Chinese needs no blanks") {
    store kept("", {});
    add(kept,
        "Subject: =?utf-8?B?0J/RgNC40LLQtdGC?=\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        "ΚΑΛΗΜΕΡΑ ΚΌΣΜΕ, 我们明天在北京开会。\r\n");
    add(kept, "Subject: gb\r\nContent-Type: text/plain; charset=gb18030\r\n\r\n\xB1\xB1\xBE\xA9\r\n");
    CHECK(finds(kept, "ПРИВЕТ"));
    CHECK(finds(kept, "привет"));
    CHECK(finds(kept, "καλημερα"));
    CHECK(finds(kept, "κόσμε"));
    CHECK(finds(kept, "明天在北京"));
    CHECK(found(kept, "北京").size() == 2);
    CHECK_FALSE(finds(kept, "上海"));
}

TEST_CASE("state, size and time are asked of the message itself") {
    fixed_host machine;
    store kept("", {}, machine);
    auto const first = add(kept, "Subject: small\r\n\r\n");
    machine.time += std::chrono::hours(24);
    add(kept, "Subject: large\r\n\r\n" + std::string(3000, 'x'));
    message_change mark;
    mark.unread = false;
    mark.add_tags = {"Done", "a b"};
    kept.change(kept.places_of({&first, 1}), mark);
    CHECK(found(kept, "is:unread") == texts{"large"});
    CHECK(found(kept, "is:read") == texts{"small"});
    CHECK(found(kept, "tag:done") == texts{"small"});
    CHECK(found(kept, "tag:\"A B\"") == texts{"small"});
    CHECK(found(kept, "tag:don").empty());
    CHECK(found(kept, "larger:2K") == texts{"large"});
    CHECK(found(kept, "smaller:2K") == texts{"small"});
    CHECK(found(kept, "before:2026-03-02") == texts{"small"});
    CHECK(found(kept, "after:2026-03-02") == texts{"large"});
    CHECK(found(kept, "after:2026-03-01") == texts{"large", "small"});
    CHECK(found(kept, "before:2026-03-01").empty());
}

TEST_CASE("an inbox has a search of its own") {
    store kept("", {});
    add(kept, "Subject: a\r\n\r\n", "me@example.com", "you@example.net", "team-a");
    add(kept, "Subject: b\r\n\r\n", "me@example.com", "you@example.net", "team-b");
    add(kept, "Subject: c\r\n\r\n");
    CHECK(found(kept, "inbox:team-a") == texts{"a"});
    CHECK(found(kept, "-inbox:team-a") == texts{"c", "b"});
    CHECK(found(kept, "inbox:") == texts{"c"});
    CHECK(found(kept, "you", "team-b") == texts{"b"});
    CHECK(found(kept, "", "") == texts{"c"});
}

TEST_CASE("only so much of a message is looked at") {
    store kept("", {});
    add(kept, "Subject: s\r\n\r\nbegin " + std::string(limits::searched_octets, 'x') + " end-of-all\r\n");
    CHECK(finds(kept, "begin"));
    CHECK_FALSE(finds(kept, "end-of-all"));
}

TEST_CASE("octets that are no text are looked through all the same") {
    store kept("", {});
    std::string octets = "Subject: \xff\xfe\r\n\r\n";
    for (int i = 0; i < 256; ++i) octets += static_cast<char>(i);
    add(kept, octets + " and on", "\xff@example.com");
    CHECK(finds(kept, "\"and on\""));
    CHECK_FALSE(finds(kept, "nothing"));
}

TEST_CASE("hazard 196: a search that takes too long is given up") {
    store kept("", {});
    for (int i = 0; i < 1000; ++i) add(kept, "Subject: s\r\n\r\n");
    complaint why;
    auto const query = *parse_search_query("nowhere", why);
    CHECK_FALSE(kept.search({query, {}}, std::chrono::steady_clock::now() - std::chrono::seconds(1)));
    CHECK(kept.search({query, {}}, store::deadline::max())->places.empty());
}

TEST_CASE("hazard 199: a page of 20,000 messages reads its own rows, whichever page it is") {
    store kept("", {});
    for (int i = 0; i < 20'000; ++i) {
        new_message fresh;
        fresh.to = {"you@example.net"};
        fresh.inbox = i % 2 ? "odd" : "";
        kept.add(fresh);
    }
    auto const effort_of = [&](auto ask) {
        auto const before = kept.done();
        ask();
        auto const after = kept.done();
        CHECK(after.rows_scanned == before.rows_scanned);
        return after.operations - before.operations;
    };
    auto const one_row = effort_of([&] { CHECK(kept.list(1, 0).messages.size() == 1); });
    CHECK(one_row < 100);
    CHECK(effort_of([&] { CHECK(kept.list(50, 0).messages.size() == 50); }) <= 50 * one_row);
    CHECK(effort_of([&] { CHECK(kept.list(50, 19'950).messages.size() == 50); }) <= 50 * one_row);
    CHECK(effort_of([&] { CHECK(kept.list(50, 5'000, "odd").messages.size() == 50); }) <= 50 * one_row);
    CHECK(effort_of([&] { CHECK(kept.count("odd").total == 10'000); }) == 0);
    CHECK(effort_of([&] { CHECK(kept.inboxes().size() == 2); }) == 0);
    CHECK(effort_of([&] { CHECK(kept.tags().empty()); }) == 0);
}
