#include <postrider/codec/encoded_word.hpp>
#include <random>

#include "support.hpp"

using namespace postrider;

namespace {

std::string subject(std::string text) {
    auto mail = minimal();
    mail.subject(std::move(text));
    return field_of(rendered(mail), "Subject");
}

/// Folded, it keeps to the line length, and a reader gets the text back.
void round_trips(std::string const& text, std::size_t longest = 78) {
    auto mail = minimal();
    mail.subject(text);
    auto octets = rendered(mail);
    auto field = field_of(octets, "Subject");
    INFO(text, " => ", field);
    CHECK(codec::decode_words(unfolded(field)).text == text);
    CHECK(longest_line(header_of(octets)) <= longest);
    CHECK(field.find("\r\n\r\n") == field.npos);
    CHECK(field.find(" \r\n") == field.npos);
}

}  // namespace

TEST_CASE("a subject is folded where a blank stands, and encoded where it must be") {
    CHECK(subject("short") == "short");
    CHECK(subject("") == "");
    round_trips(repeated("word ", 60) + "end");
    round_trips(repeated("слово ", 60) + "end");
    round_trips("plain words in front of 邮件测试 and plain words behind, long enough for a second line");
    round_trips(repeated("邮件测试", 50));
    round_trips("=?utf-8?q?not_one?= indeed");
    round_trips(" leading and trailing ");
    round_trips("a" + std::string(60, ' ') + "b");
    round_trips("a" + std::string(2000, ' ') + "b");
    round_trips("tab\tand  two  blanks " + repeated("x ", 60) + "y");
    round_trips("é  ü   ö");
    round_trips("ends in é ");
    round_trips(std::string(300, ' '));
    round_trips(repeated("x", 120), 998);
    round_trips(repeated("x", 3000), 998);
    round_trips("a " + repeated("x", 3000) + " b", 998);
    round_trips(repeated("\xf0\x9f\x98\x80", 100));
}

TEST_CASE("subjects of random words round-trip") {
    std::mt19937 random(1);
    char const* words[] = {
        "a", "word", "é", "邮件", " ", "  ", "=?", "?=", "\t", "\xf0\x9f\x98\x80", "averyveryverylongword"};
    for (int i = 0; i < 3000; ++i) {
        std::string text;
        for (auto left = random() % 40; left > 0; --left) {
            text += words[random() % std::size(words)];
            if (random() % 2) text += ' ';
        }
        round_trips(text, 998);
    }
}

TEST_CASE("address lists fold at commas") {
    auto mail = minimal();
    for (int i = 0; i < 40; ++i)
        mail.cc(mime::mailbox{i % 2 ? "Übersetzer, Nummer " + std::to_string(i) : "Plain",
                              "someone" + std::to_string(i) + "@example.com"});
    auto octets = rendered(mail);
    CHECK(longest_line(header_of(octets)) <= 78);
    auto cc = unfolded(field_of(octets, "Cc"));
    CHECK(mime::mailboxes(mime::parse_address_list(cc).value()) == mail.addresses("Cc"));
}

TEST_CASE("groups, long names and long addresses round-trip") {
    auto mail = minimal();
    mail.cc(mime::group{"Us, all", {{"Ann", "a@b"}, {"测试", "c@d"}}}).cc("Nobody: ;");
    mail.cc(mime::mailbox{repeated("very long name ", 40) + "x", repeated("a", 300) + "@" + repeated("b", 300)});
    mail.cc(mime::mailbox{repeated("长名字", 60), "e@f"});
    auto octets = rendered(mail);
    CHECK(longest_line(header_of(octets)) <= 998);
    auto back = mime::parse_address_list(unfolded(field_of(octets, "Cc"))).value();
    CHECK(mime::mailboxes(back) == mail.addresses("Cc"));
    CHECK(back.size() == 4);
    CHECK(back[0].name == "Us, all");
    CHECK(back[1].is_group);
}

TEST_CASE("identifiers are folded and never encoded") {
    auto mail = minimal();
    mail["References"] = repeated("<0123456789012345678901234567890123456789@example.com> ", 10) + "<last@example.com>";
    mail["List-Unsubscribe"] = "<https://example.com/" + repeated("u", 300) + ">";
    auto octets = rendered(mail);
    CHECK(unfolded(field_of(octets, "References")) == mail["References"]);
    CHECK(field_of(octets, "List-Unsubscribe") == mail["List-Unsubscribe"]);
    CHECK(thrown([&] { mail["In-Reply-To"] = "<" + repeated("x", 2000) + ">"; }) == mime::errc::bad_field_body);
}

TEST_CASE("parameters are folded, and what is not ASCII takes the extended form") {
    auto mail = minimal();
    mail.attach_data(repeated("长", 60) + ".pdf", "x");
    auto octets = rendered(mail);
    CHECK(octets.find("filename*0*=utf-8''") != octets.npos);
    CHECK(longest_line(octets) <= 78);
}
