#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// The questions, and those who answer them.
namespace parse_bench {

/// What a message says: its Subject, and its leaves, depth first: text in UTF-8, all else in octets.
struct reading {
    std::string subject;
    std::vector<std::string> leaves;
    friend bool operator==(reading const&, reading const&) = default;
};

/// Parses a message, decodes every header field and every leaf, and converts every text to UTF-8. Returns how many
/// octets came of it, and puts what was read into `out` if asked.
std::size_t read_with_postrider(std::string_view message, reading* out = nullptr);
std::size_t read_with_gmime(std::string_view message, reading* out = nullptr);

/// What a list of messages shows of one of them.
struct list_line {
    std::string from, to;  ///< "name <address>", and a comma between two
    std::string subject;
    long date = 0;  ///< seconds since 1970
    std::string message_id;
    friend bool operator==(list_line const&, list_line const&) = default;
};

/// Those lines of all the messages in an mbox. Returns how many messages there are.
std::size_t list_with_postrider(std::string_view mbox, std::vector<list_line>* out = nullptr);
std::size_t list_with_gmime(std::string_view mbox, std::vector<list_line>* out = nullptr);

/// Whether GMime was there when this was built.
extern bool const has_gmime;

}  // namespace parse_bench
