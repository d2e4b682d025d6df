#include "child_process.hpp"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <string_view>
#include <system_error>
#include <thread>

#include "exit_codes.hpp"

namespace postrider::app {
namespace {

constexpr std::chrono::milliseconds time_to_end{3000}, between_looks{10};

/// Ours, and what is new in it instead of what had the name before.
std::vector<std::string> environment_with(child_process::variables const& added) {
    std::vector<std::string> all;
    for (auto const& [name, value] : added) all.push_back(name + "=" + value);
    for (char** entry = environ; *entry; ++entry) {
        std::string_view const line = *entry;
        auto const is_same = [&](auto const& one) { return line.starts_with(one.first + "="); };
        if (std::none_of(added.begin(), added.end(), is_same)) all.emplace_back(line);
    }
    return all;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (auto& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

/// No signal blocked, none ignored that we ignore, and a process group of its own, with which its children are ended.
struct fresh_start {
    fresh_start() {
        sigset_t none, ours;
        sigemptyset(&none);
        sigemptyset(&ours);
        sigaddset(&ours, SIGPIPE);
        ::posix_spawnattr_init(&attributes);
        ::posix_spawnattr_setsigmask(&attributes, &none);
        ::posix_spawnattr_setsigdefault(&attributes, &ours);
        ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    }
    ~fresh_start() { ::posix_spawnattr_destroy(&attributes); }
    fresh_start(fresh_start const&) = delete;
    posix_spawnattr_t attributes;
};

}  // namespace

child_process::child_process(std::vector<std::string> const& command, variables const& added) {
    auto words = command;
    auto settings = environment_with(added);
    auto const arguments = pointers_to(words), environment = pointers_to(settings);
    fresh_start const start;
    int const failed =
        ::posix_spawnp(&id_, words.front().c_str(), nullptr, &start.attributes, arguments.data(), environment.data());
    if (failed != 0)
        throw error(app::exit_code::usage,
                    "cannot run " + command.front() + ": " + std::system_category().message(failed));
}

child_process::~child_process() {
    end();
}

std::optional<int> child_process::exit_code() {
    int status = 0;
    if (!ended_ && ::waitpid(id_, &status, WNOHANG) == id_)
        ended_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return ended_;
}

void child_process::end() noexcept {
    for (int signal : {SIGTERM, SIGKILL}) {
        if (exit_code()) return;
        ::kill(-id_, signal);
        for (auto left = time_to_end; !exit_code() && left.count() > 0; left -= between_looks)
            std::this_thread::sleep_for(between_looks);
    }
}

}  // namespace postrider::app
