#include <deque>
#include <postrider/core/trace.hpp>
#include <postrider/proto/smtp/server_fault.hpp>

#include "server_fixture.hpp"

using namespace postrider;
using namespace postrider::smtp;
using namespace postrider::smtp::testing;
using std::chrono::milliseconds;

namespace {

/// One fault at one stage; says what it was asked.
struct scripted final : fault_injector {
    fault_stage where = fault_stage::other;
    fault what;
    std::string only;   // about this one alone
    std::string asked;  // "mail<a@x> rcpt<b@x> ..."

    std::optional<fault> strike(fault_stage stage, std::span<std::string_view const> about) override {
        asked += (asked.empty() ? "" : " ") + std::to_string(static_cast<int>(stage));
        bool met = only.empty();
        for (auto const one : about) {
            asked += '<' + std::string(one) + '>';
            met = met || one == only;
        }
        return stage == where && met ? std::optional(what) : std::nullopt;
    }
};

struct kept_trace final : trace_sink {
    std::string all;
    void line(trace_side side, std::string_view line) override {
        (all += side == trace_side::client ? "C: " : "S: ") += std::string(line) + '\n';
    }
};

/// What a client would see, with the waits: "220 hi\r\n<5000>250 ...". "(end)" where the connection ends.
class session {
public:
    explicit session(scripted& faults, server_engine::options o = relaxed()) : engine_(with(o, faults), handler) {
        pump({});
    }

    std::string says(std::string_view octets) {
        seen_.clear();
        while (!octets.empty() && !ended_ && !wants_tls) {
            auto const piece = octets.substr(0, room_.size());
            std::copy(piece.begin(), piece.end(), room_.begin());
            octets.remove_prefix(piece.size());
            pump({{}, piece.size()});
        }
        return seen_;
    }
    std::string greeting() const { return greeting_; }

    recorder handler;
    kept_trace trace;
    bool wants_tls = false;

private:
    server_engine::options with(server_engine::options o, scripted& faults) {
        o.faults = &faults;
        o.trace = &trace;
        return o;
    }

    void pump(io_done last) {
        for (;;) {
            auto const next = engine_.resume(last);
            last = {};
            if (auto const* out = std::get_if<send_bytes>(&next)) {
                if (out->after.count() > 0) seen_ += '<' + std::to_string(out->after.count()) + '>';
                for (auto const piece : out->pieces) seen_ += piece;
            } else if (auto const* in = std::get_if<need_bytes>(&next)) {
                room_ = in->room;
                break;
            } else if (std::holds_alternative<start_tls>(next)) {
                wants_tls = true;
                break;
            } else {
                seen_ += "(end)";
                ended_ = true;
                break;
            }
        }
        if (greeting_.empty()) greeting_ = seen_;
    }

    server_engine engine_;
    std::span<char> room_;
    std::string seen_, greeting_;
    bool ended_ = false;
};

fault of(fault::kinds kind, milliseconds time = {}) {
    fault made;
    made.kind = kind;
    made.time = time;
    made.name = "the rule";
    return made;
}

fault saying(std::string octets, bool carried_out = false) {
    auto made = of(fault::kinds::answer);
    made.octets = std::move(octets);
    made.carried_out = carried_out;
    return made;
}

constexpr std::string_view opening = "EHLO c\r\n";
constexpr std::string_view to_data = "MAIL FROM:<a@x>\r\nRCPT TO:<b@x>\r\nRCPT TO:<c@x>\r\nDATA\r\n";
constexpr std::string_view content = "hello\r\n.\r\n";

std::string last_line(std::string const& said) {
    auto const before = said.rfind("\r\n", said.size() - 3);
    return before == said.npos ? said : said.substr(before + 2);
}

}  // namespace

TEST_CASE("a server that is told of no fault is asked at each answer, with what it is about") {
    scripted faults;
    session s(faults);
    s.says(opening);
    s.says(to_data);
    s.says(content);
    s.says("RSET\r\nNOOP\r\nQUIT\r\n");
    auto number = [](fault_stage stage) { return std::to_string(static_cast<int>(stage)); };
    using f = fault_stage;
    CHECK(faults.asked == number(f::greeting) + ' ' + number(f::ehlo) + "<c> " + number(f::mail) + "<a@x> " +
                              number(f::rcpt) + "<b@x> " + number(f::rcpt) + "<c@x> " + number(f::data) +
                              "<b@x><c@x> " + number(f::content) + "<b@x><c@x> " + number(f::end_of_data) +
                              "<b@x><c@x> " + number(f::rset) + ' ' + number(f::other) + ' ' + number(f::quit));
    CHECK(s.handler.messages.size() == 1);
}

