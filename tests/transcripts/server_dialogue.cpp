#include "server_dialogue.hpp"

#include <fstream>
#include <stdexcept>

namespace transcripts {
namespace {

bool read_setting(server_dialogue& d, std::string const& line) {
    std::string rest;
    if (line.empty() || line[0] == '#') return true;
    if (take(line, "server:", rest)) return d.server = parse_verb("server " + rest), true;
    if (take(line, "verdict:", rest)) return d.verdicts.push_back(rest), true;
    if (line == "replay: whole") return d.only_whole = true;
    if (!take(line, "refuse:", rest)) return false;
    auto const space = rest.find(' ');
    if (space == rest.npos) return false;
    d.refusals[rest.substr(0, space)] = rest.substr(space + 1);
    return true;
}

bool read_event(server_dialogue& d, std::string const& line) {
    std::string rest;
    auto add = [&](event::kind what, std::string octets) {
        return d.events.push_back({what, std::move(octets)}), true;
    };
    if (take(line, "C:", rest)) return add(event::client, unescaped(rest) + "\r\n");
    if (take(line, "c:", rest)) return add(event::client, unescaped(rest));
    if (take(line, "S:", rest)) return add(event::server, unescaped(rest) + "\r\n");
    if (line == "TLS") return add(event::tls_done, {});
    if (line == "C closes") return add(event::closes, {});
    return false;
}

/// returns    whether it is a line of this kind; `nothing` is an answer too.
bool read_kept(server_dialogue& d, std::string const& line, bool& answered) {
    std::string rest;
    if (!take(line, "kept:", rest)) return false;
    answered = true;
    if (rest != "nothing") d.kept.push_back(rest);
    return true;
}

}  // namespace

server_dialogue read_server_dialogue(std::filesystem::path const& path) {
    std::ifstream file(path);
    if (!file) throw std::runtime_error(path.string() + ": cannot be read");
    server_dialogue d;
    bool answered = false;
    std::string line;
    for (int number = 1; std::getline(file, line); ++number)
        if (!read_setting(d, line) && !read_event(d, line) && !read_kept(d, line, answered))
            throw std::runtime_error("line " + std::to_string(number) + ": " + line);
    if (!answered) throw std::runtime_error("it does not say what was kept");
    return d;
}

}  // namespace transcripts
