#pragma once
#include <cstddef>
#include <postrider/mime/header_field.hpp>
#include <postrider/mime/wire.hpp>
#include <string>
#include <vector>

namespace postrider::mime {

/// A wire while it grows: text that is written anew, pieces of their own, and octets that were parsed. Of these, what
/// lies side by side becomes one piece again.
class rope {
public:
    rope() = default;
    rope(rope const&) = delete;
    rope& operator=(rope const&) = delete;

    /// Parsed octets keep their line ends, instead of getting CRLF.
    void keep_line_ends() noexcept { keeps_line_ends_ = true; }

    /// What is written anew since the last piece. Its lines end with CRLF.
    std::string& text() noexcept { return text_; }

    void append(wire::piece fresh);
    void verbatim(raw_octets const& parsed);

    /// CRLF, unless a line has just begun.
    void end_line();

    /// Everything so far becomes pieces.
    void flush();

    wire& pieces() noexcept { return wire_; }
    std::vector<std::size_t> const& verbatim_pieces() const noexcept { return verbatim_; }

private:
    void settle();
    bool begins_line() const noexcept;

    std::string text_;
    raw_octets pending_;  // parsed: behind all pieces, before text_
    wire wire_;
    std::vector<std::size_t> verbatim_;
    bool piece_ends_line_ = true;
    bool keeps_line_ends_ = false;
};

}  // namespace postrider::mime
