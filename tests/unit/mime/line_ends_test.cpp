#include "line_ends.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>

#include "transfer_encoding.hpp"

using namespace postrider::mime;

namespace {

/// Octet for octet.
std::string obviously_with_crlf(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\r' && text[i] != '\n') {
            out += text[i];
            continue;
        }
        out += "\r\n";
        i += text.substr(i, 2) == "\r\n";
    }
    return out;
}

void check(std::string const& text) {
    CAPTURE(text);
    auto const expected = obviously_with_crlf(text);
    CHECK(with_crlf(text) == expected);
    bool const has_cr = text.find('\r') != text.npos;
    std::string const beyond = "beyond";
    auto out = std::string(expected.size(), '?') + beyond;
    CHECK(put_with_crlf(out.data(), text, has_cr) == out.data() + expected.size());
    CHECK(out == expected + beyond);

    auto const shape = shape_for_choice(text);
    CHECK(shape.octets == expected.size());
    CHECK(shape.has_cr == has_cr);
    CHECK(shape.beyond_ascii == static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
              return static_cast<unsigned char>(c) >= 0x80;
          })));
    if (text.find('\0') != text.npos) CHECK_FALSE(shape.fits_lines);
}

}  // namespace

TEST_CASE("line ends become CRLF wherever they stand in a text of any length") {
    for (std::size_t size = 0; size < 140; ++size) {
        check(std::string(size, 'x'));
        check(std::string(size, '\n'));
        for (std::size_t at = 0; at < size; ++at) {
            std::string text(size, 'x');
            text[at] = '\n';
            check(text);
        }
    }
}

TEST_CASE("of a text of any octets the line ends and the others are counted as they are") {
    std::mt19937 random(7);
    constexpr std::string_view likely("\n\r\0ab\xC3\xA4 ", 8);
    for (int i = 0; i < 4000; ++i) {
        bool const without_cr = i % 2 == 0;
        std::string text(random() % 200, '\0');
        for (char& c : text) {
            c = likely[random() % likely.size()];
            if (without_cr && c == '\r') c = 'c';
        }
        check(text);
    }
}
