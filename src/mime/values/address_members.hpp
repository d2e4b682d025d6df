#pragma once
#include <cstddef>
#include <string_view>

namespace postrider::mime {

/// One member of an address list, or the name of a group, and where its angle brackets stand.
struct address_member {
    std::string_view text;  ///< without outer blanks
    char ended_by = '\0';   ///< ',' ';' ':' or nothing, at the end
    /// Its last "<" and the ">" behind it, counted in `text`; npos where there is none.
    std::size_t open = std::string_view::npos;
    std::size_t close = std::string_view::npos;
    std::size_t angles = 0;  ///< pairs of them
};

/// Cuts an unfolded address list into members. What is not closed (a quote, a comment, a bracket) is an ordinary
/// character, so that it cannot swallow what stands behind it. Linear: no closing character is looked for again once it
/// is known to be missing.
class address_cutter {
public:
    explicit address_cutter(std::string_view text) noexcept : text_(text) {}

    bool at_end() const noexcept { return at_ >= text_.size(); }
    address_member next() noexcept;

private:
    std::size_t end_of_token(std::size_t at) noexcept;
    std::size_t find_close(std::size_t open) noexcept;
    std::size_t end_of_angle(address_member& member, std::size_t begin) noexcept;

    std::string_view text_;
    std::size_t at_ = 0;
    bool quotes_close_ = true;
    bool comments_close_ = true;
    bool literals_close_ = true;
};

}  // namespace postrider::mime
