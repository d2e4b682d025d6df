#include "server_path.hpp"

#include <algorithm>
#include <postrider/core/ascii.hpp>

namespace postrider::smtp::server_side {
namespace {

constexpr std::size_t max_local_part = 64;
constexpr std::size_t max_domain = 255;
constexpr std::size_t max_path = 256;  // brackets included

bool is_atext(char c) noexcept {
    return ascii::is_alnum(c) || ascii::is_8bit(c) ||
           std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

bool is_dot_string(std::string_view text) noexcept {
    if (text.empty() || text.front() == '.' || text.back() == '.' || text.find("..") != text.npos) return false;
    return std::all_of(text.begin(), text.end(), [](char c) { return is_atext(c) || c == '.'; });
}

/// Takes the local-part from the front of `text`; empty when there is none.
std::string_view take_local_part(std::string_view& text) noexcept {
    std::size_t end = 0;
    if (text.starts_with('"')) {
        for (end = 1; end < text.size() && text[end] != '"'; ++end) {
            if (text[end] == '\\') ++end;
            if (end < text.size() && ascii::is_control(text[end])) return {};
        }
        if (end >= text.size()) return {};
        ++end;
    } else {
        end = std::find_if(text.begin(), text.end(), [](char c) { return c == '@' || c == '>'; }) - text.begin();
        if (!is_dot_string(text.substr(0, end))) return {};
    }
    auto const local_part = text.substr(0, end);
    text.remove_prefix(end);
    return local_part;
}

/// Takes "@" and what stands up to `end`; nothing when no "@" is there.
std::string_view take_domain(std::string_view& text, std::string_view ends) noexcept {
    if (!text.starts_with('@')) return {};
    text.remove_prefix(1);
    auto const domain = text.substr(0, text.starts_with('[') ? text.find(']') + 1 : text.find_first_of(ends));
    text.remove_prefix(domain.size());
    return domain;
}

bool drop_route(std::string_view& text) noexcept {
    while (text.starts_with('@')) {
        auto const domain = take_domain(text, ",:>");
        if (!is_domain(domain) && !is_address_literal(domain)) return false;
        if (text.starts_with(':')) {
            text.remove_prefix(1);
            return true;
        }
        if (!text.starts_with(",@")) return false;
        text.remove_prefix(1);
    }
    return true;
}

/// What is left behind a path: nothing, or parameters after a space.
bool ends_well(std::string_view& text) noexcept {
    if (!text.starts_with('>')) return false;
    text.remove_prefix(1);
    return text.empty() || text.starts_with(' ');
}

}  // namespace

bool is_domain(std::string_view text) noexcept {
    while (true) {
        auto const label = text.substr(0, text.find('.'));
        if (label.empty() || label.front() == '-' || label.back() == '-') return false;
        // QUIRK: no host name has an underscore, but the names that containers give each other do.
        if (!std::all_of(label.begin(), label.end(),
                         [](char c) { return ascii::is_alnum(c) || ascii::is_8bit(c) || c == '-' || c == '_'; }))
            return false;
        if (label.size() == text.size()) return true;
        text.remove_prefix(label.size() + 1);
    }
}

path_fault parse_path(std::string_view& text, path_kind kind, path& parsed) {
    auto const whole = text;
    if (!text.starts_with('<')) return path_fault::syntax;
    text.remove_prefix(1);
    if (kind == path_kind::reverse && text.starts_with('>'))
        return ends_well(text) ? path_fault::none : path_fault::syntax;
    if (!drop_route(text)) return path_fault::syntax;
    auto const mailbox = text;
    auto const local_part = take_local_part(text);
    if (local_part.empty()) return path_fault::syntax;
    bool const postmaster =
        kind == path_kind::forward && text.starts_with('>') && ascii::equal_without_case(local_part, "postmaster");
    if (!postmaster) {
        auto const domain = take_domain(text, "> ");
        if (!is_domain(domain) && !is_address_literal(domain)) return path_fault::syntax;
        if (domain.size() > max_domain) return path_fault::too_long;
    }
    parsed.address = mailbox.substr(0, mailbox.size() - text.size());
    parsed.is_8bit = std::any_of(parsed.address.begin(), parsed.address.end(), ascii::is_8bit);
    if (!ends_well(text)) return path_fault::syntax;
    if (local_part.size() > max_local_part || whole.size() - text.size() > max_path) return path_fault::too_long;
    return path_fault::none;
}

}  // namespace postrider::smtp::server_side
