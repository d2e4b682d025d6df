#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <postrider/core/host.hpp>
#include <postrider/core/octets.hpp>
#include <postrider/folder/failure.hpp>
#include <postrider/folder/line_ends.hpp>
#include <postrider/mime/wire.hpp>
#include <string_view>

/// Adding messages to an mbox.                                                                              RFC 4155
namespace postrider::folder {

struct mbox_lock_options {
    /// How long others are waited for; zero: not at all.
    std::chrono::milliseconds wait{30'000};
    /// Besides fcntl's lock take the file "NAME.lock". Where the folder may not be written to, fcntl's alone must do,
    /// as it is with the mail spools of most systems.
    bool dot_lock = true;
};

/// The right to change an mbox: first fcntl's lock (of the open file, so that it holds between threads as well), then
/// the dot-lock, in the order of Debian's policy §11.6 and Python's mailbox. Who reads an mbox that others rewrite
/// can hold it too; it takes the right to write. Makes the file if there is none. Given back by the destructor. The lock of a program that was killed goes with it, but its
/// dot-lock stays: it is for people to remove, as nobody can tell it from one in use.
class mbox_lock {
public:
    struct held;

    /// Blocks.
    /// errors     std::errc::timed_out with the path of what is locked; the system's.
    static result<mbox_lock> take(std::filesystem::path const& mbox, mbox_lock_options const& options = {});

    mbox_lock(mbox_lock&&) noexcept;
    mbox_lock& operator=(mbox_lock&&) noexcept;
    ~mbox_lock();

private:
    friend class mbox_writer;
    explicit mbox_lock(std::unique_ptr<held>) noexcept;
    std::unique_ptr<held> held_;
};

struct mbox_write_options {
    folder::line_ends line_ends = folder::line_ends::lf;
    /// Whether a message is on disk when add returns.
    bool sync = true;
    mbox_lock_options lock{};
};

/// Appends messages to an mbox, which it holds locked from open to its end. Lines "From " are quoted as mboxrd has it: what
/// mbox_reader and unquote_from_lines read back is what was written, with a line end behind the last line where there
/// was none. For one thread at a time.
class mbox_writer {
public:
    /// Makes the file if there is none, for the owner alone. A link is followed, for spools are often links. Blocks.
    /// errors     those of mbox_lock; the system's.
    static result<mbox_writer> open(std::filesystem::path path, mbox_write_options const& options = {},
                                    host const& machine = system_host());

    /// All or nothing: after a failure the file is as long as it was. What a machine that crashes leaves may be cut,
    /// and the next message begins a line of its own all the same.
    /// `reverse_path`   for the From_ line; empty for a bounce.
    /// returns          where the From_ line begins.
    /// errors           the system's (std::errc::no_space_on_device...), those of the reader, with the mbox's path.
    result<std::uint64_t> add(std::string_view reverse_path, std::string_view octets);
    result<std::uint64_t> add(std::string_view reverse_path, mime::wire const& message);
    result<std::uint64_t> add(std::string_view reverse_path, octet_reader& octets);

private:
    mbox_writer(mbox_lock lock, mbox_write_options const& options, host const& machine) noexcept;

    mbox_lock lock_;
    mbox_write_options options_;
    host const* machine_;
};

}  // namespace postrider::folder
