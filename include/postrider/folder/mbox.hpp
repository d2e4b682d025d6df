#pragma once
#include <cstddef>
#include <iterator>
#include <optional>
#include <postrider/codec/date.hpp>
#include <string>
#include <string_view>

/// mbox files: messages one behind the other, each below a line that tells its envelope.                    RFC 4155
///     mbox    = *entry
///     entry   = From_ message [blank-line]
///     From_   = "From " address SP date line-end       ; at the beginning, or behind a blank line
/// Lines end with LF or CRLF, also mixed. Nothing here is ever wrong beyond reading: octets in front of the first
/// From_ line are set aside, and everything else belongs to an entry.
namespace postrider::folder {

/// What writers do about lines of a message that look like a From_ line.
enum class mbox_variant {
    mboxo,    ///< ">From " for "From ": what was written cannot be told from what was quoted, so it stays
    mboxrd,   ///< one more ">" before every line ">*From ": undone by taking one away
    mboxcl,   ///< as mboxo; Content-Length tells where the message ends
    mboxcl2,  ///< Content-Length tells it, and nothing is quoted
};

struct mbox_read_options {
    mbox_variant variant = mbox_variant::mboxrd;
    /// A From_ line stands at the beginning or behind a blank line only. Without it every line that begins with "From "
    /// is one, as Python's mailbox has it.
    bool needs_blank_line = true;
    /// A From_ line must hold a time of day ("10:11", as every date of RFC 4155 does). For files whose writer may have
    /// quoted nothing: "From here on ..." then stays text.
    bool needs_time = false;
};

/// One message in an mbox, as a view into it.
struct mbox_entry {
    std::string_view envelope_line;  ///< the "From " line without its line end
    std::string_view octets;         ///< the message, without the blank line that stands before the next one
    std::size_t offset = 0;          ///< of the "From " line, from the beginning of the mbox
};

/// The entries of an mbox, found as one goes, at the speed of memory; nothing is copied or stored.
///     for (folder::mbox_entry const& entry : folder::mbox_reader(file.octets())) mime::parse(entry.octets);
///
/// In mboxcl and mboxcl2 a Content-Length counts only where it leads to a From_ line or to the end; else, and where
/// there is none, the next From_ line ends the message. So a length that lies costs no more than none, and reading stays
/// linear. One that hides messages behind it cannot be told from a true one: it is for files whose writer set it.
class mbox_reader {
public:
    class iterator;

    /// `octets`   belong to the caller and outlive this and every entry.
    explicit mbox_reader(std::string_view octets, mbox_read_options options = {}) noexcept
        : octets_(octets), options_(options) {}

    iterator begin() const;
    std::default_sentinel_t end() const noexcept { return {}; }

    /// What stands in front of the first From_ line: everything, where there is none.
    std::string_view leading_octets() const noexcept;

private:
    std::size_t first() const noexcept;

    std::string_view octets_;
    mbox_read_options options_;
};

class mbox_reader::iterator {
public:
    using value_type = mbox_entry;
    using reference = mbox_entry const&;
    using pointer = mbox_entry const*;
    using difference_type = std::ptrdiff_t;
    using iterator_category = std::input_iterator_tag;

    reference operator*() const noexcept { return entry_; }
    pointer operator->() const noexcept { return &entry_; }
    iterator& operator++();
    void operator++(int) { ++*this; }
    friend bool operator==(iterator const& at, std::default_sentinel_t) noexcept { return at.ended_; }

private:
    friend class mbox_reader;
    iterator(std::string_view octets, mbox_read_options options, std::size_t first);
    void read();

    std::string_view octets_;
    mbox_read_options options_;
    std::size_t next_ = 0;  // where the next From_ line begins; the end of the octets when there is none
    bool ended_ = false;
    mbox_entry entry_;
};

/// Which variant a file seems to be, from its first entries. mboxcl or mboxcl2 where each of them has a Content-Length
/// that leads to the next, and none holds, or some hold, unquoted From_ lines; else mboxrd, from which mboxo cannot be
/// told apart unless a line has more than one ">". Looks at 100 entries at most.
mbox_variant guess_mbox_variant(std::string_view octets);

/// A message's octets with the quoting of From_ lines undone.
class unquoted_octets {
public:
    explicit unquoted_octets(std::string_view as_they_are) noexcept : view_(as_they_are) {}
    explicit unquoted_octets(std::string unquoted) noexcept : owned_(std::move(unquoted)) {}

    std::string_view octets() const noexcept { return owned_ ? std::string_view(*owned_) : view_; }
    bool is_copy() const noexcept { return owned_.has_value(); }

private:
    std::string_view view_;
    std::optional<std::string> owned_;
};

/// Takes one ">" from every line ">+From ", also in the header. A view into `octets` where there is no such line.
unquoted_octets unquote_from_lines(std::string_view octets);

/// One more ">" before every line ">*From ", as mboxrd has it, and a line end behind the last line.
std::string quote_from_lines(std::string_view octets);

/// What a From_ line says.
struct mbox_envelope {
    std::string_view address;              ///< the envelope's sender; "-" or "MAILER-DAEMON" where there was none
    std::optional<codec::date_time> date;  ///< nothing where it makes no sense; without a zone it is UTC (RFC 4155)
};

/// Total. `line`     as mbox_entry::envelope_line has it.
mbox_envelope parse_envelope_line(std::string_view line);

/// "From address Sat Nov 21 06:21:28 2026" in UTC, without a line end.
/// `address`  what is not printable ASCII, or blank, is written as "?"; an empty one is MAILER-DAEMON.
std::string format_envelope_line(std::string_view address, codec::time_point when);

}  // namespace postrider::folder
