#pragma once
#include <cstddef>
#include <cstdint>
#include <postrider/mime/parse.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "delimiters.hpp"
#include "line.hpp"
#include "structure.hpp"

namespace postrider::mime {

/// Finds the structure of a message, line by line, with a stack of the parts that are open. In bodies only lines that
/// begin with "--" are looked at.
class parser {
public:
    explicit parser(std::string_view octets) { found_.octets = octets; }
    structure run();

private:
    enum class place { header, preamble, parts, epilogue, message, leaf };

    struct open_part {
        std::uint32_t index = 0;
        place where = place::header;
        bool any_line = false;  // of the header section
        bool in_field = false;  // a continuation line would continue a field
        std::size_t fields = 0;
        std::uint32_t last_child = 0;
        std::string boundary;
    };

    void take_header_line(line const&);
    void take_continuation(line const&);
    void take_envelope(line const&);
    void skip_body(line const&);
    void take_delimiter(line const&, delimiters::hit);

    void end_header(std::size_t header_end, std::size_t body_begin);
    void begin_multipart(structured_field const& type, std::string_view encoding);
    void begin_message(std::string_view encoding);

    void open(std::size_t begin);
    void close_down_to(std::size_t level, std::size_t end);
    void close_innermost(std::size_t end);

    void tell(defect_kind, std::size_t offset);
    void group_defects();

    node& current() noexcept { return found_.nodes[stack_.back().index]; }

    struct told {
        std::uint32_t part;
        defect what;
    };

    structure found_;
    std::vector<open_part> stack_;
    std::vector<told> told_;
    delimiters delimiters_;
    std::size_t at_ = 0;
    bool at_part_limit_ = false;
};

}  // namespace postrider::mime
