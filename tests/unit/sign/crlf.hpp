#pragma once
#include <string>
#include <string_view>

/// Every LF a CRLF: so messages can be written as they read.
inline std::string crlf(std::string_view text) {
    std::string out;
    for (char c : text) {
        if (c == '\n') out += '\r';
        out += c;
    }
    return out;
}
