#include <doctest/doctest.h>

#include <ctime>
#include <postrider/folder/mbox.hpp>
#include <string>
#include <vector>

using namespace postrider;
using folder::mbox_variant;

namespace {

std::vector<folder::mbox_entry> read(std::string_view octets, folder::mbox_read_options options = {}) {
    std::vector<folder::mbox_entry> all;
    for (auto const& entry : folder::mbox_reader(octets, options)) all.push_back(entry);
    return all;
}

std::vector<std::string> messages(std::string_view octets, folder::mbox_read_options options = {}) {
    std::vector<std::string> all;
    for (auto const& entry : folder::mbox_reader(octets, options)) all.emplace_back(entry.octets);
    return all;
}

using texts = std::vector<std::string>;

std::string with_crlf(std::string_view text) {
    std::string out;
    for (char c : text) out += c == '\n' ? std::string("\r\n") : std::string(1, c);
    return out;
}

}  // namespace

TEST_CASE("an mbox is a row of messages, each a view with its place") {
    std::string const mbox =
        "From ann@example.com Sat Nov 21 06:21:28 2026\nSubject: one\n\nHi\n\n"
        "From bob@example.net Sun Nov 22 06:21:28 2026\nSubject: two\n\nHo\n\n";
    auto const all = read(mbox);
    REQUIRE(all.size() == 2);
    CHECK(all[0].envelope_line == "From ann@example.com Sat Nov 21 06:21:28 2026");
    CHECK(all[0].octets == "Subject: one\n\nHi\n");
    CHECK(all[0].offset == 0);
    CHECK(all[1].octets == "Subject: two\n\nHo\n");
    CHECK(mbox.substr(all[1].offset).starts_with("From bob"));
    CHECK(all[1].octets.data() >= mbox.data());
}

TEST_CASE("lines end with CRLF as well") {
    auto const all = read("From a Sat\r\nSubject: one\r\n\r\nHi\r\n\r\nFrom b Sun\r\n\r\nHo\r\n\r\n");
    REQUIRE(all.size() == 2);
    CHECK(all[0].envelope_line == "From a Sat");
    CHECK(all[0].octets == "Subject: one\r\n\r\nHi\r\n");
    CHECK(all[1].octets == "\r\nHo\r\n");
}

TEST_CASE("one blank line belongs to the mbox, all others to the message") {
    CHECK(messages("From a\nX: y\n\nHi\n\n\n\nFrom b\n\n") == texts{"X: y\n\nHi\n\n\n", ""});
    CHECK(messages("From a\nX: y\n\nHi") == texts{"X: y\n\nHi"});
    CHECK(messages("From a\nX: y\n\nHi\n") == texts{"X: y\n\nHi\n"});
    CHECK(messages("From a") == texts{""});
    CHECK(messages("From a\n") == texts{""});
    CHECK(messages("From a\n\n") == texts{""});
    CHECK(messages("From a\n\nFrom b\n\nFrom c\n") == texts{"", "", ""});
}

TEST_CASE("what stands in front of the first From_ line is set aside") {
    folder::mbox_reader const reader("junk\nFrom x\n\nFrom a\nX: y\n\nHi\n");
    CHECK(reader.leading_octets() == "junk\nFrom x\n\n");
    CHECK((*reader.begin()).offset == 13);
    CHECK(folder::mbox_reader("no mbox").leading_octets() == "no mbox");
    CHECK(read("no mbox").empty());
    CHECK(read("").empty());
    CHECK(messages("\nFrom a\nX: y\n") == texts{"X: y\n"});
}

TEST_CASE("a From_ line stands behind a blank line, unless told otherwise") {
    std::string_view const mbox = "From a\nX: y\n\nHi\nFrom here on\nFrom b\n\nFrom c\n";
    CHECK(messages(mbox) == texts{"X: y\n\nHi\nFrom here on\nFrom b\n", ""});
    CHECK(messages(mbox, {.needs_blank_line = false}) == texts{"X: y\n\nHi\n", "", "", ""});
}

TEST_CASE("a From_ line can be asked to tell the time") {
    std::string_view const mbox =
        "From a Sat Nov 21 06:21:28 2026\nX: y\n\nFrom here on: 12:3 and 1:23\n\nFrom now\n\nFrom b Sat 6:21 2026\n";
    CHECK(messages(mbox, {.needs_time = true}).size() == 3);
    CHECK(messages("From a Sat Nov 21 06:21:28 2026\nX: y\n\nFrom here on\n", {.needs_time = true}) ==
          texts{"X: y\n\nFrom here on\n"});
}

TEST_CASE("From_ lines are found wherever they stand") {
    for (std::size_t gap = 0; gap < 70; ++gap) {
        std::string const body(gap, 'F');
        std::string const mbox = "From a\n" + body + "\n\nFrom b\n" + body + "\n\nFro\n\n\nFrom c";
        CHECK(messages(mbox) == texts{body + "\n", body + "\n\nFro\n\n", ""});
        CHECK(messages(with_crlf(mbox)).size() == 3);
    }
}

TEST_CASE("mboxcl2: a length that leads to a From_ line hides one inside the message") {
    std::string_view const mbox = "From a\nContent-Length: 13\n\nHi\n\nFrom Bob\n\nFrom b\nX: y\n\nHo\n";
    CHECK(messages(mbox, {.variant = mbox_variant::mboxcl2}) ==
          texts{"Content-Length: 13\n\nHi\n\nFrom Bob\n", "X: y\n\nHo\n"});
    CHECK(messages(mbox).size() == 3);
    CHECK(messages(with_crlf("From a\ncontent-length:  9\n\nHi\n\nx\n\nFrom b\n"), {.variant = mbox_variant::mboxcl}) ==
          texts{with_crlf("content-length:  9\n\nHi\n\nx\n"), ""});
}

