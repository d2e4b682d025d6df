#pragma once
#include <cstdint>
#include <postrider/core/result.hpp>
#include <string>
#include <vector>

namespace postrider::app {

/// Where mail for a domain goes.                                                                        RFC 5321 §5.1
struct mx_record {
    unsigned preference = 0;
    std::string host;  ///< empty: "." or nothing, no mail is taken                                        RFC 7505
};

/// A service of a domain.                                                                               RFC 2782
struct srv_record {
    unsigned priority = 0, weight = 0;
    std::uint16_t port = 0;
    std::string host;  ///< empty: ".", the service is decidedly not there
};

/// What a certificate must be.                                                                          RFC 6698
struct tlsa_record {
    unsigned usage = 0, selector = 0, matching = 0;
    std::string data;  ///< octets
};

template <class Record>
struct dns_answer {
    std::vector<Record> records;  ///< empty: there is no such name, or none of that type
    bool authenticated = false;   ///< the resolver says that it checked DNSSEC
};

/// Asks the system's resolver, or the one named, and waits a dozen seconds for it at most. For any thread.
/// errors of its verbs     std::errc::host_unreachable: no answer now; bad_message: one that makes no sense
class dns_query {
public:
    /// `server`   "127.0.0.1" or "127.0.0.1:5353"; empty: the system's.       errors     app::error: usage
    explicit dns_query(std::string const& server = {});

    result<dns_answer<std::string>> texts(std::string const& name) const;
    result<dns_answer<mx_record>> mail_exchangers(std::string const& domain) const;  ///< the preferred ones first
    result<dns_answer<srv_record>> services(std::string const& name) const;          ///< the preferred ones first
    result<dns_answer<tlsa_record>> certificates(std::string const& name) const;
    result<dns_answer<std::string>> addresses(std::string const& host) const;  ///< 4 octets each, or 16

private:
    template <class Record, class Read>
    result<dns_answer<Record>> ask(std::string const& name, int type, Read read) const;

    std::string server_;
};

}  // namespace postrider::app
