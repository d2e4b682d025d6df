#include "line.hpp"

#include "blanks.hpp"

namespace postrider::mime {

line line_at(std::string_view octets, std::size_t begin) noexcept {
    return line_until(octets, begin, octets.find('\n', begin));
}

line line_until(std::string_view octets, std::size_t begin, std::size_t feed) noexcept {
    if (feed == std::string_view::npos) return {begin, octets.size(), octets.size()};
    bool const crlf = feed > begin && octets[feed - 1] == '\r';
    return {begin, feed - crlf, feed + 1};
}

std::size_t begin_of_line(std::string_view octets, std::size_t at) noexcept {
    return octets.rfind('\n', at) + 1;  // npos + 1 is the first octet
}

std::size_t end_of_line_before(std::string_view octets, std::size_t at, std::size_t floor) noexcept {
    if (at == floor || octets[at - 1] != '\n') return at;
    --at;
    return at > floor && octets[at - 1] == '\r' ? at - 1 : at;
}

header_line read_header_line(std::string_view text) noexcept {
    if (text.empty()) return {line_role::blank};
    if (is_blank(text.front())) return {line_role::continuation};
    if (text.starts_with("From ")) return {line_role::envelope};
    std::size_t name = 0;
    while (name < text.size() && has_class(text[name], name_class)) ++name;
    if (name == text.size() || text[name] != ':') return {line_role::other};
    return {name == 0 ? line_role::nameless : line_role::field, name};
}

}  // namespace postrider::mime
