#pragma once
#include <cstddef>
#include <optional>
#include <postrider/core/limits.hpp>
#include <postrider/core/result.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::smtp {

/// class.subject.detail                                                                              RFC 3463 §2
struct enhanced_code {
    int class_digit = 0, subject = 0, detail = 0;
    friend bool operator==(enhanced_code const&, enhanced_code const&) = default;
};

std::string to_string(enhanced_code);
/// "5.1.1" at the start of `text`, followed by a space or the end; nothing if there is none.
std::optional<enhanced_code> parse_enhanced_code(std::string_view text) noexcept;

/// What a server said to one command.                                                          RFC 5321 §4.2, RFC 2034
/// Untrusted where a peer wrote it: `text()` may hold any octet but CR and LF.
struct reply {
    int code = 0;                           ///< -1 when the line did not begin with three digits
    std::optional<enhanced_code> enhanced;  ///< only where its class agrees with the code's first digit
    std::vector<std::string> lines;         ///< what stands behind the code, an enhanced code included, without CRLF

    bool is_positive() const noexcept { return code >= 200 && code < 300; }
    bool is_transient() const noexcept { return code >= 400 && code < 500; }
    bool is_permanent() const noexcept { return code >= 500 && code < 600; }

    /// The lines joined with LF, as smtplib has it.
    std::string text() const;
    /// The same without the enhanced code at the start of each line, joined with spaces: for reports and people.
    std::string plain_text() const;

    friend bool operator==(reply const&, reply const&) = default;
};

/// "550 5.1.1 no such user"
std::string to_string(reply const&);
/// As a server writes it, with CRLF; every line carries the code and, where there is one, the enhanced code.
std::string to_wire(reply const&);
/// For servers: reply_of(550, {5,1,1}, "no such user").
reply reply_of(int code, std::optional<enhanced_code> enhanced, std::string text);

/// Reads replies octet by octet, in whatever pieces they come. Total: every input gives a reply or a named error.
/// As smtplib: a line that begins with no three digits gives code -1 and ends the reply; only '-' in the fourth column
/// continues it; the last line's code stands when lines differ; LF alone ends a line.
class reply_reader {
public:
    enum class state { more, done, line_too_long, reply_too_long };

    /// Takes octets from the front of `input` until a reply is whole, and removes them from it.
    state consume(std::string_view& input);

    /// The reply, after `done`; the reader is then ready for the next.
    reply take();
    /// Whether it stands between two replies, with nothing read of the next one.
    bool idle() const noexcept { return line_.empty() && reply_.lines.empty(); }

private:
    bool end_line(std::string_view line);

    std::string line_;  // as far as it came in pieces
    reply reply_;
    std::size_t total_ = 0;
};

}  // namespace postrider::smtp
