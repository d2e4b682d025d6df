#include "plain_mailbox.hpp"

#include "../characters.hpp"

namespace postrider::mime {
namespace {

// dot-atom = 1*atext *("." 1*atext)
std::size_t measure_dot_atom(std::string_view text) noexcept {
    for (std::size_t at = 0;; ++at) {
        auto const begin = at;
        while (at < text.size() && is_atext(text[at])) ++at;
        if (at == begin) return 0;
        if (at == text.size() || text[at] != '.') return at;
    }
}

// Two blanks are one to who gathers words, and "=?" may begin an encoded-word.
plain_name measure_atoms(std::string_view text) noexcept {
    char before = ' ';
    for (std::size_t i = 0; i < text.size(); before = text[i++]) {
        char const c = text[i];
        if (c == '<' && before == ' ' && i > 0) return {text.substr(0, i - 1), i};
        if (c == ' ' ? before == ' ' : !is_atext(c) && c != '.') break;
        if (c == '?' && before == '=') break;
    }
    return {};
}

plain_name measure_quoted(std::string_view text) noexcept {
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '\\' || (text[i] == '?' && text[i - 1] == '=')) break;
        if (text[i] != '"') continue;
        if (text.substr(i + 1, 2) == " <") return {text.substr(1, i - 1), i + 2};
        break;
    }
    return {};
}

}  // namespace

plain_name measure_plain_name(std::string_view text) noexcept {
    return text.starts_with('"') ? measure_quoted(text) : measure_atoms(text);
}

std::size_t measure_plain_addr_spec(std::string_view text) noexcept {
    auto const local = measure_dot_atom(text);
    if (local == 0 || local == text.size() || text[local] != '@') return 0;
    if (text.substr(0, local).find("=?") != text.npos) return 0;
    auto const domain = measure_dot_atom(text.substr(local + 1));
    return domain == 0 ? 0 : local + 1 + domain;
}

}  // namespace postrider::mime
