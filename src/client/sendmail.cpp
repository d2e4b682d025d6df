#include <algorithm>
#include <postrider/codec/charset.hpp>
#include <postrider/mime/address.hpp>
#include <utility>

#include "client_core.hpp"

/// What smtplib's sendmail does to its arguments.
namespace postrider::smtp {
namespace {

/// Removes a parameter that the engine supplies by itself, and tells whether it was there.
bool take(std::vector<parameter>& parameters, std::string_view keyword) {
    auto is_it = [&](parameter const& one) {
        return std::equal(one.keyword.begin(), one.keyword.end(), keyword.begin(), keyword.end(),
                          [](char a, char b) { return (a >= 'a' && a <= 'z' ? char(a - 32) : a) == b; });
    };
    return std::erase_if(parameters, is_it) > 0;
}

}  // namespace

std::string with_crlf(std::string_view octets) {
    std::string text;
    text.reserve(octets.size() + octets.size() / 32);
    for (std::size_t i = 0; i < octets.size();) {
        auto end = std::min(octets.find_first_of("\r\n", i), octets.size());
        text.append(octets, i, end - i);
        if (end == octets.size()) break;
        text += "\r\n";
        i = end + (octets.substr(end).starts_with("\r\n") ? 2 : 1);
    }
    return text;
}

std::string path_of(std::string_view text) {
    auto first = text.find_first_not_of(" \t");
    if (first == text.npos) return {};
    text = text.substr(first, text.find_last_not_of(" \t") - first + 1);
    if (text == "<>") return {};
    if (text.find_first_of("<( ") == text.npos) return std::string(text);
    auto mailbox = mime::parse_mailbox(text);
    return mailbox ? mailbox->address : std::string(text);
}

std::vector<parameter> parameters_of(std::vector<std::string> const& options) {
    std::vector<parameter> parameters;
    for (auto const& option : options) {
        auto equals = option.find('=');
        auto& one = parameters.emplace_back();
        one.keyword = option.substr(0, equals);
        if (equals != option.npos) one.value = option.substr(equals + 1);
    }
    return parameters;
}

outgoing pack_sendmail(std::string const& from, std::vector<std::string> const& to, std::string_view octets,
                       std::vector<std::string> const& mail_options, std::vector<std::string> const& rcpt_options) {
    addressed_wire mail;
    mail.envelope.reverse_path = path_of(from);
    mail.envelope.parameters = parameters_of(mail_options);
    for (auto const& address : to)
        mail.envelope.forward_paths.push_back({path_of(address), parameters_of(rcpt_options)});
    take(mail.envelope.parameters, "SIZE");
    bool const said_8bit = take(mail.envelope.parameters, "BODY");
    mail.wire.set_has_8bit(said_8bit || !codec::is_ascii(octets));
    mail.wire.append(with_crlf(octets));
    return pack(std::move(mail));
}

std::map<std::string, reply> refused_in(smtp::report const& report) {
    std::map<std::string, reply> refused;
    for (auto const& recipient : report.recipients)
        if (recipient.what == outcome::refused && recipient.said) refused[recipient.address] = *recipient.said;
    return refused;
}

}  // namespace postrider::smtp
