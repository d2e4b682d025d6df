#pragma once
#include <sys/types.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace postrider::app {

/// A program that was started, with its signals as if nobody had changed them, and in a process group of its own. For one
/// thread.
class child_process {
public:
    using variables = std::vector<std::pair<std::string, std::string>>;

    /// Looks for the program in PATH. Ours are its input, output and environment, with these variables in it.
    /// errors     app::error: usage, with the system's reason
    child_process(std::vector<std::string> const& command, variables const& environment);
    /// Ends it, if nobody has.
    ~child_process();
    child_process(child_process const&) = delete;
    child_process& operator=(child_process const&) = delete;

    /// Its exit code once it has ended, 128 and the signal's number where one ended it. Does not block.
    std::optional<int> exit_code();
    /// SIGTERM to its group, and SIGKILL where that is not enough. Blocks for a few seconds at most.
    void end() noexcept;

private:
    pid_t id_ = 0;
    std::optional<int> ended_;
};

}  // namespace postrider::app
