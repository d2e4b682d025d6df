#pragma once
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
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

/// Each as it is, with LF and with CRLF.
inline std::vector<corpus_message> const& corpus() {
    static std::vector<corpus_message> const all = [] {
        std::vector<corpus_message> found;
        for (char const* folder : {POSTRIDER_GOLDEN_FOLDER, POSTRIDER_PYTHON_MESSAGES}) {
            if (!std::filesystem::is_directory(folder)) continue;
            for (auto const& entry : std::filesystem::recursive_directory_iterator(folder)) {
                auto const name = entry.path().filename().string();
                if (!name.ends_with(".eml") && !name.ends_with(".txt")) continue;
                auto const octets = file_octets(entry.path());
                found.push_back({name, octets});
                found.push_back({name + " with LF", with_line_ends(octets, "\n")});
                found.push_back({name + " with CRLF", with_line_ends(octets, "\r\n")});
            }
        }
        return found;
    }();
    return all;
}
