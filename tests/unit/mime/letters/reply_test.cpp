#include <postrider/mime/parse.hpp>
#include <postrider/mime/reply.hpp>

#include "support.hpp"

using namespace postrider;
using mime::forward_subject;
using mime::reply_options;
using mime::reply_subject;

namespace {

mime::message reply(std::string const& octets, reply_options const& options = {}) {
    return mime::reply_to_message(mime::parse(octets), options);
}

std::string text_of(mime::message const& mail) {
    return mail.text_body()->octets;
}

std::string const usual =
    "From: Ann <ann@example.net>\r\n"
    "To: Me <me@example.com>, Bob <bob@example.net>\r\n"
    "Cc: carol@example.net, ANN@example.net\r\n"
    "Subject: Hello\r\n"
    "Date: Fri, 20 Nov 2026 10:11:12 +0800\r\n"
    "Message-ID: <3@example.net>\r\n"
    "References: <1@example.net> <2@example.net>\r\n"
    "In-Reply-To: <2@example.net>\r\n"
    "\r\n"
    "First line\r\n"
    "> quoted before\r\n"
    "\r\n"
    "Last line\r\n"
    "-- \r\n"
    "Ann, signing\r\n";

}  // namespace

TEST_CASE("an answer goes to the author, continues the thread and quotes the text") {
    auto answer = reply(usual, {.from = "Me <me@example.com>", .text = "Thank you."});
    CHECK(answer["From"] == "Me <me@example.com>");
    CHECK(answer["To"] == "Ann <ann@example.net>");
    CHECK_FALSE(answer.contains("Cc"));
    CHECK(answer["Subject"] == "Re: Hello");
    CHECK(answer["In-Reply-To"] == "<3@example.net>");
    CHECK(answer["References"] == "<1@example.net> <2@example.net> <3@example.net>");
    CHECK(text_of(answer) ==
          "Thank you.\n\nOn Fri, 20 Nov 2026 10:11:12 +0800, Ann wrote:\n"
          "> First line\n>> quoted before\n>\n> Last line\n");
    CHECK(field_of(rendered(answer), "References") == "<1@example.net> <2@example.net> <3@example.net>");
}

TEST_CASE("without a quotation the text stands alone, and a signature may be kept") {
    CHECK(text_of(reply(usual, {.text = "Yes.", .quote = false})) == "Yes.");
    CHECK(text_of(reply(usual, {.keep_signature = true})).ends_with("> Last line\n> --\n> Ann, signing\n"));
}

TEST_CASE("an answer to all leaves out the writer, and everybody is named once") {
    auto answer = reply(usual, {.from = "me@example.com", .all = true});
    CHECK(answer["To"] == "Ann <ann@example.net>");
    CHECK(answer["Cc"] == "Bob <bob@example.net>, carol@example.net");
    auto other =
        reply(usual, {.from = "me@example.org", .own_addresses = {"ME@example.com", "bob@example.net"}, .all = true});
    CHECK(other["Cc"] == "carol@example.net");
}

TEST_CASE("Reply-To comes before From, and Sender behind both") {
    CHECK(reply("From: a@x.example\nReply-To: List <l@x.example>, b@x.example\n\n")["To"] ==
          "List <l@x.example>, b@x.example");
    CHECK(reply("Sender: s@x.example\n\n")["To"] == "s@x.example");
    CHECK_FALSE(reply("Subject: x\n\n").contains("To"));
}

TEST_CASE("who answers what he wrote himself writes to the same people again") {
    std::string const own = "From: me@x.example\nTo: a@x.example\nCc: b@x.example\n\n";
    CHECK(reply(own, {.from = "me@x.example"})["To"] == "a@x.example");
    auto to_all = reply(own, {.from = "me@x.example", .all = true});
    CHECK(to_all["To"] == "a@x.example");
    CHECK(to_all["Cc"] == "b@x.example");
    CHECK(reply("From: me@x.example\nTo: me@x.example\n\n", {.from = "me@x.example"})["To"] == "me@x.example");
}

TEST_CASE("a list's wishes are heeded where they are asked for") {
    std::string const listed =
        "From: a@x.example\nTo: l@x.example\nCc: b@x.example\nMail-Followup-To: l@x.example, c@x.example\n"
        "List-Post: <https://x.example/>, <mailto:post@x.example?subject=s> (please)\n\n";
    CHECK(reply(listed)["To"] == "a@x.example");
    CHECK(reply(listed, {.to_list = true})["To"] == "post@x.example");
    auto followup = reply(listed, {.all = true});
    CHECK(followup["To"] == "l@x.example, c@x.example");
    CHECK_FALSE(followup.contains("Cc"));
    CHECK(reply(listed, {.all = true, .heed_mail_followup_to = false})["To"] == "a@x.example");
    CHECK(reply("From: a@x.example\nList-Post: NO\n\n", {.to_list = true})["To"] == "a@x.example");
}

TEST_CASE("Re: stands once, whatever language's mark was there") {
    for (auto subject :
         {"x", "Re: x", "RE: x", "re:x", "Re: Re: x", "AW: x", "Antw: Re: x", "SV: x", "RE[2]: x", "Re(3): x",
          "Re^2: x", "回复: x", "回复：x", "答复: 回复: x", "Re : x", "  Vá: x", "ODP: x", "ΑΠ: x", "Re: AW: Re: x"})
        CHECK(reply_subject(subject) == "Re: x");
    CHECK(reply_subject("") == "Re:");
    CHECK(reply_subject("Re:") == "Re:");
    CHECK(reply_subject("Regarding: x") == "Re: Regarding: x");
    CHECK(reply_subject("Re: [list] Re: x") == "Re: [list] Re: x");
    CHECK(reply_subject("Re[x]: y") == "Re: Re[x]: y");
    CHECK(reply_subject("Fwd: x") == "Re: Fwd: x");
}

