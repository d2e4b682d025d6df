#include "config.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <sstream>

// toml++ converts between string types whose signs differ.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#include <toml++/toml.h>
#pragma GCC diagnostic pop

#include <postrider/core/ascii.hpp>
#include <postrider/mime/address.hpp>

#include "exit_codes.hpp"
#include "numbers.hpp"
#include "text.hpp"

namespace postrider::app {
namespace {

/// Reads one table key by key and knows where each stands, for the message when it is wrong.
class table_reader {
public:
    table_reader(toml::table const& table, std::string const& file) : table_(table), file_(file) {}

    using setter = std::function<void(toml::node const&)>;

    void read(std::map<std::string_view, setter> const& keys) const {
        for (auto const& [key, value] : table_) {
            auto const known = keys.find(key.str());
            if (known == keys.end()) fail(value, "unknown key '" + std::string(key.str()) + "'");
            known->second(value);
        }
    }

    template <class Text>
    setter text(Text& into) const {
        return [this, &into](toml::node const& node) {
            if (!node.is_string()) fail(node, "a text in quotes is due here");
            into = *node.value<std::string>();
        };
    }

    setter seconds(std::optional<double>& into) const {
        return [this, &into](toml::node const& node) {
            into = node.value<double>();
            if (!into || !is_timeout(*into)) fail(node, "a number of seconds from 0.001 to 1000000 is due here");
        };
    }

    setter flag(bool& into) const {
        return [this, &into](toml::node const& node) {
            if (!node.is_boolean()) fail(node, "true or false is due here");
            into = *node.value<bool>();
        };
    }

    setter one_of(std::vector<std::string> words, std::string& into) const {
        return [this, words = std::move(words), &into](toml::node const& node) {
            into = node.value<std::string>().value_or("");
            if (std::find(words.begin(), words.end(), into) != words.end()) return;
            std::string all;
            for (auto const& word : words) (all += all.empty() ? "\"" : "\" or \"") += word;
            fail(node, all + "\" is due here");
        };
    }

    setter texts(std::vector<std::string>& into) const {
        return [this, &into](toml::node const& node) {
            if (!node.is_array()) fail(node, "a list of texts is due here");
            for (toml::node const& member : *node.as_array()) {
                if (!member.is_string()) fail(member, "a text in quotes is due here");
                into.push_back(ascii::lower(*member.value<std::string>()));
            }
        };
    }

    setter no_secret() const {
        return [this](toml::node const& node) {
            fail(node,
                 "a password does not belong into this file: name a password_command, password_file or password_env");
        };
    }

    setter proxy(std::string& into) const {
        return [this, &into](toml::node const& node) {
            text(into)(node);
            if (!parse_proxy(into).password.empty())
                fail(node, "a password does not belong into this file: name a proxy_password_command");
        };
    }

    /// Each sub-table of this one, by name.
    template <class Read>
    setter tables(Read read) const {
        return [this, read](toml::node const& node) {
            if (!node.is_table()) fail(node, "a table is due here");
            for (auto const& [name, value] : *node.as_table()) {
                if (!value.is_table()) fail(value, "a table is due here");
                read(std::string(name.str()), *value.as_table());
            }
        };
    }

