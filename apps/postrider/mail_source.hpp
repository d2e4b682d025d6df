#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::app {

/// What a file is taken for.
enum class mail_format {
    automatic,  ///< a folder of *.eml files is that, any other a Maildir; a file that begins with a dated From_ line and has another one is an mbox
    message,    ///< one message, whatever is in it
    maildir,
    files,  ///< a folder's *.eml, by their names
    mbox,   ///< of the variant that it seems to be
    mboxo,
    mboxrd,
    mboxcl,
    mboxcl2,
};

/// One message, and where it was found.
struct found_message {
    std::string_view octets;
    std::string file;                   ///< "-" for stdin
    std::optional<std::size_t> offset;  ///< in an mbox: of its From_ line
    std::optional<std::string> flags;   ///< in a Maildir
};

/// Files, mboxes, Maildirs and stdin ("-") as one row of messages. Files are mapped, so that an mbox may be larger than
/// memory; what is no file (a pipe) is read whole.
class mail_source {
public:
    using take = std::function<void(found_message const&)>;

    mail_source(std::string name, mail_format format);

    /// Whether there may be any number of messages, and not just the one.
    bool is_collection() const noexcept { return format_ != mail_format::message; }

    /// Hands over each message; its octets hold during the call.
    /// errors     app::error: no_input with the system's reason. A message that left a Maildir meanwhile is no error.
    void for_each(take const& each) const;

private:
    std::string name_;
    mail_format format_;
    std::shared_ptr<void const> owner_;  // of octets_
    std::string_view octets_;
    bool dated_ = false;  // only lines with a time in them are From_ lines
};

}  // namespace postrider::app
