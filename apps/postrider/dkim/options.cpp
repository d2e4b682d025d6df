#include "options.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "exit_codes.hpp"
#include "files.hpp"

namespace postrider::app {
namespace {

std::string domain_of(std::string_view address) {
    return std::string(address.substr(address.rfind('@') + 1));
}

dkim::private_key read_key(std::string const& file) {
    auto key = dkim::private_key::read(read_file(file));
    if (!key) throw error(exit_code::bad_data, file + ": " + key.error().message(), "postrider dkim-key makes one");
    return *key;
}

dkim::signer make_signer(std::string const& file, std::string const& selector, std::string const& domain,
                         exit_code when_wrong) {
    dkim::signer_options options;
    options.domain = domain;
    options.selector = selector;
    auto signer = dkim::signer::make(read_key(file), options);
    if (!signer) {
        std::string const& what = signer.error() == dkim::errc::bad_domain ? domain : selector;
        throw error(when_wrong, "'" + what + "' is " + signer.error().message());
    }
    return *signer;
}

}  // namespace

void add_dkim_options(CLI::App& command, dkim_options& into) {
    constexpr char const* group = "Signature";
    auto const list = [&](char const* name, std::vector<std::string>& values, char const* type, char const* what) {
        command.add_option(name, values, what)->expected(1)->take_all()->type_name(type)->group(group);
    };
    list("--dkim-key", into.keys, "FILE", "Sign with this private key; with a second one for a second signature");
    list("--dkim-selector", into.selectors, "NAME", "The selector of the key, one for each");
    command.add_option("--dkim-domain", into.domain, "The domain that signs, if it is not the sender's")
        ->type_name("DOMAIN")
        ->group(group);
}

std::vector<dkim::signer> signers_for(dkim_options const& o, account const* configured, std::string_view sender) {
    auto const domain_or_sender = [&](std::string const& said) { return said.empty() ? domain_of(sender) : said; };
    if (o.keys.size() != o.selectors.size())
        throw error(exit_code::usage, "each --dkim-key needs a --dkim-selector",
                    "the selector is the first word of the key's name in DNS");
    std::vector<dkim::signer> signers;
    for (std::size_t i = 0; i < o.keys.size(); ++i)
        signers.push_back(make_signer(o.keys[i], o.selectors[i], domain_or_sender(o.domain), exit_code::usage));
    if (signers.empty() && configured && !configured->dkim_key.empty())
        signers.push_back(make_signer(configured->dkim_key, configured->dkim_selector,
                                      domain_or_sender(configured->dkim_domain), exit_code::config));
    return signers;
}

mime::wire signed_by(std::vector<dkim::signer> const& signers, mime::wire mail) {
    if (signers.empty()) return mail;
    auto signed_mail = dkim::sign(mail, signers);
    if (!signed_mail) {
        bool const is_ours = signed_mail.error().category() == dkim::category();
        throw error(is_ours ? exit_code::bad_data : exit_code::io_error,
                    "the message cannot be signed: " + signed_mail.error().message());
    }
    return std::move(*signed_mail);
}

}  // namespace postrider::app
