#include "tls_choice.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "exit_codes.hpp"

namespace postrider::app {

void add_tls_options(CLI::App& command, tls_choice& into, char const* group) {
    command.add_option("--ca-file", into.ca_file, "Trust the certificates in this PEM file, not the system's")
        ->type_name("FILE")
        ->group(group);
    command.add_option("--certificate-file", into.certificate_file, "Show the server this certificate: a PEM file")
        ->type_name("FILE")
        ->group(group);
    command.add_option("--key-file", into.key_file, "Its key, where it does not stand in the same file")
        ->type_name("FILE")
        ->group(group);
    command
        .add_option("--fingerprint", into.fingerprints,
                    "The server's certificate must have this SHA-256 too; may be repeated")
        ->expected(1)
        ->take_all()
        ->type_name("SHA256")
        ->group(group);
    command
        .add_flag("--fingerprint-is-enough", into.fingerprint_is_enough,
                  "Ask nothing else of the certificate: a self-signed one will do")
        ->group(group);
    command.add_option("--tlsa", into.tlsa, "The server's certificate must match this TLSA record; may be repeated")
        ->expected(1)
        ->take_all()
        ->type_name("'3 1 1 HEX'")
        ->group(group);
    command.add_option("--least-tls", into.least_version, "1.3 refuses TLS 1.2. Without it: 1.2")
        ->check(CLI::IsMember({"1.2", "1.3"}))
        ->type_name("VERSION")
        ->group(group);
}

void apply(tls_choice const& choice, net::tls_options& to) {
    for (auto const& text : choice.fingerprints)
        if (!net::fingerprint(text))
            throw error(exit_code::usage, "'" + text + "' is no SHA-256 fingerprint",
                        "write 64 hexadecimal digits, as openssl x509 -noout -fingerprint -sha256 prints them");
    if (choice.certificate_file.empty() && !choice.key_file.empty())
        throw error(exit_code::usage, "a key is given and no certificate", "add --certificate-file");
    if (choice.fingerprint_is_enough && choice.fingerprints.empty() && to.fingerprints.empty())
        throw error(exit_code::usage, "no fingerprint is given that could be enough", "add --fingerprint");
    for (auto const& text : choice.tlsa) {
        auto const record = dane::parse_tlsa_text(text);
        if (!record || !is_usable(*record))
            throw error(exit_code::usage, "'" + text + "' is no TLSA record that mail can use",
                        "write '3 1 1 ' and 64 hexadecimal digits");
        to.tlsa.push_back(*record);
    }
    if (!choice.ca_file.empty()) to.ca_file = choice.ca_file;
    if (!choice.certificate_file.empty()) {
        to.certificate_file = choice.certificate_file;
        to.key_file = choice.key_file;
    }
    if (!choice.fingerprints.empty()) to.fingerprints = choice.fingerprints;
    if (choice.fingerprint_is_enough) to.fingerprint_is_enough = true;
    if (!choice.least_version.empty())
        to.least_version = choice.least_version == "1.3" ? net::tls_version::tls_1_3 : net::tls_version::tls_1_2;
}

}  // namespace postrider::app
