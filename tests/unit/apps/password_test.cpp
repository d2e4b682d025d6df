#include "login/password.hpp"

#include <doctest/doctest.h>

#include <cstdlib>

#include "support.hpp"
#include "thrown.hpp"

using namespace postrider::app;

namespace {

struct asked_and_warned {
    std::string asked, warned;
    std::string read(password_sources const& from) {
        return read_password(
            from, "Password: ", [&](std::string const& prompt) { return asked = prompt, std::string("typed"); },
            [&](std::string_view line) { warned += line; });
    }
};

password_sources command(std::string text) {
    return {std::move(text), {}, {}, {}};
}
password_sources file(std::string name) {
    return {{}, std::move(name), {}, {}};
}
password_sources env(std::string name) {
    return {{}, {}, std::move(name), {}};
}

}  // namespace

TEST_CASE("a command's first line is the password") {
    asked_and_warned user;
    CHECK(user.read(command("printf 'p w\\nsecond line\\n'")) == "p w");
    CHECK(user.read(command("printf 'no line end'")) == "no line end");
    CHECK(user.read(command("printf 'dos\\r\\n'")) == "dos");
    CHECK(user.asked.empty());
}

TEST_CASE("a command that fails or says nothing is a configuration error") {
    asked_and_warned user;
    CHECK(thrown_by([&] { user.read(command("echo secret; exit 3")); }).code() == exit_code::config);
    CHECK(thrown_by([&] { user.read(command("true")); }).code() == exit_code::config);
    CHECK(std::string(thrown_by([&] { user.read(command("echo secret; false")); }).what()).find("secret\n") ==
          std::string::npos);
}

TEST_CASE("a file's first line is the password; a file open to others warns") {
    using std::filesystem::perms;
    asked_and_warned user;
    postrider::app::temporary_file const mine("secret\r\nmore\n", perms::owner_read | perms::owner_write);
    CHECK(user.read(file(mine.name())) == "secret");
    CHECK(user.warned.empty());
    postrider::app::temporary_file const open("secret", perms::owner_all | perms::others_read);
    CHECK(user.read(file(open.name())) == "secret");
    CHECK(user.warned.find("chmod 600") != std::string::npos);
    CHECK(thrown_by([&] { user.read(file("/nonexistent")); }).code() == exit_code::no_input);
}

TEST_CASE("an environment variable holds the password, an empty one too") {
    asked_and_warned user;
    ::setenv("POSTRIDER_TEST_PASSWORD", "from the environment", 1);
    CHECK(user.read(env("POSTRIDER_TEST_PASSWORD")) == "from the environment");
    ::setenv("POSTRIDER_TEST_PASSWORD", "", 1);
    CHECK(user.read(env("POSTRIDER_TEST_PASSWORD")).empty());
    ::unsetenv("POSTRIDER_TEST_PASSWORD");
    CHECK(thrown_by([&] { user.read(env("POSTRIDER_TEST_PASSWORD")); }).code() == exit_code::config);
}

TEST_CASE("a password on the command line warns, and the warning does not hold it") {
    asked_and_warned user;
    CHECK(user.read({{}, {}, {}, "hunter2"}) == "hunter2");
    CHECK(user.warned.find("--password-command") != std::string::npos);
    CHECK(user.warned.find("hunter2") == std::string::npos);
}

TEST_CASE("without any source somebody is asked") {
    asked_and_warned user;
    CHECK(user.read({}) == "typed");
    CHECK(user.asked == "Password: ");
}
