#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::smtp {

/// An ESMTP parameter of MAIL or RCPT: keyword, and value if it has one.                            RFC 5321 §4.1.2
struct parameter {
    std::string keyword;
    std::optional<std::string> value;
    friend bool operator==(parameter const&, parameter const&) = default;
};

/// "SIZE=1000", or "SMTPUTF8"
std::string to_string(parameter const&);

/// One RCPT command.                                                                             RFC 5321 §4.1.1.3
struct forward_path {
    std::string address;                ///< addr-spec, without angle brackets; UTF-8 when it is not ASCII
    std::vector<parameter> parameters;  ///< NOTIFY, ORCPT...
    friend bool operator==(forward_path const&, forward_path const&) = default;
};

/// Who sends to whom. Nothing of it comes from the message's header, unless the caller took it there.  RFC 5321 §2.3.1
struct envelope {
    std::string reverse_path;  ///< addr-spec; empty is the null reverse-path of a bounce
    std::vector<forward_path> forward_paths;
    std::vector<parameter> parameters;  ///< for MAIL, beyond those the engine adds: SIZE, BODY, SMTPUTF8
    friend bool operator==(envelope const&, envelope const&) = default;
};

}  // namespace postrider::smtp
