#pragma once
#include <functional>
#include <postrider/core/error.hpp>
#include <postrider/core/octets.hpp>
#include <string>
#include <string_view>
#include <vector>

/// Content that is handed over in pieces and breaks off.
class broken_reader final : public postrider::octet_reader {
public:
    explicit broken_reader(std::vector<std::string> pieces) : pieces_(std::move(pieces)) {}

    /// Called when all pieces were handed over; by default reading fails then.
    std::function<std::error_code()> at_the_end = [] { return make_error_code(postrider::errc::source_changed); };

    std::uint64_t size() const noexcept override { return 1'000'000; }
    std::error_code next(std::vector<std::string_view>& pieces, std::size_t) override {
        pieces.clear();
        if (done_ == pieces_.size()) return at_the_end();
        pieces.push_back(pieces_[done_++]);
        return {};
    }

private:
    std::vector<std::string> pieces_;
    std::size_t done_ = 0;
};
