#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <postrider/mime/parse.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "delimiters.hpp"
#include "line.hpp"
#include "single_field.hpp"
#include "structure.hpp"

namespace postrider::mime {

/// Finds the structure of a message, line by line, with a stack of the parts that are open. In bodies only lines that
/// begin with "--" are looked at. The message may still be arriving: a line is taken when its end is there.
class parser {
public:
    explicit parser(parse_options options = {}, nesting within = {});

    /// Reads on. `octets` is all that is there of the message so far, from its first octet on, wherever it lies now.
    void read(std::string_view octets);

    /// Reads to the end, and closes what is open. `octets` is the whole message.
    structure finish(std::string_view octets);

    /// Whether the message's own header has been read.
    bool header_ended() const noexcept { return stack_.size() != 1 || stack_.back().where != place::header; }

private:
    enum class place { header, preamble, parts, epilogue, message, leaf };

    struct open_part {
        std::uint32_t index = 0;
        place where = place::header;
        bool any_line = false;                   // of the header section
        bool in_field = false;                   // a continuation line would continue a field
        single_field last = single_field::none;  // the one it would continue
        std::uint32_t seen = 0;                  // a bit for each single_field
        std::size_t fields = 0;
        std::uint32_t last_child = 0;
        std::string boundary;
    };

    void take_lines();
    bool skip_body_lines();
    std::optional<line> next_line();

    void take_header_line(line const&);
    void take_field(line const&, std::size_t name_size);
    void take_continuation(line const&);
    void take_envelope(line const&);
    void take_delimiter(line const&, delimiters::hit);

    void end_header(std::size_t header_end, std::size_t body_begin);
    void begin_body();
    void begin_multipart(structured_field const& type);
    void begin_message();
    void leave_encoded(defect_kind);
    bool at_depth_limit() const noexcept;

    void open(std::size_t begin);
    void stop_at_part_limit(std::size_t begin);
    void close_down_to(std::size_t level, std::size_t end);
    void close_innermost(std::size_t end);

    void look_for_hidden_content(octet_range);
    void tell(defect_kind, std::size_t offset);
    void group_defects();

    node const& current() const noexcept { return found_.nodes[stack_.back().index]; }
    node& current() noexcept { return found_.nodes[stack_.back().index]; }

    struct told {
        std::uint32_t part;
        defect what;
    };

    parse_options options_;
    structure found_;
    std::vector<open_part> stack_;
    std::vector<told> told_;
    delimiters delimiters_;
    std::size_t at_ = 0;        // the beginning of a line
    std::size_t searched_ = 0;  // up to where its end, or in a body the next line of interest, was looked for in vain
    bool whole_ = false;        // nothing more arrives
    bool settled_ = false;      // nothing that may follow changes the structure
    bool at_part_limit_ = false;
};

}  // namespace postrider::mime
