#pragma once
#include <postrider/core/octets.hpp>
#include <postrider/folder/line_ends.hpp>
#include <string>
#include <string_view>

#include "file.hpp"

// The octets of a message on their way into a file, piece by piece. What put() makes of a piece it appends to `out`.
namespace postrider::folder {

class line_end_filter {
public:
    explicit line_end_filter(line_ends wanted) noexcept : wanted_(wanted) {}

    void put(std::string_view piece, std::string& out);
    void finish(std::string& out);

private:
    line_ends wanted_;
    bool held_cr_ = false;  // the last piece ended with it
};

/// Puts ">" before every line ">*From ", and a line end behind the last line. It writes the ">" in front of the word and
/// not of the line, which comes to the same: so it holds back four octets, however many ">" there are.
class from_line_quoter {
public:
    void put(std::string_view piece, std::string& out);
    void finish(std::string& out);

private:
    void put_beginning(std::string_view& piece, std::string& out);
    void put_rest(std::string_view& piece, std::string& out);

    bool in_beginning_ = true;  // of a line: it may still become ">*From "
    bool is_empty_ = true;      // the line, so far
    std::size_t matched_ = 0;   // octets of "From ", held back
};

enum class from_lines { as_they_are, quoted };

/// Reads everything and writes it.
result<void> copy_octets(octet_reader& octets, line_ends, from_lines, open_file& into);

}  // namespace postrider::folder
