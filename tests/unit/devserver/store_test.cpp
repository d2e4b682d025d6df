#include "store.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
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
    fresh.subject = std::move(subject);
    return fresh;
}

std::vector<std::string> subjects(message_page const& page) {
    std::vector<std::string> all;
    for (auto const& message : page.messages) all.push_back(message.subject);
    return all;
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
    store kept("", 0, machine);
    auto fresh = mail("hi");
    fresh.to = {"a@example.net", "用户@例子.中国"};
    fresh.date = "Sun, 1 Mar 2026 12:34:56 +0000";
    for (int octet = 0; octet < 256; ++octet) fresh.octets += static_cast<char>(octet);
    fresh.size = fresh.octets.size();
    auto id = kept.add(fresh).id;

    auto found = kept.find(id);
    REQUIRE(found);
    CHECK(found->from == "me@example.com");
    CHECK(found->to == fresh.to);
    CHECK(found->subject == "hi");
    CHECK(found->date == fresh.date);
    CHECK(found->received == machine.time);
    CHECK(found->size == fresh.octets.size());
    CHECK(found->unread);
    CHECK_FALSE(found->discarded);
    CHECK(kept.octets(id) == fresh.octets);
}

TEST_CASE("a list is newest first, in pages") {
    store kept("", 0);
    for (auto name : {"one", "two", "three", "four"}) kept.add(mail(name));
    CHECK(subjects(kept.list(10, 0, "")) == texts{"four", "three", "two", "one"});
    CHECK(subjects(kept.list(2, 1, "")) == texts{"three", "two"});
    CHECK(kept.list(2, 1, "").total == 4);
    CHECK(subjects(kept.list(10, 9, "")).empty());
    CHECK(subjects(kept.list(UINT64_MAX, UINT64_MAX, "")).empty());
}

TEST_CASE("a query finds part of sender, recipient or subject, without case") {
    store kept("", 0);
    kept.add(mail("Your Invoice"));
    kept.add(mail("测试邮件", "alice@example.org"));
    CHECK(subjects(kept.list(10, 0, "invoice")) == texts{"Your Invoice"});
    CHECK(subjects(kept.list(10, 0, "ALICE@")) == texts{"测试邮件"});
    CHECK(subjects(kept.list(10, 0, "试邮")) == texts{"测试邮件"});
    CHECK(kept.list(10, 0, "me@example.com").total == 2);
    CHECK(kept.list(10, 0, "nobody").total == 0);
}

TEST_CASE("hazard 196: a query's own signs stand for themselves") {
    store kept("", 0);
    kept.add(mail("100% of it"));
    kept.add(mail("100 of it_"));
    kept.add(mail("back\\slash"));
    CHECK(subjects(kept.list(10, 0, "0%")) == texts{"100% of it"});
    CHECK(subjects(kept.list(10, 0, "t_")) == texts{"100 of it_"});
    CHECK(subjects(kept.list(10, 0, "k\\s")) == texts{"back\\slash"});
    CHECK(kept.list(10, 0, ".*").total == 0);
}

TEST_CASE("hazard 183: text that looks like SQL is text") {
    store kept("", 0);
    auto hostile = std::string("'); DROP TABLE message; --");
    auto id = kept.add(mail(hostile, hostile)).id;
    CHECK(kept.list(10, 0, hostile).total == 1);
    CHECK_FALSE(kept.find("' OR 1=1 --"));
    CHECK_FALSE(kept.remove("' OR 1=1 --"));
    CHECK(kept.find(id)->subject == hostile);
}

TEST_CASE("hazard 191: an id is no path, and cannot be told from the one before") {
    store kept("", 0);
    auto first = kept.add(mail("a")).id, second = kept.add(mail("b")).id;
    CHECK(first != second);
    for (auto const& id : {first, second}) {
        CHECK(id.size() == 16);
        CHECK(id.find_first_not_of("0123456789abcdef") == std::string::npos);
    }
    CHECK_FALSE(kept.octets("../../etc/passwd"));
}

TEST_CASE("hazard 199: the oldest messages go when there are too many") {
    store kept("", 3);
    auto first = kept.add(mail("1")).id;
    for (auto name : {"2", "3", "4", "5"}) kept.add(mail(name));
    CHECK(subjects(kept.list(10, 0, "")) == texts{"5", "4", "3"});
    CHECK(kept.list(10, 0, "").total == 3);
    CHECK_FALSE(kept.octets(first));
    CHECK_FALSE(kept.transcript(first));
}

TEST_CASE("a message is unread until it is read, and there until it is removed") {
    store kept("", 0);
    auto id = kept.add(mail("a")).id;
    kept.mark_read(id);
    CHECK_FALSE(kept.find(id)->unread);
    CHECK(kept.remove(id));
    CHECK_FALSE(kept.remove(id));
    CHECK_FALSE(kept.find(id));
    CHECK_FALSE(kept.octets(id));
    kept.add(mail("b"));
    kept.clear();
    CHECK(kept.list(10, 0, "").total == 0);
}

TEST_CASE("a transcript keeps its order, and lines that come later") {
    fixed_host machine;
    store kept("", 0, machine);
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
    store kept("", 0);
    kept.add(mail("Welcome", "a@example.net"));
    auto second = kept.add(mail("welcome back", "a@example.net")).id;
    kept.add(mail("other", "b@example.net"));
    CHECK(kept.newest("A@example.net", "WELCOME")->id == second);
    CHECK(kept.newest("*@example.net", "")->subject == "other");
    CHECK(kept.newest("", "elcome b")->id == second);
    CHECK_FALSE(kept.newest("a", ""));
    CHECK_FALSE(kept.newest("", "nothing"));
}

TEST_CASE("a store in a file is there again after a restart, and pruned to its new size") {
    temporary_file file;
    std::string id;
    {
        store kept(file.path, 0);
        kept.add(mail("old"));
        id = kept.add(mail("new")).id;
    }
    store again(file.path, 1);
    CHECK(subjects(again.list(10, 0, "")) == texts{"new"});
    CHECK(again.octets(id) == mail("new").octets);
}

TEST_CASE("a file that is no store is refused, and left as it is") {
    temporary_file file;
    std::ofstream(file.path) << "this is a letter, and not a database at all, whatever its name may say of it";
    CHECK_THROWS_AS(store(file.path, 0), std::system_error);
    CHECK(std::filesystem::file_size(file.path) == 76);
    CHECK_THROWS_AS(store("/nowhere/at/all.db", 0), std::system_error);
}

TEST_CASE("hazard 198: many threads may use one store") {
    store kept("", 50);
    auto work = [&] {
        for (int i = 0; i < 50; ++i) {
            auto id = kept.add(mail("x")).id;
            kept.list(5, 0, "x");
            kept.octets(id);
        }
    };
    std::thread other(work);
    work();
    other.join();
    CHECK(kept.list(1, 0, "").total == 50);
}

TEST_CASE("hazard 199: a list of 100,000 messages comes within 100 ms") {
    store kept("", 0);
    for (int i = 0; i < 100'000; ++i) kept.add(mail("message " + std::to_string(i)));
    auto start = std::chrono::steady_clock::now();
    CHECK(kept.list(50, 0, "").total == 100'000);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::milliseconds(100));
    CHECK(kept.list(50, 0, "message 99999").total == 1);
}
