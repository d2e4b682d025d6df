#include "password.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>

#include "exit_codes.hpp"

namespace postrider::app {
namespace {

std::string first_line(std::string text) {
    text.erase(std::min(text.find('\n'), text.size()));
    if (!text.empty() && text.back() == '\r') text.pop_back();
    return text;
}

}  // namespace

std::string read_from_command(std::string const& command, std::string const& what) {
    std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), ::pclose);
    std::string said;
    char room[512];
    while (pipe && std::fgets(room, sizeof room, pipe.get())) said += room;
    int const status = pipe ? ::pclose(pipe.release()) : -1;
    said = first_line(std::move(said));
    if (status != 0)
        throw error(exit_code::config, "the " + what + " command failed: " + command, "run it by hand to see why");
    if (said.empty()) throw error(exit_code::config, "the " + what + " command printed nothing: " + command);
    return said;
}

namespace {

void warn_if_open_to_others(std::string const& file, warn_user const& warn) {
    struct stat about {};
    if (::stat(file.c_str(), &about) == 0 && S_ISREG(about.st_mode) && (about.st_mode & (S_IRGRP | S_IROTH)) != 0)
        warn("other users may read " + file + "; chmod 600 makes it yours alone");
}

std::string from_file(std::string const& file, warn_user const& warn) {
    std::ifstream in(file, std::ios::binary);
    std::string line;
    if (!in || !std::getline(in, line))
        throw error(exit_code::no_input, "cannot read a password from " + file, "check --password-file");
    warn_if_open_to_others(file, warn);
    return first_line(std::move(line));
}

std::string from_environment(std::string const& name) {
    char const* const value = std::getenv(name.c_str());
    if (!value) throw error(exit_code::config, "the environment has no variable " + name, "check --password-env");
    return value;
}

/// The terminal, without echo and signals as long as this lives: a password broken off must not leave it deaf.
class quiet_terminal {
public:
    quiet_terminal() : fd_(::open("/dev/tty", O_RDWR | O_CLOEXEC)) {
        if (fd_ < 0 || ::tcgetattr(fd_, &before_) != 0)
            throw error(exit_code::usage, "a password is needed and there is no terminal to ask on",
                        "give --password-command, --password-file or --password-env");
        termios quiet = before_;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO | ISIG | ICANON);
        ::tcsetattr(fd_, TCSAFLUSH, &quiet);
    }
    ~quiet_terminal() {
        ::tcsetattr(fd_, TCSAFLUSH, &before_);
        say("\n");
        ::close(fd_);
    }
    quiet_terminal(quiet_terminal const&) = delete;
    quiet_terminal& operator=(quiet_terminal const&) = delete;

    void say(std::string_view text) const {
        [[maybe_unused]] auto const written = ::write(fd_, text.data(), text.size());
    }

    std::string line() const {
        constexpr char interrupt = 3, end_of_input = 4, backspace = 8, erase_line = 21, del = 127;
        std::string typed;
        for (char c; ::read(fd_, &c, 1) == 1 && c != end_of_input;) {
            if (c == '\n' || c == '\r') return typed;
            if (c == interrupt) break;
            if (c == erase_line) {
                typed.clear();
            } else if (c == backspace || c == del) {
                if (!typed.empty()) typed.pop_back();
            } else {
                typed += c;
            }
        }
        throw error(exit_code::usage, "no password was given");
    }

private:
    int fd_;
    termios before_{};
};

}  // namespace

std::string read_password(password_sources const& from, std::string const& prompt, ask_password const& ask,
                          warn_user const& warn) {
    if (!from.command.empty()) return read_from_command(from.command, "password");
    if (!from.file.empty()) return from_file(from.file, warn);
    if (!from.env.empty()) return from_environment(from.env);
    if (!from.command_line.empty()) {
        warn(
            "a password on the command line is seen by every user of this machine; use --password-command, "
            "--password-file or --password-env");
        return from.command_line;
    }
    return ask(prompt);
}

std::string ask_on_terminal(std::string const& prompt) {
    quiet_terminal const terminal;
    terminal.say(prompt);
    return terminal.line();
}

}  // namespace postrider::app
