#pragma once
#include <functional>
#include <string>
#include <vector>

namespace postrider::devserver {

/// A caught message that is to be sent on.
struct release_order {
    std::string account;          ///< one of release_options::accounts
    std::string from;             ///< reverse-path; empty: as the account has it
    std::vector<std::string> to;  ///< forward-paths, each once
    bool resent = true;           ///< with Resent- fields in front of it                          RFC 5322 §3.6.6
    std::string octets;           ///< as it was received
    std::string caught_from;      ///< the reverse-path that it came with
};

/// Who may be sent what was caught, and by which way. The dev server knows no client: whoever starts it hands in the
/// sending.
struct release_options {
    std::vector<std::string> accounts;  ///< which may be used, the first by default; none: nothing is sent on
    std::vector<std::string> to;        ///< patterns (matches_pattern) of who may get it; none: everybody
    /// Sends, and gives what became of it as the JSON document of `send --json`. May block, and is called from several
    /// threads at once. What it throws is told as an error of the server's.
    std::function<std::string(release_order const&)> send;
};

}  // namespace postrider::devserver
