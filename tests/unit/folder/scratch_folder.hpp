#pragma once
#include <filesystem>
#include <fstream>
#include <iterator>
#include <postrider/core/host.hpp>
#include <set>
#include <string>
#include <string_view>

/// A folder that is gone at the end of the test.
class scratch_folder {
public:
    scratch_folder() : path(std::filesystem::temp_directory_path() / name()) {
        std::filesystem::create_directory(path);
    }
    ~scratch_folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    scratch_folder(scratch_folder const&) = delete;
    scratch_folder& operator=(scratch_folder const&) = delete;

    std::filesystem::path write(std::string const& name, std::string_view octets) const {
        std::ofstream(path / name, std::ios::binary) << octets;
        return path / name;
    }

    std::filesystem::path const path;

private:
    static std::string name() { return "postrider-folder-" + std::to_string(postrider::system_host().random_number()); }
};

inline std::string octets_in(std::filesystem::path const& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

inline std::set<std::string> names_in(std::filesystem::path const& folder) {
    std::set<std::string> names;
    for (auto const& found : std::filesystem::directory_iterator(folder))
        names.insert(found.path().filename().string());
    return names;
}
