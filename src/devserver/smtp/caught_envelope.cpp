#include "caught_envelope.hpp"

#include <boost/json.hpp>
#include <postrider/core/ascii.hpp>

namespace postrider::devserver {
namespace {

namespace json = boost::json;

json::array texts_of(std::vector<smtp::parameter> const& parameters) {
    json::array texts;
    for (auto const& parameter : parameters) texts.emplace_back(to_string(parameter));
    return texts;
}

json::value or_null(std::string const& text) {
    return text.empty() ? json::value() : json::value(text);
}

}  // namespace

std::optional<std::string> peer_in_xclient(std::vector<smtp::parameter> const& told) {
    constexpr std::string_view ipv6 = "IPV6:";
    std::optional<std::string> host;
    std::string port;
    for (auto const& one : told) {
        if (one.keyword == "ADDR") host = one.value.value_or("");
        if (one.keyword == "PORT") port = one.value.value_or("");
    }
    if (!host || host->empty()) return host;
    if (ascii::equal_without_case(host->substr(0, ipv6.size()), ipv6)) host = '[' + host->substr(ipv6.size()) + ']';
    return port.empty() ? host : *host + ':' + port;
}

std::string protocol_of(session_facts const& session) {
    std::string name = session.lmtp ? "LMTP" : session.esmtp ? "ESMTP" : "SMTP";
    if (!session.tls.empty()) name += 'S';
    if (!session.login.empty()) name += 'A';
    return name;
}

std::string to_json_text(smtp::envelope const& envelope, session_facts const& session) {
    json::array to;
    for (auto const& path : envelope.forward_paths)
        to.push_back({{"address", path.address}, {"parameters", texts_of(path.parameters)}});
    return json::serialize(json::object{{"from", envelope.reverse_path},
                                        {"parameters", texts_of(envelope.parameters)},
                                        {"to", std::move(to)},
                                        {"helo", or_null(session.helo)},
                                        {"peer", or_null(session.peer)},
                                        {"login", or_null(session.login)},
                                        {"tls", or_null(session.tls)},
                                        {"protocol", protocol_of(session)}});
}

}  // namespace postrider::devserver