TEST_CASE("Fwd: stands once and in front") {
    for (auto subject : {"x", "Fwd: x", "FW: x", "WG: FW: x", "转发：x", "Tr: x", "Fwd[2]: x"})
        CHECK(forward_subject(subject) == "Fwd: x");
    CHECK(forward_subject("Re: x") == "Fwd: Re: x");
    CHECK(forward_subject("Fwd: Re: Fwd: x") == "Fwd: Re: Fwd: x");
    CHECK(forward_subject("") == "Fwd:");
}

TEST_CASE("a subject in encoded-words is read, and a missing one is none") {
    CHECK(reply("Subject: =?utf-8?b?5Zue5aSN77ya6YKu5Lu2?=\n\n")["Subject"] == "Re: 邮件");
    CHECK(reply("\n\n")["Subject"] == "Re:");
}

TEST_CASE("RFC 5322 §3.6.4: without References, In-Reply-To says where the thread came from") {
    CHECK(reply("Message-ID: <2@x>\nIn-Reply-To: <1@x>\n\n")["References"] == "<1@x> <2@x>");
    CHECK(reply("Message-ID: <2@x>\n\n")["References"] == "<2@x>");
    auto nothing = reply("References: <1@x>\n\n");
    CHECK_FALSE(nothing.contains("References"));
    CHECK_FALSE(nothing.contains("In-Reply-To"));
}

TEST_CASE("of a long thread the root and the nearest stay") {
    std::string octets = "Message-ID: <me@x>\nReferences:";
    for (int i = 0; i < 5000; ++i) octets += "\n <" + std::to_string(i) + "@x>";
    std::string const references = reply(octets + "\n\n")["References"];
    CHECK(references.starts_with("<0@x> <4981@x> "));
    CHECK(references.ends_with(" <4999@x> <me@x>"));
    CHECK(std::count(references.begin(), references.end(), '<') == 21);
}

TEST_CASE("flowed paragraphs are quoted whole, HTML as text") {
    CHECK(text_of(reply("Content-Type: text/plain; format=flowed\n\none \ntwo\n> q \n> r\n"))
              .ends_with("wrote:\n> one two\n>> q r\n"));
    CHECK(text_of(reply("Content-Type: text/plain; format=Flowed; DelSp=Yes; charset=utf-8\n\n测 \n试\n"))
              .ends_with("wrote:\n> 测试\n"));
    CHECK(text_of(reply("Content-Type: text/html\n\n<p>Hello<p>world<script>x</script>"))
              .ends_with("wrote:\n> Hello\n>\n> world\n"));
    CHECK(text_of(reply("Content-Type: text/plain; charset=gb2312\nContent-Transfer-Encoding: base64\n\nsuLK1A==\n"))
              .ends_with("wrote:\n> 测试\n"));
}

TEST_CASE("the line above the quotation may say other things") {
    CHECK(text_of(reply(usual, {.attribution = "{author} <{address}> {what} {"}))
              .starts_with("Ann <ann@example.net> {what} {\n>"));
    CHECK(text_of(reply("From: \"{date}\" <a@x>\nDate: never\n\n", {.attribution = "{author} on {date}:"})) ==
          "{date} on a day unknown:\n");
    CHECK(text_of(reply("\n\nx")).starts_with("On a day unknown, somebody wrote:\n"));
}

TEST_CASE("hazard 122: nothing in the original becomes a field of the answer") {
    auto answer = reply(
        "From: =?utf-8?q?Ann=0D=0ABcc:_x@evil.example?= <a@x.example>\n"
        "Subject: =?utf-8?q?a=0D=0ABcc:_x@evil.example?=\n"
        "Message-ID: <a@x\r\n\tBcc:x>\n\nx\n",
        {.from = "me@x.example"});
    auto const octets = rendered(answer);
    CHECK(octets.find("\r\nBcc:") == octets.npos);
    CHECK(field_of(octets, "Subject").find("\\x0d\\x0a") != std::string::npos);
    CHECK(thrown([] { reply("\n\n", {.text = "caf\xe9"}); }) == mime::errc::unencodable);
}

TEST_CASE("hazard 122: controls in a quoted text are shown as escapes") {
    CHECK(text_of(reply("\na\x1b[31mb\rc\n")).ends_with("> a\\x1b[31mb\\x0dc\n"));
}

TEST_CASE("hazard 104: an address that is none gets no answer") {
    CHECK_FALSE(reply("From: a@evil.example@good.example\n\n").contains("To"));
    CHECK(reply("From: a@b@c, good@x.example, <x@y>z@w\n\n")["To"] == "good@x.example");
    CHECK_FALSE(reply("From: " + repeated("x", 2000) + "@x.example\n\n").contains("To"));
    CHECK_FALSE(reply("Message-ID: <" + repeated("x", 2000) + "@x>\n\n").contains("References"));
}

TEST_CASE("hazards 96 and 115: floods of addresses and identifiers are answered in linear time") {
    auto answer = reply("From: a@x\nTo: " + repeated("b@x,", 50'000) + "\nCc:" + repeated("<c@x>,", 20'000) + "\n\n",
                        {.all = true});
    CHECK(answer["Cc"] == "b@x, c@x");
    CHECK(reply("Message-ID: <1@x>\nReferences: " + repeated("<", 500'000) + "\n\n").contains("References"));
}

TEST_CASE("a flood of text is cut, and said to be") {
    auto const text = text_of(reply("\n" + repeated("a\n", 1'000'000)));
    CHECK(text.size() < 4 * (1 << 20));
    CHECK(text.ends_with("> a\n> [...]\n"));
}
