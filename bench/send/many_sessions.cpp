// Opens many sessions in one process and one thread, sends a small message over each, holds all of them open, and prints
// what one costs in memory.
//
//     bench_many_sessions URL SESSIONS
//
//     {"sessions":N,"bytes_each":N}
//
// It goes on to the end of its standard input, so that the server's memory can be looked at as well.
#include <sys/resource.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <memory>
#include <postrider/async.hpp>
#include <string>
#include <vector>

using namespace postrider;
namespace asio = boost::asio;

namespace {

constexpr std::size_t opened_at_once = 100;

std::size_t resident_octets() {
    std::size_t all = 0, resident = 0;
    std::ifstream("/proc/self/statm") >> all >> resident;
    return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

smtp::addressed_wire small_message() {
    smtp::addressed_wire mail{.envelope = {"sender@example.com", {{"recipient@example.net", {}}}, {}}, .wire = {}};
    mail.wire.append(std::string("Subject: test\r\n\r\nHello.\r\n"));
    return mail;
}

/// Opens the sessions of which it takes the next, one after the other.
asio::awaitable<void> open_some(std::vector<std::unique_ptr<smtp::async_client>>& sessions, std::size_t& next) {
    auto const mail = small_message();
    while (next < sessions.size()) {
        auto& one = *sessions[next++];
        co_await one.async_connect();
        co_await one.async_send(mail.envelope, mail.wire);
    }
}

void allow_as_many_files_as_possible() {
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 3) return 64;
    allow_as_many_files_as_possible();
    asio::io_context context(1);
    auto const before = resident_octets();
    std::vector<std::unique_ptr<smtp::async_client>> sessions(std::strtoull(arguments[2], nullptr, 10));
    for (auto& one : sessions) one = std::make_unique<smtp::async_client>(context.get_executor(), arguments[1]);
    std::size_t next = 0;
    std::exception_ptr first;
    auto const ended = [&](std::exception_ptr wrong) {
        if (!first) first = wrong;
    };
    for (std::size_t i = 0; i < opened_at_once; ++i) asio::co_spawn(context, open_some(sessions, next), ended);
    context.run();
    if (first) std::rethrow_exception(first);
    std::printf("{\"sessions\":%zu,\"bytes_each\":%zu}\n", sessions.size(),
                (resident_octets() - before) / sessions.size());
    std::fflush(stdout);
    while (std::getchar() != EOF) {
    }
    return 0;
}
