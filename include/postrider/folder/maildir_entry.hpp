#pragma once
#include <string>
#include <string_view>

namespace postrider::folder {

/// The flags that a Maildir file's name tells, by their letters.
namespace maildir_flag {
inline constexpr char draft = 'D';
inline constexpr char flagged = 'F';
inline constexpr char passed = 'P';  ///< resent, forwarded or bounced to someone else
inline constexpr char replied = 'R';
inline constexpr char seen = 'S';
inline constexpr char trashed = 'T';  ///< the reader moved it to the trash
}  // namespace maildir_flag

/// A message in a Maildir, by its file's name:
///     name = unique [":" info]
///     info = "2," *letter [rest]         ; new holds no info
struct maildir_entry {
    std::string unique;   ///< stays the same when flags change: this is the message's key
    std::string info;     ///< behind the colon, as it stands
    bool is_new = false;  ///< it lies in new, where no reader has seen it yet; else in cur

    /// Total.
    static maildir_entry from_name(std::string_view file_name, bool is_new);

    std::string file_name() const;

    /// Letters in ascending order, each once. Lower case and others have meanings that servers give them (Dovecot's
    /// keywords); none where the info has another form.
    std::string flags() const;
    bool has_flag(char letter) const noexcept;

    /// The info with these flags in place of those it tells. What stands behind the letters stays.
    std::string info_with(std::string_view letters) const;

    friend bool operator==(maildir_entry const&, maildir_entry const&) = default;
};

/// By time of delivery, which stands in front of the unique name: numbers inside names compare by their value.
bool delivered_before(maildir_entry const& a, maildir_entry const& b) noexcept;

}  // namespace postrider::folder
