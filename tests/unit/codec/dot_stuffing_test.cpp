#include <doctest/doctest.h>

#include <functional>
#include <postrider/codec/base64.hpp>
#include <postrider/codec/dot_stuffing.hpp>
#include <random>
#include <string>
#include <vector>

#include "cpu_seconds.hpp"
#include "guarded_room.hpp"
#include "sound_lines.hpp"

using namespace postrider::codec;
using namespace std::string_literals;

namespace {

std::string join(std::vector<std::string_view> const& pieces) {
    std::string out;
    for (auto piece : pieces) out += piece;
    return out;
}

/// The slow obvious ones, each rule in a pass of its own over the whole.
std::string obviously_stuffed(std::string_view content) {
    std::string lines;
    for (std::size_t i = 0; i < content.size(); ++i) {
        bool const crlf = content.substr(i, 2) == "\r\n";
        bool const ends = content[i] == '\r' || content[i] == '\n';
        lines += ends ? "\r\n" : std::string(1, content[i]);
        i += crlf;
    }
    if (!lines.empty() && !lines.ends_with("\r\n")) lines += "\r\n";
    std::string out = lines.starts_with('.') ? "." : "";
    for (std::size_t i = 0; i < lines.size(); ++i) {
        out += lines[i];
        if (lines[i] == '\n' && lines.substr(i + 1, 1) == ".") out += '.';
    }
    return out + ".\r\n";
}

struct received {
    std::string content, behind;
    bool ended = false, bare = false;
    bool operator==(received const&) const = default;
};

std::ostream& operator<<(std::ostream& out, received const& r) {
    auto shown = [](std::string const& s) {
        std::string t;
        for (char c : s) t += c == '\r' ? "<CR>" : c == '\n' ? "<LF>" : c == '\0' ? "<NUL>" : std::string(1, c);
        return t;
    };
    return out << '"' << shown(r.content) << "\" behind \"" << shown(r.behind) << "\" ended " << r.ended << " bare "
               << r.bare;
}

received obviously_unstuffed(std::string_view stream) {
    received out;
    std::string line;  // the line begun
    for (std::size_t i = 0; i < stream.size() && !out.ended; ++i) {
        line += stream[i];
        if (!line.ends_with("\r\n")) continue;
        if (line == ".\r\n") {
            out.ended = true;
            out.behind = stream.substr(i + 1);
        } else {
            out.content += line.substr(line[0] == '.' ? 1 : 0);
        }
        line.clear();
    }
    // What is left is content too as far as it cannot belong to a final dot any more.
    if (line == ".\r") line.clear();
    out.content += line.substr(line.starts_with('.') ? 1 : 0);
    auto const seen = stream.substr(0, stream.size() - out.behind.size());
    for (std::size_t i = 0; i < seen.size(); ++i) {
        out.bare |= seen[i] == '\n' && (i == 0 || seen[i - 1] != '\r');
        out.bare |= seen[i] == '\r' && i + 1 < seen.size() && seen[i + 1] != '\n';
    }
    return out;
}

std::string stuffed(std::vector<std::string_view> const& pieces) {
    dot_stuffer stuffer;
    std::vector<std::string_view> out;
    for (auto piece : pieces) stuffer.stuff(piece, out);
    stuffer.finish(out);
    return join(out);
}

received unstuffed(std::vector<std::string> const& pieces) {
    dot_unstuffer unstuffer;
    received result;
    for (auto const& piece : pieces) {
        std::string_view left = piece;
        std::vector<std::string_view> out;
        if (!result.ended) result.ended = unstuffer.unstuff(left, out);
        result.content += join(out);
        result.behind += left;
    }
    result.bare = unstuffer.saw_bare_cr_or_lf();
    return result;
}

/// Calls `check` with every string of CR, LF, dot, letter and NUL up to `longest`.
void for_all_strings(std::size_t longest, std::function<void(std::string const&)> const& check) {
    constexpr std::string_view alphabet("\r\n.a\0", 5);
    std::vector<std::string> level{""};
    for (std::size_t length = 0; length <= longest; ++length) {
        std::vector<std::string> next;
        for (auto const& text : level) {
            check(text);
            if (length < longest)
                for (char c : alphabet) next.push_back(text + c);
        }
        level = std::move(next);
    }
}

std::vector<std::string> in_octets(std::string_view text) {
    std::vector<std::string> pieces;
    for (char c : text) pieces.emplace_back(1, c);
    return pieces;
}

}  // namespace

TEST_CASE("hazard 9: all short contents, cut at every octet, are stuffed like the obvious way does") {
    for_all_strings(7, [](std::string const& text) {
        auto const expected = obviously_stuffed(text);
        for (std::size_t cut = 0; cut <= text.size(); ++cut) {
            std::string_view const all = text;
            bool const same = stuffed({all.substr(0, cut), all.substr(cut)}) == expected;
            if (!same) CHECK_MESSAGE(same, "content ", text, " cut at ", cut);
        }
        std::vector<std::string_view> octets;
        for (std::size_t i = 0; i < text.size(); ++i) octets.push_back(std::string_view(text).substr(i, 1));
        bool const same = stuffed(octets) == expected;
        if (!same) CHECK_MESSAGE(same, "content ", text, " octet by octet");
    });
}

