#include <algorithm>
#include <array>
#include <utility>

#include "server_commands.hpp"
#include "server_parameters.hpp"
#include "server_path.hpp"
#include "server_session.hpp"
#include "server_xtext.hpp"

/// XCLIENT: a client that is trusted says on whose behalf it speaks.                          Postfix, XCLIENT_README
///     "XCLIENT" 1*( SP attribute "=" xtext )
namespace postrider::smtp::server_side {
namespace {

constexpr std::array<std::string_view, 8> attributes{"NAME", "ADDR",  "PORT",     "PROTO",
                                                     "HELO", "LOGIN", "DESTADDR", "DESTPORT"};

bool is_known(std::string_view keyword) noexcept {
    return std::find(attributes.begin(), attributes.end(), keyword) != attributes.end();
}

/// Decodes the values; one that is not known to the client becomes none.
bool decode(std::vector<parameter>& told) {
    for (auto& one : told) {
        if (!is_known(one.keyword) || !one.value) return false;
        one.value = decode_xtext(*one.value);
        if (!one.value) return false;
        if (one.value == "[UNAVAILABLE]" || one.value == "[TEMPUNAVAIL]") one.value.reset();
        if (one.keyword == "ADDR" && one.value && !is_address_literal('[' + *one.value + ']')) return false;
    }
    return !told.empty();
}

}  // namespace

void xclient(session& s, std::string_view argument) {
    if (!s.options.take_xclient) return not_from_strangers(s, argument);
    if (s.in_transaction) return s.say(503, {5, 5, 1}, "not within a transaction");
    std::vector<parameter> told;
    if (auto no = parse_parameters(argument, told)) return s.say(std::move(*no));
    if (!decode(told))
        return s.say(501, {5, 5, 4}, "it is XCLIENT with NAME, ADDR, PORT, PROTO, HELO, LOGIN = a value");
    s.handler.stands_for(told);
    s.forget_client();
    for (auto const& one : told)
        if (one.keyword == "LOGIN") s.user = one.value.value_or("");
    s.now = phase::greeting;
    s.say(greeting_of(s));
}

}  // namespace postrider::smtp::server_side
