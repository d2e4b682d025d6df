#pragma once
#include <dirent.h>

#include <functional>
#include <postrider/core/octets.hpp>
#include <postrider/folder/failure.hpp>
#include <string>
#include <string_view>
#include <utility>

// What the system offers for files, with results.
namespace postrider::folder {

/// What errno says, about `path`.
failure last_failure(std::filesystem::path path);

failure make_failure(std::errc, std::filesystem::path path);

/// An open file. Closed at the end, whose errors are lost: close() tells them.
class open_file {
public:
    open_file() = default;
    ~open_file() { static_cast<void>(close()); }
    open_file(open_file&& other) noexcept : number_(std::exchange(other.number_, -1)), path_(std::move(other.path_)) {}
    open_file& operator=(open_file&& other) noexcept {
        std::swap(number_, other.number_);
        std::swap(path_, other.path_);
        return *this;
    }

    /// open(2), with O_CLOEXEC.
    static result<open_file> open(std::filesystem::path const& path, int flags, unsigned mode = 0);

    /// openat(2): the path's last component, in a folder that is open.
    static result<open_file> open_in(int folder, std::filesystem::path const& path, int flags, unsigned mode);

    int number() const noexcept { return number_; }
    std::filesystem::path const& path() const noexcept { return path_; }

    result<void> write(std::string_view octets);
    result<void> sync();  ///< what was written is on disk when this returns
    result<void> close();

private:
    open_file(int number, std::filesystem::path path) noexcept : number_(number), path_(std::move(path)) {}

    int number_ = -1;
    std::filesystem::path path_;
};

/// Puts a folder's names on disk.
result<void> sync_folder(std::filesystem::path const& folder);

/// Renames without ever putting one file in another's place.       errors: std::errc::file_exists
result<void> rename_to_new_name(std::filesystem::path const& from, std::filesystem::path const& to);

enum class file_kind { regular, folder, other };

/// Tells `take` the name and kind of everything in a folder, "." and ".." left out; links are `other`.
result<void> for_each_in(std::filesystem::path const& folder, std::function<void(std::string_view, file_kind)> take);

}  // namespace postrider::folder
