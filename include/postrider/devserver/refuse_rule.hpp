#pragma once
#include <postrider/core/result.hpp>
#include <postrider/proto/smtp/reply.hpp>
#include <string>
#include <string_view>

namespace postrider::devserver {

/// Which recipients the dev server refuses, and with which words.
///     rule    = pattern "=" reply
///     pattern = an address in which each "*" stands for any octets, none included
///     reply   = code SP [ enhanced-code SP ] text          code is 4yz or 5yz; RFC 5321 §4.2, RFC 3463
/// as in "b@*=550 5.1.1 no such user" or "*@slow.example=451 4.7.1 come back later".
struct refuse_rule {
    std::string pattern;
    smtp::reply reply;

    /// Whether the rule speaks of this forward-path. Letters compare without case.
    bool matches(std::string_view address) const noexcept;
};

/// `rule`     split at the last "=" that has a reply behind it, since an address may hold "=".
/// errors     std::errc::invalid_argument; `why` says for people what is wrong with the rule.
result<refuse_rule> parse_refuse_rule(std::string_view rule, std::string& why);

/// Whether `text` has the form of `pattern`: "*" stands for any octets, all others for themselves, ASCII letters
/// without case. Time grows with the product of both lengths at worst.
bool matches_pattern(std::string_view pattern, std::string_view text) noexcept;

}  // namespace postrider::devserver
