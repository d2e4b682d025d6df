#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <postrider/folder/maildir.hpp>

#include "file.hpp"

namespace postrider::folder {
namespace {

constexpr std::array subfolders = {"tmp", "new", "cur"};

bool is_folder(std::filesystem::path const& path) noexcept {
    struct stat about {};
    return ::stat(path.c_str(), &about) == 0 && S_ISDIR(about.st_mode);
}

/// A message that was moved while the folders were read shows twice: the later one, in cur, is where it is.
void keep_one_of_each(std::vector<maildir_entry>& entries) {
    auto const same = [](maildir_entry const& a, maildir_entry const& b) { return a.unique == b.unique; };
    std::ranges::reverse(entries);
    entries.erase(std::unique(entries.begin(), entries.end(), same), entries.end());
    std::ranges::reverse(entries);
}

}  // namespace

bool is_maildir(std::filesystem::path const& path) noexcept {
    return is_folder(path / "new") && is_folder(path / "cur");
}

result<maildir> maildir::open(std::filesystem::path root, host const& machine) {
    for (auto const& needed : {root, root / "new", root / "cur"}) {
        struct stat about {};
        if (::stat(needed.c_str(), &about) != 0) return last_failure(needed);
        if (!S_ISDIR(about.st_mode)) return make_failure(std::errc::not_a_directory, needed);
    }
    return maildir(std::move(root), machine);
}

result<maildir> maildir::create(std::filesystem::path root, host const& machine) {
    if (::mkdir(root.c_str(), 0700) != 0 && errno != EEXIST) return last_failure(root);
    for (auto const* name : subfolders)
        if (::mkdir((root / name).c_str(), 0700) != 0 && errno != EEXIST) return last_failure(root / name);
    if (auto synced = sync_folder(root); !synced) return synced.error();
    return open(std::move(root), machine);
}

std::filesystem::path maildir::path_of(maildir_entry const& entry) const {
    return root_ / (entry.is_new ? "new" : "cur") / entry.file_name();
}

// new is read before cur: what moves meanwhile is seen twice, and not missed.
result<std::vector<maildir_entry>> maildir::entries() const {
    std::vector<maildir_entry> all;
    for (bool const is_new : {true, false}) {
        auto const take = [&](std::string_view name, file_kind kind) {
            bool const is_message = kind == file_kind::regular && !name.starts_with('.');
            if (is_message) all.push_back(maildir_entry::from_name(name, is_new));
        };
        if (auto read = for_each_in(root_ / (is_new ? "new" : "cur"), take); !read) return read.error();
    }
    std::ranges::stable_sort(all, delivered_before);
    keep_one_of_each(all);
    return all;
}

result<maildir_entry> maildir::find(std::string_view unique) const {
    auto all = entries();
    if (!all) return all.error();
    auto const found = std::ranges::find(*all, unique, &maildir_entry::unique);
    if (found == all->end()) return make_failure(std::errc::no_such_file_or_directory, root_ / "cur" / unique);
    return std::move(*found);
}

result<mapped_file> maildir::open(maildir_entry const& entry) const {
    auto opened = mapped_file::open(path_of(entry), symlinks::refuse);
    if (opened) return std::move(*opened);
    if (opened.error() != std::errc::no_such_file_or_directory) return failure{opened.error(), path_of(entry)};
    auto const moved = find(entry.unique);
    if (!moved) return moved.error();
    opened = mapped_file::open(path_of(*moved), symlinks::refuse);
    if (!opened) return failure{opened.error(), path_of(*moved)};
    return std::move(*opened);
}

// QUIRK: two readers that change flags at once each find the file gone and look again; a few times are enough, as one
// of them succeeds each time.
result<maildir_entry> maildir::rename(maildir_entry entry, std::string_view const* letters) const {
    constexpr int tries = 10;
    for (int i = 1;; ++i) {
        maildir_entry changed = entry;
        changed.is_new = false;
        changed.info = entry.info_with(letters ? *letters : entry.flags());
        if (changed == entry) return entry;
        auto const renamed = rename_to_new_name(path_of(entry), path_of(changed));
        if (renamed) return changed;
        if (renamed.error().code != std::errc::no_such_file_or_directory || i == tries) return renamed.error();
        auto moved = find(entry.unique);
        if (!moved) return moved.error();
        entry = std::move(*moved);
    }
}

result<maildir_entry> maildir::move_to_cur(maildir_entry const& entry) const {
    return rename(entry, nullptr);
}

result<void> maildir::remove(maildir_entry const& entry) const {
    if (::unlink(path_of(entry).c_str()) == 0) return {};
    if (errno != ENOENT) return last_failure(path_of(entry));
    auto const moved = find(entry.unique);
    if (!moved) return moved.error();
    if (::unlink(path_of(*moved).c_str()) != 0) return last_failure(path_of(*moved));
    return {};
}

}  // namespace postrider::folder
