#pragma once
#include <cstdint>
#include <postrider/client/mail_dns.hpp>
#include <postrider/core/result.hpp>
#include <string>
#include <vector>

namespace postrider::app {

/// A service of a domain.                                                                               RFC 2782
struct srv_record {
    unsigned priority = 0, weight = 0;
    std::uint16_t port = 0;
    std::string host;  ///< empty: ".", the service is decidedly not there
};

template <class Record>
using dns_answer = delivery::dns_answer<Record>;

/// Asks the system's resolver, or the one named, and waits a dozen seconds for it at most. For any thread.
///
/// That a resolver checked DNSSEC is believed of one on this machine, and of the system's where resolv.conf says trust-ad:
/// on the way from another anybody can write it.                                                  resolv.conf(5), RFC 7672 §2
/// errors of its verbs     std::errc::host_unreachable: no answer now; bad_message: one that makes no sense
class dns_query {
public:
    /// `server`   "127.0.0.1" or "127.0.0.1:5353"; empty: the system's.       errors     app::error: usage
    explicit dns_query(std::string const& server = {});

    result<dns_answer<std::string>> texts(std::string const& name) const;
    result<dns_answer<delivery::mx_record>> mail_exchangers(std::string const& domain) const;
    result<dns_answer<srv_record>> services(std::string const& name) const;  ///< the preferred ones first
    result<dns_answer<dane::tlsa_record>> certificates(std::string const& name) const;
    result<dns_answer<std::string>> addresses(std::string const& host) const;  ///< as text

    /// All that direct delivery asks; refers to this.
    delivery::mail_dns calls() const;

private:
    template <class Record, class Read>
    result<dns_answer<Record>> ask(std::string const& name, int type, Read read) const;

    std::string server_;
};

}  // namespace postrider::app
