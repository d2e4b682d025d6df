#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <postrider/devserver/fault_rule.hpp>
#include <string>
#include <string_view>

using namespace postrider::devserver;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

/// "column N: ..." with N within the rule, or just behind it.
void check_reason(std::string_view why, std::size_t size) {
    constexpr std::string_view begin = "column ";
    require(why.starts_with(begin));
    why.remove_prefix(begin.size());
    std::size_t column = 0;
    auto const [end, ec] = std::from_chars(why.data(), why.data() + why.size(), column);
    require(ec == std::errc() && column >= 1 && column <= size + 1 && std::string_view(end, 2) == ": ");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    std::string why;
    auto const rule = parse_fault_rule(text, why);
    if (!rule) {
        check_reason(why, size);
        return 0;
    }
    require(why.empty() && rule->text == text);
    require(fits(rule->stage, rule->action) && (!rule->pattern || takes_pattern(rule->stage)));
    require(text.starts_with(to_string(rule->stage)));
    require(rule->time >= std::chrono::milliseconds(0) && rule->time <= std::chrono::hours(1));
    require(rule->probability >= 0 && rule->probability <= 1);
    if (rule->action == fault_rule::actions::reply) require(rule->reply.code >= 200 && rule->reply.code < 600);
    return 0;
}
