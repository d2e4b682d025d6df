#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <postrider/core/ascii.hpp>
#include <postrider/core/digest.hpp>
#include <postrider/folder/maildir.hpp>

#include "file.hpp"
#include "stored_octets.hpp"

namespace postrider::folder {
namespace {

constexpr int name_tries = 10;

bool are_letters(std::string_view flags) noexcept {
    return std::ranges::all_of(flags, ascii::is_alpha);
}

/// A host's name without what has a meaning in file names.
std::string in_file_name(std::string_view host_name) {
    std::string safe;
    for (char c : host_name) {
        if (c == '/')
            safe += "\\057";
        else if (c == ':')
            safe += "\\072";
        else
            safe += c;
    }
    return safe;
}

}  // namespace

// time.MmicrosecondsPpidRrandom.host, as the Maildir specification advises.
std::string maildir::make_unique_name() const {
    auto const now = machine_->now().time_since_epoch();
    auto const seconds = std::chrono::floor<std::chrono::seconds>(now);
    auto const microseconds = std::chrono::floor<std::chrono::microseconds>(now - seconds);
    std::array<char, 8> drawn;
    machine_->random(drawn);
    return std::to_string(seconds.count()) + ".M" + std::to_string(microseconds.count()) + 'P' +
           std::to_string(::getpid()) + 'R' + to_hex({drawn.data(), drawn.size()}) + '.' +
           in_file_name(machine_->name());
}

result<std::filesystem::path> maildir::write_to_tmp(octet_reader& octets, maildir_add_options const& options) const {
    for (int i = 1;; ++i) {
        auto const path = root_ / "tmp" / make_unique_name();
        auto file = open_file::open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
        if (!file && (file.error().code != std::errc::file_exists || i == name_tries)) return file.error();
        if (!file) continue;
        auto done = copy_octets(octets, options.line_ends, from_lines::as_they_are, *file);
        if (done && options.sync) done = file->sync();
        if (done) done = file->close();
        if (done) return path;
        ::unlink(path.c_str());
        return done.error();
    }
}

result<maildir_entry> maildir::deliver(std::filesystem::path const& written, maildir_add_options const& options) const {
    maildir_entry entry{written.filename().string(), {}, options.flags.empty()};
    if (!entry.is_new) entry.info = entry.info_with(options.flags);
    for (int i = 1;; ++i) {
        auto const renamed = rename_to_new_name(written, path_of(entry));
        if (renamed) break;
        if (renamed.error().code != std::errc::file_exists || i == name_tries) return renamed.error();
        entry.unique = make_unique_name();
    }
    if (!options.sync) return entry;
    auto const synced = sync_folder(path_of(entry).parent_path());
    if (synced) return entry;
    ::unlink(path_of(entry).c_str());  // whoever is told of a failure will add it again
    return synced.error();
}

result<maildir_entry> maildir::add(octet_reader& octets, maildir_add_options const& options) const {
    if (!are_letters(options.flags)) return make_failure(std::errc::invalid_argument, root_);
    auto const written = write_to_tmp(octets, options);
    if (!written) return written.error();
    auto delivered = deliver(*written, options);
    if (!delivered) ::unlink(written->c_str());
    return delivered;
}

result<maildir_entry> maildir::add(std::string_view octets, maildir_add_options const& options) const {
    view_reader reader(octets);
    return add(reader, options);
}

result<maildir_entry> maildir::add(mime::wire const& message, maildir_add_options const& options) const {
    return add(*message.reader(), options);
}

result<maildir_entry> maildir::set_flags(maildir_entry const& entry, std::string_view letters) const {
    if (!are_letters(letters)) return make_failure(std::errc::invalid_argument, path_of(entry));
    return rename(entry, &letters);
}

// Not by mtime alone: a program that reads a message for long before it moves it is at work too.
result<std::size_t> maildir::clean_tmp(std::chrono::hours older_than) const {
    auto const now = std::chrono::system_clock::to_time_t(machine_->now());
    auto const tmp = root_ / "tmp";
    std::size_t removed = 0;
    auto const clean = [&](std::string_view name, file_kind kind) {
        struct stat about {};
        auto const path = tmp / name;
        if (kind != file_kind::regular || ::lstat(path.c_str(), &about) != 0) return;
        auto const touched = std::max(about.st_mtime, about.st_atime);
        bool const is_old = std::chrono::seconds(now - touched) > older_than;
        if (is_old && ::unlink(path.c_str()) == 0) ++removed;
    };
    if (auto read = for_each_in(tmp, clean); !read) return read.error();
    return removed;
}

}  // namespace postrider::folder
