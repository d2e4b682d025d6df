#pragma once
#include <optional>
#include <string>
#include <vector>

/// Python, which is another process, and reads what it is given from a file.
namespace parse_bench {

class python_peer {
public:
    /// `what`     "corpus" or "mbox". Nothing where there is no Python.
    static std::optional<python_peer> over(std::string what, std::string const& octets);

    /// CPU time of one turn.
    double seconds() const;
    /// What it read: a line of JSON for each message.
    std::vector<std::string> read() const;

    python_peer(python_peer&& other) noexcept;
    ~python_peer();

private:
    python_peer(std::string what, std::string file);
    std::string what_, file_;
};

/// Messages one behind the other, each below a line that holds its size.
std::string corpus_file(std::vector<std::string> const& messages);

}  // namespace parse_bench
