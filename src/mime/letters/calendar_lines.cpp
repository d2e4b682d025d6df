#include "calendar_lines.hpp"

#include <algorithm>
#include <cstddef>
#include <postrider/codec/charset.hpp>
#include <postrider/core/ascii.hpp>

#include "../checks.hpp"

namespace postrider::mime {
namespace {

constexpr std::size_t longest_line = 75;

bool is_plain(char c) noexcept {
    return ascii::is_alnum(c) || c == '-' || c == '/' || c == '_';
}

// Quoted, where what may stand bare differs from reader to reader. A quote within is "^'".              RFC 6868 §3.1
std::string parameter_value(std::string_view value) {
    std::string out = "\"";
    for (char c : value) {
        if (c == '"')
            out += "^'";
        else if (c == '^')
            out += "^^";
        else
            out += c;
    }
    return out + '"';
}

std::string escaped(std::string_view value) {
    std::string out;
    for (char c : value) {
        if (c == '\\' || c == ';' || c == ',') out += '\\';
        if (c == '\n')
            out += "\\n";
        else
            out += c;
    }
    return out;
}

}  // namespace

void calendar_lines::line(std::string_view name, std::string_view value, std::initializer_list<parameter> parameters) {
    check_text(name, value);
    std::string whole(name);
    for (auto const& [parameter_name, parameter_text] : parameters) {
        if (parameter_text.empty()) continue;
        check_text(parameter_name, parameter_text);
        whole.append(";").append(parameter_name).append("=");
        bool const plain = std::all_of(parameter_text.begin(), parameter_text.end(), is_plain);
        whole += plain ? parameter_text : parameter_value(parameter_text);
    }
    fold(whole.append(":").append(value));
}

void calendar_lines::text(std::string_view name, std::string_view value) {
    std::string lines(value);
    std::erase(lines, '\r');
    auto one_line = lines;
    std::replace(one_line.begin(), one_line.end(), '\n', ' ');
    check_text(name, one_line);
    fold(std::string(name).append(":").append(escaped(lines)));
}

// The blank that begins a continued line counts; no character is cut.
void calendar_lines::fold(std::string_view line) {
    for (auto room = longest_line;; room = longest_line - 1) {
        auto const fits = codec::utf8_prefix(line, room);
        out_.append(line.substr(0, fits)).append("\r\n");
        line.remove_prefix(fits);
        if (line.empty()) return;
        out_ += ' ';
    }
}

}  // namespace postrider::mime
