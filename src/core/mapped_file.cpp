#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <postrider/core/mapped_file.hpp>

#include <cerrno>
#include <utility>

namespace postrider {
namespace {

error_code last_error() {
    return {errno, std::generic_category()};
}

struct descriptor {
    int number;
    ~descriptor() {
        if (number >= 0) ::close(number);
    }
};

}  // namespace

result<mapped_file> mapped_file::open(std::filesystem::path const& path, symlinks links) {
    // O_NONBLOCK: a pipe that nobody writes to is told from a file without waiting for its writer.
    int const how = O_RDONLY | O_CLOEXEC | O_NONBLOCK | (links == symlinks::refuse ? O_NOFOLLOW : 0);
    descriptor const file{::open(path.c_str(), how)};
    struct stat about {};
    if (file.number < 0 || ::fstat(file.number, &about) != 0) return last_error();
    if (S_ISDIR(about.st_mode)) return make_error_code(std::errc::is_a_directory);
    if (!S_ISREG(about.st_mode)) return make_error_code(std::errc::invalid_argument);
    auto const size = static_cast<std::size_t>(about.st_size);
    if (size == 0) return mapped_file();
    void* const at = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.number, 0);
    if (at == MAP_FAILED) return last_error();
    ::madvise(at, size, MADV_SEQUENTIAL);
    return mapped_file(std::string_view(static_cast<char const*>(at), size));
}

mapped_file::~mapped_file() {
    if (!octets_.empty()) ::munmap(const_cast<char*>(octets_.data()), octets_.size());
}

mapped_file::mapped_file(mapped_file&& other) noexcept : octets_(std::exchange(other.octets_, {})) {}

mapped_file& mapped_file::operator=(mapped_file&& other) noexcept {
    std::swap(octets_, other.octets_);
    return *this;
}

}  // namespace postrider
