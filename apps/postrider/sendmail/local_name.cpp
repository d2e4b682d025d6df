#include "local_name.hpp"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <postrider/core/ascii.hpp>

#include "text.hpp"

namespace postrider::app {
namespace {

bool is_name(std::string_view text) noexcept {
    auto const belongs = [](char c) {
        return ascii::is_alpha(c) || ascii::is_digit(c) || c == '_' || c == '-' || c == '+' || c == '.';
    };
    return !text.empty() && text.front() != '-' && text.front() != '.' && text.back() != '.' &&
           text.find("..") == text.npos && std::all_of(text.begin(), text.end(), belongs);
}

/// The first part of the GECOS field, "&" standing for the login name with a capital.                  passwd(5), finger(1)
std::string full_name_in(std::string_view gecos, std::string const& login) {
    std::string name;
    for (char c : gecos.substr(0, gecos.find(','))) {
        if (c != '&') {
            name += c;
        } else if (!login.empty()) {
            name += ascii::to_upper(login.front()) + login.substr(1);
        }
    }
    return name;
}

}  // namespace

std::optional<mime::mailbox> parse_local_name(std::string_view text) {
    text = trimmed(text);
    std::string_view const comment = text.substr(std::min(text.find('('), text.size()));
    std::string_view const name = trimmed(text.substr(0, text.size() - comment.size()));
    if (!is_name(name)) return std::nullopt;
    if (comment.empty()) return mime::mailbox{{}, std::string(name)};
    if (comment.back() != ')' || comment.find_first_of("()\\", 1) != comment.size() - 1) return std::nullopt;
    return mime::mailbox{std::string(comment.substr(1, comment.size() - 2)), std::string(name)};
}

mime::mailbox this_user() {
    passwd entry{};
    passwd* found = nullptr;
    std::array<char, 16384> room{};
    if (::getpwuid_r(::getuid(), &entry, room.data(), room.size(), &found) != 0 || !found)
        return {{}, "uid" + std::to_string(::getuid())};
    return {full_name_in(found->pw_gecos ? found->pw_gecos : "", found->pw_name), found->pw_name};
}

}  // namespace postrider::app
