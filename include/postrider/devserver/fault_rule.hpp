#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <postrider/core/result.hpp>
#include <postrider/devserver/refuse_rule.hpp>
#include <postrider/proto/smtp/reply.hpp>
#include <string>
#include <string_view>

namespace postrider::devserver {

/// What the dev server does wrong on purpose, and when.
///     rule     = stage [ SP pattern ] "=" action *( SP modifier )
///     stage    = connect greeting ehlo starttls auth mail rcpt data content end-of-data rset quit any
///     action   = reply / "delay" SP time / "drip" SP time / "drop" [ SP octets ] / "lose-reply" / "wrong" / "oversize" /
///                "garbage" / "bad-certificate" SP ( "expired" / "wrong-name" / "self-signed" / "broken" )
///     reply    = code [ SP enhanced-code ] [ SP text ]               code is 2yz to 5yz
///     time     = number ( "ms" / "s" / "m" )                         an hour at most
///     modifier = "p=" probability / "times=" number / "after=" number
/// as in "rcpt b@*=451 4.7.1 later p=0.3", "end-of-data=lose-reply times=2", "starttls=bad-certificate expired".
///
/// `pattern`: an address in which each "*" stands for any octets (see matches_pattern); of the sender at mail, of the
/// recipient at rcpt, of one of the recipients from data on; the user's name at auth, the client's at ehlo.
struct fault_rule {
    enum class stages {
        connect,  ///< before the first octet
        greeting,
        ehlo,
        starttls,
        auth,
        mail,
        rcpt,
        data,
        content,      ///< while the message comes in: only "drop", after so many octets
        end_of_data,  ///< in LMTP at each recipient's answer
        rset,
        quit,
        any,  ///< at every answer
    };
    enum class actions {
        reply,       ///< the answer is this; a positive one to a command that may go on carries it out
        delay,       ///< the answer comes so much later
        drip,        ///< the answer comes octet by octet, so much time before each
        drop,        ///< the connection ends, and nothing is carried out
        lose_reply,  ///< the command is carried out, and the connection ends before its reply
        wrong,       ///< the answer belongs to something else; nothing is carried out
        oversize,    ///< the answer is a line of 100,000 octets; nothing is carried out
        garbage,     ///< the answer is none; nothing is carried out
        bad_certificate,
    };
    enum class certificates { expired, wrong_name, self_signed, broken };

    std::string text;  ///< the whole rule
    stages stage = stages::any;
    std::optional<std::string> pattern;
    actions action = actions::drop;
    smtp::reply reply;
    std::chrono::milliseconds time{0};
    std::size_t octets = 0;
    certificates certificate = certificates::expired;

    double probability = 1;
    std::optional<std::uint64_t> times;  ///< it strikes so often and no more
    std::uint64_t after = 0;             ///< it lets so many pass first
};

/// errors     std::errc::invalid_argument; `why` says for people what is wrong, and where: "column 6: ...".
result<fault_rule> parse_fault_rule(std::string_view rule, std::string& why);

/// The short form: a refusal at rcpt.
fault_rule as_fault(refuse_rule const&);

std::string_view to_string(fault_rule::stages) noexcept;
std::string_view to_string(fault_rule::actions) noexcept;

/// Whether `stage` has an answer, or what else it takes, that `action` can be done to.
bool fits(fault_rule::stages stage, fault_rule::actions action) noexcept;
/// Whether there is an address, or a name, that a pattern can be compared with.
bool takes_pattern(fault_rule::stages) noexcept;

}  // namespace postrider::devserver
