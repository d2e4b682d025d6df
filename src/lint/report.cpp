#include <algorithm>
#include <postrider/lint/report.hpp>

#include "catalogue.hpp"
#include "shown.hpp"

namespace postrider::lint {
namespace {

/// `forms`    behind a number: what it is called where there is one, ":", and where there are more
std::string text_of(argument const& one, std::string_view forms) {
    auto* number = std::get_if<std::int64_t>(&one.value);
    if (!number) return std::get<std::string>(one.value);
    auto const many = forms.find(':') + 1;
    auto const form = *number == 1 ? forms.substr(0, many ? many - 1 : 0) : forms.substr(many);
    return std::to_string(*number) + (form.empty() ? "" : " ") + std::string(form);
}

}  // namespace

std::string_view to_string(level of) noexcept {
    static constexpr std::string_view names[] = {"pass", "notice", "warning", "error"};
    return names[static_cast<unsigned>(of)];
}

std::string_view to_string(group of) noexcept {
    static constexpr std::string_view names[] = {"authentication", "content", "images",        "headers", "size",
                                                 "links",          "bulk",    "compatibility", "spam"};
    return names[static_cast<unsigned>(of)];
}

std::span<check const> checks() noexcept {
    return all_checks;
}

argument::argument(std::string_view name_of, std::string_view text) : name(name_of), value(shown(text)) {}

std::string_view finding::title() const noexcept {
    return count == 0 ? of->passes : of->fails;
}

std::string finding::detail() const {
    std::string text;
    if (count == 0) return text;
    for (auto rest = of->detail; !rest.empty();) {
        auto const open = std::min(rest.find('{'), rest.size());
        text += rest.substr(0, open);
        rest.remove_prefix(open);
        auto const close = rest.find('}');
        if (close == rest.npos) break;
        auto const inner = rest.substr(1, close - 1);
        auto const name = inner.substr(0, inner.find(':'));
        auto const found =
            std::find_if(arguments.begin(), arguments.end(), [&](argument const& one) { return one.name == name; });
        if (found != arguments.end()) text += text_of(*found, inner.substr(std::min(name.size() + 1, inner.size())));
        rest.remove_prefix(close + 1);
    }
    return text;
}

finding const* report::find(std::string_view id) const noexcept {
    auto const found =
        std::find_if(findings.begin(), findings.end(), [&](finding const& one) { return one.of->id == id; });
    return found == findings.end() ? nullptr : &*found;
}

std::array<std::size_t, levels> report::counts() const noexcept {
    std::array<std::size_t, levels> numbers{};
    for (auto const& one : findings) ++numbers[static_cast<unsigned>(one.level)];
    return numbers;
}

}  // namespace postrider::lint
