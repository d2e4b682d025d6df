#include <array>
#include <charconv>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/devserver/lookups.hpp>

/// SpamAssassin's protocol, as a client speaks it.                    spamd/PROTOCOL in SpamAssassin's source
///     request  = "REPORT SPAMC/1.5" CRLF "Content-length: " n CRLF CRLF message
///     response = "SPAMD/1.1 0 EX_OK" CRLF *(field CRLF) CRLF report
///     Spam: True ; 6.6 / 5.0
namespace postrider::devserver {
namespace {

std::string_view blanks_off(std::string_view text) {
    auto const first = text.find_first_not_of(" \t\r");
    return first == text.npos ? std::string_view() : text.substr(first, text.find_last_not_of(" \t\r") + 1 - first);
}

bool read_number(std::string_view text, double& into) {
    constexpr double most = 1e6;  // no rule gives more; "inf" and "nan" are numbers to from_chars
    text = blanks_off(text);
    auto const ec = std::from_chars(text.data(), text.data() + text.size(), into).ec;
    return ec == std::errc() && into > -most && into < most;
}

/// The field's value, without blanks around it; empty where there is none.
std::string_view field(std::string_view head, std::string_view name) {
    for (std::size_t at = head.find('\n'); at != head.npos; at = head.find('\n', at + 1)) {
        auto const line = head.substr(at + 1, head.find('\n', at + 1) - at - 1);
        if (line.size() > name.size() && line[name.size()] == ':' &&
            ascii::equal_without_case(line.substr(0, name.size()), name))
            return blanks_off(line.substr(name.size() + 1));
    }
    return {};
}

/// " 1.2 RULE_NAME   What it means", and lines of blanks and words that go on with the one in front.
void read_rules(std::string_view report, lint::spam_verdict& into) {
    // Dashes may stand in the preview of the message too, but never first in a line.
    auto const dashes = report.find("\n----");
    for (std::size_t at = dashes == report.npos ? report.size() : dashes + 1; at < report.size();) {
        auto const next = std::min(report.find('\n', at), report.size());
        auto const line = report.substr(at, next - at);
        at = next + 1;
        auto const words = blanks_off(line);
        auto const blank = words.find(' ');
        lint::spam_verdict::rule rule;
        bool const begins =
            blank != words.npos && line.find_first_not_of(' ') < 4 && read_number(words.substr(0, blank), rule.score);
        if (begins) {
            auto const rest = blanks_off(words.substr(blank));
            auto const end = std::min(rest.find(' '), rest.size());
            rule.name = rest.substr(0, end);
            rule.description = blanks_off(rest.substr(end));
            into.rules.push_back(std::move(rule));
        } else if (!into.rules.empty() && !words.empty()) {
            into.rules.back().description += ' ' + std::string(words);
        }
    }
}

std::optional<lint::spam_verdict> read_response(std::string_view response) {
    auto const end = response.find("\r\n\r\n");
    if (end == response.npos || !response.starts_with("SPAMD/") || response.substr(0, end).find(" 0 ") == response.npos)
        return std::nullopt;
    auto const spam = field(response.substr(0, end + 2), "Spam");
    auto const semicolon = spam.find(';'), slash = spam.find('/');
    lint::spam_verdict verdict;
    if (slash == spam.npos || semicolon > slash) return std::nullopt;
    if (!read_number(spam.substr(semicolon + 1), verdict.score) ||
        !read_number(spam.substr(slash + 1), verdict.threshold))
        return std::nullopt;
    read_rules(response.substr(end + 4), verdict);
    return verdict;
}

std::optional<std::string> exchange(net::endpoint const& where, std::string_view message, net::deadline until) {
    std::string why;
    auto const io = net::connect(where, {}, until, why);
    if (!io) return std::nullopt;
    auto const head = "REPORT SPAMC/1.5\r\nContent-length: " + std::to_string(message.size()) + "\r\n\r\n";
    std::string_view const pieces[] = {head, message};
    if ((*io)->write_all(pieces, until)) return std::nullopt;
    std::string response;
    std::array<char, 4096> room;
    for (;;) {
        auto const got = (*io)->read_some(room, until);
        if (!got && got.error() == io_errc::end_of_stream) return response;
        if (!got || response.size() + *got > limits::spamd_octets) return std::nullopt;
        response.append(room.data(), *got);
    }
}

}  // namespace

std::function<std::optional<lint::spam_verdict>(std::string_view)> ask_spamd(net::endpoint where,
                                                                             std::chrono::milliseconds patience) {
    return [where = std::move(where), patience](std::string_view octets) -> std::optional<lint::spam_verdict> {
        auto const response = exchange(where, octets, net::deadline::clock::now() + patience);
        return response ? read_response(*response) : std::nullopt;
    };
}

}  // namespace postrider::devserver
