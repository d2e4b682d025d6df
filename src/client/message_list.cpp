#include "message_list.hpp"

#include <postrider/mime/error.hpp>
#include <utility>

#include "io_failure.hpp"

namespace postrider::smtp {

std::optional<addressed_wire> message_list::next() {
    while (next_ < messages_.size()) {
        auto const place = next_++;
        outcomes_.emplace_back();
        try {
            auto mail = core_.address(messages_[place]);
            on_their_way_.push_back(place);
            return mail;
        } catch (mime::error const& wrong) {
            outcomes_.back() = failed{bad_argument(wrong.what()), {}, {}};
        }
    }
    return {};
}

void message_list::done(smtp::report const& report, std::optional<smtp::failure> const& why) {
    auto& outcome = outcomes_[on_their_way_[told_++]];
    if (why)
        outcome = failed{*why, report, {}};
    else
        outcome = report;
}

std::vector<result<report>> message_list::outcomes(result<void> const& why) && {
    std::vector<result<report>> all;
    all.reserve(messages_.size());
    outcomes_.resize(messages_.size());
    auto const over = session_over(why, "this message; it is unsent");
    for (auto& one : outcomes_) all.push_back(one ? *std::move(one) : result<report>(failed{over, {}, {}}));
    return all;
}

}  // namespace postrider::smtp
