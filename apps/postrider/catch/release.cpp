#include "release.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <memory>
#include <optional>
#include <postrider/mime/forward.hpp>
#include <postrider/mime/parse.hpp>
#include <postrider/mime/raw.hpp>
#include <string_view>

#include "send/deliver.hpp"

namespace postrider::app {
namespace {

/// One way on.
struct release_account {
    std::string name;
    server_choice where;
    std::string secret;
    std::optional<mime::mailbox> from;
};

/// The account that is meant, and not the one by default: an address may as well stand for a provider.
app::account const* own_account(server_options const& asked, config const& configured, std::string const& sender) {
    if (!asked.account.empty()) return &configured.named(asked.account);
    auto const* const own = sender.empty() ? nullptr : configured.for_sender(sender);
    auto const from = mime::parse_mailbox(own ? own->from : std::string());
    return from && from->address == sender ? own : nullptr;
}

/// A URL is told without its user and password, for whoever may ask the API may read the name.
release_account account_called(std::string const& name, config const& configured) {
    release_account account{name, {}, {}, {}};
    server_options asked;
    std::string sender;
    if (name.find("://") != name.npos) {
        asked.server = name;
    } else if (name.find('@') != name.npos) {
        sender = name;
    } else {
        asked.account = name;
    }
    account.where = choose_server(asked, configured, sender);
    if (!asked.server.empty()) account.name = to_string(account.where.url);
    auto const* const own = own_account(asked, configured, sender);
    auto const from = mime::parse_mailbox(own && !own->from.empty() ? own->from : sender);
    if (from) account.from = *from;
    account.secret = secret_for(account.where, std::cerr);
    return account;
}

/// Whose name stands in Resent-From and in the envelope.
std::optional<mime::mailbox> sender_of(devserver::release_order const& order, release_account const& account) {
    if (!order.from.empty()) return mime::mailbox{{}, order.from};
    if (account.from) return account.from;
    if (order.caught_from.empty()) return std::nullopt;
    return mime::mailbox{{}, order.caught_from};
}

outgoing mail_of(devserver::release_order const& order, std::optional<mime::mailbox> const& sender) {
    outgoing mail;
    if (sender) mail.envelope.reverse_path = sender->address;
    std::vector<mime::mailbox> readers;
    for (auto const& address : order.to) {
        mail.envelope.forward_paths.push_back({address, {}});
        readers.push_back({{}, address});
    }
    if (!order.resent || !sender) {
        mail.wire = mime::wire_from_octets(order.octets);
        return mail;
    }
    mime::resend_options how;
    how.from = *sender;
    how.to = readers;
    mail.wire = mime::resend(mime::parse(order.octets), how).mail;
    return mail;
}

std::string send_on(release_account const& account, devserver::release_order const& order) {
    try {
        auto const mail = mail_of(order, sender_of(order, account));
        return boost::json::serialize(to_json(deliver(account.where, account.secret, mail, false, [](auto) {})));
    } catch (mime::error const& wrong) {
        return boost::json::serialize(to_json(error(exit_code_of(wrong), wrong.what())));
    } catch (error const& wrong) {
        return boost::json::serialize(to_json(wrong));
    }
}

}  // namespace

void add_release_options(CLI::App& command, release_arguments& into) {
    command
        .add_option("--release-account", into.accounts,
                    "Caught messages may be sent on through this account of the configuration, sender's address or "
                    "URL; may be repeated. Without it nothing leaves")
        ->expected(1)
        ->take_all()
        ->type_name("NAME|ADDRESS|URL")
        ->group("Sending on");
    command
        .add_option("--release-to", into.to,
                    "Only to addresses of this form, as in '*@example.com'; may be repeated. Without it to everybody")
        ->expected(1)
        ->take_all()
        ->type_name("PATTERN")
        ->group("Sending on");
    command
        .add_option("--config", into.config_file, "Read this file instead of $XDG_CONFIG_HOME/postrider/config.toml")
        ->type_name("FILE")
        ->group("Sending on");
}

devserver::release_options release_through(release_arguments const& given) {
    devserver::release_options options;
    options.to = given.to;
    if (given.accounts.empty()) return options;
    config const configured = load_config(given.config_file);
    auto const accounts = std::make_shared<std::vector<release_account>>();
    for (auto const& name : given.accounts) accounts->push_back(account_called(name, configured));
    for (auto const& account : *accounts) options.accounts.push_back(account.name);
    options.send = [accounts](devserver::release_order const& order) {
        auto const named = std::find_if(accounts->begin(), accounts->end(),
                                        [&](auto const& account) { return account.name == order.account; });
        return send_on(*named, order);
    };
    return options;
}

}  // namespace postrider::app
