#include "store/store.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <postrider/codec/dot_stuffing.hpp>
#include <thread>

#include "fixed_host.hpp"

using namespace postrider;
using namespace postrider::devserver;

namespace {

new_message mail(std::string subject, std::string to = "you@example.net") {
    new_message fresh;
    fresh.from = "me@example.com";
    fresh.to = {std::move(to)};
    fresh.octets = "Subject: " + subject + "\r\n\r\nhello\r\n";
    fresh.size = fresh.octets.size();
    fresh.describe_itself();
    return fresh;
}

std::vector<std::string> subjects(std::vector<caught_message> const& messages) {
    std::vector<std::string> all;
    for (auto const& message : messages) all.push_back(message.subject);
    return all;
}

std::vector<std::string> subjects(message_page const& page) {
    return subjects(page.messages);
}

selection meaning(std::string_view query) {
    complaint why;
    auto parsed = parse_search_query(query, why);
    INFO(why.text);
    REQUIRE(parsed.has_value());
    return {*std::move(parsed), {}};
}

std::vector<std::string> found(store const& in, std::string_view query) {
    auto const all = in.search(meaning(query), store::deadline::max());
    REQUIRE(all);
    return subjects(in.at(all->places));
}

bool remove(store& from, std::string const& id) {
    return !from.remove(from.places_of({&id, 1})).empty();
}

using texts = std::vector<std::string>;

struct temporary_file {
    std::string path =
        (std::filesystem::temp_directory_path() / ("postrider_store_" + std::to_string(::getpid()))).string();
    temporary_file() { remove(); }
    ~temporary_file() { remove(); }
    void remove() const {
        for (auto end : {"", "-wal", "-shm"}) std::filesystem::remove(path + end);
    }
};

}  // namespace

TEST_CASE("a message is kept with its envelope, octet for octet") {
    fixed_host machine;
    store kept("", {}, machine);
    auto fresh = mail("hi");
    fresh.to = {"a@example.net", "用户@例子.中国"};
    fresh.described.date = "Sun, 1 Mar 2026 12:34:56 +0000";
    for (int octet = 0; octet < 256; ++octet) fresh.octets += static_cast<char>(octet);
    fresh.size = fresh.octets.size();
    auto id = kept.add(fresh).id;

    auto found = kept.find(id);
    REQUIRE(found);
    CHECK(found->from == "me@example.com");
    CHECK(found->to == fresh.to);
    CHECK(found->subject == "hi");
    CHECK(found->date == fresh.described.date);
    CHECK(found->received == machine.time);
    CHECK(found->size == fresh.octets.size());
    CHECK(found->unread);
    CHECK_FALSE(found->discarded);
    CHECK(kept.octets(id) == fresh.octets);
}

TEST_CASE("the size with CRLF is that of what leaves, and noted only where it is another") {
    store kept("", {});
    auto const many = [](std::size_t count, char c) { return std::string(count, c); };
    texts const bodies{"a\nb\n",
                       "a\rb",
                       "\r\r\n\n\r",
                       "\n",
                       "\r",
                       "x",
                       "\r\nx\n",
                       "a\r\n\r\nb\r\n",
                       "\r\n",
                       "",
                       many(1000, '\n'),
                       many(256, '\r'),
                       many(254, 'x') + "\r\n" + many(300, '\n')};
    for (auto const& octets : bodies) {
        auto fresh = mail("x");
        fresh.octets = octets;
        auto const id = kept.add(fresh).id;
        std::vector<std::string_view> pieces;
        codec::crlf_canonicalizer canonicalizer;
        canonicalizer.canonicalize(octets, pieces);
        canonicalizer.finish(pieces);
        std::uint64_t size = 0;
        for (auto const piece : pieces) size += piece.size();
        auto const sizes = kept.sizes_with_crlf();
        INFO(octets);
        CHECK(sizes.contains(id) == (size != octets.size()));
        if (sizes.contains(id)) CHECK(sizes.at(id) == size);
    }
    kept.clear();
    CHECK(kept.sizes_with_crlf().empty());
}