TEST_CASE("hazard 118: a Content-Length that lies is as good as none") {
    for (std::string_view length :
         {"0", "1", "3", "5", "400", "99999999999999999999999", "-3", "x", "", "18446744073709551615"}) {
        CAPTURE(length);
        std::string const mbox = "From a\nContent-Length: " + std::string(length) + "\n\nHi\n\nFrom b\n\nHo\n";
        auto const all = messages(mbox, {.variant = mbox_variant::mboxcl2});
        REQUIRE(all.size() == 2);
        CHECK(all[0].ends_with("\n\nHi\n"));
    }
}

TEST_CASE("hazard 118: malformed From_ lines and lying lengths take linear time and grow nothing") {
    auto const seconds_for = [](int count) {
        std::string mbox;
        for (int i = 0; i < count; ++i) mbox += "From \nContent-Length: 7\n>>From x\n\nFrom\n\n";
        auto const begun = std::clock();
        std::size_t entries = 0;
        for (auto variant : {mbox_variant::mboxrd, mbox_variant::mboxcl2})
            for (bool needs : {false, true})
                for (auto const& entry : folder::mbox_reader(mbox, {variant, needs, needs}))
                    entries += !entry.octets.empty();
        CHECK(entries > 0);
        return static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
    };
    CHECK(seconds_for(200'000) < 5);  // 8 MB; a second scan of what lies behind each entry would take an hour
}

TEST_CASE("which variant a file is of shows in its lengths") {
    using folder::guess_mbox_variant;
    CHECK(guess_mbox_variant("From a\nX: y\n\nHi\n\nFrom b\n\nHo\n") == mbox_variant::mboxrd);
    CHECK(guess_mbox_variant("From a\nContent-Length: 3\n\nHi\n\nFrom b\nContent-Length: 3\n\nHo\n") ==
          mbox_variant::mboxcl);
    CHECK(guess_mbox_variant("From a\nContent-Length: 11\n\nHi\n\nFrom x\n\nFrom b\nContent-Length: 3\n\nHo\n") ==
          mbox_variant::mboxcl2);
    CHECK(guess_mbox_variant("From a\nContent-Length: 3\n\nHi\n\nFrom b\nContent-Length: 77\n\nHo\n") ==
          mbox_variant::mboxrd);
    CHECK(guess_mbox_variant("") == mbox_variant::mboxrd);
}

TEST_CASE("quoted From_ lines lose one mark, and what has none is not copied") {
    auto const unquoted = [](std::string_view octets) {
        return std::string(folder::unquote_from_lines(octets).octets());
    };
    CHECK(unquoted("a\n>From b\n>>From c\n>From\n> From d\n >From e\n>from f\n") ==
          "a\nFrom b\n>From c\n>From\n> From d\n >From e\n>from f\n");
    CHECK(unquoted(">From a") == "From a");
    CHECK(unquoted(">>>From >From \n") == ">>From >From \n");
    CHECK(unquoted("\n>From \r\n") == "\nFrom \r\n");
    CHECK_FALSE(folder::unquote_from_lines("From a\nx >From b\n").is_copy());
    for (std::string octets : {"From a\n>From b\r\nx From\n", "", "\n", ">>From a"}) {
        auto const quoted = folder::quote_from_lines(octets);
        auto const end = octets.empty() || octets.ends_with('\n') ? "" : "\n";
        CHECK(folder::unquote_from_lines(quoted).octets() == octets + end);
        CHECK_FALSE(quoted.starts_with("From "));
    }
    CHECK(folder::unquote_from_lines(">From ").is_copy());
}

TEST_CASE("a From_ line tells who and when") {
    auto const told = folder::parse_envelope_line("From ann@example.com Sat Nov 21 06:21:28 2026");
    CHECK(told.address == "ann@example.com");
    REQUIRE(told.date);
    CHECK(told.date->when.time_since_epoch().count() == 1795242088);
    CHECK(folder::parse_envelope_line("From -  Thu Nov  5 06:21:28 2026").date);
    CHECK(folder::parse_envelope_line("From a@b Sat Nov 21 06:21:28 2026 remote from host").date);
    for (std::string_view bad :
         {"From", "From ", "From  ", "From a", "From a b c", "", "From a Sat Nov 99 06:21:28 2026"})
        CHECK_FALSE(folder::parse_envelope_line(bad).date);
    CHECK(folder::parse_envelope_line("From").address == "From");
}

TEST_CASE("a From_ line is written as asctime has it, and nothing breaks out of it") {
    codec::time_point const when{std::chrono::seconds(1793859688)};
    CHECK(folder::format_envelope_line("ann@example.com", when) == "From ann@example.com Thu Nov  5 06:21:28 2026");
    CHECK(folder::format_envelope_line("", when).starts_with("From MAILER-DAEMON Thu"));
    CHECK(folder::format_envelope_line("a b\r\nX: \xff", when).starts_with("From a?b??X:?? Thu"));
    std::string const line = folder::format_envelope_line("a@b", when);
    auto const back = folder::parse_envelope_line(line);
    CHECK(back.address == "a@b");
    CHECK(back.date->when == when);
}
