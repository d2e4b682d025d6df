#include "server_extensions.hpp"

#include <algorithm>
#include <optional>
#include <postrider/core/ascii.hpp>

#include "server_auth.hpp"
#include "server_session.hpp"

namespace postrider::smtp::server_side {
namespace {

/// What stands behind the keyword, or nothing where the extension is not offered now.
struct service_extension {
    std::string_view keyword;
    std::optional<std::string> (*offer)(session const&);
};

std::optional<std::string> always(session const&) {
    return "";
}

std::optional<std::string> offer_size(session const& s) {
    return s.options.max_message == 0 ? "" : ' ' + std::to_string(s.options.max_message);
}

std::optional<std::string> offer_binarymime(session const& s) {
    if (is_hidden(s, "CHUNKING")) return {};
    return "";
}

std::optional<std::string> offer_starttls(session const& s) {
    if (!s.options.offer_starttls || s.secure) return {};
    return "";
}

std::optional<std::string> offer_auth(session const& s) {
    if (!may_authenticate(s)) return {};
    std::string line;
    for (auto const& mechanism : offered_mechanisms(s)) line += ' ' + mechanism;
    return line;
}

std::optional<std::string> offer_xclient(session const& s) {
    if (!s.options.take_xclient) return {};
    return " NAME ADDR PORT PROTO HELO LOGIN";
}

constexpr service_extension extensions[] = {
    {"PIPELINING", always},            // RFC 2920
    {"SIZE", offer_size},              // RFC 1870
    {"8BITMIME", always},              // RFC 6152
    {"SMTPUTF8", always},              // RFC 6531
    {"ENHANCEDSTATUSCODES", always},   // RFC 2034
    {"CHUNKING", always},              // RFC 3030
    {"BINARYMIME", offer_binarymime},  // RFC 3030 §3
    {"DSN", always},                   // RFC 3461
    {"STARTTLS", offer_starttls},      // RFC 3207
    {"AUTH", offer_auth},              // RFC 4954
    {"XCLIENT", offer_xclient},        // Postfix, XCLIENT_README
};

}  // namespace

std::vector<std::string> offered_extensions(session const& s) {
    std::vector<std::string> lines;
    for (auto const& extension : extensions) {
        if (is_hidden(s, extension.keyword)) continue;
        if (auto const behind = extension.offer(s)) lines.push_back(std::string(extension.keyword) + *behind);
    }
    return lines;
}

bool is_hidden(session const& s, std::string_view keyword) noexcept {
    auto const& hidden = s.options.hidden_extensions;
    return std::any_of(hidden.begin(), hidden.end(),
                       [&](auto const& one) { return ascii::equal_without_case(one, keyword); });
}

}  // namespace postrider::smtp::server_side
