#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace postrider::app {

/// What must be true of the mail that was caught.
///     assertion = [ count [ SP query ] ] / query         count = 1*DIGIT [ "+" ]
/// "2 to:a@b" is exactly two, "2+ to:a@b" two at least, "to:a@b" one at least, "0 to:a@b" none. The query is in the
/// language of the page's search.
struct assertion {
    std::string text;  ///< as it was written
    std::string query;
    std::uint64_t least = 1;
    std::optional<std::uint64_t> most;

    bool holds_with(std::uint64_t found) const noexcept { return found >= least && (!most || found <= *most); }
    /// "exactly 2", "2 or more", "none"
    std::string wanted() const;
};

assertion parse_assertion(std::string_view text);
/// None may be found.
assertion refutation_of(std::string_view query);

}  // namespace postrider::app
