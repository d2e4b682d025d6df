#pragma once
#include <cstddef>
#include <postrider/mime/mail_charset.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::mime {

/// Writes a field body and folds it, at blanks alone: of those on a line that grew too long, the last that stands behind
/// the best character to split at. Only the blanks on that line are looked at, so that time is linear.
class header_folder {
public:
    header_folder(std::size_t column, std::size_t longest, std::string_view splitchars)
        : splitchars_(splitchars), longest_(longest), column_(column) {}

    void add_text(std::string_view ascii);
    /// `apart`    with a blank in front, which goes where the line is folded there.
    /// Throws mime::error: unencodable.
    void add_words(std::string_view text, mail_charset const& charset, bool apart);

    /// What was written, with `linesep` for line ends and `continuation_ws` for the blank that begins a folded line.
    std::string finish(std::string_view linesep, std::string_view continuation_ws) const;

private:
    std::size_t choose_break() const noexcept;
    void fold();

    std::string_view splitchars_;
    std::size_t longest_;
    std::size_t column_;
    std::string out_;                  // line ends are CRLF so far
    std::vector<std::size_t> breaks_;  // where blanks begin on this line, behind a word
};

}  // namespace postrider::mime
