#pragma once
#include <filesystem>
#include <fstream>
#include <postrider/core/host.hpp>
#include <string>
#include <string_view>

namespace postrider::app {

/// A file that is gone at the end of the test.
class temporary_file {
public:
    explicit temporary_file(std::string_view content, std::filesystem::perms rights = std::filesystem::perms::owner_all)
        : path_(std::filesystem::temp_directory_path() /
                ("postrider-test-" + std::to_string(system_host().random_number()))) {
        std::ofstream(path_, std::ios::binary) << content;
        std::filesystem::permissions(path_, rights);
    }
    ~temporary_file() { std::filesystem::remove(path_); }
    temporary_file(temporary_file const&) = delete;
    temporary_file& operator=(temporary_file const&) = delete;

    std::string name() const { return path_.string(); }

private:
    std::filesystem::path path_;
};

}  // namespace postrider::app
