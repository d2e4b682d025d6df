#include "address.hpp"

#include <charconv>

#include "exit_codes.hpp"

namespace postrider::app {

net::endpoint parse_address(std::string_view text) {
    auto const colon = text.rfind(':');
    std::string_view host = text.substr(0, colon == text.npos ? text.size() : colon);
    std::string_view const digits = colon == text.npos ? std::string_view() : text.substr(colon + 1);
    bool const bracketed = host.size() >= 2 && host.front() == '[' && host.back() == ']';
    if (bracketed) host = host.substr(1, host.size() - 2);

    net::endpoint where;
    where.host = host;
    auto const [end, wrong] = std::from_chars(digits.data(), digits.data() + digits.size(), where.port);
    bool const ambiguous = !bracketed && host.find(':') != host.npos;
    if (host.empty() || ambiguous || digits.empty() || wrong != std::errc{} || end != digits.data() + digits.size())
        throw error(exit_code::usage, "'" + std::string(text) + "' is not of the form HOST:PORT");
    return where;
}

}  // namespace postrider::app
