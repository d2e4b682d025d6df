#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <postrider/mime/authentication_results.hpp>

#include "../characters.hpp"

namespace postrider::mime {
namespace {

/// value = token / quoted-string; an address needs no quotes either.                        RFC 8601 §2.2, RFC 2045 §5.1
bool needs_quotes(std::string_view value) noexcept {
    constexpr std::string_view specials = "()<>,;:\\\"/[]?=";
    return value.empty() || std::any_of(value.begin(), value.end(), [&](char c) {
               return c <= ' ' || c == '\x7f' || ascii::is_8bit(c) || specials.find(c) != specials.npos;
           });
}

/// What ends the value has a backslash before it; a control character, which nothing can hold, becomes a blank.
std::string escaped(std::string_view text, std::string_view ends) {
    std::string out;
    for (char c : text) {
        if (c == '\\' || ends.find(c) != ends.npos) out += '\\';
        out += is_control(c) ? ' ' : c;
    }
    return out;
}

std::string value_text(std::string_view value) {
    return needs_quotes(value) ? '"' + escaped(value, "\"") + '"' : std::string(value);
}

std::string version_text(int version, char const* before) {
    return version == 1 ? std::string() : before + std::to_string(version);
}

std::string result_text(authentication_result const& one) {
    std::string text = one.method + version_text(one.version, "/") + '=' + one.result;
    if (!one.comment.empty()) text += " (" + escaped(one.comment, "()") + ')';
    if (!one.reason.empty()) text += " reason=\"" + escaped(one.reason, "\"") + '"';
    for (auto const& [ptype, property, value] : one.properties) {
        text += ' ';
        if (!ptype.empty()) text += ptype + '.';
        text += property + '=' + value_text(value);
    }
    return text;
}

}  // namespace

std::string to_string(authentication_results const& told) {
    std::string text;
    if (told.instance) text = "i=" + std::to_string(*told.instance) + "; ";
    text += value_text(told.authserv_id) + version_text(told.version, " ");
    for (auto const& one : told.results) text += "; " + result_text(one);
    if (told.results.empty()) text += "; none";
    return text;
}

}  // namespace postrider::mime
