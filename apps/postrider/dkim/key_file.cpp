#include "key_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "exit_codes.hpp"

namespace postrider::app {
namespace {

[[noreturn]] void fail(std::string const& file, int why) {
    throw error(exit_code::io_error, "cannot write " + file + ": " + std::generic_category().message(why),
                why == EEXIST ? "nothing is written over a key; name another file with --out" : "");
}

/// 0, or errno.
int write_all(int to, std::string_view octets) {
    while (!octets.empty()) {
        ssize_t const written = ::write(to, octets.data(), octets.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        octets.remove_prefix(static_cast<std::size_t>(written));
    }
    return ::fsync(to) == 0 ? 0 : errno;
}

}  // namespace

void write_new_secret(std::string const& file, std::string_view octets) {
    int const to = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (to < 0) fail(file, errno);
    int wrong = write_all(to, octets);
    if (::close(to) != 0 && wrong == 0) wrong = errno;
    if (wrong == 0) return;
    ::unlink(file.c_str());
    fail(file, wrong);
}

}  // namespace postrider::app
