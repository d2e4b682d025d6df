#include "store/ledger.hpp"

#include <doctest/doctest.h>

using namespace postrider::devserver;

namespace {

using places = std::vector<place>;

ledger of_ten() {
    ledger book;
    for (place at = 1; at <= 10; ++at) book.add({at, at % 2 ? "odd" : "", true, {"all", at > 8 ? "late" : "early"}});
    return book;
}

}  // namespace

TEST_CASE("an account counts all, each inbox and each tag") {
    auto book = of_ten();
    CHECK(book.count().total == 10);
    CHECK(book.count("odd").total == 5);
    CHECK(book.count("").total == 5);
    CHECK(book.count("nowhere").total == 0);
    CHECK(book.tags() == std::map<std::string, std::uint64_t>{{"all", 10}, {"early", 8}, {"late", 2}});
    CHECK(book.inboxes().size() == 2);
}

TEST_CASE("a page counts from the newest, in all or in one inbox") {
    auto const book = of_ten();
    CHECK(book.page({}, 3, 0) == places{10, 9, 8});
    CHECK(book.page({}, 3, 8) == places{2, 1});
    CHECK(book.page("odd", 2, 1) == places{7, 5});
    CHECK(book.page({}, UINT64_MAX, UINT64_MAX).empty());
    CHECK(book.older({}, 4, 2) == places{3, 2});
    CHECK(book.older("odd", 4, 9) == places{3, 1});
    CHECK(book.older({}, 1, 2).empty());
    CHECK(book.oldest(2) == places{1, 2});
}

TEST_CASE("what is read, tagged and taken away is counted once") {
    auto book = of_ten();
    book.change({9, "odd", true, {"all", "late"}}, {9, "odd", false, {"all"}});
    CHECK(book.count().unread == 9);
    CHECK(book.count("odd").unread == 4);
    CHECK(book.tags().at("late") == 1);
    book.remove({9, "odd", false, {"all"}});
    book.remove({9, "odd", false, {}});
    CHECK(book.count().total == 9);
    CHECK(book.count("odd").unread == 4);
    for (place at : {1, 3, 5, 7}) book.remove({at, "odd", true, {"all", "early"}});
    CHECK(book.inboxes().size() == 1);
    book.clear();
    CHECK(book.count().total == 0);
    CHECK(book.tags().empty());
}
