#include "file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <memory>

namespace postrider::folder {
namespace {

file_kind kind_of(mode_t mode) noexcept {
    return S_ISREG(mode) ? file_kind::regular : S_ISDIR(mode) ? file_kind::folder : file_kind::other;
}

/// Not every file system tells the kind with the name.
file_kind kind_of(DIR* folder, dirent const& found) noexcept {
    if (found.d_type == DT_REG) return file_kind::regular;
    if (found.d_type == DT_DIR) return file_kind::folder;
    struct stat about {};
    bool const unknown = found.d_type == DT_UNKNOWN;
    if (!unknown || ::fstatat(::dirfd(folder), found.d_name, &about, AT_SYMLINK_NOFOLLOW) != 0) return file_kind::other;
    return kind_of(about.st_mode);
}

}  // namespace

failure last_failure(std::filesystem::path path) {
    return {{errno, std::generic_category()}, std::move(path)};
}

failure make_failure(std::errc code, std::filesystem::path path) {
    return {make_error_code(code), std::move(path)};
}

std::string to_string(failure const& failed) {
    return failed.path.string() + ": " + failed.code.message();
}

void throw_exception_from_error(failure const& failed, boost::source_location const&) {
    throw std::filesystem::filesystem_error("mail folder", failed.path, failed.code);
}

result<open_file> open_file::open(std::filesystem::path const& path, int flags, unsigned mode) {
    int const number = ::open(path.c_str(), flags | O_CLOEXEC, mode);
    if (number < 0) return last_failure(path);
    return open_file(number, path);
}

result<open_file> open_file::open_in(int folder, std::filesystem::path const& path, int flags, unsigned mode) {
    int const number = ::openat(folder, path.filename().c_str(), flags | O_CLOEXEC, mode);
    if (number < 0) return last_failure(path);
    return open_file(number, path);
}

result<void> open_file::write(std::string_view octets) {
    while (!octets.empty()) {
        auto const written = ::write(number_, octets.data(), octets.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return last_failure(path_);
        octets.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

result<void> open_file::sync() {
    if (::fsync(number_) != 0) return last_failure(path_);
    return {};
}

result<void> open_file::close() {
    if (number_ >= 0 && ::close(std::exchange(number_, -1)) != 0) return last_failure(path_);
    return {};
}

result<void> sync_folder(std::filesystem::path const& folder) {
    auto opened = open_file::open(folder, O_RDONLY | O_DIRECTORY);
    if (!opened) return opened.error();
    return opened->sync();
}

result<void> rename_to_new_name(std::filesystem::path const& from, std::filesystem::path const& to) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return {};
    if (errno != EINVAL && errno != ENOSYS) return last_failure(errno == ENOENT ? from : to);
    // A file system that cannot do this in one step, as NFS: there a link never replaces anything either.
    if (::link(from.c_str(), to.c_str()) != 0) return last_failure(errno == ENOENT ? from : to);
    if (::unlink(from.c_str()) != 0) return last_failure(from);
    return {};
}

result<void> for_each_in(std::filesystem::path const& folder, std::function<void(std::string_view, file_kind)> take) {
    struct closer {
        void operator()(DIR* opened) const noexcept { ::closedir(opened); }
    };
    std::unique_ptr<DIR, closer> const opened(::opendir(folder.c_str()));
    if (!opened) return last_failure(folder);
    for (errno = 0; dirent const* found = ::readdir(opened.get()); errno = 0) {
        std::string_view const name = found->d_name;
        if (name != "." && name != "..") take(name, kind_of(opened.get(), *found));
    }
    if (errno != 0) return last_failure(folder);
    return {};
}

}  // namespace postrider::folder
