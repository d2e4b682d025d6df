#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <postrider/folder/maildir.hpp>
#include <string>
#include <thread>

#include "broken_reader.hpp"
#include "scratch_folder.hpp"

using namespace postrider;
using folder::maildir;

namespace {

/// A message that tells whether all of it is there: "size:xxx...".
std::string letter_of(std::size_t size) {
    return std::to_string(size) + ':' + std::string(size, 'x');
}

bool is_whole(std::string_view letter) {
    auto const colon = letter.find(':');
    return colon != letter.npos && letter == letter_of(std::stoul(std::string(letter.substr(0, colon))));
}

pid_t start(auto work) {
    pid_t const child = ::fork();
    if (child == 0) {
        work();
        ::_exit(0);
    }
    return child;
}

void wait_for(pid_t child) {
    int how = 0;
    ::waitpid(child, &how, 0);
}

}  // namespace

TEST_CASE("whenever the program is killed, new holds whole messages alone") {
    scratch_folder const here;
    auto const box = maildir::create(here.path / "Mail").value();
    std::size_t before = 0;
    for (int round = 0; round < 40; ++round) {
        pid_t const child = start([&] {
            for (std::size_t size = 1;; size = size * 7 % 2'000'003) static_cast<void>(box.add(letter_of(size)));
        });
        std::this_thread::sleep_for(std::chrono::microseconds(3000 + round * 731));
        ::kill(child, SIGKILL);
        wait_for(child);
    }
    for (auto const& entry : box.entries().value()) {
        ++before;
        CHECK(is_whole(box.open(entry).value().octets()));
    }
    CHECK(before > 0);
}

TEST_CASE("killed between any two pieces, a message is not in new, and tmp is cleaned later") {
    scratch_folder const here;
    auto const box = maildir::create(here.path / "Mail").value();
    for (std::size_t pieces = 0; pieces < 5; ++pieces) {
        wait_for(start([&] {
            broken_reader letter(std::vector<std::string>(pieces, std::string(100'000, 'x')));
            letter.at_the_end = [] { return ::kill(::getpid(), SIGKILL), std::error_code(); };
            static_cast<void>(box.add(letter));
        }));
        CHECK(box.entries().value().empty());
        CHECK(names_in(box.path() / "tmp").size() == pieces + 1);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1100));
    CHECK(box.clean_tmp(std::chrono::hours(0)).value() == 5);
}

TEST_CASE("many programs deliver into one Maildir, and none takes another's name") {
    scratch_folder const here;
    auto const box = maildir::create(here.path / "Mail").value();
    std::vector<pid_t> children;
    for (int i = 0; i < 4; ++i)
        children.push_back(start([&] {
            for (std::size_t size = 0; size < 200; ++size)
                if (!box.add(letter_of(size), {.sync = false})) ::_exit(1);
        }));
    for (pid_t child : children) wait_for(child);
    CHECK(box.entries().value().size() == 800);
}
