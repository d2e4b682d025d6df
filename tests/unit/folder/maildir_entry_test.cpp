#include <doctest/doctest.h>

#include <algorithm>
#include <postrider/folder/maildir_entry.hpp>
#include <string>
#include <vector>

using postrider::folder::maildir_entry;

namespace {

maildir_entry named(std::string_view name) {
    return maildir_entry::from_name(name, false);
}

}  // namespace

TEST_CASE("a name holds the message's key and its flags") {
    auto const entry = named("1795242088.M1P2Q3.host,S=12,W=14:2,FRS");
    CHECK(entry.unique == "1795242088.M1P2Q3.host,S=12,W=14");
    CHECK(entry.info == "2,FRS");
    CHECK(entry.flags() == "FRS");
    CHECK(entry.has_flag('R'));
    CHECK_FALSE(entry.has_flag('T'));
    CHECK(entry.file_name() == "1795242088.M1P2Q3.host,S=12,W=14:2,FRS");
}

TEST_CASE("odd names are names, and stay as they are") {
    for (std::string_view name : {"", ":", "a", "a:2,", "a:2", "a:1,exp", "a:b:2,S", "a:2,S,x=y", "a\n\x1b[31m:2,S",
                                  ":2,S", "\xff:2,\xff", "cur:2,SS"}) {
        CAPTURE(name);
        auto const entry = named(name);
        if (name != ":") CHECK(entry.file_name() == name);
        CHECK(entry.unique == name.substr(0, name.find(':')));
    }
    CHECK(named("a:2,SFS").flags() == "FS");
    CHECK(named("a:2,Sab").flags() == "Sab");
    CHECK(named("a:1,S").flags().empty());
    CHECK(named("a:b:2,S").flags().empty());
}

TEST_CASE("new flags keep what others wrote behind them") {
    CHECK(named("a").info_with("") == "2,");
    CHECK(named("a").info_with("SRFS") == "2,FRS");
    CHECK(named("a:2,Sab").info_with("T") == "2,T");
    CHECK(named("a:2,S,x=y").info_with("TS") == "2,ST,x=y");
    CHECK(named("a:1,whatever").info_with("S") == "2,S");
}

TEST_CASE("messages stand in the order of their delivery") {
    std::vector<std::string> const in_order = {"",
                                               "9.x",
                                               "10.M5P1.a",
                                               "10.M5P2.a",
                                               "10.M40P1.a",
                                               "10.M40P1.b",
                                               "1795242088.1.a",
                                               "01795242088.2.a",
                                               "99999999999999999999999999.x",
                                               "msg.1",
                                               "msg.2",
                                               "msg.10",
                                               "msg.10x"};
    for (std::size_t a = 0; a < in_order.size(); ++a)
        for (std::size_t b = 0; b < in_order.size(); ++b)
            CHECK(delivered_before(named(in_order[a]), named(in_order[b])) == (a < b));
    CHECK(delivered_before(named("01.x"), named("1.x")));
    CHECK_FALSE(delivered_before(named("1.x"), named("01.x")));
}
