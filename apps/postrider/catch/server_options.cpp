#include "server_options.hpp"

#include <CLI/App.hpp>
#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <postrider/core/ascii.hpp>

#include "commands.hpp"

namespace postrider::app {
namespace {

constexpr std::array<std::string_view, 10> extensions{
    "PIPELINING", "SIZE",       "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES",
    "CHUNKING",   "BINARYMIME", "DSN",      "STARTTLS", "AUTH"};

std::string known_extension(std::string const& text) {
    auto const keyword = ascii::upper(text);
    if (std::find(extensions.begin(), extensions.end(), keyword) != extensions.end()) return keyword;
    std::string all;
    for (auto const one : extensions) all += ' ' + std::string(one);
    throw error(exit_code::usage, "--hide '" + text + "': the extensions offered are" + all);
}

/// "500000", "10K", "25M"
std::uint64_t size_of(std::string_view text) {
    std::uint64_t number = 0;
    auto const [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
    std::string_view const unit(end, text.data() + text.size() - end);
    unsigned const shift = unit.empty() ? 0 : unit == "K" ? 10 : 20;
    bool const fits = number <= UINT64_MAX >> shift;
    if (ec != std::errc() || !(unit.empty() || unit == "K" || unit == "M") || !fits)
        throw error(exit_code::usage,
                    "--max-size '" + std::string(text) + "' is not a number of octets, as in 500000, 10K, 25M");
    return number << shift;
}

}  // namespace

void catch_server_options::add_to(CLI::App& command) {
    command.add_option("--max-size", max_size, "Refuse larger messages: octets, or 10K, 25M; 0: any size")
        ->type_name("SIZE");
    command.add_flag("--require-auth", manners.require_login, "Refuse mail before a login (530)");
    command.add_flag("--require-tls", manners.require_tls, "Refuse mail and logins in clear (530)");
    command.add_flag(
        "--strict", manners.strict,
        "Only CRLF ends a line, and a message with CR or LF alone is refused, as by servers in production");
    command
        .add_option("--hide", manners.hidden_extensions,
                    "Neither offer nor take this extension: PIPELINING, SIZE, 8BITMIME, SMTPUTF8, ENHANCEDSTATUSCODES, "
                    "CHUNKING, BINARYMIME, DSN, STARTTLS, AUTH; may be repeated")
        ->type_name("EXTENSION")
        ->expected(1)
        ->take_all();
    command.add_flag(
        "--proxy-protocol", manners.proxy_protocol,
        "Each connection begins with the PROXY protocol, version 1 or 2, as from HAProxy; others are closed");
    command.add_flag("--xclient", manners.take_xclient,
                     "Believe XCLIENT: who connects from this machine may say for whom it stands");
}

devserver::server_manners catch_server_options::read() const {
    auto all = manners;
    if (!max_size.empty()) all.max_message = size_of(max_size);
    for (auto& one : all.hidden_extensions) one = known_extension(one);
    return all;
}

}  // namespace postrider::app
