#include "load.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <cstdint>
#include <iostream>
#include <postrider/devserver/catch_all.hpp>
#include <postrider/proto/smtp/escape.hpp>
#include <system_error>

#include "exit_codes.hpp"
#include "mail_source.hpp"

namespace postrider::app {

void add_load_option(CLI::App& command, std::vector<std::string>& into) {
    command
        .add_option("--load", into,
                    "Begin with the messages of this .eml file, mbox, Maildir or folder of *.eml; may be repeated")
        ->expected(1)
        ->take_all()
        ->type_name("FILE|FOLDER");
}

void load(std::vector<std::string> const& paths, devserver::catch_server& into) {
    for (auto const& path : paths) {
        std::uint64_t count = 0;
        try {
            mail_source(path, mail_format::automatic).for_each([&](found_message const& found) {
                if (found.octets.empty()) return;
                into.add(found.octets);
                ++count;
            });
        } catch (std::system_error const& failure) {
            throw error(exit_code::io_error, "cannot keep what is in " + path + ": " + failure.what(), "check --store");
        }
        std::cerr << "postrider: " << count << (count == 1 ? " message" : " messages") << " loaded from "
                  << smtp::escaped(path) << '\n';
    }
}

}  // namespace postrider::app
