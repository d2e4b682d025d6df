#pragma once
#include <optional>
#include <postrider/mime/defect.hpp>
#include <string>
#include <string_view>
#include <vector>

/// Authentication-Results, and ARC-Authentication-Results.                                        RFC 8601, RFC 8617
///     payload  = authserv-id [version] ( ";" "none" / 1*( ";" resinfo ) )
///     resinfo  = method ["/" version] "=" result ["reason" "=" value] *( ptype "." property "=" value )
namespace postrider::mime {

/// `smtp.mailfrom=example.net`
struct authentication_property {
    std::string ptype;     ///< lower case; empty where a server left it out ("action=none")
    std::string property;  ///< lower case
    std::string value;
    friend bool operator==(authentication_property const&, authentication_property const&) = default;
};

/// `dkim=pass (2048-bit key) reason="good signature" header.d=example.net`
struct authentication_result {
    std::string method;  ///< lower case: "spf", "dkim", "dmarc", ...
    int version = 1;
    std::string result;  ///< lower case: "pass", "fail", "none", ...
    std::string reason;
    std::string comment;  ///< what its comments say
    std::vector<authentication_property> properties;

    /// The value of the first such property, or nullptr.
    std::string const* find(std::string_view ptype, std::string_view property) const noexcept;
};

struct authentication_results {
    /// Who says so. Believe only what a server of one's own wrote, and see to it that it removes such fields from
    /// outside: RFC 8601 §5. Empty where it was left out, as outlook.com does.
    std::string authserv_id;
    int version = 1;
    std::optional<int> instance;                 ///< of ARC-Authentication-Results: `i=1;`
    std::vector<authentication_result> results;  ///< none for "none"
    std::vector<defect_kind> defects;

    /// The first result of that method, or nullptr. A message may have several signatures, and so several of "dkim".
    authentication_result const* find(std::string_view method) const noexcept;
};

/// Total, in linear time. limits::listed_values results and properties in all.
authentication_results parse_authentication_results(std::string_view field_body);

/// As a field body, in one line that may be folded at its blanks: what parse_authentication_results reads again. Values
/// are quoted where they must be; methods, results, ptypes and properties are the caller's own words. Without an
/// authserv-id there is no such field: name one.
std::string to_string(authentication_results const&);

}  // namespace postrider::mime