TEST_CASE("an answer in the place of the right one: the command is not carried out, and the session goes on") {
    scripted faults;
    faults.where = fault_stage::rcpt;
    faults.only = "b@x";
    faults.what = saying("451 4.7.1 later\r\n");
    session s(faults);
    s.says(opening);
    CHECK(s.says(to_data) ==
          "250 2.1.0 sender ok\r\n451 4.7.1 later\r\n250 2.1.5 ok\r\n354 end with a dot on a line of its own\r\n");
    CHECK(s.says(content) == "250 2.0.0 kept\r\n");
    REQUIRE(s.handler.messages.size() == 1);
    CHECK(s.handler.messages[0].from_whom_to_whom.forward_paths.size() == 1);
    CHECK(s.trace.all.find("C: RCPT TO:<b@x>\nS: [fault: the rule]\nS: 451 4.7.1 later\n") != std::string::npos);
}

TEST_CASE("an answer in other words, where the command goes well all the same") {
    scripted faults;
    faults.where = fault_stage::data;
    faults.what = saying("354 speak\r\n", true);
    session s(faults);
    s.says(opening);
    CHECK(last_line(s.says(to_data)) == "354 speak\r\n");
    CHECK(s.says(content) == "250 2.0.0 kept\r\n");
}

TEST_CASE("a fault at DATA, or at the end of it, ends the transaction") {
    for (auto where : {fault_stage::data, fault_stage::end_of_data}) {
        scripted faults;
        faults.where = where;
        faults.what = saying("451 4.3.0 no\r\n");
        session s(faults);
        s.says(opening);
        auto said = s.says(to_data);
        if (where == fault_stage::end_of_data) said = s.says(content);
        CHECK(last_line(said) == "451 4.3.0 no\r\n");
        CHECK(s.handler.messages.empty());
        CHECK(s.handler.calls.ends_with("abort"));
        CHECK(s.says("MAIL FROM:<a@x>\r\n") == "250 2.1.0 sender ok\r\n");
    }
}

TEST_CASE("an answer that comes late: what was said before it is written at once, what follows waits for it") {
    scripted faults;
    faults.where = fault_stage::rcpt;
    faults.only = "b@x";
    faults.what = of(fault::kinds::delay, milliseconds(5000));
    session s(faults);
    s.says(opening);
    CHECK(s.says(to_data) ==
          "250 2.1.0 sender ok\r\n<5000>250 2.1.5 ok\r\n250 2.1.5 ok\r\n354 end with a dot on a line of its own\r\n");
}

TEST_CASE("an answer that drips comes octet by octet") {
    scripted faults;
    faults.where = fault_stage::quit;
    faults.what = of(fault::kinds::drip, milliseconds(7));
    session s(faults);
    CHECK(s.says("QUIT\r\n") == [] {
        std::string all;
        for (char const c : std::string_view("221 2.0.0 localhost goodbye\r\n")) all += std::string("<7>") + c;
        return all + "(end)";
    }());
}

TEST_CASE("the connection ends: before the answer and without its work, or after the work and without its answer") {
    for (auto kind : {fault::kinds::drop, fault::kinds::lose_reply}) {
        scripted faults;
        faults.where = fault_stage::end_of_data;
        faults.what = of(kind);
        session s(faults);
        s.says(opening);
        s.says(to_data);
        CHECK(s.says(content) == "(end)");
        CHECK(s.handler.messages.size() == (kind == fault::kinds::lose_reply ? 1 : 0));
        CHECK(s.trace.all.ends_with("S: [fault: the rule]\n"));
    }
}

TEST_CASE("what was answered before the connection ends is still written") {
    scripted faults;
    faults.where = fault_stage::rcpt;
    faults.what = of(fault::kinds::drop);
    session s(faults);
    s.says(opening);
    CHECK(s.says(to_data) == "250 2.1.0 sender ok\r\n(end)");
    CHECK(s.handler.calls == "hello mail abort");
}

TEST_CASE("the connection ends in the midst of the message, by DATA and by BDAT") {
    for (std::size_t size : {0u, 3u, 7u, 8u}) {
        for (bool chunked : {false, true}) {
            scripted faults;
            faults.where = fault_stage::content;
            faults.what = of(fault::kinds::drop);
            faults.what.size = size;
            session s(faults);
            s.says(opening);
            std::string const envelope(to_data.substr(0, to_data.find("DATA")));
            auto const said =
                chunked ? s.says(envelope + "BDAT 7 LAST\r\nhello\r\n") : (s.says(to_data), s.says(content));
            bool const is_cut = size <= 7;
            CHECK(said.ends_with("(end)") == is_cut);
            CHECK(s.handler.messages.empty() == is_cut);
        }
    }
}

TEST_CASE("the greeting says no: QUIT is all that is left") {
    scripted faults;
    faults.where = fault_stage::greeting;
    faults.what = saying("554 5.3.2 nobody is here\r\n");
    session s(faults);
    CHECK(s.greeting() == "554 5.3.2 nobody is here\r\n");
    CHECK(s.says("EHLO c\r\n").starts_with("503 5.5.1 "));
    CHECK(s.says("QUIT\r\n") == "221 2.0.0 localhost goodbye\r\n(end)");
}

TEST_CASE("421 by a fault ends the session as any 421 does") {
    scripted faults;
    faults.where = fault_stage::mail;
    faults.what = saying("421 4.3.2 going down\r\n");
    session s(faults);
    s.says(opening);
    CHECK(s.says(to_data) == "421 4.3.2 going down\r\n(end)");
}

