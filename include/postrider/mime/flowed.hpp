#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Text whose paragraphs a reader's program wraps anew: `Content-Type: text/plain; format=flowed`.           RFC 3676
///
///     mail.text(mime::to_flowed(text)).header("Content-Type", "text/plain; format=flowed");
namespace postrider::mime {

struct flowed_paragraph {
    std::size_t quote_depth = 0;
    std::string text;  ///< one line, however long
    friend bool operator==(flowed_paragraph const&, flowed_paragraph const&) = default;
};

/// Reads flowed text: lines that end with a blank are joined with the next, quote marks counted, stuffed blanks removed.
/// A quotation that goes on at another depth ends the paragraph, as does the "-- " before a signature. Total, linear.
/// `delsp`    the field's DelSp=yes: the blank at a line's end goes too.
std::vector<flowed_paragraph> read_flowed(std::string_view text, bool delsp = false);

/// The same as text: a paragraph is a line, ended by LF, behind a ">" for each level of quotation and a blank.
std::string from_flowed(std::string_view text, bool delsp = false);

struct flowed_options {
    std::size_t width = 72;  ///< columns of a line, quote marks included; RFC 3676 §4.2 asks for 78 at most
    bool delsp = false;      ///< also between ideographs, where there is no blank; the field must then say DelSp=yes
};

/// Writes flowed text. Each line of `text` (UTF-8) is a paragraph; one that begins with ">" is a quotation, "> > " being
/// as deep as ">> ". Lines are ended by CRLF; blanks at their ends are dropped, except those of the line "-- ".
std::string to_flowed(std::string_view text, flowed_options const& options = {});

}  // namespace postrider::mime
