#pragma once
#include <functional>
#include <postrider/core/result.hpp>
#include <postrider/proto/dane/tlsa.hpp>
#include <string>
#include <vector>

/// Direct delivery: from a recipient's domain to the servers that take its mail.              RFC 5321 §5.1
namespace postrider::delivery {

/// Where mail for a domain goes.                                                                        RFC 5321 §5.1
struct mx_record {
    unsigned preference = 0;  ///< the lowest is tried first
    std::string host;         ///< without its final dot; empty: ".", no mail is taken                 RFC 7505
    friend bool operator==(mx_record const&, mx_record const&) = default;
};

template <class Record>
struct dns_answer {
    std::vector<Record> records;  ///< empty: there is no such name, or none of that type
    bool authenticated = false;   ///< the resolver says that it checked DNSSEC, aliases included
    std::string name;             ///< where they stand, when the name asked for is an alias; else empty
};

/// What has to be asked of DNS; each call may block.
/// errors     of the resolver: no answer now, or one that makes no sense. That there is nothing is no error.
struct mail_dns {
    template <class Record>
    using question = std::function<result<dns_answer<Record>>(std::string const& name)>;

    question<mx_record> mail_exchangers;  ///< in any order
    question<std::string> addresses;      ///< IPv4 and IPv6, as text
    question<dane::tlsa_record> certificates;
    question<std::string> texts;  ///< each record's strings joined
};

}  // namespace postrider::delivery
