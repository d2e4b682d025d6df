#include "server_parameters.hpp"

#include <algorithm>
#include <charconv>
#include <postrider/core/ascii.hpp>
#include <span>
#include <utility>

#include "server_xtext.hpp"

namespace postrider::smtp::server_side {
namespace {

constexpr enhanced_code bad_argument{5, 5, 4};

reply refuse(std::string words) {
    return reply_of(501, bad_argument, std::move(words));
}
reply refuse_value(parameter const& p) {
    return refuse("not a value of " + p.keyword);
}

bool is_keyword(std::string_view text) noexcept {
    return !text.empty() && ascii::is_alnum(text[0]) &&
           std::all_of(text.begin(), text.end(), [](char c) { return ascii::is_alnum(c) || c == '-'; });
}

/// esmtp-value, and the octets of UTF-8 that RFC 6531 §3.3 adds to it.
bool is_value(std::string_view text) noexcept {
    return !text.empty() &&
           std::none_of(text.begin(), text.end(), [](char c) { return ascii::is_control(c) || c == ' ' || c == '='; });
}

using check = bool (*)(std::optional<std::string_view> value);

struct known_parameter {
    std::string_view keyword;
    check is_right;
    std::string_view extension;
};

bool is_number(std::optional<std::string_view> value) noexcept {
    if (!value || value->empty() || value->size() > 20) return false;
    std::uint64_t number = 0;
    auto const [end, ec] = std::from_chars(value->data(), value->data() + value->size(), number);
    return ec == std::errc() && end == value->data() + value->size();
}

bool is_body(std::optional<std::string_view> value) noexcept {
    return value && (ascii::equal_without_case(*value, "7BIT") || ascii::equal_without_case(*value, "8BITMIME") ||
                     ascii::equal_without_case(*value, "BINARYMIME"));
}

bool is_absent(std::optional<std::string_view> value) noexcept {
    return !value;
}

bool is_ret(std::optional<std::string_view> value) noexcept {
    return value && (ascii::equal_without_case(*value, "FULL") || ascii::equal_without_case(*value, "HDRS"));
}

bool is_envid(std::optional<std::string_view> value) {  // RFC 3461 §4.4: 100 characters
    return value && value->size() <= 100 && decode_xtext(*value);
}

bool is_auth(std::optional<std::string_view> value) {  // RFC 4954 §5
    return value && value->size() <= 500 && decode_xtext(*value);
}

/// "NEVER", or a list of the others.                                                            RFC 3461 §4.1
bool is_notify(std::optional<std::string_view> value) noexcept {
    if (!value) return false;
    if (ascii::equal_without_case(*value, "NEVER")) return true;
    for (auto rest = *value;;) {
        auto const comma = rest.find(',');
        auto const word = rest.substr(0, comma);
        if (!ascii::equal_without_case(word, "SUCCESS") && !ascii::equal_without_case(word, "FAILURE") &&
            !ascii::equal_without_case(word, "DELAY"))
            return false;
        if (comma == rest.npos) return true;
        rest.remove_prefix(comma + 1);
    }
}

/// addr-type ";" xtext, 500 characters.                                                         RFC 3461 §4.2
bool is_orcpt(std::optional<std::string_view> value) {
    if (!value || value->size() > 500) return false;
    auto const semicolon = value->find(';');
    return semicolon != value->npos && is_keyword(value->substr(0, semicolon)) && semicolon + 1 < value->size() &&
           decode_xtext(value->substr(semicolon + 1));
}

constexpr known_parameter of_mail[] = {
    {"SIZE", is_number, "SIZE"}, {"BODY", is_body, "8BITMIME"}, {"SMTPUTF8", is_absent, "SMTPUTF8"},
    {"RET", is_ret, "DSN"},      {"ENVID", is_envid, "DSN"},    {"AUTH", is_auth, "AUTH"},
};
constexpr known_parameter of_rcpt[] = {{"NOTIFY", is_notify, "DSN"}, {"ORCPT", is_orcpt, "DSN"}};

refusal check_against(std::span<known_parameter const> known, parameter const& given, offer_check const& is_offered) {
    auto const found =
        std::find_if(known.begin(), known.end(), [&](known_parameter const& k) { return k.keyword == given.keyword; });
    if (found == known.end() || !is_offered(found->extension))
        return reply_of(555, bad_argument, "this parameter is not known here");
    if (!found->is_right(given.value)) return refuse_value(given);
    return {};
}

bool is_8bit(parameter const& given) noexcept {
    return given.value && std::any_of(given.value->begin(), given.value->end(), ascii::is_8bit);
}

}  // namespace

refusal parse_parameters(std::string_view text, std::vector<parameter>& parsed) {
    while (true) {
        text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
        if (text.empty()) return {};
        auto const word = text.substr(0, text.find(' '));
        text.remove_prefix(word.size());
        auto const equals = word.find('=');
        parameter made{ascii::upper(word.substr(0, equals)), {}};
        if (!is_keyword(made.keyword)) return refuse("not a parameter");
        if (equals != word.npos) made.value = word.substr(equals + 1);
        if (made.value && !is_value(*made.value)) return refuse_value(made);
        if (std::any_of(parsed.begin(), parsed.end(), [&](auto const& p) { return p.keyword == made.keyword; }))
            return refuse(made.keyword + " stands twice");
        parsed.push_back(std::move(made));
    }
}

refusal check_mail_parameters(std::vector<parameter> const& given, offer_check const& is_offered,
                              mail_parameters& found) {
    for (auto const& p : given) {
        if (auto no = check_against(of_mail, p, is_offered)) return no;
        if (is_8bit(p)) return refuse_value(p);
        if (p.keyword == "SIZE") std::from_chars(p.value->data(), p.value->data() + p.value->size(), found.size);
        if (p.keyword == "SMTPUTF8") found.smtputf8 = true;
        if (p.keyword == "BODY") found.binary = ascii::equal_without_case(*p.value, "BINARYMIME");
    }
    if (found.binary && !is_offered("BINARYMIME")) return refuse("BINARYMIME is not offered here");
    return {};
}

refusal check_rcpt_parameters(std::vector<parameter> const& given, offer_check const& is_offered, bool smtputf8) {
    for (auto const& p : given) {
        if (auto no = check_against(of_rcpt, p, is_offered)) return no;
        if (is_8bit(p) && !smtputf8) return refuse_value(p);
    }
    return {};
}

}  // namespace postrider::smtp::server_side
