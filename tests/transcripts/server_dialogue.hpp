#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "transcript.hpp"

/// A session as a server sees it, in a file that a mail person can read. One thing a line:
///     # anything                  what it shows, and where the RFC says so
///     server: KEY[=VALUE]...      lmtp starttls require-tls auth auth-in-clear require-auth lenient max-message=N
///                                 max-recipients=N max-errors=N; and for AUTH auth-secret bindings token=T
///                                 certificate=NAME anonymous mechanisms=NAME,NAME
///     refuse: ADDRESS REPLY       what RCPT is told for this address
///     verdict: REPLY              the next reply to an end of content; without one, 250
///     replay: whole               only flight by flight: it is what the transcript is about
///     C: LINE                     what the client sends, CRLF added
///     c: OCTETS                   the same without CRLF
///     S: LINE                     what the server must say, CRLF added
///     TLS                         the handshake
///     C closes                    the client hangs up
///     kept: ENVELOPE CONTENT      a message that was taken responsibility for, as `keeper` writes it down
///     kept: nothing
/// Lines know \r \n \t \s \\ and \xNN. What the client says between two lines of the server's is one flight. The
/// user is "tim", the secret that of RFC 2195.
namespace transcripts {

struct server_dialogue {
    verb server;
    std::map<std::string, std::string> refusals;
    std::vector<std::string> verdicts;
    bool only_whole = false;
    std::vector<event> events;
    std::vector<std::string> kept;
};

/// Throws std::runtime_error with file and line for what is not in the form above.
server_dialogue read_server_dialogue(std::filesystem::path const&);

}  // namespace transcripts
