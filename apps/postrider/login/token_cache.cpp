#include "token_cache.hpp"

#include <sys/stat.h>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cerrno>

#include "exit_codes.hpp"
#include "files.hpp"

namespace postrider::app {
namespace {

namespace json = boost::json;

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

}  // namespace

token_cache::token_cache(std::string const& file)
    : file_(file.empty() ? state_file("tokens.json") : std::filesystem::path(file)) {}

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
    json::object all = read(file_);
    auto const expires = std::chrono::floor<std::chrono::seconds>(tokens.expires).time_since_epoch().count();
    all[key] = json::object{{"access_token", tokens.access}, {"refresh_token", tokens.refresh}, {"expires", expires}};
    replace_file(file_, json::serialize(all) + "\n");
}

}  // namespace postrider::app
