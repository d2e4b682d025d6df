#include "lint_page.hpp"

#include <postrider/mime/tree.hpp>

namespace postrider::app {
namespace {

using lint::level;

constexpr std::size_t indent = 9;

std::string head(lint::finding const& one, palette const& in) {
    std::string word(to_string(one.level));
    word.resize(indent, ' ');
    auto const coloured = one.level == level::error ? in.red(word) : one.level == level::warning ? in.bold(word) : word;
    return coloured + in.bold(one.title()) + "  " + in.faint(one.of->id) + '\n';
}

std::string words_of(lint::place const& where) {
    std::string words;
    if (!where.header.empty()) words += where.header + ", ";
    if (where.part) words += "part " + std::to_string(*where.part) + ", ";
    if (where.line) words += "line " + std::to_string(*where.line) + ", ";
    if (!words.empty()) words.resize(words.size() - 2);
    return words;
}

std::string told(lint::finding const& one, palette const& in) {
    std::string const margin(indent, ' ');
    std::string text = head(one, in) + margin + mime::terminal_safe(one.detail()) + '\n';
    if (!one.places.empty()) {
        text += margin + "at " + mime::terminal_safe(words_of(one.places.front()));
        if (one.places.size() > 1) text += " and " + std::to_string(one.count - 1) + " more";
        text += '\n';
    }
    return text + margin + in.faint(std::string(one.of->rule) + "  " + std::string(one.of->rule_url)) + "\n\n";
}

std::string number_of(std::size_t many, std::string_view what) {
    return std::to_string(many) + ' ' + std::string(what) + (many == 1 ? "" : "s");
}

}  // namespace

std::string lint_page(lint::report const& of, level least, palette const& in) {
    std::string page;
    for (auto wanted : {level::error, level::warning, level::notice})
        for (auto const& one : of.findings)
            if (one.level == wanted && wanted >= least) page += told(one, in);
    auto const counts = of.counts();
    auto const many = [&](level which) { return counts[static_cast<unsigned>(which)]; };
    return page + number_of(many(level::error), "error") + ", " + number_of(many(level::warning), "warning") + ", " +
           number_of(many(level::notice), "notice") + "; " + number_of(many(level::pass), "check") + " passed\n";
}

}  // namespace postrider::app
