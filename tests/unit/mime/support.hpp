#pragma once
#include <doctest/doctest.h>

#include <postrider/mime/message.hpp>
#include <postrider/mime/render.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "fixed_host.hpp"

/// What goes out, from a machine that never changes.
inline std::string rendered(postrider::mime::message const& mail) {
    fixed_host host;
    return postrider::mime::render(mail, {.host = &host}).str().value();
}

inline postrider::mime::message minimal() {
    postrider::mime::message mail;
    mail.from("a@example.com").to("b@example.net");
    return mail;
}

/// The code that a call throws mime::error with; fails the test if it does not.
template <class Call>
postrider::mime::errc thrown(Call&& call) {
    try {
        call();
    } catch (postrider::mime::error const& e) {
        return e.code();
    }
    FAIL("nothing was thrown");
    return {};
}

inline std::string_view header_of(std::string_view octets) {
    return octets.substr(0, octets.find("\r\n\r\n") + 2);
}

inline std::string_view body_of(std::string_view octets) {
    return octets.substr(octets.find("\r\n\r\n") + 4);
}

/// The first field of that name with its folds, without its final line end.
inline std::string field_of(std::string_view octets, std::string_view name) {
    auto header = std::string("\r\n") + std::string(header_of(octets));
    auto begin = header.find("\r\n" + std::string(name) + ": ");
    if (begin == std::string::npos) return {};
    auto end = header.find("\r\n", begin + 2);
    while (end + 2 < header.size() && (header[end + 2] == ' ' || header[end + 2] == '\t'))
        end = header.find("\r\n", end + 2);
    begin += 2 + name.size() + 2;
    return header.substr(begin, end - begin);
}

inline std::string unfolded(std::string text) {
    for (auto fold = text.find("\r\n"); fold != text.npos; fold = text.find("\r\n")) text.erase(fold, 2);
    return text;
}

inline std::size_t longest_line(std::string_view octets) {
    std::size_t longest = 0;
    while (!octets.empty()) {
        auto end = octets.find("\r\n");
        longest = std::max(longest, std::min(end, octets.size()));
        if (end == octets.npos) break;
        octets.remove_prefix(end + 2);
    }
    return longest;
}

inline std::string repeated(std::string_view text, std::size_t times) {
    std::string all;
    all.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i) all += text;
    return all;
}