TEST_CASE("a list is newest first, in pages") {
    store kept("", {});
    for (auto name : {"one", "two", "three", "four"}) kept.add(mail(name));
    CHECK(subjects(kept.list(10, 0)) == texts{"four", "three", "two", "one"});
    CHECK(subjects(kept.list(2, 1)) == texts{"three", "two"});
    CHECK(kept.list(2, 1).total == 4);
    CHECK(subjects(kept.list(10, 9)).empty());
    CHECK(subjects(kept.list(UINT64_MAX, UINT64_MAX)).empty());
}

TEST_CASE("a query finds part of sender, recipient or subject, without case") {
    store kept("", {});
    kept.add(mail("Your Invoice"));
    kept.add(mail("测试邮件", "alice@example.org"));
    CHECK(found(kept, "invoice") == texts{"Your Invoice"});
    CHECK(found(kept, "ALICE@") == texts{"测试邮件"});
    CHECK(found(kept, "试邮") == texts{"测试邮件"});
    CHECK(found(kept, "me@example.com").size() == 2);
    CHECK(found(kept, "nobody").size() == 0);
}

TEST_CASE("hazard 196: a query's own signs stand for themselves") {
    store kept("", {});
    kept.add(mail("100% of it"));
    kept.add(mail("100 of it_"));
    kept.add(mail("back\\slash"));
    CHECK(found(kept, "0%") == texts{"100% of it"});
    CHECK(found(kept, "t_") == texts{"100 of it_"});
    CHECK(found(kept, "k\\s") == texts{"back\\slash"});
    CHECK(found(kept, ".*").size() == 0);
}

TEST_CASE("hazard 183: text that looks like SQL is text") {
    store kept("", {});
    auto hostile = std::string("'); DROP TABLE message; --");
    auto id = kept.add(mail(hostile, hostile)).id;
    CHECK(found(kept, '"' + hostile + '"').size() == 1);
    CHECK_FALSE(kept.find("' OR 1=1 --"));
    CHECK_FALSE(remove(kept, "' OR 1=1 --"));
    CHECK(kept.find(id)->subject == hostile);
}

TEST_CASE("hazard 191: an id is no path, rises with time, and its end cannot be told from the one before") {
    fixed_host machine;
    store kept("", {}, machine);
    auto first = kept.add(mail("a")).id;
    machine.time += std::chrono::milliseconds(1);
    auto second = kept.add(mail("b")).id;
    constexpr std::size_t digits = 22, digits_of_time = 12;
    for (auto const& id : {first, second}) {
        CHECK(id.size() == digits);
        CHECK(id.find_first_not_of("0123456789abcdef") == std::string::npos);
    }
    CHECK(first.substr(0, digits_of_time) < second.substr(0, digits_of_time));
    CHECK(first.substr(digits_of_time) != second.substr(digits_of_time));
    CHECK_FALSE(kept.octets("../../etc/passwd"));
}

TEST_CASE("hazard 199: the oldest messages go when there are too many") {
    store kept("", {.messages = 3});
    auto first = kept.add(mail("1")).id;
    for (auto name : {"2", "3", "4", "5"}) kept.add(mail(name));
    CHECK(kept.prune_by_count().size() == 2);
    CHECK(kept.prune_by_count().empty());
    CHECK(subjects(kept.list(10, 0)) == texts{"5", "4", "3"});
    CHECK(kept.list(10, 0).total == 3);
    CHECK_FALSE(kept.octets(first));
    CHECK_FALSE(kept.transcript(first));
}

TEST_CASE("a message is unread until it is read, and there until it is removed") {
    store kept("", {});
    auto id = kept.add(mail("a")).id;
    message_change read;
    read.unread = false;
    CHECK(kept.change(kept.places_of({&id, 1}), read).size() == 1);
    CHECK(kept.change(kept.places_of({&id, 1}), read).empty());
    CHECK_FALSE(kept.find(id)->unread);
    CHECK(remove(kept, id));
    CHECK_FALSE(remove(kept, id));
    CHECK_FALSE(kept.find(id));
    CHECK_FALSE(kept.octets(id));
    kept.add(mail("b"));
    kept.clear();
    CHECK(kept.list(10, 0).total == 0);
}

