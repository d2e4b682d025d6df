#include "dialogue.hpp"

#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>

using namespace postrider;

namespace {

net::deadline soon() {
    return std::chrono::steady_clock::now() + std::chrono::seconds(30);
}

/// A name for a file that is gone with its holder.
struct pem_file {
    explicit pem_file(std::string const& octets) {
        static int count = 0;
        path = std::filesystem::temp_directory_path() /
               ("postrider_ca_" + std::to_string(::getpid()) + '_' + std::to_string(++count));
        std::ofstream(path) << octets;
    }
    ~pem_file() { std::filesystem::remove(path); }
    std::filesystem::path path;
};

}  // namespace

dialogue::dialogue(net::endpoint const& where) {
    std::string why;
    auto stream = net::connect(where, {}, soon(), why);
    INFO(why);
    REQUIRE(stream.has_value());
    stream_ = std::move(*stream);
}

void dialogue::write(std::string_view octets) {
    std::array<std::string_view, 1> pieces{octets};
    auto ec = stream_->write_all(pieces, soon());
    INFO(ec.message());
    REQUIRE_FALSE(ec);
}

bool dialogue::fill() {
    std::array<char, 65536> room;
    auto got = stream_->read_some(room, soon());
    if (!got) return false;
    read_.append(room.data(), *got);
    return true;
}

std::string dialogue::until(std::string_view end) {
    for (std::size_t seen = 0;;) {
        auto found = read_.find(end, seen);
        if (found != std::string::npos) {
            auto text = read_.substr(0, found + end.size());
            read_.erase(0, text.size());
            return text;
        }
        seen = read_.size() < end.size() ? 0 : read_.size() - end.size() + 1;
        if (!fill()) return "(closed)";
    }
}

std::string dialogue::line() {
    auto text = until("\r\n");
    return text.ends_with("\r\n") ? text.substr(0, text.size() - 2) : text;
}

std::string dialogue::reply() {
    auto text = line();
    while (text.size() > 3 && text[3] == '-') text = line();
    return text;
}

std::string dialogue::say(std::string_view command) {
    write(std::string(command) + "\r\n");
    return reply();
}

std::string dialogue::octets(std::size_t count) {
    while (read_.size() < count && fill()) {
    }
    auto text = read_.substr(0, count);
    read_.erase(0, text.size());
    return text;
}

std::string dialogue::rest() {
    while (fill()) {
    }
    return std::exchange(read_, {});
}

void dialogue::start_tls(std::string const& ca_pem) {
    pem_file ca(ca_pem);
    net::tls_options options;
    options.ca_file = ca.path.string();
    std::string why;
    auto context = net::client_tls(options, why);
    INFO(why);
    REQUIRE(context.has_value());
    auto ec = stream_->start_tls(*context, "localhost", soon());
    INFO(stream_->last_error_detail());
    REQUIRE_FALSE(ec);
}

http_answer ask(net::endpoint const& where, std::string_view method, std::string_view target, std::string_view fields,
                std::string_view body) {
    dialogue talk(where);
    std::string length = body.empty() ? "" : "Content-Length: " + std::to_string(body.size()) + "\r\n";
    talk.write(std::string(method) + ' ' + std::string(target) + " HTTP/1.1\r\nHost: " + to_string(where) +
               "\r\nConnection: close\r\n" + length + std::string(fields) + "\r\n" + std::string(body));
    http_answer answer;
    answer.head = talk.until("\r\n\r\n");
    answer.status = std::stoi(answer.head.substr(9, 3));
    answer.body = talk.rest();
    return answer;
}
