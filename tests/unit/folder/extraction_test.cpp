#include <doctest/doctest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <postrider/folder/extraction.hpp>
#include <string>

#include "scratch_folder.hpp"

using namespace postrider;
using folder::extraction;
namespace fs = std::filesystem;

TEST_CASE("attachments are written under their names, the folder is made") {
    scratch_folder const here;
    auto out = extraction::into(here.path / "out").value();
    CHECK(out.write("报告.pdf", "application/pdf", "one").value() == here.path / "out" / "报告.pdf");
    CHECK(octets_in(here.path / "out" / "报告.pdf") == "one");
    CHECK(out.write("", "application/pdf", "").value().filename() == "attachment.pdf");
    CHECK(extraction::into(here.path / "none" / "out").error().code == std::errc::no_such_file_or_directory);
}

TEST_CASE("equal names are told apart, and nothing is written over") {
    scratch_folder const here;
    fs::create_directory(here.path / "out");
    here.write("out/a.txt", "mine");
    auto out = extraction::into(here.path / "out").value();
    CHECK(out.write("a.txt", "text/plain", "one").value().filename() == "a-2.txt");
    CHECK(out.write("A.TXT", "text/plain", "two").has_value());
    CHECK(octets_in(here.path / "out" / "a.txt") == "mine");
    CHECK(names_in(here.path / "out").size() == 3);
    auto again = extraction::into(here.path / "out").value();
    CHECK(again.write("a.txt", "text/plain", "three").has_value());
    CHECK(names_in(here.path / "out").size() == 4);
}

TEST_CASE("hazard 191: no name leads out of the folder") {
    scratch_folder const here;
    auto out = extraction::into(here.path / "out").value();
    using namespace std::string_view_literals;
    for (auto name : {"../x"sv, "/etc/passwd"sv, "..\\..\\x"sv, ".."sv, "."sv, "a/../../x"sv, "\0/../x"sv, "C:\\x"sv,
                      "~/x"sv, "x\0/../../y"sv, ".bashrc"sv, "\xff\xfe"sv}) {
        CAPTURE(name);
        auto const written = out.write(name, "text/plain", "x");
        REQUIRE(written.has_value());
        CHECK(written->parent_path() == here.path / "out");
        CHECK(fs::is_regular_file(*written));
        CHECK_FALSE(written->filename().string().starts_with('.'));
    }
    CHECK(names_in(here.path) == std::set<std::string>{"out"});
}

TEST_CASE("hazard 191: links that wait for a name are not followed") {
    scratch_folder const here;
    fs::create_directory(here.path / "out");
    here.write("mine", "mine");
    fs::create_symlink(here.path / "mine", here.path / "out" / "a.txt");
    fs::create_symlink(here.path / "new", here.path / "out" / "b.txt");
    auto out = extraction::into(here.path / "out").value();
    CHECK(out.write("a.txt", "text/plain", "x").value().filename() == "a-2.txt");
    CHECK(out.write("b.txt", "text/plain", "x").value().filename() == "b-2.txt");
    CHECK(octets_in(here.path / "mine") == "mine");
    CHECK_FALSE(fs::exists(here.path / "new"));
}

TEST_CASE("the folder that was opened is the one that is written to") {
    scratch_folder const here;
    auto out = extraction::into(here.path / "out").value();
    fs::rename(here.path / "out", here.path / "moved");
    fs::create_directory(here.path / "other");
    fs::create_symlink(here.path / "other", here.path / "out");
    CHECK(out.write("a.txt", "text/plain", "x").has_value());
    CHECK(names_in(here.path / "other").empty());
    CHECK(names_in(here.path / "moved") == std::set<std::string>{"a.txt"});
}

TEST_CASE("a file that could not be written whole is removed") {
    scratch_folder const here;
    pid_t const child = ::fork();
    if (child == 0) {
        ::signal(SIGXFSZ, SIG_IGN);
        rlimit const little{1000, 1000};
        ::setrlimit(RLIMIT_FSIZE, &little);
        auto out = extraction::into(here.path / "out").value();
        auto const failed = out.write("a.txt", "text/plain", std::string(5000, 'x'));
        ::_exit(failed.has_error() && failed.error().code == std::errc::file_too_large ? 0 : 1);
    }
    int how = 0;
    ::waitpid(child, &how, 0);
    CHECK(how == 0);
    CHECK(names_in(here.path / "out").empty());
}
