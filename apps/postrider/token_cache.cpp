#include "token_cache.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cerrno>
#include <cstdlib>

#include "exit_codes.hpp"
#include "files.hpp"

namespace postrider::app {
namespace {

namespace json = boost::json;

std::filesystem::path usual_place() {
    char const* const base = std::getenv("XDG_STATE_HOME");
    if (base && *base) return std::filesystem::path(base) / "postrider/tokens.json";
    char const* const home = std::getenv("HOME");
    return std::filesystem::path(home ? home : "/") / ".local/state/postrider/tokens.json";
}

json::object read(std::filesystem::path const& file) {
    struct stat about {};
    if (::stat(file.c_str(), &about) != 0 && errno == ENOENT) return {};
    if ((about.st_mode & 077) != 0)
        throw error(exit_code::config, file.string() + " holds tokens and others may read it", "chmod 600 it");
    boost::system::error_code wrong;
    json::value const value = json::parse(read_file(file.string()), wrong);
    if (wrong || !value.is_object())
        throw error(exit_code::config, file.string() + " is no file of tokens",
                    "move it away, or name another with --cache");
    return value.as_object();
}

std::string text_in(json::object const& object, char const* name) {
    auto const* value = object.if_contains(name);
    return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

[[noreturn]] void fail(std::filesystem::path const& file, int why) {
    throw error(exit_code::io_error, "cannot write " + file.string() + ": " + std::generic_category().message(why));
}

/// Beside the old one, and then in its place.
void write(std::filesystem::path const& file, std::string const& octets) {
    std::filesystem::path const fresh = file.string() + "." + std::to_string(::getpid());
    ::unlink(fresh.c_str());
    int const to = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (to < 0) fail(file, errno);
    bool const whole =
        ::write(to, octets.data(), octets.size()) == static_cast<ssize_t>(octets.size()) && ::fsync(to) == 0;
    int const why = errno;
    ::close(to);
    if (whole && ::rename(fresh.c_str(), file.c_str()) == 0) return;
    int const why_not_renamed = errno;
    ::unlink(fresh.c_str());
    fail(file, whole ? why_not_renamed : why);
}

}  // namespace

token_cache::token_cache(std::string const& file) : file_(file.empty() ? usual_place() : std::filesystem::path(file)) {}

std::optional<oauth_tokens> token_cache::find(std::string const& key) const {
    json::object const all = read(file_);
    auto const* one = all.if_contains(key);
    if (!one || !one->is_object()) return std::nullopt;
    json::object const& kept = one->as_object();
    auto const* expires = kept.if_contains("expires");
    std::int64_t const seconds = expires && expires->is_int64() ? expires->as_int64() : 0;
    return oauth_tokens{text_in(kept, "access_token"), text_in(kept, "refresh_token"),
                        std::chrono::sys_seconds(std::chrono::seconds(seconds))};
}

void token_cache::keep(std::string const& key, oauth_tokens const& tokens) const {
    std::error_code failed;
    if (file_.has_parent_path()) std::filesystem::create_directories(file_.parent_path(), failed);
    json::object all = read(file_);
    auto const expires = std::chrono::floor<std::chrono::seconds>(tokens.expires).time_since_epoch().count();
    all[key] = json::object{{"access_token", tokens.access}, {"refresh_token", tokens.refresh}, {"expires", expires}};
    write(file_, json::serialize(all) + "\n");
}

}  // namespace postrider::app
