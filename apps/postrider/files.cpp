#include "files.hpp"

#include <cerrno>
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

}  // namespace postrider::app
