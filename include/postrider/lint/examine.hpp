#pragma once
#include <functional>
#include <optional>
#include <postrider/core/host.hpp>
#include <postrider/lint/report.hpp>
#include <postrider/sign/dkim/key_record.hpp>
#include <string>
#include <string_view>
#include <vector>

/// Looking a message over before its readers do: is it well-formed, will it be believed, can everybody read it?
///
///     auto report = lint::examine({.octets = mail});
///     for (auto const& found : report.findings)
///         if (found.level == lint::level::error) std::cerr << found.title() << ": " << found.detail() << '\n';
namespace postrider::lint {

/// How the message travelled.
struct envelope {
    std::string reverse_path;  ///< empty: null
    std::vector<std::string> forward_paths;
    bool smtputf8 = false;  ///< announced with MAIL
};

struct subject {
    std::string_view octets;  ///< of the message, in CRLF or LF throughout; the caller's while it is examined
    std::optional<lint::envelope> envelope;
};

/// Where a link leads.
struct link_answer {
    std::string url;
    unsigned status = 0;       ///< of the last answer; 0: there was none
    unsigned redirects = 0;    ///< that were followed
    std::string final_url;     ///< after them
    std::string failure = {};  ///< why there is no answer, in words
};

/// What needs the network, as calls: what is empty is not asked. They may block.
struct outside {
    dkim::txt_lookup texts;  ///< DNS: keys and policies
    std::function<std::vector<link_answer>(std::vector<std::string> const& urls)> links;
    std::function<std::optional<spam_verdict>(std::string_view octets)> spam;
};

/// Total: any octets get a report. Linear in time, without recursion; limits::lint_* say what of a huge message is not
/// looked at. Throws nothing but std::bad_alloc and what the calls throw.
report examine(subject const&, outside const& = {}, host const& = system_host());

/// The organisational domain: the name that one registers. The last two labels, or three where the last has two letters
/// and the one before is one of those under which such countries register ("co", "com", "ac", ...): "a.b.example.co.uk"
/// is of "example.co.uk". In lower case. An address in brackets is its own.                             RFC 7489 §3.2
std::string organisational_domain(std::string_view domain);

}  // namespace postrider::lint
