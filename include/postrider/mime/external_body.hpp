#pragma once
#include <cstdint>
#include <optional>
#include <postrider/codec/date.hpp>
#include <postrider/mime/parse.hpp>
#include <string>

/// A body that is elsewhere. Nothing here fetches it: what it says is whatever its writer liked.  RFC 2046 §5.2.3, RFC 2017
namespace postrider::mime {

struct external_body {
    std::string access_type;  ///< lower case: "url", "anon-ftp", "ftp", "tftp", "local-file", "mail-server", ...
    std::optional<codec::date_time> expiration;
    std::optional<std::uint64_t> size;  ///< octets
    std::string permission;             ///< lower case: "read" (also where it is missing), "read-write"

    // Empty where they are missing
    std::string url;  ///< without blanks, which it may be folded with
    std::string name;
    std::string site;
    std::string directory;
    std::string mode;
    std::string server;
    std::string subject;

    header_view fields;  ///< of the body that is elsewhere: its Content-Type, its Content-ID. Views into the message
    std::string_view phantom_body;  ///< behind them; what a mail-server is to be sent
};

/// Of a message/external-body with an access-type.
std::optional<external_body> external_body_of(parsed_part const&);

}  // namespace postrider::mime
