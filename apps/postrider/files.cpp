#include "files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <system_error>

#include "exit_codes.hpp"
#include "text.hpp"

namespace postrider::app {
namespace {

[[noreturn]] void fail_to_open(std::string const& name, int why) {
    throw error(exit_code::no_input, "cannot read " + name + ": " + std::generic_category().message(why),
                "check the file's name and rights");
}

std::string drain(std::istream& in, std::string const& name) {
    std::ostringstream text;
    if (in.peek() != std::istream::traits_type::eof()) text << in.rdbuf();
    if (in.bad() || text.bad()) throw error(exit_code::io_error, "reading " + name + " failed");
    return std::move(text).str();
}

[[noreturn]] void fail_to_write(std::filesystem::path const& file, int why) {
    throw error(exit_code::io_error, "cannot write " + file.string() + ": " + std::generic_category().message(why));
}

}  // namespace

std::string read_file(std::string const& name) {
    if (name == "-") return drain(std::cin, "stdin");
    std::error_code ignored;
    if (std::filesystem::is_directory(name, ignored)) fail_to_open(name, EISDIR);
    errno = 0;
    std::ifstream in(name, std::ios::binary);
    if (!in) fail_to_open(name, errno != 0 ? errno : EIO);
    return drain(in, name);
}

std::vector<std::string> read_list(std::string const& name) {
    std::vector<std::string> lines = split(read_file(name), '\n');
    std::erase_if(lines, [](std::string const& line) { return line.starts_with('#'); });
    return lines;
}

void replace_file(std::filesystem::path const& file, std::string const& octets) {
    std::error_code ignored;  // where the folder cannot be made, no file can be made in it either
    if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), ignored);
    std::filesystem::path const fresh = file.string() + "." + std::to_string(::getpid());
    ::unlink(fresh.c_str());
    int const to = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (to < 0) fail_to_write(file, errno);
    bool const whole =
        ::write(to, octets.data(), octets.size()) == static_cast<ssize_t>(octets.size()) && ::fsync(to) == 0;
    int const why = errno;
    ::close(to);
    if (whole && ::rename(fresh.c_str(), file.c_str()) == 0) return;
    int const why_not_renamed = errno;
    ::unlink(fresh.c_str());
    fail_to_write(file, whole ? why_not_renamed : why);
}

std::filesystem::path state_file(std::string const& name) {
    char const* const base = std::getenv("XDG_STATE_HOME");
    if (base && *base) return std::filesystem::path(base) / "postrider" / name;
    char const* const home = std::getenv("HOME");
    return std::filesystem::path(home ? home : "/") / ".local/state/postrider" / name;
}

}  // namespace postrider::app
