#pragma once
#include <chrono>
#include <optional>
#include <postrider/core/result.hpp>
#include <string>
#include <string_view>
#include <vector>

/// What a domain says over HTTPS of the servers that take its mail.                                          RFC 8461
/// DNS and HTTPS are somebody else's; here stand the texts and what they mean.
namespace postrider::mta_sts {

/// The name whose TXT records announce a policy, and where the policy then stands.                     RFC 8461 §3.1, §3.3
std::string record_name(std::string_view domain);
std::string policy_url(std::string_view domain);

/// The id of the policy, by which a change is noticed. The one record that begins with "v=STSv1" counts; where there are
/// several, or it is none, no policy is announced.
///     record = "v=STSv1" *WSP ";" "id=" 1*32( ALPHA / DIGIT ) [";" ...]                                RFC 8461 §3.1
std::optional<std::string> policy_id(std::vector<std::string> const& txt_records);

enum class mode {
    none,     ///< there is no policy any more
    testing,  ///< deliver all the same, and report what would have failed
    enforce,  ///< deliver to the servers named, under TLS with a valid certificate, or not at all
};

struct policy {
    mta_sts::mode mode = mode::none;
    std::chrono::seconds max_age{0};    ///< how long it holds: at most a year
    std::vector<std::string> patterns;  ///< of servers' names, in lower case: "mx.example", "*.example"

    /// Whether mail may be handed to this server: its name is one of those listed, or "*" stands for its first label.
    ///                                                                                                RFC 8461 §4.1
    bool names(std::string_view mx_host) const;

    friend bool operator==(policy const&, policy const&) = default;
};

/// The policy's file: lines of `key: value`, of which unknown ones are skipped and the first of several counts. Lines may
/// end with LF.                                                                                        RFC 8461 §3.2
/// errors     std::errc::bad_message, and `why` says what is wrong; errc::limit_reached beyond limits::mta_sts_octets or
///            ::mta_sts_patterns
result<policy> parse_policy(std::string_view text, std::string& why);

/// What the server of policy_url answered.
struct http_answer {
    unsigned status = 0;
    std::string content_type;  ///< the field's body; empty: there is none
    std::string body;
};

/// The policy in it: none but a 200 of type text/plain has one; redirects are not followed.               RFC 8461 §3.3
/// errors     std::errc::bad_message, and those of parse_policy
result<policy> policy_of(http_answer const&, std::string& why);

}  // namespace postrider::mta_sts
