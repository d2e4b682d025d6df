#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>

#include "store/sqlite.hpp"
#include "store/store.hpp"

using namespace postrider;
using namespace postrider::devserver;

namespace {

struct temporary_file {
    std::string path =
        (std::filesystem::temp_directory_path() / ("postrider_schema_" + std::to_string(::getpid()))).string();
    temporary_file() { remove(); }
    ~temporary_file() { remove(); }
    void remove() const {
        for (auto end : {"", "-wal", "-shm"}) std::filesystem::remove(path + end);
    }
};

// What the first version of the program left behind: two messages, the second of which is read.
constexpr char first_version[] = R"(
    CREATE TABLE message (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, sender TEXT NOT NULL,
        recipients TEXT NOT NULL, subject TEXT NOT NULL, date TEXT NOT NULL, received INTEGER NOT NULL,
        size INTEGER NOT NULL, unread INTEGER NOT NULL, discarded INTEGER NOT NULL);
    CREATE TABLE content (seq INTEGER PRIMARY KEY REFERENCES message ON DELETE CASCADE, octets BLOB NOT NULL);
    CREATE TABLE transcript (seq INTEGER NOT NULL REFERENCES message ON DELETE CASCADE, n INTEGER NOT NULL,
        at INTEGER NOT NULL, side INTEGER NOT NULL, line TEXT NOT NULL, PRIMARY KEY (seq, n)) WITHOUT ROWID;
    INSERT INTO message VALUES (3, 'aa', 'me@example.com', 'a@example.net', 'old', '', 1000, 40, 1, 0);
    INSERT INTO message VALUES (7, 'bb', 'me@example.com', 'b@example.net', 'older', '', 2000, 40, 0, 0);
    INSERT INTO content VALUES (3, CAST('Subject: old' || char(13,10,13,10) || 'the words inside' AS BLOB));
    INSERT INTO content VALUES (7, CAST('Subject: older' || char(13,10) AS BLOB));
    INSERT INTO transcript VALUES (3, 1, 1000, 1, '220 hi');
    INSERT INTO transcript VALUES (3, 2, 1001, 0, 'EHLO x');
)";

}  // namespace

TEST_CASE("a file of the first version is brought up to date, its messages searched and shown as new ones") {
    temporary_file file;
    sqlite::database(file.path).run(first_version);
    for (int opened = 0; opened < 2; ++opened) {
        store kept(file.path, {});
        auto const [total, unread] = kept.count();
        CHECK(total == 2);
        CHECK(unread == 1);
        auto const message = kept.find("aa");
        REQUIRE(message);
        CHECK(message->preview == "the words inside");
        CHECK(message->inbox.empty());
        complaint why;
        auto const found = kept.search({*parse_search_query("\"words inside\"", why), {}}, store::deadline::max());
        CHECK(found->places == std::vector<place>{3});
        auto const lines = kept.transcript("aa");
        REQUIRE(lines);
        REQUIRE(lines->size() == 2);
        CHECK((*lines)[0].from == trace_side::server);
        CHECK((*lines)[1].line == "EHLO x");
        CHECK(kept.transcript("bb")->empty());
        CHECK(kept.envelope("bb") == "{}");
        CHECK(kept.sizes_with_crlf() == std::map<std::string, std::uint64_t>{{"aa", 34}});
    }
    store(file.path, {}).clear();
    CHECK(store(file.path, {}).count().total == 0);
}

TEST_CASE("a file of a later version is refused, and left as it is") {
    temporary_file file;
    sqlite::database(file.path).run("PRAGMA user_version = 99; CREATE TABLE unknown (x)");
    CHECK_THROWS_AS(store(file.path, {}), std::system_error);
    sqlite::database again(file.path);
    sqlite::statement version(again, "PRAGMA user_version");
    CHECK(version.step());
    CHECK(version.integer(0) == 99);
}