TEST_CASE("STARTTLS: a refusal keeps the session in clear, a lost reply ends it before the handshake") {
    auto o = relaxed();
    o.offer_starttls = true;
    scripted faults;
    faults.where = fault_stage::starttls;
    faults.what = saying("454 4.7.0 no TLS today\r\n");
    session refused(faults, o);
    CHECK(refused.says("EHLO c\r\nSTARTTLS\r\n").ends_with("454 4.7.0 no TLS today\r\n"));
    CHECK_FALSE(refused.wants_tls);
    faults.what = of(fault::kinds::lose_reply);
    session lost(faults, o);
    CHECK(lost.says("EHLO c\r\nSTARTTLS\r\n").ends_with("(end)"));
    CHECK_FALSE(lost.wants_tls);
}

TEST_CASE("AUTH: the verdict is what a fault strikes, by user; nobody is logged in by it") {
    auto o = relaxed();
    o.offer_auth = o.auth_in_clear = o.require_auth = true;
    scripted faults;
    faults.where = fault_stage::auth;
    faults.only = "tim";
    faults.what = saying("454 4.7.0 temporary authentication failure\r\n");
    session s(faults, o);
    s.says(opening);
    CHECK(s.says("AUTH PLAIN AHRpbQB0YW5zdGFhZg==\r\n") == "454 4.7.0 temporary authentication failure\r\n");
    CHECK(s.says("MAIL FROM:<a@x>\r\n").starts_with("530 "));
    CHECK(s.says("AUTH PLAIN AGFubgB0YW5zdGFhZg==\r\n") == "235 2.7.0 authenticated\r\n");
}

TEST_CASE("LMTP: each recipient's answer meets a fault of its own, and the others get the message") {
    auto o = relaxed();
    o.lmtp = true;
    scripted faults;
    faults.where = fault_stage::end_of_data;
    faults.only = "b@x";
    auto deliver = [&](fault what) {
        faults.what = what;
        auto s = std::make_unique<session>(faults, o);
        s->says("LHLO c\r\n");
        s->says(to_data);
        auto said = s->says(content);
        return std::pair(said, s->handler.messages);
    };
    auto [said, kept] = deliver(saying("452 4.2.2 full\r\n"));
    CHECK(said == "452 4.2.2 full\r\n250 2.0.0 kept\r\n");
    REQUIRE(kept.size() == 1);
    REQUIRE(kept[0].from_whom_to_whom.forward_paths.size() == 1);
    CHECK(kept[0].from_whom_to_whom.forward_paths[0].address == "c@x");

    std::tie(said, kept) = deliver(of(fault::kinds::delay, milliseconds(9)));
    CHECK(said == "<9>250 2.0.0 kept\r\n250 2.0.0 kept\r\n");
    CHECK(kept.at(0).from_whom_to_whom.forward_paths.size() == 2);

    std::tie(said, kept) = deliver(of(fault::kinds::lose_reply));
    CHECK(said == "(end)");
    CHECK(kept.at(0).from_whom_to_whom.forward_paths.size() == 2);

    faults.only = "c@x";
    std::tie(said, kept) = deliver(of(fault::kinds::drop));
    CHECK(said == "250 2.0.0 kept\r\n(end)");
    CHECK(kept.at(0).from_whom_to_whom.forward_paths.size() == 1);
}

TEST_CASE("LMTP: a message that reaches nobody is none") {
    auto o = relaxed();
    o.lmtp = true;
    scripted faults;
    faults.where = fault_stage::end_of_data;
    faults.what = saying("452 4.2.2 full\r\n");
    session s(faults, o);
    s.says("LHLO c\r\n");
    s.says(to_data);
    CHECK(s.says(content) == "452 4.2.2 full\r\n452 4.2.2 full\r\n");
    CHECK(s.handler.messages.empty());
    CHECK(s.handler.calls.ends_with("abort"));
    CHECK(s.says("MAIL FROM:<a@x>\r\n").starts_with("250 "));
}

TEST_CASE("chunks: the first is DATA's stage, the last the end of data's, and a refused one is swallowed") {
    constexpr std::string_view envelope = "MAIL FROM:<a@x>\r\nRCPT TO:<b@x>\r\n";
    scripted faults;
    faults.what = saying("451 4.3.0 no\r\n");
    auto answers = [&](fault_stage where) {
        faults.where = where;
        session s(faults);
        s.says(opening);
        s.says(envelope);
        return s.says("BDAT 4\r\nQUITBDAT 6\r\nRSET\r\nBDAT 0 LAST\r\n");
    };
    CHECK(answers(fault_stage::data) == "451 4.3.0 no\r\n503 5.5.1 MAIL comes first\r\n503 5.5.1 MAIL comes first\r\n");
    CHECK(answers(fault_stage::other) == "250 2.0.0 4 octets taken\r\n451 4.3.0 no\r\n503 5.5.1 MAIL comes first\r\n");
    CHECK(answers(fault_stage::end_of_data) ==
          "250 2.0.0 4 octets taken\r\n250 2.0.0 6 octets taken\r\n451 4.3.0 no\r\n");
}
