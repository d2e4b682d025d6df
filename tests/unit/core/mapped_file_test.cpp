#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <postrider/core/host.hpp>
#include <postrider/core/mapped_file.hpp>
#include <string>
#include <utility>

using namespace postrider;
namespace fs = std::filesystem;

namespace {

struct scratch {
    fs::path folder = fs::temp_directory_path() / ("postrider-mapped-" + std::to_string(system_host().random_number()));
    scratch() { fs::create_directory(folder); }
    ~scratch() { fs::remove_all(folder); }
    fs::path file(std::string const& name, std::string_view octets) const {
        std::ofstream(folder / name, std::ios::binary) << octets;
        return folder / name;
    }
};

}  // namespace

TEST_CASE("a mapped file shows what is in it") {
    scratch const here;
    std::string const octets("a\0b\r\n\xff", 6);
    CHECK(mapped_file::open(here.file("small", octets)).value().octets() == octets);
    std::string const large(3'000'001, 'x');
    CHECK(mapped_file::open(here.file("large", large)).value().octets() == large);
    CHECK(mapped_file::open(here.file("empty", "")).value().octets().empty());
}

TEST_CASE("octets move with their file, and stay when its name goes") {
    scratch const here;
    auto first = mapped_file::open(here.file("first", "one")).value();
    auto second = mapped_file::open(here.file("second", "two")).value();
    fs::remove(here.folder / "first");
    std::string_view const seen = first.octets();
    second = std::move(first);
    CHECK(second.octets() == "one");
    CHECK(second.octets().data() == seen.data());
    mapped_file const third(std::move(second));
    CHECK(third.octets() == "one");
}

TEST_CASE("what is no file is an error and not waited for") {
    scratch const here;
    CHECK(mapped_file::open(here.folder / "none").error() == std::errc::no_such_file_or_directory);
    CHECK(mapped_file::open(here.folder).error() == std::errc::is_a_directory);
    REQUIRE(::mkfifo((here.folder / "pipe").c_str(), 0600) == 0);
    CHECK(mapped_file::open(here.folder / "pipe").error() == std::errc::invalid_argument);
}

TEST_CASE("links are followed or refused") {
    scratch const here;
    fs::create_symlink(here.file("target", "one"), here.folder / "link");
    CHECK(mapped_file::open(here.folder / "link").value().octets() == "one");
    CHECK(mapped_file::open(here.folder / "link", symlinks::refuse).error() ==
          std::errc::too_many_symbolic_link_levels);
    CHECK(mapped_file::open(here.folder / "target", symlinks::refuse).value().octets() == "one");
}
