#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <postrider/folder/extraction.hpp>
#include <utility>

#include "file.hpp"

namespace postrider::folder {

result<extraction> extraction::into(std::filesystem::path folder) {
    if (::mkdir(folder.c_str(), 0777) != 0 && errno != EEXIST) return last_failure(folder);
    int const descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return last_failure(folder);
    return extraction(std::move(folder), descriptor);
}

extraction::extraction(std::filesystem::path folder, int descriptor) noexcept
    : folder_(std::move(folder)), descriptor_(descriptor) {}

extraction::extraction(extraction&& other) noexcept
    : folder_(std::move(other.folder_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      names_(std::move(other.names_)) {}

extraction& extraction::operator=(extraction&& other) noexcept {
    std::swap(folder_, other.folder_);
    std::swap(descriptor_, other.descriptor_);
    std::swap(names_, other.names_);
    return *this;
}

extraction::~extraction() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

// The folder is held open and O_EXCL refuses whatever has the name, links included: nobody who exchanges a file or the
// folder meanwhile leads a write elsewhere.
result<std::filesystem::path> extraction::write(std::string_view wanted_name, std::string_view content_type,
                                                std::string_view octets) {
    std::string const safe = mime::safe_file_name(wanted_name, content_type);
    for (;;) {
        std::string const name = names_.take(safe);
        auto const path = folder_ / name;
        constexpr int how = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW;
        auto file = open_file::open_in(descriptor_, path, how, 0666);
        if (!file && file.error().code == std::errc::file_exists) continue;
        if (!file) return file.error();
        auto done = file->write(octets);
        if (done) done = file->close();
        if (done) return path;
        ::unlinkat(descriptor_, name.c_str(), 0);
        return done.error();
    }
}

}  // namespace postrider::folder
