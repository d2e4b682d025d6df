#include "extension_use.hpp"

#include <array>
#include <postrider/core/ascii.hpp>
#include <utility>

namespace postrider::app {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 22> uses{{
    {"8BITMIME", "used for 8-bit content"},
    {"AUTH", "used to log in"},
    {"BINARYMIME", "used: attachments travel as they are, a quarter smaller"},
    {"CHUNKING", "used: many messages are on their way at once"},
    {"DELIVERBY", "used by --deliver-by: deliver in time or return it"},
    {"DSN", "used by --notify, --return, --envelope-id: notifications of delivery"},
    {"ENHANCEDSTATUSCODES", "used: read from each reply"},
    {"ETRN", "not used: asks a server to send its queue"},
    {"EXPN", "not used: shows a list's members"},
    {"FUTURERELEASE", "used by --hold-for: kept until later"},
    {"HELP", "not used"},
    {"LIMITS", "used: more recipients or messages go in further transactions and sessions"},
    {"MT-PRIORITY", "used by --priority"},
    {"PIPELINING", "used: one wait a message"},
    {"REQUIRETLS", "used by --require-tls: TLS on every hop"},
    {"SIZE", "used: told with each message, and one that is too large is not sent"},
    {"SMTPUTF8", "used for addresses and headers beyond ASCII"},
    {"STARTTLS", "used where it is required or asked for"},
    {"VRFY", "not used: asks whether an address is there"},
    {"XCLIENT", "used by --xclient: on behalf of another client"},
    {"XFORWARD", "not used: tells where a message came from"},
    {"BURL", "not used: sends what lies in an IMAP server"},
}};

}  // namespace

std::string_view use_of(std::string_view keyword) noexcept {
    for (auto const& [name, use] : uses)
        if (ascii::equal_without_case(name, keyword)) return use;
    return "not used";
}

}  // namespace postrider::app
