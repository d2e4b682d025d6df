#include "lookups.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <postrider/devserver/lookups.hpp>

#include "address.hpp"
#include "dns/records.hpp"

namespace postrider::app {

void add_lookup_options(CLI::App& command, lookup_options& into) {
    command.add_flag(
        "--allow-lookups", into.allow,
        "Let the checks of a message look up keys and policies in the DNS, and follow its links, when they "
        "are asked to; addresses that are not of the public internet are not asked");
    command.add_option("--spamd", into.spamd, "Have SpamAssassin's daemon here score each message that is checked")
        ->type_name("HOST:PORT");
}

lint::outside calls_of(lookup_options const& given) {
    lint::outside calls;
    if (given.allow) {
        calls.texts = ask_dns({});
        calls.links = devserver::follow_links();
    }
    if (!given.spamd.empty()) calls.spam = devserver::ask_spamd(parse_address(given.spamd));
    return calls;
}

}  // namespace postrider::app
