// Signs the message on stdin, for tests that let others check the signature:
//
//     sign_message DOMAIN HEADER/BODY (SELECTOR KEYFILE)...
#include <iostream>
#include <iterator>
#include <postrider/core/mapped_file.hpp>
#include <postrider/dkim.hpp>
#include <postrider/mime/raw.hpp>

using namespace postrider;

namespace {

dkim::canonicalization form(std::string_view name) {
    return name == "simple" ? dkim::canonicalization::simple : dkim::canonicalization::relaxed;
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<std::string> const arguments(argv + 1, argv + argc);
    std::size_t const slash = arguments.at(1).find('/');
    std::vector<dkim::signer> signers;
    for (std::size_t at = 2; at + 1 < arguments.size(); at += 2) {
        dkim::signer_options options;
        options.domain = arguments[0];
        options.selector = arguments[at];
        options.header = form(arguments[1].substr(0, slash));
        options.body = form(arguments[1].substr(slash + 1));
        auto const file = mapped_file::open(arguments[at + 1]).value();
        signers.push_back(dkim::signer::make(dkim::private_key::read(file.octets()).value(), options).value());
    }
    std::string octets{std::istreambuf_iterator<char>(std::cin), {}};
    auto const mail = mime::wire_from_octets(std::move(octets));
    std::cout << dkim::sign(mail, signers).value().str().value();
    return std::cout.flush() ? 0 : 1;
}
