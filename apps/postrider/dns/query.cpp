#include "query.hpp"

#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netdb.h>
#include <netinet/in.h>
#include <resolv.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <postrider/core/ascii.hpp>
#include <string_view>
#include <tuple>

#include "exit_codes.hpp"

namespace postrider::app {
namespace {

constexpr int type_tlsa = 52;  // RFC 6698 §7.1; glibc's list is older
constexpr int longest_alias_chain = 16;

bool is_loopback(sockaddr_in const& server) noexcept {
    return server.sin_family == AF_INET && ntohl(server.sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
}

/// One query's state of the resolver.
class resolver_state {
public:
    resolver_state() noexcept : is_ready_(::res_ninit(&state_) == 0) {}
    ~resolver_state() {
        if (is_ready_) ::res_nclose(&state_);
    }
    resolver_state(resolver_state const&) = delete;
    resolver_state& operator=(resolver_state const&) = delete;

    bool is_ready() const noexcept { return is_ready_; }

    void ask(sockaddr_in const& server) noexcept {
        state_.nscount = 1;
        state_.options &= ~static_cast<unsigned long>(RES_TRUSTAD);  // what resolv.conf says is said of another
        state_.nsaddr_list[0] = server;
    }

    /// Whether its word on DNSSEC counts.
    bool is_trusted() const noexcept {
        if ((state_.options & RES_TRUSTAD) != 0) return true;
        return state_.nscount > 0 && std::all_of(state_.nsaddr_list, state_.nsaddr_list + state_.nscount, is_loopback);
    }

    /// The answer's octets; none when there is no such name or record; an error for now.
    result<std::string> query(std::string const& name, int type) {
        state_.retrans = 3;  // seconds
        state_.retry = 2;
        state_.options |= RES_TRUSTAD;
        std::string answer(NS_MAXMSG, '\0');
        auto* const room = reinterpret_cast<unsigned char*>(answer.data());
        int const size = ::res_nquery(&state_, name.c_str(), ns_c_in, type, room, static_cast<int>(answer.size()));
        bool const has_none = state_.res_h_errno == HOST_NOT_FOUND || state_.res_h_errno == NO_DATA;
        if (size < 0 && has_none) return std::string();
        if (size < 0) return make_error_code(std::errc::host_unreachable);
        answer.resize(std::min(static_cast<std::size_t>(size), answer.size()));
        return answer;
    }

private:
    struct __res_state state_ {};
    bool is_ready_;
};

/// The data of one record, read from front to back; a name in it may point into the message around it.
class record_data {
public:
    record_data(ns_msg const& message, ns_rr const& record)
        : message_(message), at_(ns_rr_rdata(record)), end_(at_ + ns_rr_rdlen(record)) {}

    bool take_number(unsigned& into, std::size_t octets) {
        if (left() < octets) return false;
        into = 0;
        for (; octets > 0; --octets) into = into << 8 | *at_++;
        return true;
    }

    /// Without its final dot.
    bool take_name(std::string& into) {
        char room[NS_MAXDNAME];
        int const taken = ::ns_name_uncompress(ns_msg_base(message_), ns_msg_end(message_), at_, room, sizeof room);
        if (taken < 0 || static_cast<std::size_t>(taken) > left()) return false;
        at_ += taken;
        into = room;
        if (into == ".") into.clear();
        return true;
    }

    /// A character-string.                                                                          RFC 1035 §3.3
    bool append_string(std::string& into) {
        unsigned length = 0;
        if (!take_number(length, 1) || length > left()) return false;
        into.append(reinterpret_cast<char const*>(at_), length);
        at_ += length;
        return true;
    }

    std::string take_rest() {
        std::string rest(reinterpret_cast<char const*>(at_), left());
        at_ = end_;
        return rest;
    }

    std::size_t left() const noexcept { return static_cast<std::size_t>(end_ - at_); }

private:
    ns_msg const& message_;
    unsigned char const* at_;
    unsigned char const* end_;
};

/// The character-strings of a TXT record, joined.                                               RFC 1035 §3.3.14
bool read_text(record_data data, std::string& into) {
    while (data.left() > 0)
        if (!data.append_string(into)) return false;
    return true;
}

bool read_mx(record_data data, delivery::mx_record& into) {
    return data.take_number(into.preference, 2) && data.take_name(into.host);
}

bool read_srv(record_data data, srv_record& into) {
    unsigned port = 0;
    bool const sound = data.take_number(into.priority, 2) && data.take_number(into.weight, 2) &&
                       data.take_number(port, 2) && data.take_name(into.host);
    into.port = static_cast<std::uint16_t>(port);
    return sound;
}

bool read_tlsa(record_data data, dane::tlsa_record& into) {
    auto read = dane::parse_tlsa(data.take_rest());
    if (read) into = *std::move(read);
    return read.has_value();
}

template <int Family>
bool read_address(record_data data, std::string& into) {
    char room[INET6_ADDRSTRLEN];
    auto const octets = data.take_rest();
    bool const is_whole = octets.size() == (Family == AF_INET ? sizeof(in_addr) : sizeof(in6_addr));
    if (!is_whole || !::inet_ntop(Family, octets.data(), room, sizeof room)) return false;
    into = room;
    return true;
}

/// Where the aliases of an answer lead; empty for a name that is none. Nothing when they lead in circles.
std::optional<std::string> follow(std::map<std::string, std::string> const& aliases, std::string const& name) {
    std::string end = ascii::lower(name);
    for (int steps = 0; steps < longest_alias_chain; ++steps) {
        auto const next = aliases.find(end);
        if (next == aliases.end()) return steps == 0 ? std::string() : end;
        end = ascii::lower(next->second);
    }
    return std::nullopt;
}

sockaddr_in address_of(std::string const& server) {
    std::size_t const colon = std::min(server.find(':'), server.size());
    std::string const host = server.substr(0, colon), port = server.substr(std::min(colon + 1, server.size()));
    std::uint16_t number = NS_DEFAULTPORT;
    sockaddr_in address{};
    address.sin_family = AF_INET;
    auto const [end, ec] = std::from_chars(port.data(), port.data() + port.size(), number);
    bool const port_is_right =
        colon == server.size() || (ec == std::errc() && end == port.data() + port.size() && number != 0);
    if (!port_is_right || ::inet_pton(AF_INET, host.c_str(), &address.sin_addr) != 1)
        throw error(exit_code::usage, "'" + server + "' is not the address of a server",
                    "write 127.0.0.1 or 127.0.0.1:53");
    address.sin_port = htons(number);
    return address;
}

}  // namespace

dns_query::dns_query(std::string const& server) : server_(server) {
    if (!server.empty()) address_of(server);
}

/// An alias leads to the records of another name, which stand in the same answer.
template <class Record, class Read>
result<dns_answer<Record>> dns_query::ask(std::string const& name, int type, Read read) const {
    resolver_state state;
    if (!state.is_ready()) return make_error_code(std::errc::host_unreachable);
    if (!server_.empty()) state.ask(address_of(server_));
    bool const is_trusted = state.is_trusted();
    auto const octets = state.query(name, type);
    if (!octets) return octets.error();
    dns_answer<Record> answer;
    if (octets->empty()) return answer;

    ns_msg message;
    auto const* begin = reinterpret_cast<unsigned char const*>(octets->data());
    if (::ns_initparse(begin, static_cast<int>(octets->size()), &message) != 0)
        return make_error_code(std::errc::bad_message);
    answer.authenticated = is_trusted && ns_msg_getflag(message, ns_f_ad) != 0;
    std::map<std::string, std::string> aliases;
    for (int at = 0; at < ns_msg_count(message, ns_s_an); ++at) {
        ns_rr record;
        if (::ns_parserr(&message, ns_s_an, at, &record) != 0) return make_error_code(std::errc::bad_message);
        if (ns_rr_type(record) == ns_t_cname)
            record_data(message, record).take_name(aliases[ascii::lower(ns_rr_name(record))]);
        if (ns_rr_type(record) != type || ns_rr_class(record) != ns_c_in) continue;
        Record one{};
        if (!read(record_data(message, record), one)) return make_error_code(std::errc::bad_message);
        answer.records.push_back(std::move(one));
    }
    auto end = follow(aliases, name);
    if (!end) return make_error_code(std::errc::bad_message);
    answer.name = *std::move(end);
    return answer;
}

result<dns_answer<std::string>> dns_query::texts(std::string const& name) const {
    return ask<std::string>(name, ns_t_txt, read_text);
}

result<dns_answer<delivery::mx_record>> dns_query::mail_exchangers(std::string const& domain) const {
    return ask<delivery::mx_record>(domain, ns_t_mx, read_mx);
}

result<dns_answer<srv_record>> dns_query::services(std::string const& name) const {
    auto answer = ask<srv_record>(name, ns_t_srv, read_srv);
    if (answer)
        std::stable_sort(answer->records.begin(), answer->records.end(), [](auto const& a, auto const& b) {
            return std::tie(a.priority, b.weight, a.host) < std::tie(b.priority, a.weight, b.host);
        });
    return answer;
}

result<dns_answer<dane::tlsa_record>> dns_query::certificates(std::string const& name) const {
    return ask<dane::tlsa_record>(name, type_tlsa, read_tlsa);
}

result<dns_answer<std::string>> dns_query::addresses(std::string const& host) const {
    auto answer = ask<std::string>(host, ns_t_a, read_address<AF_INET>);
    if (!answer) return answer;
    auto more = ask<std::string>(host, ns_t_aaaa, read_address<AF_INET6>);
    if (!more) return more.error();
    if (answer->records.empty()) return more;
    // That there are none of one family is no answer that could be vouched for here.
    if (more->records.empty()) return answer;
    answer->authenticated = answer->authenticated && more->authenticated;
    answer->records.insert(answer->records.end(), more->records.begin(), more->records.end());
    return answer;
}

delivery::mail_dns dns_query::calls() const {
    return {[this](auto const& domain) { return mail_exchangers(domain); },
            [this](auto const& host) { return addresses(host); },
            [this](auto const& name) { return certificates(name); }, [this](auto const& name) { return texts(name); }};
}

}  // namespace postrider::app
