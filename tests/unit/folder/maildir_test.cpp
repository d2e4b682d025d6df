#include <doctest/doctest.h>

#include <algorithm>
#include <postrider/folder/maildir.hpp>
#include <string>
#include <vector>

#include "broken_reader.hpp"
#include "scratch_folder.hpp"

using namespace postrider;
using folder::maildir;
namespace fs = std::filesystem;

namespace {

/// A clock that can be set; all else is the machine's.
class clock_host final : public host {
public:
    time_point moment = std::chrono::system_clock::now();
    std::string called = "host.example";
    bool draws_zeros = false;

    time_point now() const override { return moment; }
    std::chrono::seconds utc_offset(time_point when) const override { return system_host().utc_offset(when); }
    void random(std::span<char> room) const override {
        system_host().random(room);
        if (draws_zeros) std::ranges::fill(room, '\0');
    }
    std::string name() const override { return called; }
    postrider::result<octet_source_ptr> open(fs::path const& path) const override { return system_host().open(path); }
};

std::vector<std::string> texts_in(maildir const& box) {
    std::vector<std::string> texts;
    for (auto const& entry : box.entries().value()) texts.emplace_back(box.open(entry).value().octets());
    return texts;
}

using texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a Maildir is made once, and opened only where there is one") {
    scratch_folder const here;
    auto const box = maildir::create(here.path / "Mail");
    REQUIRE(box.has_value());
    CHECK(names_in(here.path / "Mail") == std::set<std::string>{"cur", "new", "tmp"});
    CHECK((fs::status(here.path / "Mail" / "cur").permissions() & fs::perms::all) == fs::perms::owner_all);
    CHECK(maildir::create(here.path / "Mail").has_value());
    CHECK(maildir::open(here.path / "Mail").has_value());
    CHECK(folder::is_maildir(here.path / "Mail"));
    CHECK_FALSE(folder::is_maildir(here.path));
    auto const none = maildir::open(here.path);
    CHECK(none.error().code == std::errc::no_such_file_or_directory);
    CHECK(none.error().path == here.path / "new");
    CHECK(to_string(none.error()).ends_with("/new: No such file or directory"));
    CHECK_THROWS_AS(maildir::open(here.path).value(), fs::filesystem_error);
}

TEST_CASE("what is added is there, whole, with LF") {
    scratch_folder const here;
    auto const box = maildir::create(here.path / "Mail").value();
    auto const entry = box.add("Subject: a\r\n\r\nb\rc\r\r\n").value();
    CHECK(entry.is_new);
    CHECK(octets_in(box.path_of(entry)) == "Subject: a\n\nb\rc\r\n");
    CHECK(names_in(box.path() / "tmp").empty());
    CHECK((fs::status(box.path_of(entry)).permissions() & fs::perms::all) ==
          (fs::perms::owner_read | fs::perms::owner_write));

    auto const exact = box.add("a\r\n", {.line_ends = folder::line_ends::as_they_are, .sync = false}).value();
    CHECK(box.open(exact).value().octets() == "a\r\n");
    CHECK(box.entries().value().size() == 2);
}

TEST_CASE("a wire is added as it is rendered, piece by piece") {
    scratch_folder const here;
    auto const box = maildir::create(here.path / "Mail").value();
    mime::wire letter;
    letter.append(std::string("Subject: a\r"));
    letter.append(std::string("\n\r"));
    letter.append(std::string("\n"));
    letter.append(mime::wire::base64_piece{memory_source(std::string(1'000'000, 'x'))});
    letter.append(std::string("\r"));
    auto const entry = box.add(letter).value();
    std::string expected = letter.str().value();
    std::erase(expected, '\r');
    CHECK(box.open(entry).value().octets() == expected + '\r');
}

TEST_CASE("a message with flags goes to cur") {
    scratch_folder const here;
    auto const box = maildir::create(here.path / "Mail").value();
    auto const entry = box.add("x", {.flags = "SFS"}).value();
    CHECK_FALSE(entry.is_new);
    CHECK(entry.flags() == "FS");
    CHECK(names_in(box.path() / "cur") == std::set<std::string>{entry.unique + ":2,FS"});
    CHECK(box.add("x", {.flags = "S/../../x"}).error().code == std::errc::invalid_argument);
}

