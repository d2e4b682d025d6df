#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <map>

#include "commands.hpp"
#include "numbers.hpp"
#include "printer.hpp"

namespace postrider::app {
namespace {

void print_all(mail_source const& source, parse_printer& printer) {
    source.for_each([&](found_message const& found) { printer.print(found); });
}

/// With several files one that cannot be read is told, and the others are printed all the same.
exit_code parse(parse_options const& o) {
    parse_printer printer(o);
    auto worst = exit_code::ok;
    if (o.files.size() > 1) printer.expect_several();
    for (auto const& file : o.files) {
        try {
            mail_source const source(file, o.format);
            if (source.is_collection()) printer.expect_several();
            print_all(source, printer);
        } catch (error const& wrong) {
            if (o.files.size() == 1 || wrong.code() != exit_code::no_input) throw;
            tell_person(wrong);
            worst = wrong.code();
        }
    }
    printer.finish();
    if (o.message && printer.printed() == 0)
        throw error(exit_code::no_input, "there is no message " + std::to_string(*o.message));
    if (worst == exit_code::ok && printer.found_defects()) return exit_code::bad_data;
    if (worst == exit_code::ok) return printer.worst_verdict();
    return worst;
}

std::map<std::string, mail_format> const& formats() {
    static const std::map<std::string, mail_format> names{
        {"auto", mail_format::automatic}, {"message", mail_format::message}, {"maildir", mail_format::maildir},
        {"mbox", mail_format::mbox},      {"mboxo", mail_format::mboxo},     {"mboxrd", mail_format::mboxrd},
        {"mboxcl", mail_format::mboxcl},  {"mboxcl2", mail_format::mboxcl2}};
    return names;
}

std::map<std::string, colour_choice> const& colours() {
    static const std::map<std::string, colour_choice> names{
        {"auto", colour_choice::automatic}, {"always", colour_choice::always}, {"never", colour_choice::never}};
    return names;
}

template <class Value>
void add_choice(CLI::App& called, std::string const& name, Value& value, std::map<std::string, Value> const& names,
                std::string const& what) {
    std::string listed;
    for (auto const& [word, ignored] : names) listed += (listed.empty() ? "" : "|") + word;
    auto const set = [&value, &names, name](std::string const& word) {
        auto const found = names.find(word);
        if (found == names.end()) throw CLI::ValidationError(name, "there is no '" + word + "'");
        value = found->second;
    };
    called.add_option_function<std::string>(name, set, what)->type_name(listed);
}

void add_views(CLI::App& called, std::shared_ptr<parse_options> const& o) {
    auto* const views = called.add_option_group("What to print", "(a tree for people, if nothing is said)");
    views->require_option(0, 1);
    auto const flag = [&](char const* name, parse_view view, char const* what) {
        views->add_flag_callback(
            name, [o, view] { o->view = view; }, what);
    };
    flag("--json", parse_view::json,
         "All as one JSON document: an object; for an mbox, a Maildir or several files an array");
    flag("--json-lines", parse_view::json_lines, "An object on a line of its own for each message");
    flag("--text", parse_view::text, "The body as text; of mail in HTML alone, what a person would read of it");
    flag("--html", parse_view::html, "The body's HTML");
    flag("--headers", parse_view::headers, "The header fields, decoded");
    auto const defects = [o] { o->view = parse_view::defects, o->strict = true; };
    views->add_flag_callback("--defects", defects,
                             "What is wrong with the message, and where; 65 if there is anything");
    flag("--verify", parse_view::verify,
         "Who signed the message (DKIM), and whether it is as it was then; 65 if no signature passes");
    auto const extract = [o](std::string const& folder) { o->view = parse_view::extract, o->folder = folder; };
    views
        ->add_option_function<std::string>("--extract", extract,
                                           "Write attachments to a folder, under safe names, over nothing")
        ->type_name("DIR");
}

}  // namespace

command add_parse(CLI::App& program) {
    auto const o = std::make_shared<parse_options>();
    CLI::App* const called = program.add_subcommand("parse", "Show what is in messages, mboxes and Maildirs");
    called->add_option("file", o->files, "Messages, mboxes, Maildirs; - is stdin")->required();
    add_views(*called, o);
    called->add_option("--part", o->part, "The content of this part, by its number in the tree")
        ->transform(whole_number(0))
        ->type_name("N");
    called->add_flag("--raw", o->raw, "Octets as they stand in the message: of it, its --headers or its --part");
    called->add_option("--message", o->message, "Of an mbox or Maildir this message alone; the first is 1")
        ->transform(whole_number(1))
        ->type_name("N");
    auto* const file =
        called->add_option("--dns-file", o->dns_file, "Verify with records from a file: 'NAME RECORD' a line")
            ->type_name("FILE");
    called->add_option("--dns-server", o->dns_server, "Ask this server for them, and not the machine's")
        ->excludes(file)
        ->type_name("IP[:PORT]");
    called->add_flag("--strict", o->strict, "End with 65 if anything is wrong with a message");
    add_choice(*called, "--format", o->format, formats(), "What the files are");
    add_choice(*called, "--color", o->colour, colours(), "Colours; NO_COLOR in the environment is heeded");
    return {called, [o] { return parse(*o); }, tell_error};
}

}  // namespace postrider::app