TEST_CASE(
    "hazards 1 to 6 and 11: all short streams, cut at every octet, end where the obvious way says and nowhere else") {
    for_all_strings(7, [](std::string const& text) {
        auto const expected = obviously_unstuffed(text);
        for (std::size_t cut = 0; cut <= text.size(); ++cut) {
            auto const seen = unstuffed({text.substr(0, cut), text.substr(cut)});
            if (!(seen == expected)) CHECK(seen == expected);
        }
        auto const seen = unstuffed(in_octets(text));
        if (!(seen == expected)) CHECK(seen == expected);
    });
}

TEST_CASE("hazard 7: what is stuffed holds no final dot before its end, and comes back with CRLF line ends") {
    for_all_strings(6, [](std::string const& text) {
        std::string const wire = obviously_stuffed(text);
        auto const seen = unstuffed({stuffed({text})});
        bool const sound = seen.ended && !seen.bare && seen.behind.empty() && stuffed({text}) == wire;
        if (!sound) CHECK_MESSAGE(sound, "content ", text);
        CHECK(stuffed({seen.content}) == wire);
    });
}

TEST_CASE("hazard 1: LF.CRLF does not end the content") {
    auto const seen = unstuffed({"a\n.\r\nMAIL FROM:<x@y>\r\n.\r\n"});
    CHECK(seen.content == "a\n.\r\nMAIL FROM:<x@y>\r\n");
    CHECK(seen.bare);
}

TEST_CASE("hazard 2: LF.LF does not end the content") {
    auto const seen = unstuffed({"a\n.\nb\r\n.\r\n"});
    CHECK(seen.content == "a\n.\nb\r\n");
    CHECK(seen.bare);
}

TEST_CASE("hazard 3: CRLF.LF does not end the content") {
    auto const seen = unstuffed({"a\r\n.\nb\r\n.\r\n"});
    CHECK(seen.content == "a\r\n\nb\r\n");  // the dot began a line: it is transparency's
    CHECK(seen.bare);
}

TEST_CASE("hazard 4: no arrangement of CR ends the content") {
    for (std::string_view wire : {"a\r.\rb", "a\r\n.\r\r\nb", "a\r\r\n.\r\rb", "a\r\r\n.\r b", "\r.\r"}) {
        auto const seen = unstuffed({std::string(wire)});
        CHECK_FALSE(seen.ended);
        CHECK(seen.bare);
    }
}

TEST_CASE("hazard 5: NUL beside a terminator is content") {
    for (auto const& wire : {"a\r\n.\0\r\n"s, "a\r\n\0.\r\n"s, "a\r\0\n.\r\n"s, "a\r\n.\r\0\n"s}) {
        auto const seen = unstuffed({wire});
        CHECK_FALSE(seen.ended);
        CHECK(seen.content.find('\0') != std::string::npos);
    }
}

TEST_CASE("hazard 6: a bare CR is content and is told") {
    auto const seen = unstuffed({"a\rb\r\n.\r\n"});
    CHECK(seen.content == "a\rb\r\n");
    CHECK(seen.bare);
    CHECK(seen.ended);
}

TEST_CASE("hazard 10: an empty message") {
    CHECK(stuffed({}) == ".\r\n");
    CHECK(stuffed({"", ""}) == ".\r\n");
    auto const seen = unstuffed({".\r\n"});
    CHECK(seen.ended);
    CHECK(seen.content.empty());
}

TEST_CASE("octets behind the final dot stay in the input") {
    auto const seen = unstuffed({"a\r\n.\r\nQUIT\r\n"});
    CHECK(seen.content == "a\r\n");
    CHECK(seen.behind == "QUIT\r\n");
}

TEST_CASE("an unstuffer reads the next message when it has read one") {
    dot_unstuffer unstuffer;
    std::vector<std::string_view> out;
    std::string_view input = "..a\r\n.\r\n..b\r\n.\r\n";
    CHECK(unstuffer.unstuff(input, out));
    CHECK(unstuffer.unstuff(input, out));
    CHECK(join(out) == ".a\r\n.b\r\n");
    CHECK(input.empty());
}

