#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <postrider/core/error.hpp>
#include <postrider/core/host.hpp>
#include <set>
#include <string>

using namespace postrider;

namespace {

struct temporary_file {
    std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("postrider_host_test_" + std::to_string(::getpid()));
    explicit temporary_file(std::string const& content) { std::ofstream(path, std::ios::binary) << content; }
    ~temporary_file() { std::filesystem::remove(path); }
};

}  // namespace

TEST_CASE("a file is read from any position") {
    temporary_file file("0123456789");
    auto source = system_host().open(file.path).value();
    char room[4];
    CHECK(source->size() == 10);
    CHECK(source->read_at(8, room).value() == 2);
    CHECK(std::string(room, 2) == "89");
    CHECK(read_all(*source, 10).value() == "0123456789");
    CHECK(read_all(*source, 9).error() == errc::limit_reached);
}

TEST_CASE("a file that shrinks while it is read is an error, not a shorter file") {
    temporary_file file(std::string(1000, 'x'));
    auto source = system_host().open(file.path).value();
    std::filesystem::resize_file(file.path, 10);
    char room[100];
    CHECK(source->read_at(0, room).error() == errc::source_changed);
    CHECK(read_all(*source, 1000).error() == errc::source_changed);
}

TEST_CASE("only regular files open") {
    CHECK(system_host().open("/").error() == std::errc::is_a_directory);
    CHECK(system_host().open("/dev/null").error() == std::errc::invalid_argument);
    CHECK(system_host().open("/no/such/file").error() == std::errc::no_such_file_or_directory);
}

TEST_CASE("random numbers do not repeat") {
    std::set<std::uint64_t> seen;
    for (int i = 0; i < 10'000; ++i) seen.insert(system_host().random_number());
    CHECK(seen.size() == 10'000);
}

TEST_CASE("after a fork, parent and child draw different random numbers") {
    auto const& host = system_host();
    host.random_number();  // there is something in the pool that the child gets a copy of
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    auto const child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        auto const drawn = host.random_number();
        ::_exit(::write(ends[1], &drawn, sizeof drawn) == sizeof drawn ? 0 : 1);
    }
    std::uint64_t drawn = 0;
    CHECK(::read(ends[0], &drawn, sizeof drawn) == sizeof drawn);
    int status = 1;
    CHECK(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
    CHECK(drawn != host.random_number());
    ::close(ends[0]);
    ::close(ends[1]);
}

TEST_CASE("the host has a name and a zone") {
    CHECK_FALSE(system_host().name().empty());
    CHECK(std::chrono::abs(system_host().utc_offset(system_host().now())) <= std::chrono::hours(14));
}