TEST_CASE("a transcript keeps its order, and lines that come later") {
    fixed_host machine;
    store kept("", {}, machine);
    auto fresh = mail("a");
    fresh.transcript = {{machine.time, trace_side::server, "220 hi"}, {machine.time, trace_side::client, "EHLO x"}};
    auto id = kept.add(fresh).id;
    kept.append_transcript(id, {{machine.time + std::chrono::milliseconds(5), trace_side::client, "QUIT"}});
    kept.append_transcript("nobody", {{machine.time, trace_side::client, "NOOP"}});
    auto lines = kept.transcript(id);
    REQUIRE(lines);
    REQUIRE(lines->size() == 3);
    CHECK((*lines)[0].from == trace_side::server);
    CHECK((*lines)[1].line == "EHLO x");
    CHECK((*lines)[2].line == "QUIT");
    CHECK((*lines)[2].at - machine.time == std::chrono::milliseconds(5));
}

TEST_CASE("the newest message that answers is found by recipient and subject") {
    store kept("", {});
    kept.add(mail("Welcome", "a@example.net"));
    auto second = kept.add(mail("welcome back", "a@example.net")).id;
    kept.add(mail("other", "b@example.net"));
    CHECK(kept.newest({}, "A@example.net", "WELCOME", store::deadline::max())->id == second);
    CHECK(kept.newest({}, "*@example.net", "", store::deadline::max())->subject == "other");
    CHECK(kept.newest({}, "", "elcome b", store::deadline::max())->id == second);
    CHECK_FALSE(kept.newest({}, "a", "", store::deadline::max()));
    CHECK_FALSE(kept.newest({}, "", "nothing", store::deadline::max()));
}

TEST_CASE("a store in a file is there again after a restart, and pruned to its new size") {
    temporary_file file;
    std::string id;
    {
        store kept(file.path, {});
        kept.add(mail("old"));
        id = kept.add(mail("new")).id;
    }
    store again(file.path, {.messages = 1});
    CHECK(subjects(again.list(10, 0)) == texts{"new"});
    CHECK(again.octets(id) == mail("new").octets);
}

TEST_CASE("a file that is no store is refused, and left as it is") {
    temporary_file file;
    std::ofstream(file.path) << "this is a letter, and not a database at all, whatever its name may say of it";
    CHECK_THROWS_AS(store(file.path, {}), std::system_error);
    CHECK(std::filesystem::file_size(file.path) == 76);
    CHECK_THROWS_AS(store("/nowhere/at/all.db", {}), std::system_error);
}

TEST_CASE("hazard 198: many threads may use one store") {
    store kept("", {.messages = 50});
    auto work = [&] {
        for (int i = 0; i < 50; ++i) {
            auto id = kept.add(mail("x")).id;
            kept.prune_by_count();
            kept.search(meaning("x"), store::deadline::max());
            kept.octets(id);
        }
    };
    std::thread other(work);
    work();
    other.join();
    CHECK(kept.list(1, 0).total == 50);
}

TEST_CASE("hazard 199: a list of 100,000 messages costs what its own rows cost, and the last one is found") {
    store kept("", {});
    for (int i = 0; i < 100'000; ++i) kept.add(mail("message " + std::to_string(i)));
    auto const before = kept.done();
    auto start = std::chrono::steady_clock::now();
    CHECK(kept.list(50, 0).total == 100'000);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::milliseconds(100));
    auto const after = kept.done();
    CHECK(after.rows_scanned == before.rows_scanned);
    CHECK(after.operations - before.operations < 50 * 100);
    CHECK(found(kept, "99999") == texts{"message 99999"});
}
