#pragma once
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <postrider/core/host.hpp>
#include <postrider/core/mapped_file.hpp>
#include <postrider/core/octets.hpp>
#include <postrider/folder/failure.hpp>
#include <postrider/folder/line_ends.hpp>
#include <postrider/folder/maildir_entry.hpp>
#include <postrider/mime/wire.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::folder {

struct maildir_add_options {
    /// With a flag the message goes to cur, as one that a reader has seen; else to new.
    std::string flags{};
    folder::line_ends line_ends = folder::line_ends::lf;
    /// Whether the message is on disk when add returns. Without it a crash of the machine (not of the program) may
    /// leave an empty file in its place.
    bool sync = true;
};

/// A folder of messages, each a file of its own: written in tmp, then moved to new, then by a reader to cur.
/// https://cr.yp.to/proto/maildir.html. A value that holds a path and nothing else: any number of programs
/// work on one Maildir, without locks. So an entry is what was there a moment ago; verbs that find its file gone look
/// for the message under its new name, and fail with std::errc::no_such_file_or_directory only when there is none.
///
/// Messages are regular files whose name does not begin with a dot; links are never followed. Names are octets that
/// others chose: escape them before they meet a terminal.
///
/// All verbs may block; failures are those of the system, unless told otherwise, and name the file.
class maildir {
public:
    /// errors     std::errc::no_such_file_or_directory, ::not_a_directory where it, new or cur is missing or no folder.
    static result<maildir> open(std::filesystem::path root, host const& machine = system_host());

    /// Makes the folders that are missing, for the owner alone; what is there stays.
    static result<maildir> create(std::filesystem::path root, host const& machine = system_host());

    std::filesystem::path const& path() const noexcept { return root_; }
    std::filesystem::path path_of(maildir_entry const&) const;

    /// All messages, by time of delivery.
    result<std::vector<maildir_entry>> entries() const;

    /// The message with that unique name, wherever it is now.
    result<maildir_entry> find(std::string_view unique) const;

    /// The message's octets. A message in a Maildir never changes, so that it is safely mapped.
    result<mapped_file> open(maildir_entry const&) const;

    /// Delivers a message so that it is there whole or not at all, whatever ends the program or the machine: written to
    /// tmp, put on disk, moved under a name that nobody has, never over another file. A failure leaves nothing.
    /// errors     std::errc::invalid_argument for a flag that is no letter; those of the reader, with the path in tmp.
    result<maildir_entry> add(std::string_view octets, maildir_add_options const& options = {}) const;
    result<maildir_entry> add(mime::wire const& message, maildir_add_options const& options = {}) const;
    result<maildir_entry> add(octet_reader& octets, maildir_add_options const& options = {}) const;

    /// Gives a message these flags and no other; it then lies in cur, without flags too.
    /// returns    the entry as it is now.
    /// errors     std::errc::invalid_argument for a flag that is no letter.
    result<maildir_entry> set_flags(maildir_entry const& entry, std::string_view letters) const;

    /// Moves a message from new to cur, with its flags as they are.
    result<maildir_entry> move_to_cur(maildir_entry const& entry) const;

    result<void> remove(maildir_entry const& entry) const;

    /// Removes what programs that were killed have left in tmp: files that nobody wrote to or read for so long.
    /// returns    how many they were.
    result<std::size_t> clean_tmp(std::chrono::hours older_than = std::chrono::hours(36)) const;

    // Folders inside, as Maildir++ has them: "Sent" is the Maildir ".Sent" in this one, "Sent.2026" is ".Sent.2026".
    // A name has no slash, no NUL and no empty piece between its dots.          errors: std::errc::invalid_argument

    result<std::vector<std::string>> folders() const;  ///< in the order of their names
    result<maildir> folder(std::string_view name) const;
    result<maildir> create_folder(std::string_view name) const;
    /// errors     std::errc::directory_not_empty when it holds a message.
    result<void> remove_folder(std::string_view name) const;

private:
    maildir(std::filesystem::path root, host const& machine) noexcept : root_(std::move(root)), machine_(&machine) {}

    result<std::filesystem::path> folder_path(std::string_view name) const;
    std::string make_unique_name() const;
    result<std::filesystem::path> write_to_tmp(octet_reader& octets, maildir_add_options const& options) const;
    result<maildir_entry> deliver(std::filesystem::path const& written, maildir_add_options const& options) const;
    result<maildir_entry> rename(maildir_entry entry, std::string_view const* letters) const;

    std::filesystem::path root_;
    host const* machine_;
};

/// Whether a path is a folder with new and cur in it.
bool is_maildir(std::filesystem::path const& path) noexcept;

}  // namespace postrider::folder