TEST_CASE("unique names tell time, process and host, and no host's name leaves the folder") {
    scratch_folder const here;
    clock_host machine;
    machine.moment = std::chrono::system_clock::time_point(std::chrono::microseconds(1795242088'000042));
    machine.called = "a/../:b";
    auto const box = maildir::create(here.path / "Mail", machine).value();
    auto const entry = box.add("x").value();
    CHECK(entry.unique.starts_with("1795242088.M42P"));
    CHECK(entry.unique.ends_with(".a\\057..\\057\\072b"));
    CHECK(names_in(here.path) == std::set<std::string>{"Mail"});
}

TEST_CASE("no message is written over another, even where names repeat") {
    scratch_folder const here;
    clock_host machine;
    machine.draws_zeros = true;
    auto const box = maildir::create(here.path / "Mail", machine).value();
    auto const first = box.add("first").value();
    auto const second = box.add("second");
    CHECK(second.error().code == std::errc::file_exists);
    CHECK(texts_in(box) == texts{"first"});
    CHECK(names_in(box.path() / "tmp").empty());
}

TEST_CASE("what breaks off leaves nothing") {
    scratch_folder const here;
    auto const box = maildir::create(here.path / "Mail").value();
    broken_reader broken({"Subject: a\r\n", std::string(500'000, 'x')});
    auto const failed = box.add(broken);
    CHECK(failed.error().code == errc::source_changed);
    CHECK(failed.error().path.parent_path() == box.path() / "tmp");
    CHECK(names_in(box.path() / "tmp").empty());
    CHECK(box.entries().value().empty());

    fs::remove(box.path() / "tmp");
    CHECK(box.add("x").error().code == std::errc::no_such_file_or_directory);
}

TEST_CASE("entries are the regular files of new and cur, oldest first") {
    scratch_folder const here;
    auto const box = maildir::create(here.path / "Mail").value();
    here.write("Mail/new/30.c", "three");
    here.write("Mail/cur/4.a:2,S", "one");
    here.write("Mail/cur/200.d", "four");
    here.write("Mail/new/5.b", "two");
    here.write("Mail/cur/.hidden", "no");
    here.write("Mail/tmp/1.x", "no");
    here.write("outside", "no");
    fs::create_directory(box.path() / "cur" / "6.folder");
    fs::create_symlink(here.path / "outside", box.path() / "cur" / "7.link");
    CHECK(texts_in(box) == texts{"one", "two", "three", "four"});
    CHECK(box.entries().value()[0].flags() == "S");
    CHECK(box.entries().value()[1].is_new);
    CHECK(box.find("7.link").error().code == std::errc::no_such_file_or_directory);
    CHECK(box.open(folder::maildir_entry{"7.link", "", false}).error().code ==
          std::errc::too_many_symbolic_link_levels);
}

TEST_CASE("a message seen in new and in cur is one, in cur") {
    scratch_folder const here;
    auto const box = maildir::create(here.path / "Mail").value();
    here.write("Mail/new/1.a", "x");
    here.write("Mail/cur/1.a:2,S", "x");
    auto const all = box.entries().value();
    REQUIRE(all.size() == 1);
    CHECK_FALSE(all[0].is_new);
}

TEST_CASE("flags change the name and nothing else") {
    scratch_folder const here;
    auto const box = maildir::create(here.path / "Mail").value();
    auto entry = box.add("x").value();
    entry = box.set_flags(entry, "S").value();
    CHECK(box.path_of(entry) == box.path() / "cur" / (entry.unique + ":2,S"));
    entry = box.set_flags(entry, "RSF").value();
    CHECK(entry.flags() == "FRS");
    entry = box.set_flags(entry, "").value();
    CHECK(names_in(box.path() / "cur") == std::set<std::string>{entry.unique + ":2,"});
    CHECK(box.open(entry).value().octets() == "x");
    CHECK(box.set_flags(entry, "2,").error().code == std::errc::invalid_argument);

    auto const other = box.move_to_cur(box.add("y").value()).value();
    CHECK(other.file_name() == other.unique + ":2,");
    CHECK(box.move_to_cur(other).value() == other);
}

TEST_CASE("a message that another reader moved is found again") {
    scratch_folder const here;
    auto const box = maildir::create(here.path / "Mail").value();
    auto const stale = box.add("x").value();
    static_cast<void>(box.set_flags(stale, "S").value());
    CHECK(box.open(stale).value().octets() == "x");
    auto const flagged = box.set_flags(stale, "F").value();
    CHECK(flagged.flags() == "F");
    CHECK(box.move_to_cur(stale).value().flags() == "F");
    CHECK(box.find(stale.unique).value().flags() == "F");
    CHECK(box.remove(stale).has_value());
    CHECK(box.entries().value().empty());
    CHECK(box.open(stale).error().code == std::errc::no_such_file_or_directory);
    CHECK(box.set_flags(stale, "S").error().code == std::errc::no_such_file_or_directory);
    CHECK(box.remove(stale).error().code == std::errc::no_such_file_or_directory);
}

TEST_CASE("files that disappear while the messages are read are errors of theirs alone") {
    scratch_folder const here;
    auto const box = maildir::create(here.path / "Mail").value();
    for (int i = 0; i < 100; ++i) here.write("Mail/new/" + std::to_string(i) + ".x", std::to_string(i));
    auto const all = box.entries().value();
    for (std::size_t i = 0; i < all.size(); i += 2) CHECK(box.remove(all[i]).has_value());
    std::size_t readable = 0;
    for (auto const& entry : all) readable += box.open(entry).has_value();
    CHECK(readable == 50);
}

TEST_CASE("a name in cur is never given away") {
    scratch_folder const here;
    auto const box = maildir::create(here.path / "Mail").value();
    here.write("Mail/new/1.a", "one");
    here.write("Mail/cur/1.a:2,S", "other");
    CHECK(box.set_flags({"1.a", "", true}, "S").error().code == std::errc::file_exists);
    CHECK(octets_in(box.path() / "cur" / "1.a:2,S") == "other");
}

TEST_CASE("tmp is cleaned of what is older than 36 hours") {
    scratch_folder const here;
    clock_host machine;
    auto const box = maildir::create(here.path / "Mail", machine).value();
    here.write("Mail/tmp/old", "x");
    fs::create_directory(box.path() / "tmp" / "folder");
    CHECK(box.clean_tmp().value() == 0);
    machine.moment += std::chrono::hours(37);
    CHECK(box.clean_tmp().value() == 1);
    CHECK(names_in(box.path() / "tmp") == std::set<std::string>{"folder"});
}

TEST_CASE("folders stand inside, below a dot") {
    scratch_folder const here;
    auto const box = maildir::create(here.path / "Mail").value();
    auto const sent = box.create_folder("Sent").value();
    auto const older = box.create_folder("Sent.2025").value();
    fs::create_directory(box.path() / ".no-maildir");
    CHECK(box.folders().value() == texts{"Sent", "Sent.2025"});
    CHECK(fs::exists(box.path() / ".Sent" / "maildirfolder"));
    CHECK(box.entries().value().empty());

    auto const entry = box.folder("Sent").value().add("x").value();
    CHECK(texts_in(sent) == texts{"x"});
    CHECK(box.remove_folder("Sent").error().code == std::errc::directory_not_empty);
    CHECK(sent.remove(entry).has_value());
    here.write("Mail/.Sent/tmp/left", "x");
    CHECK(box.remove_folder("Sent").has_value());
    CHECK(box.folders().value() == texts{"Sent.2025"});
    CHECK(box.folder("Sent").error().code == std::errc::no_such_file_or_directory);
}

TEST_CASE("no folder's name leads out of the Maildir") {
    scratch_folder const here;
    auto const box = maildir::create(here.path / "Mail").value();
    using namespace std::string_view_literals;
    for (auto name : {""sv, "."sv, ".."sv, "./x"sv, "../x"sv, "a/b"sv, "/"sv, ".a"sv, "a."sv, "a..b"sv, "a\0b"sv}) {
        CAPTURE(name);
        CHECK(box.create_folder(name).error().code == std::errc::invalid_argument);
        CHECK(box.folder(name).error().code == std::errc::invalid_argument);
        CHECK(box.remove_folder(name).error().code == std::errc::invalid_argument);
    }
    CHECK(names_in(box.path()) == std::set<std::string>{"cur", "new", "tmp"});
}
