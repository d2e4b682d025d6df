#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <iostream>
#include <memory>
#include <postrider/dkim.hpp>

#include "commands.hpp"
#include "key_file.hpp"

namespace postrider::app {
namespace {

struct key_options {
    std::string domain, selector;
    std::string file;
    unsigned rsa_bits = 2048;
    bool ed25519 = false;
    bool json = false;
};

dkim::private_key make_key(key_options const& o) {
    return o.ed25519 ? dkim::private_key::make_ed25519() : dkim::private_key::make_rsa(o.rsa_bits).value();
}

/// A name that could not be signed with is no name for a key.
void check_names(key_options const& o, dkim::private_key const& key) {
    dkim::signer_options says;
    says.domain = o.domain;
    says.selector = o.selector;
    if (auto const signer = dkim::signer::make(key, says); !signer) {
        bool const domain = signer.error() == dkim::errc::bad_domain;
        throw error(exit_code::usage, "'" + (domain ? o.domain : o.selector) + "' is " + signer.error().message());
    }
}

exit_code make(key_options const& o) {
    dkim::private_key const key = make_key(o);
    if (!o.ed25519 && key.bits() < 2048)
        std::cerr << "postrider: warning: RFC 8301 asks for 2048 bits; some receivers count no shorter key\n";
    check_names(o, key);
    std::string const file = o.file.empty() ? o.selector + "." + o.domain + ".pem" : o.file;
    write_new_secret(file, key.pem());

    std::string const name = dkim::key_name(o.selector, o.domain);
    std::string const record = dkim::to_record(key);
    if (o.json) {
        boost::json::value const told{{"file", file}, {"name", name}, {"record", record}};
        std::cout << boost::json::serialize(told) << std::endl;
    } else {
        std::cout << dkim::to_zone_line(name, record) << std::endl;
        std::cerr << "postrider: the private key is in " << file << "; the line above belongs into the zone of "
                  << o.domain << '\n';
    }
    return exit_code::ok;
}

}  // namespace

command add_dkim_key(CLI::App& program) {
    auto const o = std::make_shared<key_options>();
    CLI::App* const called = program.add_subcommand("dkim-key", "Make a key to sign mail with, and its DNS record");
    called->add_option("domain", o->domain, "Whose mail it signs: example.com")->required();
    called->add_option("selector", o->selector, "A name for the key, new for each: mail2026")->required();
    auto* const rsa = called->add_option("--rsa", o->rsa_bits, "An RSA key of so many bits (2048)")
                          ->check(CLI::IsMember({1024, 2048, 3072, 4096}))
                          ->type_name("BITS");
    called->add_flag("--ed25519", o->ed25519, "An Ed25519 key: short, and not yet known to every receiver")
        ->excludes(rsa);
    called->add_option("--out", o->file, "Where the private key goes; SELECTOR.DOMAIN.pem, if nothing is said")
        ->type_name("FILE");
    called->add_flag("--json", o->json, "Print file, name and record as one JSON document");
    called->footer(
        R"(The key's file can be read by its owner alone, and is never written over one that is there. Sign with
  postrider send --dkim-key FILE --dkim-selector SELECTOR ...
or put dkim_key and dkim_selector into an account of the configuration file.)");
    return {called, [o] { return make(*o); }, tell_error};
}

}  // namespace postrider::app
