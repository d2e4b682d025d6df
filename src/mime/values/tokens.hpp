#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace postrider::mime {

/// Cuts a structured field body (unfolded) into its tokens, front to back, each octet read a bounded number of times.
/// Total: a comment or quoted-string that is not closed ends with the text.                       RFC 5322 §3.2
class token_reader {
public:
    explicit token_reader(std::string_view text) noexcept : text_(text) {}

    bool at_end() const noexcept { return at_ == text_.size(); }
    char peek() const noexcept { return at_end() ? '\0' : text_[at_]; }
    std::size_t position() const noexcept { return at_; }

    /// Takes `c`, if it is next.
    bool take(char c) noexcept;
    /// Takes whatever is next.
    void take_any() noexcept { at_ += at_end() ? 0 : 1; }

    /// Passes over blanks and comments.
    void skip_cfws();

    /// What the comments passed over since the last call say, with blanks between them.
    std::string take_comments();

    /// What stands before the next blank, comment or one of `stops`, outside quoted-strings; as it is written.
    std::string_view take_word(std::string_view stops) noexcept;

    /// The same, or what it says if it is a quoted-string.
    std::string take_value(std::string_view stops);

    /// What stands behind the "<" that is next and before its ">". Without a ">" it ends before the next "<" or with the
    /// text, and `closed` says so.
    std::string_view take_angle(bool& closed) noexcept;

    /// What stands before the next `stop` outside quoted-strings and comments, or all there is.
    std::string_view take_until(char stop) noexcept;

private:
    std::string_view text_;
    std::size_t at_ = 0;
    std::string comments_;
};

/// A number of at most nine digits and nothing else, or -1.
int read_number(std::string_view digits) noexcept;

/// Whether `text` is an atom of RFC 5322 §3.2.3 in ASCII, without a blank around it.
bool is_keyword(std::string_view text) noexcept;

}  // namespace postrider::mime
