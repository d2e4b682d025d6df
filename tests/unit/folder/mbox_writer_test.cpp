#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <postrider/folder/mbox.hpp>
#include <postrider/folder/mbox_writer.hpp>
#include <string>
#include <thread>
#include <vector>

#include "broken_reader.hpp"
#include "scratch_folder.hpp"

using namespace postrider;
using folder::mbox_lock;
using folder::mbox_writer;
using namespace std::chrono_literals;

namespace {

std::vector<std::string> messages_in(std::string_view mbox) {
    std::vector<std::string> all;
    for (auto const& entry : folder::mbox_reader(mbox))
        all.emplace_back(folder::unquote_from_lines(entry.octets).octets());
    return all;
}

using texts = std::vector<std::string>;

constexpr folder::mbox_lock_options at_once{.wait = 0ms};

}  // namespace

TEST_CASE("a message stands below its From_ line and above a blank one") {
    scratch_folder const here;
    auto mbox = mbox_writer::open(here.path / "mbox").value();
    CHECK(mbox.add("ann@example.com", "Subject: a\r\n\r\nHi\r\n").value() == 0);
    auto const second = mbox.add("", "Subject: b\n\nHo").value();
    std::string const octets = octets_in(here.path / "mbox");
    CHECK(octets.starts_with("From ann@example.com "));
    CHECK(octets.find("\nSubject: a\n\nHi\n\nFrom MAILER-DAEMON ") != octets.npos);
    CHECK(octets.ends_with("\nSubject: b\n\nHo\n\n"));
    CHECK(octets.substr(second).starts_with("From MAILER-DAEMON"));
    CHECK((std::filesystem::status(here.path / "mbox").permissions() & std::filesystem::perms::all) ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
}

TEST_CASE("From_ lines inside are quoted, however the octets are cut") {
    std::string const letter = "From a\n>From b\n>>>From c\nFro\nFrom\n> From d\nFFrom \n>F>From \n\nFrom e";
    std::string const quoted = ">From a\n>>From b\n>>>>From c\nFro\nFrom\n> From d\nFFrom \n>F>From \n\n>From e\n";
    for (std::size_t size = 1; size <= letter.size(); ++size) {
        scratch_folder const here;
        std::vector<std::string> pieces;
        for (std::size_t at = 0; at < letter.size(); at += size) pieces.push_back(letter.substr(at, size));
        broken_reader reader(std::move(pieces));
        reader.at_the_end = [] { return std::error_code(); };
        auto mbox = mbox_writer::open(here.path / "mbox", {.sync = false}).value();
        REQUIRE(mbox.add("a", reader).has_value());
        std::string const octets = octets_in(here.path / "mbox");
        CHECK(octets.substr(octets.find('\n') + 1) == quoted + "\n");
        CHECK(messages_in(octets) == texts{letter + '\n'});
    }
}

TEST_CASE("line ends of every kind come back as they were where they are kept") {
    scratch_folder const here;
    texts const letters = {"",  "\n", "\n\n", "a\r\n", "\r\n\r\n", "a\rb\r\r\n", "From \r\nFrom ", "a\n\nFrom x\n",
                           ">", "\r"};
    {
        auto mbox = mbox_writer::open(here.path / "mbox", {.line_ends = folder::line_ends::as_they_are}).value();
        for (auto const& letter : letters) REQUIRE(mbox.add("a", letter).has_value());
    }
    texts expected = letters;
    for (auto& letter : expected)
        if (!letter.empty() && !letter.ends_with('\n')) letter += '\n';
    CHECK(messages_in(octets_in(here.path / "mbox")) == expected);
}

TEST_CASE("a wire is added with LF") {
    scratch_folder const here;
    mime::wire letter;
    letter.append(std::string("Subject: a\r\n\r\n"));
    letter.append(mime::wire::base64_piece{memory_source(std::string(1'000'000, 'x'))});
    auto mbox = mbox_writer::open(here.path / "mbox").value();
    REQUIRE(mbox.add("a", letter).has_value());
    std::string expected = letter.str().value();
    std::erase(expected, '\r');
    if (!expected.ends_with('\n')) expected += '\n';
    CHECK(messages_in(octets_in(here.path / "mbox")) == texts{expected});
}

TEST_CASE("what others left without a blank line gets one") {
    for (std::string_view left : {"From a\nx", "From a\nx\n", "From a\nx\n\n", "From a\r\nx\r\n", "From a\r\nx\r\n\r\n",
                                  "\n", "\r\n", "x", "From a"}) {
        CAPTURE(left);
        scratch_folder const here;
        here.write("mbox", left);
        auto mbox = mbox_writer::open(here.path / "mbox").value();
        auto const place = mbox.add("b", "y\n").value();
        std::string const octets = octets_in(here.path / "mbox");
        CHECK(octets.starts_with(left));
        CHECK(octets.substr(place).starts_with("From b"));
        CHECK(messages_in(octets).back() == "y\n");
        CHECK(messages_in(octets).size() == (left.starts_with("From") ? 2 : 1));
    }
}

TEST_CASE("a message that breaks off leaves the mbox as it was") {
    scratch_folder const here;
    auto mbox = mbox_writer::open(here.path / "mbox").value();
    REQUIRE(mbox.add("a", "one\n").has_value());
    std::string const before = octets_in(here.path / "mbox");
    broken_reader broken({"Subject: b\r\n", std::string(1'000'000, 'x')});
    auto const failed = mbox.add("b", broken);
    CHECK(failed.error().code == errc::source_changed);
    CHECK(failed.error().path == here.path / "mbox");
    CHECK(octets_in(here.path / "mbox") == before);
    REQUIRE(mbox.add("c", "two\n").has_value());
    CHECK(messages_in(octets_in(here.path / "mbox")) == texts{"one\n", "two\n"});
}

TEST_CASE("where there is no room, the mbox stays as it was") {
    scratch_folder const here;
    pid_t const child = ::fork();
    if (child == 0) {
        ::signal(SIGXFSZ, SIG_IGN);
        auto mbox = mbox_writer::open(here.path / "mbox").value();
        if (!mbox.add("a", "one\n")) ::_exit(1);
        rlimit const little{100'000, 100'000};
        ::setrlimit(RLIMIT_FSIZE, &little);
        auto const failed = mbox.add("b", std::string(1'000'000, 'x'));
        ::_exit(failed.has_error() && failed.error().code == std::errc::file_too_large ? 0 : 2);
    }
    int how = 0;
    ::waitpid(child, &how, 0);
    CHECK(how == 0);
    CHECK(messages_in(octets_in(here.path / "mbox")) == texts{"one\n"});
}

TEST_CASE("one writer at a time, and the lock goes with it") {
    scratch_folder const here;
    auto const path = here.path / "mbox";
    {
        auto const first = mbox_writer::open(path).value();
        CHECK(std::filesystem::exists(here.path / "mbox.lock"));
        auto const second = mbox_writer::open(path, {.lock = at_once});
        CHECK(second.error().code == std::errc::timed_out);
        CHECK(second.error().path == path);
        CHECK(mbox_lock::take(path, {.wait = 0ms, .dot_lock = false}).error().code == std::errc::timed_out);
    }
    CHECK_FALSE(std::filesystem::exists(here.path / "mbox.lock"));
    CHECK(mbox_writer::open(path, {.lock = at_once}).has_value());
}

TEST_CASE("another program's lock of either kind is respected, and waited for") {
    scratch_folder const here;
    auto const path = here.write("mbox", "");
    here.write("mbox.lock", "");
    CHECK(mbox_lock::take(path, at_once).error().code == std::errc::timed_out);
    CHECK(std::filesystem::exists(here.path / "mbox.lock"));
    std::thread remover([&] {
        std::this_thread::sleep_for(60ms);
        std::filesystem::remove(here.path / "mbox.lock");
    });
    CHECK(mbox_lock::take(path, {.wait = 20s}).has_value());
    remover.join();

    pid_t const child = ::fork();
    if (child == 0) {
        int const file = ::open(path.c_str(), O_RDWR);
        struct flock whole {};
        whole.l_type = F_WRLCK;
        ::fcntl(file, F_SETLK, &whole);
        here.write("locked", "");
        ::pause();
    }
    while (!std::filesystem::exists(here.path / "locked")) std::this_thread::sleep_for(1ms);
    CHECK(mbox_lock::take(path, at_once).error().code == std::errc::timed_out);
    CHECK_FALSE(std::filesystem::exists(here.path / "mbox.lock"));
    ::kill(child, SIGKILL);
    CHECK(mbox_lock::take(path, {.wait = 20s}).has_value());
    int how = 0;
    ::waitpid(child, &how, 0);
}

TEST_CASE("writers side by side lose nothing") {
    scratch_folder const here;
    std::vector<std::thread> writers;
    for (int w = 0; w < 4; ++w)
        writers.emplace_back([&] {
            for (int i = 0; i < 25; ++i) {
                auto mbox = mbox_writer::open(here.path / "mbox", {.sync = false});
                if (mbox) static_cast<void>(mbox->add("a", "From me\n" + std::string(5000, 'x')));
            }
        });
    for (auto& writer : writers) writer.join();
    CHECK(messages_in(octets_in(here.path / "mbox")) == texts(100, "From me\n" + std::string(5000, 'x') + '\n'));
}

TEST_CASE("what cannot be opened is told with its path") {
    scratch_folder const here;
    CHECK(mbox_writer::open(here.path / "none" / "mbox").error().code == std::errc::no_such_file_or_directory);
    CHECK(mbox_writer::open(here.path).error().code == std::errc::is_a_directory);
}
