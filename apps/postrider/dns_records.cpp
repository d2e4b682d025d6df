#include "dns_records.hpp"

#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netdb.h>
#include <netinet/in.h>
#include <resolv.h>

#include <charconv>
#include <map>
#include <optional>
#include <postrider/core/ascii.hpp>

#include "exit_codes.hpp"
#include "files.hpp"
#include "text.hpp"

namespace postrider::app {
namespace {

using records = std::vector<std::string>;

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
        state_.nsaddr_list[0] = server;
    }

    /// The answer's octets; none when there is no such name or record; an error for now.
    result<std::string> query(std::string const& name) {
        state_.retrans = 3;  // seconds
        state_.retry = 2;
        std::string answer(NS_MAXMSG, '\0');
        auto* const room = reinterpret_cast<unsigned char*>(answer.data());
        int const size = ::res_nquery(&state_, name.c_str(), ns_c_in, ns_t_txt, room, static_cast<int>(answer.size()));
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

/// The character-strings of a TXT record, joined; nothing when a length does not fit.             RFC 1035 §3.3.14
std::optional<std::string> joined_strings(std::string_view data) {
    std::string text;
    while (!data.empty()) {
        std::size_t const length = static_cast<unsigned char>(data.front());
        data.remove_prefix(1);
        if (length > data.size()) return std::nullopt;
        text += data.substr(0, length);
        data.remove_prefix(length);
    }
    return text;
}

/// The TXT records of an answer. A name that is an alias leads to those of another, in the same answer.
result<records> texts_of(std::string const& answer) {
    ns_msg message;
    auto const* octets = reinterpret_cast<unsigned char const*>(answer.data());
    if (::ns_initparse(octets, static_cast<int>(answer.size()), &message) != 0)
        return make_error_code(std::errc::bad_message);
    records found;
    for (int at = 0; at < ns_msg_count(message, ns_s_an); ++at) {
        ns_rr record;
        if (::ns_parserr(&message, ns_s_an, at, &record) != 0) return make_error_code(std::errc::bad_message);
        if (ns_rr_type(record) != ns_t_txt || ns_rr_class(record) != ns_c_in) continue;
        std::string_view const data(reinterpret_cast<char const*>(ns_rr_rdata(record)),
                                    static_cast<std::size_t>(ns_rr_rdlen(record)));
        auto text = joined_strings(data);
        if (!text) return make_error_code(std::errc::bad_message);
        found.push_back(std::move(*text));
    }
    return found;
}

sockaddr_in address_of(std::string const& server) {
    std::size_t const colon = std::min(server.find(':'), server.size());
    std::string const host = server.substr(0, colon), port = server.substr(std::min(colon + 1, server.size()));
    std::uint16_t number = NS_DEFAULTPORT;
    sockaddr_in address{};
    address.sin_family = AF_INET;
    bool const port_is_right =
        colon == server.size() ||
        std::from_chars(port.data(), port.data() + port.size(), number).ptr == port.data() + port.size();
    if (!port_is_right || ::inet_pton(AF_INET, host.c_str(), &address.sin_addr) != 1)
        throw error(exit_code::usage, "'" + server + "' is not the address of a server",
                    "write 127.0.0.1 or 127.0.0.1:53");
    address.sin_port = htons(number);
    return address;
}

}  // namespace

dkim::txt_lookup ask_dns(std::string const& server) {
    std::optional<sockaddr_in> named;
    if (!server.empty()) named = address_of(server);
    return [named](std::string const& name) -> result<records> {
        resolver_state state;
        if (!state.is_ready()) return make_error_code(std::errc::host_unreachable);
        if (named) state.ask(*named);
        auto const answer = state.query(name);
        if (!answer) return answer.error();
        return answer->empty() ? records() : texts_of(*answer);
    };
}

dkim::txt_lookup records_of_file(std::string const& file) {
    std::multimap<std::string, std::string> table;
    for (std::string const& line : read_list(file)) {
        std::size_t const blank = std::min(line.find_first_of(" \t"), line.size());
        table.emplace(ascii::lower(line.substr(0, blank)), trimmed(std::string_view(line).substr(blank)));
    }
    return [table = std::move(table)](std::string const& name) -> result<records> {
        records found;
        auto const [begin, end] = table.equal_range(ascii::lower(name));
        for (auto at = begin; at != end; ++at) found.push_back(at->second);
        return found;
    };
}

}  // namespace postrider::app
