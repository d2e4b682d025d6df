#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <postrider/folder/maildir.hpp>

#include "file.hpp"

namespace postrider::folder {
namespace {

bool is_folder_name(std::string_view name) noexcept {
    bool const has_odd_octet = name.find('/') != name.npos || name.find('\0') != name.npos;
    bool const has_empty_piece = name.starts_with('.') || name.ends_with('.') || name.find("..") != name.npos;
    return !name.empty() && !has_odd_octet && !has_empty_piece;
}

/// Removes what `path` holds, files alone, and itself.
result<void> remove_files_and_folder(std::filesystem::path const& path) {
    std::vector<std::filesystem::path> files;
    auto const take = [&](std::string_view name, file_kind kind) {
        if (kind != file_kind::folder) files.push_back(path / name);
    };
    if (auto read = for_each_in(path, take); !read) return read;
    for (auto const& file : files)
        if (::unlink(file.c_str()) != 0) return last_failure(file);
    if (::rmdir(path.c_str()) != 0) return last_failure(path);
    return {};
}

}  // namespace

result<std::filesystem::path> maildir::folder_path(std::string_view name) const {
    if (!is_folder_name(name)) return make_failure(std::errc::invalid_argument, root_ / ".");
    return root_ / ('.' + std::string(name));
}

result<std::vector<std::string>> maildir::folders() const {
    std::vector<std::string> names;
    auto const take = [&](std::string_view name, file_kind kind) {
        if (kind != file_kind::folder || !name.starts_with('.')) return;
        name.remove_prefix(1);
        if (is_folder_name(name) && is_maildir(root_ / ('.' + std::string(name)))) names.emplace_back(name);
    };
    if (auto read = for_each_in(root_, take); !read) return read.error();
    std::ranges::sort(names);
    return names;
}

result<maildir> maildir::folder(std::string_view name) const {
    auto const path = folder_path(name);
    if (!path) return path.error();
    return open(*path, *machine_);
}

result<maildir> maildir::create_folder(std::string_view name) const {
    auto const path = folder_path(name);
    if (!path) return path.error();
    auto created = create(*path, *machine_);
    if (!created) return created;
    // By this file a delivery agent knows that the Maildir is a folder in another one.
    auto mark = open_file::open(*path / "maildirfolder", O_WRONLY | O_CREAT | O_NOFOLLOW, 0600);
    if (!mark) return mark.error();
    return created;
}

result<void> maildir::remove_folder(std::string_view name) const {
    auto const opened = folder(name);
    if (!opened) return opened.error();
    auto const held = opened->entries();
    if (!held) return held.error();
    if (!held->empty()) return make_failure(std::errc::directory_not_empty, opened->path());
    // new and cur by rmdir alone: a message that comes now stays.
    for (auto const* sub : {"new", "cur"})
        if (::rmdir((opened->path() / sub).c_str()) != 0) return last_failure(opened->path() / sub);
    if (auto removed = remove_files_and_folder(opened->path() / "tmp"); !removed) return removed;
    return remove_files_and_folder(opened->path());
}

}  // namespace postrider::folder
