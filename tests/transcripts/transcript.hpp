#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

/// A dialogue as a file that a mail person can read. One thing a line:
///     # anything                         what it shows, and where the RFC says so
///     options: lmtp name=HOST            how the client is set up; `secure`: TLS from the first octet, to which logins
///                                        can be bound with `bindings`
///     secret: WORD                       must not stand anywhere in the trace
///     replay: whole                      only with the server's octets in one piece: it is what the transcript is about
///     do: VERB key=value...              the operation that begins; values know \r \n \t \s \\ and \xNN
///     C: LINE                            what the client must send, CRLF added
///     S: LINE                            what the server sends, CRLF added
///     s: OCTETS                          the same without CRLF
///     S closes | S is silent             the link ends; nothing comes until the deadline
///     TLS: done | TLS: failed WHY        the handshake
/// and what the operation must come to:
///     ok | failure: TYPE PHASE RADIUS [in_doubt] [REPLY]
///     reply: REPLY                       the last one, if it matters
///     report: ADDRESS OUTCOME | ...      accepted, unsent, in_doubt, or transient, permanent, odd with phase and codes
///     link: closed                       the session is not usable any more; without this line it is
namespace transcripts {

struct verb {
    std::string name;
    std::map<std::string, std::string> arguments;

    bool has(std::string const& key) const { return arguments.contains(key); }
    std::string at(std::string const& key, std::string otherwise = {}) const {
        auto found = arguments.find(key);
        return found == arguments.end() ? otherwise : found->second;
    }
};

struct event {
    enum kind { client, server, closes, silent, tls_done, tls_failed } what;
    std::string octets;
};

/// One operation: what is said, and what it must come to.
struct operation {
    verb what;
    int line = 0;  ///< in the file
    std::vector<event> events;
    std::string result;         ///< "ok" or "failure: ..."
    std::string reply, report;  ///< empty: does not matter
    bool link_closed = false;
};

struct transcript {
    verb options;
    std::vector<std::string> secrets;
    bool only_whole = false;
    std::vector<operation> operations;
};

/// Throws std::runtime_error with file and line for what is not in the form above.
transcript read(std::filesystem::path const&);

/// "\r" and the others, as octets.
std::string unescaped(std::string const& text);
/// NAME key=value...; values are unescaped.
verb parse_verb(std::string const& text);
/// Puts what stands behind `tag` into `rest` if the line begins with it.
bool take(std::string const& line, std::string const& tag, std::string& rest);

/// The elements of a list with commas.
std::vector<std::string> split(std::string const& list, char separator = ',');

}  // namespace transcripts
