#include "client_arguments.hpp"

#include <algorithm>
#include <postrider/codec/charset.hpp>
#include <postrider/codec/idna.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/proto/smtp/escape.hpp>

#include "client_failure.hpp"

namespace postrider::smtp::client_side {
namespace {

constexpr bool is_control(char c) noexcept {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

bool has_control(std::string_view text) noexcept {
    return std::any_of(text.begin(), text.end(), is_control);
}

/// Whether the octets between "<" and ">" stay one path for every reader.
bool is_closed(std::string_view path) noexcept {
    bool quoted = false;
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (path[i] == '"')
            quoted = !quoted;
        else if (quoted && path[i] == '\\')
            ++i;
        else if (!quoted && (path[i] == ' ' || path[i] == '<' || path[i] == '>'))
            return false;
    }
    return !quoted;
}

bool is_keyword(std::string_view text) noexcept {
    return !text.empty() && ascii::is_alnum(text[0]) &&
           std::all_of(text.begin(), text.end(), [](char c) { return ascii::is_alnum(c) || c == '-'; });
}

bool is_value(std::string_view text) noexcept {
    return !text.empty() &&
           std::none_of(text.begin(), text.end(), [](char c) { return is_control(c) || c == ' ' || c == '='; });
}

bool goes_as_it_is(session const& s, std::string_view address) {
    return codec::is_ascii(address) || s.offered.has("smtputf8");
}

failure wrong(phase where, std::string_view what, std::string_view argument) {
    return unfit(errc::invalid_argument, where, std::string(what) + ": \"" + escaped(argument) + '"');
}

}  // namespace

objection check_line(std::string_view line, phase where) {
    if (has_control(line)) return wrong(where, "a control character in a command would be a command of its own", line);
    return {};
}

objection check_hello_name(std::string_view name) {
    if (name.empty()) return wrong(phase::hello, "EHLO needs this host's name", name);
    if (has_control(name) || name.find(' ') != name.npos)
        return wrong(phase::hello, "a name for EHLO holds no space and no control character", name);
    return {};
}

objection check_path(std::string_view address, phase where) {
    if (has_control(address)) return wrong(where, "an address holds no control character", address);
    if (!is_closed(address)) return wrong(where, "this is no address of the form local-part@domain", address);
    if (address.empty() && where == phase::rcpt_to) return wrong(where, "a recipient needs an address", address);
    return {};
}

objection check_parameters(std::vector<parameter> const& parameters, phase where) {
    for (auto const& p : parameters)
        if (!is_keyword(p.keyword) || (p.value && !is_value(*p.value)))
            return wrong(where, "this is no ESMTP parameter", to_string(p));
    return {};
}

objection check_envelope(envelope const& e) {
    if (auto why_not = check_path(e.reverse_path, phase::mail_from)) return why_not;
    if (auto why_not = check_parameters(e.parameters, phase::mail_from)) return why_not;
    if (e.forward_paths.empty())
        return unfit(errc::invalid_argument, phase::rcpt_to, "the message has no recipient: name one at least");
    for (auto const& path : e.forward_paths) {
        if (auto why_not = check_path(path.address, phase::rcpt_to)) return why_not;
        if (auto why_not = check_parameters(path.parameters, phase::rcpt_to)) return why_not;
    }
    return {};
}

bool beyond_ascii(std::vector<parameter> const& parameters) noexcept {
    return std::any_of(parameters.begin(), parameters.end(), [](auto& p) {
        return ascii::equal_without_case(p.keyword, "SMTPUTF8") || (p.value && !codec::is_ascii(*p.value));
    });
}

bool beyond_ascii(envelope const& e) noexcept {
    return !codec::is_ascii(e.reverse_path) || beyond_ascii(e.parameters) ||
           std::any_of(e.forward_paths.begin(), e.forward_paths.end(),
                       [](auto& path) { return !codec::is_ascii(path.address) || beyond_ascii(path.parameters); });
}

bool can_be_told(session const& s, std::string_view address) {
    return goes_as_it_is(s, address) || codec::address_to_ascii(address);
}

std::string command_with_path(session const& s, std::string_view verb, std::string_view path,
                              std::vector<parameter> const& parameters) {
    std::string in_ascii;
    if (!goes_as_it_is(s, path)) path = in_ascii = codec::address_to_ascii(path).value();
    std::string line;
    line.reserve(verb.size() + path.size() + 3);
    ((line += verb) += ":<").append(path) += '>';
    if (s.does_esmtp)
        for (auto const& p : parameters) line += ' ' + to_string(p);
    return line;
}

}  // namespace postrider::smtp::client_side
