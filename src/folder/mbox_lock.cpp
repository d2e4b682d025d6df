#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <thread>

#include "held_lock.hpp"

namespace postrider::folder {
namespace {

constexpr std::chrono::milliseconds pause{20};

enum class attempt { taken, busy };

/// A lock of the open file and not of the process: closing the file elsewhere in the program does not lose it.
result<attempt> take_file_lock(open_file const& file) {
    struct flock whole {};
    whole.l_type = F_WRLCK;
    whole.l_whence = SEEK_SET;
    if (::fcntl(file.number(), F_OFD_SETLK, &whole) == 0) return attempt::taken;
    if (errno == EAGAIN || errno == EACCES) return attempt::busy;
    return last_failure(file.path());
}

/// `path`     is kept only where the file could be made.
result<attempt> take_dot_lock(std::filesystem::path& path) {
    auto const made = open_file::open(path, O_WRONLY | O_CREAT | O_EXCL, 0644);
    if (made) return attempt::taken;
    error_code const why = made.error().code;
    if (why == std::errc::file_exists) return attempt::busy;
    if (why != std::errc::permission_denied && why != std::errc::read_only_file_system) return made.error();
    path.clear();
    return attempt::taken;
}

/// Whether the path still leads to the file: a program that removes messages puts a new file in its place.
bool is_still_there(open_file const& file) noexcept {
    struct stat opened {
    }, named{};
    return ::fstat(file.number(), &opened) == 0 && ::stat(file.path().c_str(), &named) == 0 &&
           opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

result<attempt> try_once(std::filesystem::path const& mbox, bool dot_lock, mbox_lock::held& into) {
    auto opened = open_file::open(mbox, O_RDWR | O_CREAT | O_APPEND, 0600);
    if (!opened) return opened.error();
    auto tried = take_file_lock(*opened);
    if (!tried || *tried == attempt::busy) return tried;
    std::filesystem::path lock_file;
    if (dot_lock) {
        lock_file = mbox.string() + ".lock";
        tried = take_dot_lock(lock_file);
        if (!tried || *tried == attempt::busy) return tried;
    }
    into.dot_lock = std::move(lock_file);
    into.file = std::move(*opened);
    return is_still_there(into.file) ? attempt::taken : attempt::busy;
}

}  // namespace

mbox_lock::held::~held() {
    if (!dot_lock.empty()) ::unlink(dot_lock.c_str());
}

mbox_lock::mbox_lock(std::unique_ptr<held> taken) noexcept : held_(std::move(taken)) {}
mbox_lock::mbox_lock(mbox_lock&&) noexcept = default;
mbox_lock& mbox_lock::operator=(mbox_lock&&) noexcept = default;
mbox_lock::~mbox_lock() = default;

result<mbox_lock> mbox_lock::take(std::filesystem::path const& mbox, mbox_lock_options const& options) {
    for (auto left = options.wait;; left -= pause) {
        auto lock = std::make_unique<held>();
        auto const tried = try_once(mbox, options.dot_lock, *lock);
        if (!tried) return tried.error();
        if (*tried == attempt::taken) return mbox_lock(std::move(lock));
        if (left <= left.zero()) return make_failure(std::errc::timed_out, mbox);
        lock.reset();  // nobody waits with half of it in hand
        std::this_thread::sleep_for(std::min(left, pause));
    }
}

}  // namespace postrider::folder