    [[noreturn]] void fail(toml::node const& at, std::string const& why) const {
        throw error(exit_code::config, file_ + ":" + std::to_string(at.source().begin.line) + ": " + why,
                    "correct the configuration file");
    }

private:
    toml::table const& table_;
    std::string const& file_;
};

account read_account(toml::table const& table, std::string const& file) {
    account a;
    table_reader const reader(table, file);
    reader.read({{"server", reader.text(a.server)},
                 {"provider", reader.text(a.provider)},
                 {"from", reader.text(a.from)},
                 {"user", reader.text(a.user)},
                 {"password", reader.no_secret()},
                 {"password_command", reader.text(a.password_command)},
                 {"password_file", reader.text(a.password_file)},
                 {"password_env", reader.text(a.password_env)},
                 {"token", reader.no_secret()},
                 {"token_command", reader.text(a.token_command)},
                 {"auth", reader.text(a.auth)},
                 {"ca_file", reader.text(a.tls.ca_file)},
                 {"certificate_file", reader.text(a.tls.certificate_file)},
                 {"key_file", reader.text(a.tls.key_file)},
                 {"fingerprints", reader.texts(a.tls.fingerprints)},
                 {"fingerprint_is_enough", reader.flag(a.tls.fingerprint_is_enough)},
                 {"least_tls", reader.one_of({"1.2", "1.3"}, a.tls.least_version)},
                 {"source_address", reader.text(a.route.source_address)},
                 {"proxy", reader.proxy(a.route.proxy)},
                 {"proxy_password_command", reader.text(a.route.proxy_password_command)},
                 {"local_hostname", reader.text(a.local_hostname)},
                 {"timeout", reader.seconds(a.timeout_seconds)},
                 {"local_mail_to", reader.text(a.local_mail_to)},
                 {"dkim_key", reader.text(a.dkim_key)},
                 {"dkim_selector", reader.text(a.dkim_selector)},
                 {"dkim_domain", reader.text(a.dkim_domain)}});
    if (a.server.empty() && a.provider.empty()) reader.fail(table, "an account needs a server or a provider");
    if (a.dkim_key.empty() != a.dkim_selector.empty()) reader.fail(table, "dkim_key and dkim_selector go together");
    return a;
}

preset read_provider(std::string name, toml::table const& table, std::string const& file) {
    preset p;
    p.name = std::move(name);
    table_reader const reader(table, file);
    reader.read({{"aliases", reader.texts(p.aliases)},
                 {"domains", reader.texts(p.domains)},
                 {"smtp", reader.text(p.smtp)},
                 {"imap", reader.text(p.imap)},
                 {"pop", reader.text(p.pop)}});
    if (p.smtp.empty()) reader.fail(table, "a provider needs smtp, a URL");
    return p;
}

std::string read_whole(std::filesystem::path const& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    if (!in || !(text << in.rdbuf()))
        throw error(exit_code::no_input, "cannot read " + file.string(), "check the name of the configuration file");
    return text.str();
}

/// The user's own, then the machine's.                                       XDG Base Directory Specification
std::vector<std::filesystem::path> usual_config_places() {
    std::vector<std::filesystem::path> places{usual_config_path()};
    char const* const folders = std::getenv("XDG_CONFIG_DIRS");
    for (auto const& folder : split(folders && *folders ? folders : "/etc/xdg", ':'))
        places.push_back(std::filesystem::path(folder) / "postrider/config.toml");
    return places;
}

std::filesystem::path first_that_exists(std::vector<std::filesystem::path> const& places) {
    std::error_code unreadable;
    for (auto const& place : places)
        if (std::filesystem::exists(place, unreadable)) return place;
    return {};
}

}  // namespace

account const& config::named(std::string const& name) const {
    if (auto it = accounts.find(name); it != accounts.end()) return it->second;
    throw error(exit_code::config, "no account '" + name + "' is configured",
                "add [account." + name + "] to " + usual_config_path().string());
}

account const* config::for_sender(std::string_view address) const {
    for (auto const& [name, a] : accounts) {
        auto const from = mime::parse_mailbox(a.from);
        if (from && !address.empty() && ascii::lower(from->address) == ascii::lower(address)) return &a;
    }
    return default_account.empty() ? nullptr : &named(default_account);
}

account const* config::chosen(std::string const& name, std::string_view sender) const {
    return name.empty() ? for_sender(sender) : &named(name);
}

config parse_config(std::string_view toml_text, std::string const& file_name) {
    config c;
    try {
        toml::table const table = toml::parse(toml_text, std::string_view(file_name));
        table_reader const reader(table, file_name);
        reader.read({{"default_account", reader.text(c.default_account)},
                     {"account", reader.tables([&](std::string name, toml::table const& t) {
                          c.accounts[std::move(name)] = read_account(t, file_name);
                      })},
                     {"provider", reader.tables([&](std::string name, toml::table const& t) {
                          c.providers.push_back(read_provider(std::move(name), t, file_name));
                      })}});
    } catch (toml::parse_error const& wrong) {
        throw error(
            exit_code::config,
            file_name + ":" + std::to_string(wrong.source().begin.line) + ": " + std::string(wrong.description()),
            "correct the configuration file");
    }
    return c;
}

std::filesystem::path usual_config_path() {
    char const* const base = std::getenv("XDG_CONFIG_HOME");
    if (base && *base) return std::filesystem::path(base) / "postrider/config.toml";
    char const* const home = std::getenv("HOME");
    return std::filesystem::path(home ? home : "/") / ".config/postrider/config.toml";
}

config load_config(std::string const& file_named_by_user) {
    std::filesystem::path file = file_named_by_user;
    if (file.empty()) {
        file = first_that_exists(usual_config_places());
        if (file.empty()) return {};
    }
    return parse_config(read_whole(file), file.string());
}

}  // namespace postrider::app
