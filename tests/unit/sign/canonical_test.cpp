#include <doctest/doctest.h>

#include <postrider/sign/dkim/canonical.hpp>
#include <random>
#include <string>
#include <vector>

#include "crlf.hpp"

using namespace postrider;
using dkim::canonicalization;

namespace {

class collector final : public dkim::octet_sink {
public:
    void put(std::string_view octets) override {
        all += octets;
        longest = std::max(longest, octets.size());
    }
    std::string all;
    std::size_t longest = 0;
};

/// The canonical body, given in chunks of `step` octets.
std::string body(std::string_view octets, canonicalization how, std::size_t step = std::string_view::npos) {
    collector out;
    dkim::body_canonicalizer canonical(how, out);
    for (std::size_t at = 0; at < octets.size(); at += std::min(step, octets.size()))
        canonical.put(octets.substr(at, step));
    canonical.finish();
    return out.all;
}

std::string relaxed(std::string_view octets) {
    return body(octets, canonicalization::relaxed);
}
std::string simple(std::string_view octets) {
    return body(octets, canonicalization::simple);
}

std::string field(std::string_view octets, canonicalization how) {
    std::string out;
    dkim::append_canonical_field(out, octets, how);
    return out;
}

/// The rules of RFC 6376 §3.4.3 and §3.4.4, one after the other and slowly.
std::string slow_body(std::string const& octets, canonicalization how) {
    std::vector<std::string> lines(1);
    for (char c : octets) {
        if (c == '\n') {
            if (lines.back().ends_with('\r')) lines.back().pop_back();
            lines.emplace_back();
        } else {
            lines.back() += c;
        }
    }
    if (how == canonicalization::relaxed) {
        for (auto& line : lines) {
            std::string reduced;
            for (char c : line) {
                bool const blank = c == ' ' || c == '\t';
                if (!blank || !reduced.ends_with(' ')) reduced += blank ? ' ' : c;
            }
            while (reduced.ends_with(' ')) reduced.pop_back();
            line = reduced;
        }
    }
    while (!lines.empty() && lines.back().empty()) lines.pop_back();
    std::string out;
    for (auto const& line : lines) out += line + "\r\n";
    return out.empty() && how == canonicalization::simple ? "\r\n" : out;
}

}  // namespace

TEST_CASE("the examples of RFC 6376 §3.4.5") {
    std::string const octets = " C \r\nD \t E\r\n\r\n\r\n";
    CHECK(field("A: X\r\n", canonicalization::relaxed) == "a:X\r\n");
    CHECK(field("B : Y\t\r\n\tZ  \r\n", canonicalization::relaxed) == "b:Y Z\r\n");
    CHECK(relaxed(octets) == " C\r\nD E\r\n");
    CHECK(field("A: X\r\n", canonicalization::simple) == "A: X\r\n");
    CHECK(field("B : Y\t\r\n\tZ  \r\n", canonicalization::simple) == "B : Y\t\r\n\tZ  \r\n");
    CHECK(simple(octets) == " C \r\nD \t E\r\n");
}

TEST_CASE("an empty body is a line end in simple form and nothing in relaxed form") {
    for (char const* empty : {"", "\r\n", "\r\n\r\n\r\n", "\n\n"}) {
        CHECK(simple(empty) == "\r\n");
        CHECK(relaxed(empty) == "");
    }
    CHECK(relaxed(" \t\r\n  ") == "");
    CHECK(simple(" \r\n\r\n") == " \r\n");
}

TEST_CASE("a last line without an end gets one") {
    CHECK(simple("x") == "x\r\n");
    CHECK(relaxed("x  ") == "x\r\n");
    CHECK(relaxed("x\r\n y") == "x\r\n y\r\n");
}

TEST_CASE("hazard 131: LF alone is a line end, and none comes out bare") {
    CHECK(simple("a\nb\r\nc\n\n") == "a\r\nb\r\nc\r\n");
    CHECK(relaxed("a \n\tb\n") == "a\r\n b\r\n");
    CHECK(field("A: b\n c\n", canonicalization::simple) == "A: b\r\n c\r\n");
    CHECK(field("A: b\n c\n", canonicalization::relaxed) == "a:b c\r\n");
}

TEST_CASE("a CR alone is content, also behind blanks and at the end") {
    CHECK(relaxed("a \rb\r\n") == "a \rb\r\n");
    CHECK(relaxed("a \r") == "a \r\r\n");
    CHECK(simple("a\r") == "a\r\r\n");
    CHECK(simple("\r\r\n\r\n") == "\r\r\n");
    CHECK(relaxed("a \r\r\n") == "a \r\r\n");
}

TEST_CASE("fields lose folds and blanks where nothing stands") {
    CHECK(field("Subject:\r\n \r\n", canonicalization::relaxed) == "subject:\r\n");
    CHECK(field("SubJect \t :  a\r\n\t b \t c", canonicalization::relaxed) == "subject:a b c\r\n");
    CHECK(field("Subject:a", canonicalization::simple) == "Subject:a\r\n");
}

TEST_CASE("what comes out does not depend on how the body is cut") {
    std::mt19937 random(1);
    constexpr char alphabet[] = {'a', ' ', '\t', '\r', '\n', '\r', '\n', 'b'};
    for (int round = 0; round < 3000; ++round) {
        std::string octets(random() % 24, '\0');
        for (char& c : octets) c = alphabet[random() % sizeof alphabet];
        for (auto const how : {canonicalization::simple, canonicalization::relaxed}) {
            std::string const whole = body(octets, how);
            for (std::size_t const step : {1, 2, 3, 7}) CHECK(body(octets, how, step) == whole);
            CHECK(whole.find("\n\n") == whole.npos);
        }
    }
}

TEST_CASE("it agrees with the rules carried out one after the other") {
    std::mt19937 random(2);
    constexpr char alphabet[] = {'a', ' ', '\t', '\n', 'b', ' '};
    for (int round = 0; round < 3000; ++round) {
        std::string octets(random() % 30, '\0');
        for (char& c : octets) c = alphabet[random() % sizeof alphabet];
        std::string const wired = crlf(octets);
        for (auto const how : {canonicalization::simple, canonicalization::relaxed})
            CHECK(body(wired, how) == slow_body(wired, how));
    }
}

TEST_CASE("a flood of empty lines is counted and not kept") {
    collector out;
    dkim::body_canonicalizer canonical(canonicalization::simple, out);
    std::string const lines = crlf(std::string(1000, '\n'));
    for (int i = 0; i < 1000; ++i) canonical.put(lines);
    CHECK(out.all.empty());
    canonical.put("x");
    canonical.finish();
    CHECK(out.all.size() == 2'000'003);
    CHECK(out.longest <= 4096);
}
