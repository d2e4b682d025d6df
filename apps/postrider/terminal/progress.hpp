#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <postrider/core/octets.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::app {

/// One line: "[=====>    ]  52%  13.1 MB of 25.2 MB  4.2 MB/s  3 s left".
/// `columns`  the terminal's width; the bar takes what the figures leave.
std::string progress_line(std::uint64_t done, std::uint64_t total, std::chrono::duration<double> elapsed,
                          std::size_t columns);

/// "[=====>    ]", `width` cells between the brackets.
std::string progress_bar(double share, std::size_t width);

/// Passes content on and draws how far it is, from the second second on and ten times a second at most.
class progress_reader final : public octet_reader {
public:
    using clock = std::function<std::chrono::steady_clock::time_point()>;
    using draw = std::function<void(std::string_view text)>;

    progress_reader(std::unique_ptr<octet_reader> content, draw out, std::size_t columns,
                    clock now = std::chrono::steady_clock::now);
    ~progress_reader() override;  ///< wipes the line, if one was drawn

    std::uint64_t size() const noexcept override { return content_->size(); }
    error_code next(std::vector<std::string_view>& pieces, std::size_t wanted) override;

private:
    void show();

    std::unique_ptr<octet_reader> content_;
    draw out_;
    clock now_;
    std::size_t columns_;
    std::chrono::steady_clock::time_point begun_, drawn_;
    std::uint64_t done_ = 0;
    bool drew_ = false;
};

/// The width of the terminal that stderr is; nothing when it is none.
std::optional<std::size_t> terminal_columns();

}  // namespace postrider::app
