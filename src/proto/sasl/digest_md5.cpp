#include "digest_md5.hpp"

#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <postrider/core/digest.hpp>
#include <postrider/proto/sasl/mechanism.hpp>

namespace postrider::sasl::digest_md5 {
namespace {

bool is_token(char c) noexcept {
    return c > ' ' && c < 0x7f && std::string_view("()<>@,;:\\\"/[]?={}").find(c) == std::string_view::npos;
}

void skip_space(std::string_view& text) noexcept {
    auto const begin = text.find_first_not_of(" \t\r\n");
    text.remove_prefix(std::min(begin, text.size()));
}

/// Empty where no token comes.
std::string_view take_token(std::string_view& text) noexcept {
    auto const end = std::find_if_not(text.begin(), text.end(), is_token);
    auto const token = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    text.remove_prefix(token.size());
    return token;
}

std::optional<std::string> take_quoted(std::string_view& text) {
    std::string value;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '"') {
            text.remove_prefix(i + 1);
            return value;
        }
        if (text[i] == '\\' && ++i == text.size()) break;
        value += text[i];
    }
    return {};
}

std::optional<std::string> take_value(std::string_view& text) {
    if (text.starts_with('"')) return take_quoted(text);
    auto const token = take_token(text);
    if (token.empty()) return {};
    return std::string(token);
}

/// RFC 2831 §2.1.2.1: what ISO 8859-1 can write is hashed as that, for the sake of old password files.
std::string in_latin1_if_possible(std::string const& utf8) {
    std::string latin1;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        auto const octet = static_cast<unsigned char>(utf8[i]);
        if (octet < 0x80) {
            latin1 += utf8[i];
        } else if ((octet == 0xc2 || octet == 0xc3) && i + 1 < utf8.size()) {
            latin1 += static_cast<char>((octet << 6 & 0xc0) | (utf8[++i] & 0x3f));
        } else {
            return utf8;
        }
    }
    return latin1;
}

std::string hex_md5(std::string_view text) {
    return to_hex(md5(text));
}

std::string response(parts const& p, std::string const& a2) {
    auto const user_hash = md5(in_latin1_if_possible(p.user) + ':' + in_latin1_if_possible(p.realm) + ':' +
                               in_latin1_if_possible(p.secret));
    auto a1 = user_hash + ':' + p.nonce + ':' + p.cnonce;
    if (!p.identity.empty()) a1 += ':' + p.identity;
    return hex_md5(hex_md5(a1) + ':' + p.nonce + ':' + std::string(nonce_count) + ':' + p.cnonce +
                   ":auth:" + hex_md5(a2));
}

}  // namespace

result<directives> directives::parse(std::string_view message) {
    directives found;
    for (skip_space(message); !message.empty(); skip_space(message)) {
        if (message.front() == ',') {
            message.remove_prefix(1);
            continue;
        }
        auto name = ascii::lower(take_token(message));
        skip_space(message);
        if (name.empty() || !message.starts_with('=')) return error_code(errc::malformed);
        message.remove_prefix(1);
        skip_space(message);
        auto value = take_value(message);
        skip_space(message);
        bool const ends = message.empty() || message.front() == ',';
        if (!value || !ends || (name != "realm" && found.find(name))) return error_code(errc::malformed);
        found.all_.emplace_back(std::move(name), *std::move(value));
    }
    return found;
}

std::optional<std::string_view> directives::find(std::string_view name) const noexcept {
    for (auto const& [known, value] : all_)
        if (known == name) return value;
    return {};
}

std::string quoted(std::string_view name, std::string_view value) {
    auto text = std::string(name) + "=\"";
    for (char const c : value) {
        if (c == '"' || c == '\\') text += '\\';
        text += c;
    }
    return text + '"';
}

std::string client_response(parts const& p) {
    return response(p, "AUTHENTICATE:" + p.uri);
}

std::string server_response(parts const& p) {
    return response(p, ':' + p.uri);
}

}  // namespace postrider::sasl::digest_md5
