#pragma once
#include <string>
#include <vector>

/// What is read: files that lie in folders, and big inputs that are always made alike.
namespace parse_bench {

/// The messages of Python's own tests, where they are installed, and this project's golden messages.
std::vector<std::string> corpus();

/// mixed { text, application/pdf of 27 MB in base64 }, 36 MB in all.
std::string large_message();

/// An mbox of 10,000 messages of 1.4 KB: names and subjects in ASCII, Latin and Chinese, trace fields, a short text.
std::string large_mbox();

}  // namespace parse_bench
