#include "transcript.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace transcripts {

std::string unescaped(std::string const& text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            plain += text[i];
            continue;
        }
        switch (char const c = text[++i]) {
            case 'r': plain += '\r'; break;
            case 'n': plain += '\n'; break;
            case 't': plain += '\t'; break;
            case 's': plain += ' '; break;
            case 'x':
                plain += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
                i += 2;
                break;
            default: plain += c;
        }
    }
    return plain;
}

verb parse_verb(std::string const& text) {
    std::istringstream words(text);
    verb v;
    words >> v.name;
    for (std::string word; words >> word;) {
        auto equals = word.find('=');
        v.arguments[word.substr(0, equals)] = equals == word.npos ? "" : unescaped(word.substr(equals + 1));
    }
    return v;
}

bool take(std::string const& line, std::string const& tag, std::string& rest) {
    if (line.compare(0, tag.size(), tag) != 0) return false;
    rest = line.substr(tag.size());
    if (rest.starts_with(' ')) rest.erase(0, 1);
    return true;
}

namespace {

bool read_header_line(transcript& t, std::string const& line) {
    std::string rest;
    if (line.empty() || line[0] == '#') return true;
    if (take(line, "options:", rest)) return t.options = parse_verb("options " + rest), true;
    if (take(line, "secret:", rest)) return t.secrets.push_back(rest), true;
    if (take(line, "replay: whole", rest)) return t.only_whole = true, true;
    return false;
}

bool read_event(operation& o, std::string const& line) {
    std::string rest;
    auto add = [&](event::kind what, std::string octets) {
        return o.events.push_back({what, std::move(octets)}), true;
    };
    if (take(line, "C:", rest)) return add(event::client, unescaped(rest) + "\r\n");
    if (take(line, "S:", rest)) return add(event::server, unescaped(rest) + "\r\n");
    if (take(line, "s:", rest)) return add(event::server, unescaped(rest));
    if (line == "S closes") return add(event::closes, {});
    if (line == "S is silent") return add(event::silent, {});
    if (line == "TLS: done") return add(event::tls_done, {});
    if (take(line, "TLS: failed", rest)) return add(event::tls_failed, rest);
    return false;
}

bool read_outcome(operation& o, std::string const& line) {
    std::string rest;
    if (line == "ok" || take(line, "failure:", rest)) return o.result = unescaped(line), true;
    if (take(line, "reply:", rest)) return o.reply = rest, true;
    if (take(line, "report:", rest)) return o.report = rest, true;
    if (line == "link: closed") return o.link_closed = true;
    return false;
}

}  // namespace

transcript read(std::filesystem::path const& path) {
    std::ifstream file(path);
    if (!file) throw std::runtime_error(path.string() + ": cannot be read");
    transcript t;
    std::string line, rest;
    for (int number = 1; std::getline(file, line); ++number) {
        if (read_header_line(t, line)) continue;
        if (take(line, "do:", rest)) {
            t.operations.push_back(
                {.what = parse_verb(rest), .line = number, .events = {}, .result = {}, .reply = {}, .report = {}});
            continue;
        }
        if (t.operations.empty() ||
            (!read_event(t.operations.back(), line) && !read_outcome(t.operations.back(), line)))
            throw std::runtime_error(path.string() + ':' + std::to_string(number) + ": " + line);
    }
    for (auto const& o : t.operations)
        if (o.result.empty())
            throw std::runtime_error(path.string() + ':' + std::to_string(o.line) + ": no outcome is given");
    return t;
}

std::vector<std::string> split(std::string const& list, char separator) {
    std::vector<std::string> elements;
    std::istringstream rest(list);
    for (std::string element; std::getline(rest, element, separator);) elements.push_back(element);
    return elements;
}

}  // namespace transcripts
