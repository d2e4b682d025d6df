#include "python.hpp"

#include <stdlib.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <utility>

namespace parse_bench {
namespace {

constexpr char const* interpreter = "/usr/bin/python3";

using pipe_from = std::unique_ptr<FILE, int (*)(FILE*)>;

pipe_from run(std::string const& what, std::string const& file, int count) {
    std::string const command =
        std::string(interpreter) + " " PARSE_PY " " + what + ' ' + file + ' ' + std::to_string(count);
    return {::popen(command.c_str(), "r"), ::pclose};
}

}  // namespace

std::optional<python_peer> python_peer::over(std::string what, std::string const& octets) {
    if (!std::filesystem::exists(interpreter)) return std::nullopt;
    std::string file = (std::filesystem::temp_directory_path() / "parse.XXXXXX").string();
    int const descriptor = ::mkstemp(file.data());
    if (descriptor < 0) return std::nullopt;
    ::close(descriptor);
    std::ofstream(file, std::ios::binary).write(octets.data(), static_cast<std::streamsize>(octets.size()));
    return python_peer(std::move(what), std::move(file));
}

double python_peer::seconds() const {
    pipe_from const pipe = run(what_, file_, 1);
    double seconds = 0;
    return pipe && std::fscanf(pipe.get(), "%lf", &seconds) == 1 ? seconds : 0;
}

std::vector<std::string> python_peer::read() const {
    pipe_from const pipe = run(what_, file_, 0);
    std::vector<std::string> lines(1);
    for (int c = std::fgetc(pipe.get()); c != EOF; c = std::fgetc(pipe.get()))
        if (c == '\n')
            lines.emplace_back();
        else
            lines.back() += static_cast<char>(c);
    lines.pop_back();
    return lines;
}

python_peer::python_peer(std::string what, std::string file) : what_(std::move(what)), file_(std::move(file)) {}
python_peer::python_peer(python_peer&& other) noexcept
    : what_(std::move(other.what_)), file_(std::exchange(other.file_, {})) {}

python_peer::~python_peer() {
    if (!file_.empty()) std::filesystem::remove(file_);
}

std::string corpus_file(std::vector<std::string> const& messages) {
    std::string octets;
    for (auto const& message : messages) octets += std::to_string(message.size()) + '\n' + message;
    return octets;
}

}  // namespace parse_bench
