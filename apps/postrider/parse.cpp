#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <postrider/mime/json.hpp>
#include <postrider/mime/parse.hpp>
#include <postrider/mime/tree.hpp>

#include "commands.hpp"
#include "files.hpp"

namespace postrider::app {
namespace {

struct parse_options {
    std::string file = "-";
    bool json = false;
};

exit_code parse(parse_options const& o) {
    std::string const octets = read_file(o.file);
    mime::parsed_message const message = mime::parse(octets);
    if (o.json) {
        std::cout << boost::json::serialize(mime::to_json(message)) << '\n';
    } else {
        std::cout << mime::to_tree(message);
    }
    std::cout.flush();
    if (!std::cout) throw error(exit_code::io_error, "writing to stdout failed");
    return exit_code::ok;
}

}  // namespace

command add_parse(CLI::App& program) {
    auto const options = std::make_shared<parse_options>();
    CLI::App* const called = program.add_subcommand("parse", "Show how a message is built, as a tree or as JSON");
    called->add_option("file", options->file, "The message; - is stdin")->required();
    called->add_flag("--json", options->json, "Headers, texts, sizes and digests of all parts as one JSON document");
    return {called, [options] { return parse(*options); }, tell_error};
}

}  // namespace postrider::app
