#pragma once
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

/// Messages to try things on: the project's golden ones, and those of Python's own tests where they are installed.
struct corpus_message {
    std::string name;
    std::string octets;
};

inline std::string file_octets(std::filesystem::path const& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline std::string with_line_ends(std::string const& octets, char const* ends) {
    std::string out;
    for (std::size_t i = 0; i < octets.size(); ++i) {
        bool const crlf = octets[i] == '\r' && i + 1 < octets.size() && octets[i + 1] == '\n';
        if (crlf) ++i;
        if (crlf || octets[i] == '\n')
            out += ends;
        else
            out += octets[i];
    }
    return out;
}

inline std::vector<corpus_message> files_below(std::vector<std::string> const& folders,
                                               bool (*wanted)(std::string_view)) {
    std::vector<corpus_message> found;
    for (auto const& folder : folders) {
        if (!std::filesystem::is_directory(folder)) continue;
        for (auto const& entry : std::filesystem::recursive_directory_iterator(folder)) {
            auto const name = entry.path().filename().string();
            if (!entry.is_regular_file() || !wanted(name)) continue;
            auto const octets = file_octets(entry.path());
            found.push_back({name, octets});
            found.push_back({name + " with LF", with_line_ends(octets, "\n")});
            found.push_back({name + " with CRLF", with_line_ends(octets, "\r\n")});
        }
    }
    return found;
}

/// Each as it is, with LF and with CRLF.
inline std::vector<corpus_message> const& corpus() {
    static auto const all =
        files_below({POSTRIDER_GOLDEN_FOLDER, POSTRIDER_PYTHON_MESSAGES},
                    [](std::string_view name) { return name.ends_with(".eml") || name.ends_with(".txt"); });
    return all;
}

/// The seeds of the fuzz targets: messages, mboxes, and what is nothing of the kind.
inline std::vector<corpus_message> const& seeds() {
    static auto const all = files_below({POSTRIDER_FUZZ_FOLDER}, [](std::string_view name) {
        return name.find(".cpp") == name.npos && name.find(".hpp") == name.npos && name.find(".txt") == name.npos;
    });
    return all;
}