TEST_CASE("content that needs no change is handed over whole, as a view of itself") {
    std::string const body = encode_base64_lines(std::string(100'000, 'x'));
    dot_stuffer stuffer;
    std::vector<std::string_view> out;
    stuffer.stuff(body, out);
    REQUIRE(out.size() == 1);
    CHECK(out[0].data() == body.data());
    CHECK(out[0].size() == body.size());

    dot_unstuffer unstuffer;
    std::string_view input = body;
    out.clear();
    CHECK_FALSE(unstuffer.unstuff(input, out));
    REQUIRE(out.size() == 1);
    CHECK(out[0].data() == body.data());
}

TEST_CASE("a CR or LF is found in every place of a long line, and nothing is read behind the end") {
    guarded_room room(100);
    for (std::size_t size = 1; size <= 100; ++size)
        for (std::size_t place = 0; place < size; ++place)
            for (char c : {'\r', '\n'}) {
                std::string line(size, 'x');
                line[place] = c;
                REQUIRE(stuffed({room.hold(line)}) == obviously_stuffed(line));
                REQUIRE(unstuffed({line}) == obviously_unstuffed(line));
            }
}

TEST_CASE("hazard 13: texts with line ends of one kind alone, or without any, take linear time") {
    for (std::string_view line : {"a line\n", "a line\r", "\n", "\r", ".\n", "a line\r\n", ".", "x"}) {
        std::string content;
        while (content.size() < 4'000'000) content += line;
        double const begin = cpu_seconds();
        CHECK(unstuffed({stuffed({content})}).ended);
        CHECK_FALSE(unstuffed({content}).ended);
        CHECK(cpu_seconds() - begin < 5);
    }
}

TEST_CASE("str vectors of Python's sendmail: every line end becomes CRLF, dots at line starts are doubled") {
    CHECK(stuffed({"a\rb\n.c\r\n"}) == "a\r\nb\r\n..c\r\n.\r\n");
    CHECK(stuffed({"a\n.b"}) == "a\r\n..b\r\n.\r\n");
}

TEST_CASE("content for BDAT has CRLF line ends and keeps its dots, however it is cut") {
    auto canonical = [](std::string_view content, std::size_t piece) {
        postrider::codec::crlf_canonicalizer lines;
        std::vector<std::string_view> out;
        for (std::size_t at = 0; at < content.size(); at += piece) lines.canonicalize(content.substr(at, piece), out);
        lines.finish(out);
        std::string all;
        for (auto one : out) all += one;
        return all;
    };
    for (std::size_t piece : {1, 2, 3, 100}) {
        CHECK(canonical("a\rb\n.c\r\n..\r\r\n", piece) == "a\r\nb\r\n.c\r\n..\r\n\r\n");
        CHECK(canonical(".\r\n", piece) == ".\r\n");
        CHECK(canonical("no end", piece) == "no end\r\n");
        CHECK(canonical("half an end\r", piece) == "half an end\r\n");
        CHECK(canonical("", piece).empty());
    }
}

namespace {

/// Lines with CRLF, some of which begin with a dot, and now and then a CR or LF that stands alone.
std::string mostly_sound_lines(std::mt19937& random) {
    std::string text;
    for (auto lines = random() % 12; lines > 0; --lines) {
        if (random() % 8 == 0) text += '.';
        text.append(random() % 90, "x.y"[random() % 3]);
        auto const odd = random() % 24;
        text += odd == 0 ? "\r" : odd == 1 ? "\n" : odd == 2 ? "" : "\r\n";
    }
    return text;
}

template <class Form>
std::string in_pieces(Form form, std::string_view text, std::mt19937& random) {
    std::string all;
    std::vector<std::string_view> out;
    while (!text.empty()) {
        auto const piece = text.substr(0, 1 + random() % 300);
        form.canonicalize(piece, out);
        text.remove_prefix(piece.size());
    }
    form.finish(out);
    return join(out);
}

struct stuffer : dot_stuffer {
    void canonicalize(std::string_view octets, std::vector<std::string_view>& out) { stuff(octets, out); }
};

}  // namespace

TEST_CASE("long texts with few faults are stuffed as the obvious way does it, however they are cut") {
    std::mt19937 random(11);
    for (int i = 0; i < 3000; ++i) {
        auto const text = mostly_sound_lines(random);
        CAPTURE(text);
        auto const expected = obviously_stuffed(text);
        CHECK(in_pieces(stuffer(), text, random) == expected);
        std::string undotted = in_pieces(crlf_canonicalizer(), text, random);
        CHECK(obviously_stuffed(undotted) == expected);
    }
}

#ifdef POSTRIDER_LINES_X86
TEST_CASE("every way to pass over sound lines stops at the same place") {
    using way = char const* (*)(char const*, char const*, line_place&, bool) noexcept;
    std::vector<way> ways;
    if (__builtin_cpu_supports("avx2")) ways.push_back(detail::behind_sound_lines_avx2);
    if (__builtin_cpu_supports("avx512bw")) ways.push_back(detail::behind_sound_lines_avx512);
    std::mt19937 random(12);
    for (int i = 0; i < 3000; ++i) {
        auto const text = mostly_sound_lines(random);
        auto const* const end = text.data() + text.size();
        for (auto const from : {line_place::line_start, line_place::in_line, line_place::after_cr})
            for (bool const dots : {false, true}) {
                auto where = from;
                auto const* const stop = ways.empty() ? text.data() : ways[0](text.data(), end, where, dots);
                CHECK((stop - text.data()) % detail::line_block_octets == 0);
                for (auto const& other : ways) {
                    auto place = from;
                    CHECK(other(text.data(), end, place, dots) == stop);
                    CHECK(place == where);
                }
            }
    }
}
#endif
