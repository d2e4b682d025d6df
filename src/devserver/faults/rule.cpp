#include <algorithm>
#include <array>
#include <charconv>
#include <postrider/codec/charset.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/devserver/fault_rule.hpp>
#include <span>
#include <system_error>
#include <utility>

#include "reader.hpp"

namespace postrider::devserver {
namespace {

using rule = fault_rule;
using stages = fault_rule::stages;
using actions = fault_rule::actions;

constexpr std::array<std::string_view, 13> stage_names{"connect", "greeting", "ehlo", "starttls", "auth",
                                                       "mail",    "rcpt",     "data", "content",  "end-of-data",
                                                       "rset",    "quit",     "any"};
constexpr std::array<std::string_view, 9> action_names{"reply", "delay",    "drip",    "drop",           "lose-reply",
                                                       "wrong", "oversize", "garbage", "bad-certificate"};
constexpr std::array<std::string_view, 4> certificate_names{"expired", "wrong-name", "self-signed", "broken"};
constexpr std::array<std::string_view, 3> modifier_names{"p=", "times=", "after="};

constexpr std::chrono::hours longest_time{1};

struct unit {
    std::string_view name;
    std::chrono::milliseconds is;
};
constexpr std::array<unit, 3> units{
    {{"ms", std::chrono::milliseconds(1)}, {"s", std::chrono::seconds(1)}, {"m", std::chrono::minutes(1)}}};

template <class Names>
std::optional<std::size_t> index_in(Names const& names, std::string_view name) noexcept {
    auto const found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return {};
    return static_cast<std::size_t>(found - names.begin());
}

template <class Names>
std::string listed(Names const& names) {
    std::string all;
    for (auto const name : names) all += (all.empty() ? "" : " ") + std::string(name);
    return all;
}

bool is_code(std::string_view word) noexcept {
    return word.size() == 3 && word[0] >= '2' && word[0] <= '5' && ascii::is_digit(word[1]) && ascii::is_digit(word[2]);
}

std::string_view first_word(std::string_view text) noexcept {
    return text.substr(0, text.find(' '));
}

bool is_printable(std::string_view text) noexcept {
    return codec::is_utf8(text) && std::none_of(text.begin(), text.end(), ascii::is_control);
}

template <class Number>
std::optional<Number> number_of(std::string_view text) noexcept {
    Number number{};
    auto const [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (ec != std::errc() || end != text.data() + text.size()) return {};
    return number;
}

/// Reads one rule from left to right; the first thing that is wrong ends it.
class reader {
public:
    explicit reader(std::string_view text) : text_(text), rest_(text) { made_.text = text; }

    bool read() { return read_whole() && take_modifiers() && take_stage() && take_pattern() && take_action(); }

    rule& made() noexcept { return made_; }
    complaint const& why() const noexcept { return why_; }

private:
    bool wrong(std::string_view at, problem what, problem_values values = {}) {
        values.emplace_back("at", std::to_string(at.data() - text_.data() + 1));
        why_ = complaint(what, std::move(values));
        return false;
    }

    bool read_whole();
    bool take_modifiers();
    bool take_modifier(std::string_view word);
    bool take_stage();
    bool take_pattern();
    bool take_action();
    bool take_reply();
    bool take_time(std::string_view text);
    bool take_octets(std::string_view text);
    bool take_certificate(std::string_view text);

    std::string_view text_, rest_;
    rule made_;
    complaint why_;
};

bool reader::read_whole() {
    if (text_.size() > limits::fault_rule_octets)
        return wrong(text_, "fault-too-long", {{"most", std::to_string(limits::fault_rule_octets)}});
    return is_printable(text_) || wrong(text_, "fault-control");
}

/// They stand at the end, behind words of a reply that may look like anything.
bool reader::take_modifiers() {
    for (;;) {
        auto const space = rest_.rfind(' ');
        auto const word = space == rest_.npos ? std::string_view() : rest_.substr(space + 1);
        bool const is_one = std::any_of(modifier_names.begin(), modifier_names.end(),
                                        [&](auto name) { return word.starts_with(name); });
        if (!is_one) return true;
        if (!take_modifier(word)) return false;
        rest_ = rest_.substr(0, rest_.find_last_not_of(' ', space) + 1);
    }
}

bool reader::take_modifier(std::string_view word) {
    auto const value = word.substr(word.find('=') + 1);
    if (word.starts_with("p=")) {
        auto const p = number_of<double>(value);
        if (!p || !(*p >= 0 && *p <= 1)) return wrong(word, "fault-no-probability");
        made_.probability = *p;
        return true;
    }
    auto const count = number_of<std::uint64_t>(value);
    if (!count) return wrong(word, "fault-no-count", {{"name", std::string(word.substr(0, word.find('=') + 1))}});
    word.starts_with("times=") ? void(made_.times = *count) : void(made_.after = *count);
    return true;
}

bool reader::take_stage() {
    auto const name = rest_.substr(0, rest_.find_first_of(" ="));
    auto const found = index_in(stage_names, name);
    if (!found) return wrong(rest_, "fault-no-stage", {{"name", std::string(name)}, {"known", listed(stage_names)}});
    made_.stage = static_cast<stages>(*found);
    rest_.remove_prefix(name.size());
    return true;
}

/// What an address may hold too is no end of it: the "=" that counts is the first with an action behind it.
bool reader::take_pattern() {
    auto equals = rest_.find('=');
    auto begins_action = [&](std::size_t at) {
        auto const word = first_word(rest_.substr(at + 1));
        return is_code(word) || (word != "reply" && index_in(action_names, word));
    };
    auto found = equals;
    while (found != rest_.npos && !begins_action(found)) found = rest_.find('=', found + 1);
    if (equals == rest_.npos) return wrong(rest_, "fault-no-equals");
    if (found == rest_.npos)
        return wrong(rest_.substr(equals + 1), "fault-no-action",
                     {{"known", listed(std::span(action_names).subspan(1))}});
    if (found > 0) {
        auto const pattern = rest_.substr(1, found - 1);
        if (pattern.empty()) return wrong(rest_, "fault-no-pattern");
        if (!takes_pattern(made_.stage))
            return wrong(pattern, "fault-pattern-at", {{"stage", std::string(to_string(made_.stage))}});
        made_.pattern = pattern;
    }
    rest_.remove_prefix(found + 1);
    return true;
}

bool reader::take_action() {
    auto const action = rest_;
    auto const name = first_word(rest_);
    made_.action = is_code(name) ? actions::reply : static_cast<actions>(*index_in(action_names, name));
    if (!fits(made_.stage, made_.action))
        return wrong(
            action, "fault-action-at",
            {{"action", std::string(to_string(made_.action))}, {"stage", std::string(to_string(made_.stage))}});
    if (made_.action == actions::reply) return take_reply();
    rest_.remove_prefix(std::min(rest_.find_first_not_of(' ', name.size()), rest_.size()));
    switch (made_.action) {
        case actions::delay:
        case actions::drip: return take_time(rest_);
        case actions::drop: return rest_.empty() || take_octets(rest_);
        case actions::bad_certificate: return take_certificate(rest_);
        default: return rest_.empty() || wrong(rest_, "fault-behind-action", {{"action", std::string(name)}});
    }
}

bool reader::take_reply() {
    int const code = *number_of<int>(rest_.substr(0, 3));
    auto words = rest_.substr(std::min<std::size_t>(rest_.size(), 4));
    auto enhanced = smtp::parse_enhanced_code(words);
    if (enhanced && enhanced->class_digit != code / 100) return wrong(words, "fault-enhanced-code");
    if (enhanced) words.remove_prefix(std::min(words.size(), smtp::to_string(*enhanced).size() + 1));
    made_.reply = smtp::reply_of(code, enhanced, std::string(words.empty() ? "on demand" : words));
    return true;
}

bool reader::take_time(std::string_view text) {
    auto const digits = text.substr(0, text.find_first_not_of("0123456789"));
    auto const found = std::find_if(units.begin(), units.end(),
                                    [&](unit const& one) { return one.name == text.substr(digits.size()); });
    auto const number = number_of<std::uint32_t>(digits);
    if (!number || found == units.end()) return wrong(text, "fault-no-time");
    made_.time = *number * found->is;
    return made_.time <= longest_time || wrong(text, "fault-long-time");
}

bool reader::take_octets(std::string_view text) {
    if (made_.stage != stages::content) return wrong(text, "fault-octets-at");
    auto const number = number_of<std::uint32_t>(text);
    if (!number) return wrong(text, "fault-no-octets");
    made_.octets = *number;
    return true;
}

bool reader::take_certificate(std::string_view text) {
    auto const found = index_in(certificate_names, text);
    if (!found) return wrong(text, "fault-no-certificate", {{"known", listed(certificate_names)}});
    made_.certificate = static_cast<rule::certificates>(*found);
    return true;
}

}  // namespace

result<fault_rule> read_fault_rule(std::string_view text, complaint& why) {
    reader of(text);
    if (of.read()) return std::move(of.made());
    why = of.why();
    return make_error_code(std::errc::invalid_argument);
}

result<fault_rule> parse_fault_rule(std::string_view text, std::string& why) {
    complaint about;
    auto rule = read_fault_rule(text, about);
    if (!rule) why = std::move(about.text);
    return rule;
}

fault_rule as_fault(refuse_rule const& short_form) {
    fault_rule made;
    made.text = "rcpt " + short_form.pattern + '=' + smtp::to_string(short_form.reply);
    made.stage = stages::rcpt;
    made.pattern = short_form.pattern;
    made.action = actions::reply;
    made.reply = short_form.reply;
    return made;
}

std::string_view to_string(fault_rule::stages stage) noexcept {
    return stage_names[static_cast<std::size_t>(stage)];
}

std::string_view to_string(fault_rule::actions action) noexcept {
    return action_names[static_cast<std::size_t>(action)];
}

bool fits(fault_rule::stages stage, fault_rule::actions action) noexcept {
    bool const is_certificate = action == actions::bad_certificate;
    switch (stage) {
        case stages::connect: return is_certificate || action == actions::drop || action == actions::delay;
        case stages::content: return action == actions::drop;
        case stages::starttls: return true;
        default: return !is_certificate;
    }
}

bool takes_pattern(fault_rule::stages stage) noexcept {
    constexpr std::array without{stages::connect, stages::greeting, stages::starttls, stages::rset, stages::quit};
    return std::find(without.begin(), without.end(), stage) == without.end();
}

}  // namespace postrider::devserver
