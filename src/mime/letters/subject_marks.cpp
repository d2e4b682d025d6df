#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <postrider/mime/reply.hpp>
#include <span>

#include <postrider/mime/fold_case.hpp>
#include "../parse/blanks.hpp"
#include "../parse/visible.hpp"

namespace postrider::mime {
namespace {

using marks = std::span<std::string_view const>;

// As mailers write them in their users' languages, in small letters.
constexpr std::string_view reply_marks[] = {"re",   "aw",   "antw", "antwort", "sv",   "vs",   "rif",   "odp",
                                            "ynt",  "atb",  "vá",   "bls",     "απ",   "σχετ", "ответ", "отв",
                                            "回复", "答复", "回覆", "答覆",    "回信", "返信"};
constexpr std::string_view forward_marks[] = {"fwd", "fw",  "wg",  "tr",  "rv",     "enc",  "doorst", "vl",   "vb",
                                              "pd",  "ilt", "ılt", "πρθ", "пересл", "转发", "轉寄",   "轉發", "転送"};
constexpr std::size_t longest_mark = 20;
constexpr std::string_view wide_colon = "：";

// A count behind the mark: [2] or (2) or ^2.
std::string_view without_count(std::string_view text) noexcept {
    if (text.empty() || std::string_view("[(^").find(text.front()) == std::string_view::npos) return text;
    char const opening = text.front();
    auto rest = text.substr(1);
    auto const digits = std::find_if_not(rest.begin(), rest.end(), ascii::is_digit) - rest.begin();
    if (digits == 0) return text;
    rest.remove_prefix(static_cast<std::size_t>(digits));
    if (opening == '^') return rest;
    return rest.starts_with(opening == '[' ? ']' : ')') ? rest.substr(1) : text;
}

// What follows mark, count and colon; nothing where they do not stand.
std::string_view behind_mark(std::string_view subject, marks known) {
    auto const folded = fold_case(subject.substr(0, longest_mark));
    for (auto const mark : known) {
        if (!folded.starts_with(mark)) continue;
        auto rest = trim_front(without_count(subject.substr(mark.size())));
        if (rest.starts_with(':')) return trim_front(rest.substr(1));
        if (rest.starts_with(wide_colon)) return trim_front(rest.substr(wide_colon.size()));
    }
    return {};
}

std::string marked_once(std::string_view mark, std::string_view subject, marks known) {
    auto const utf8 = to_utf8(subject);
    auto rest = trim(utf8);
    for (auto next = behind_mark(rest, known); next.data(); next = behind_mark(rest, known)) rest = next;
    return std::string(mark).append(rest.empty() ? "" : " ").append(rest);
}

}  // namespace

std::string reply_subject(std::string_view subject) {
    return marked_once("Re:", subject, reply_marks);
}

std::string forward_subject(std::string_view subject) {
    return marked_once("Fwd:", subject, forward_marks);
}

}  // namespace postrider::mime
