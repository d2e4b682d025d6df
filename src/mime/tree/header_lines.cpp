#include "header_lines.hpp"

#include <functional>

namespace postrider::mime {

std::vector<std::string_view> header_lines::before(field const& next) {
    auto const header = of_.header();
    auto const* const octets = next.raw.octets.data();
    bool const stood_here =
        std::less_equal<>()(header.data(), octets) && std::less<>()(octets, header.data() + header.size());
    if (!stood_here) return rest();
    auto const begin = static_cast<std::size_t>(octets - of_.octets().data());
    if (begin < at_) return {};
    auto found = up_to(begin);
    at_ = begin + next.raw.octets.size();
    return found;
}

std::vector<std::string_view> header_lines::up_to(std::size_t end) {
    std::vector<std::string_view> found;
    auto const take = [&](std::size_t next) {
        if (next > at_) found.push_back(of_.cut(at_, next));
    };
    auto const& all = of_.fields();
    for (; next_field_ < all.size(); ++next_field_) {
        auto const& octets = all[next_field_].raw.octets;
        auto const begin = static_cast<std::size_t>(octets.data() - of_.octets().data());
        if (begin >= end) break;
        take(begin);
        at_ = std::max(at_, begin + octets.size());
    }
    take(end);
    at_ = std::max(at_, end);
    return found;
}

}  // namespace postrider::mime
