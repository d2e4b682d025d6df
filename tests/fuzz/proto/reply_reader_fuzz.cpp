#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <postrider/proto/smtp/reply.hpp>
#include <string>
#include <string_view>

// The reader, fed in pieces whose size the first octet gives, against a slow and obvious parser of the whole.

using namespace postrider;
using namespace postrider::smtp;

namespace {

struct outcome {
    reply_reader::state state = reply_reader::state::more;
    int code = 0;
    std::string text;
    std::size_t used = 0;
};

std::string stripped(std::string text) {
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.pop_back();
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.erase(0, 1);
    for (char& c : text)
        if (c == '\r') c = ' ';
    return text;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

outcome obvious(std::string const& input) {
    outcome o;
    for (std::size_t start = 0;;) {
        auto const end = input.find('\n', start);
        auto const length = (end == input.npos ? input.size() : end + 1) - start;
        if (length > limits::reply_line_octets) return o.state = reply_reader::state::line_too_long, o;
        if (start + length > limits::reply_total_octets) return o.state = reply_reader::state::reply_too_long, o;
        if (end == input.npos) return o;
        auto line = input.substr(start, end - start);
        while (!line.empty() && line.back() == '\r') line.pop_back();
        bool good = line.size() >= 3 && is_digit(line[0]) && is_digit(line[1]) && is_digit(line[2]);
        good = good && (line.size() == 3 || line[3] == ' ' || line[3] == '-');
        good = good && line.find('\0') == line.npos && line.find('\r') == line.npos;
        o.code = good ? std::atoi(line.substr(0, 3).c_str()) : -1;
        if (start > 0) o.text += '\n';
        o.text += line.size() > 4 ? stripped(line.substr(4)) : "";
        start = end + 1;
        if (good && line.size() > 3 && line[3] == '-') continue;
        o.used = start;
        o.state = reply_reader::state::done;
        return o;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size == 0) return 0;
    std::string const input(reinterpret_cast<char const*>(data) + 1, size - 1);
    std::size_t const piece = data[0] + 1;
    auto const expected = obvious(input);

    reply_reader reader;
    auto state = reply_reader::state::more;
    std::size_t used = 0;
    for (std::size_t at = 0; at < input.size() && state == reply_reader::state::more; at += piece) {
        auto octets = std::string_view(input).substr(at, piece);
        auto const before = octets.size();
        state = reader.consume(octets);
        used += before - octets.size();
    }
    if (state != expected.state) std::abort();
    if (state != reply_reader::state::done) return 0;
    auto const got = reader.take();
    if (got.code != expected.code || got.text() != expected.text || used != expected.used || !reader.idle())
        std::abort();
    return 0;
}
