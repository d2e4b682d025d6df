#pragma once
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace postrider::mime {

/// The delimiter lines of all multiparts that are open.                                               RFC 2046 §5.1.1
///     delimiter       = "--" boundary
///     close-delimiter = delimiter "--"
/// One look-up for each line that begins with "--", however many multiparts are open.
class delimiters {
public:
    struct hit {
        std::size_t level;
        bool closes;
    };

    bool empty() const noexcept { return level_of_.empty(); }

    /// An outer multipart keeps a boundary that an inner one repeats.                               RFC 2046 §5.1.2
    void open(std::string_view boundary, std::size_t level) { level_of_.emplace(boundary, level); }
    void close(std::string_view boundary, std::size_t level);

    /// `text`     a line without its line end; blanks that relays have appended are no part of it.
    std::optional<hit> match(std::string_view text) const;

private:
    std::optional<std::size_t> find(std::string_view boundary) const;

    std::map<std::string, std::size_t, std::less<>> level_of_;
};

}  // namespace postrider::mime
