#include "options.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "numbers.hpp"

namespace postrider::app {

void add_merge_options(CLI::App& command, merge_options& into) {
    constexpr char const* group = "Rows";
    command.add_option("--data", into.data, "The rows: CSV with a header line, or JSON objects; - is stdin")
        ->required()
        ->type_name("FILE")
        ->group(group);
    command.add_option("--data-format", into.format, "csv or json, where the file's name does not say")
        ->check(CLI::IsMember({"csv", "json"}))
        ->type_name("FORMAT")
        ->group(group);
    auto* const from = command.add_option("--from-row", into.from_row, "Begin with this row; the first is 1")
                           ->transform(whole_number(1))
                           ->type_name("N")
                           ->group(group);
    command.add_option("--row", into.row, "This row alone")
        ->transform(whole_number(1))
        ->excludes(from)
        ->type_name("N")
        ->group(group);
    command.add_option("--only", into.only, "The rows for this address alone")->type_name("ADDRESS")->group(group);
    add_send_options(command, into.letter);
    command.footer(R"({{name}} in the subject, addresses, text, HTML, headers and files' names is a hole: each row of
--data fills it with what stands in its column `name`, escaped for its place. {{name|friend}} has
a fallback for rows without one; {{{name}}} puts markup into HTML as it is; {{{{ is two braces.

All rows go over one connection. A row that cannot be filled, or that the server refuses, is told
and the run goes on. Where it had to stop, it says with which --from-row it goes on.
With --dry-run the first row, --row N or --only ADDRESS, is printed as it would be sent.

Examples:
  postrider merge --server smtp://localhost:1025 --from shop@example.com --to '{{name}} <{{email}}>' \
      --subject 'Your code, {{name}}' --text 'It is {{code}}.' --data customers.csv
  postrider merge --from news@example.com --to '{{email}}' --subject News --html-file news.html \
      --text-file news.txt --attach terms.pdf --data readers.jsonl --dry-run --only ann@example.net

Exit codes: 0 all accepted, 1 some rows failed or were refused, 64 usage, 65 bad data, 66 no input,
67 all refused, 75 try again later or in doubt, and the others of `postrider send`.)");
}

}  // namespace postrider::app
