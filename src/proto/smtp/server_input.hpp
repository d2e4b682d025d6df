#pragma once
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace postrider::smtp::server_side {

/// What the peer sent and nobody has taken yet. A command line fits or is refused, and content is taken as it comes. Its
/// memory follows the peer's pace, within bounds: little for one who says a line now and then, much for a large message.
class input_buffer {
public:
    explicit input_buffer(bool lf_ends_line) : lf_ends_line_(lf_ends_line) {}

    /// What comes next, as far as one can tell: a line, or content of any size.
    enum class kind { line, content };

    /// Where the next octets belong; invalidates every view handed out before.
    std::span<char> room(kind expected = kind::line);
    void filled(std::size_t octets) noexcept {
        end_ += octets;
        last_came_ = octets;
    }

    std::string_view octets() const noexcept { return {storage_.get() + begin_, end_ - begin_}; }
    void consume(std::size_t octets) noexcept { begin_ += octets; }
    bool empty() const noexcept { return begin_ == end_; }

    enum class outcome {
        line,      ///< `line` has it, without its end
        more,      ///< it is not whole yet
        too_long,  ///< more than `limit` octets; what follows is skipped to the end of the line
        bare_lf,   ///< LF where only CRLF ends a line; what follows is skipped to the next CRLF
        flood,     ///< the line being skipped does not end
    };

    /// Takes a line of at most `limit` octets, its end included. What it says depends on the octets alone, never on the
    /// pieces in which they came.
    outcome next_line(std::string_view& line, std::size_t limit);

private:
    enum class skipping { nothing, long_line, after_bare_lf };

    std::size_t wanted_room(kind expected) const noexcept;
    outcome begin_skipping(skipping, std::size_t taken, outcome);
    outcome skip();

    std::unique_ptr<char[]> storage_;
    std::size_t size_ = 0;
    std::size_t begin_ = 0, end_ = 0;
    std::size_t last_came_ = 0;
    bool lf_ends_line_;
    skipping skipping_ = skipping::nothing;
    std::size_t skipped_ = 0;
    bool after_cr_ = false;
};

}  // namespace postrider::smtp::server_side
