#include "printer.hpp"

#include <unistd.h>

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <postrider/mime/body_view.hpp>
#include <postrider/mime/json.hpp>
#include <postrider/mime/tree.hpp>
#include <set>

#include "dns/records.hpp"
#include "exit_codes.hpp"
#include "terminal/utf8.hpp"
#include "verdict_page.hpp"

namespace postrider::app {
namespace {

namespace json = boost::json;

mime::parsed_part chosen_part(mime::parsed_message const& message, std::optional<std::size_t> number) {
    if (number.value_or(0) < message.part_count()) return message.part(number.value_or(0));
    throw error(exit_code::usage, "there is no part " + std::to_string(*number) + ": the last one is " +
                                      std::to_string(message.part_count() - 1));
}

std::string place_of(found_message const& found) {
    std::string const place = found.offset ? found.file + ':' + std::to_string(*found.offset) : found.file;
    return mime::terminal_safe(valid_utf8(place));
}

json::object source_member(found_message const& found) {
    json::object source{{"file", json::string(valid_utf8(found.file))}, {"offset", nullptr}, {"flags", nullptr}};
    if (found.offset) source["offset"] = *found.offset;
    if (found.flags) source["flags"] = json::string(*found.flags);
    return source;
}

/// What a person would save: all that is offered for download, and what is shown but has a name. By its number.
std::set<std::size_t> parts_to_extract(mime::parsed_message const& message) {
    mime::body_view const view = mime::view_body(message);
    std::set<std::size_t> numbers;
    for (auto const& part : view.attachments) numbers.insert(part.index());
    for (auto const* body : {&view.text_body, &view.html_body})
        for (auto const& part : *body)
            if (part.filename()) numbers.insert(part.index());
    return numbers;
}

exit_code code_of(folder::failure const& why) {
    return why.code == std::errc::permission_denied ? exit_code::no_permission : exit_code::io_error;
}

}  // namespace

parse_printer::parse_printer(parse_options const& options)
    : options_(options), paint_(wants_colour(options.colour)), on_terminal_(::isatty(STDOUT_FILENO)) {
    if (options.view == parse_view::verify)
        lookup_ = options.dns_file.empty() ? ask_dns(options.dns_server) : records_of_file(options.dns_file);
    if (options.view != parse_view::extract) return;
    auto opened = folder::extraction::into(options.folder);
    if (!opened) throw error(code_of(opened.error()), "cannot write to " + to_string(opened.error()));
    extraction_.emplace(std::move(*opened));
}

void parse_printer::print(found_message const& found) {
    if (options_.message && ++seen_ != *options_.message) return;
    mime::parsed_message const message = mime::parse(found.octets);
    if (options_.strict)
        for (std::size_t i = 0; i < message.part_count() && !found_defects_; ++i)
            found_defects_ = !message.part(i).all_defects().empty();
    print_view(found, message);
    ++printed_;
    if (!std::cout) throw error(exit_code::io_error, "writing to stdout failed");
}

void parse_printer::print_view(found_message const& found, mime::parsed_message const& message) {
    bool const for_programs = options_.view == parse_view::json || options_.view == parse_view::json_lines;
    if (for_programs) return print_json(found, chosen_part(message, options_.part));
    if (options_.view == parse_view::extract) return extract(message);
    if (options_.view == parse_view::defects) return print_defects(found, message);
    if (several_) print_heading(found);
    if (options_.view == parse_view::verify)
        print_verdicts(message);
    else if (options_.view == parse_view::headers && !options_.raw)
        std::cout << header_lines(chosen_part(message, options_.part), paint_);
    else if (options_.part || options_.raw)
        print_part(message);
    else if (options_.view == parse_view::text)
        print_text(message);
    else if (options_.view == parse_view::html)
        print_html(message);
    else
        std::cout << message_page(message, paint_);
}

void parse_printer::print_heading(found_message const& found) {
    std::cout << (printed_ > 0 ? "\n" : "") << paint_.bold("==> " + place_of(found) + " <==") << '\n';
}

void parse_printer::print_json(found_message const& found, mime::parsed_part const& part) {
    json::object told = mime::to_json(part);
    bool const in_array = several_ && options_.view == parse_view::json;
    if (several_) told["source"] = source_member(found);
    if (in_array) std::cout << (printed_ == 0 ? "[\n" : ",\n");
    std::cout << json::serialize(told);
    if (!in_array) std::cout << '\n';
}

void parse_printer::finish() {
    if (several_ && options_.view == parse_view::json) std::cout << (printed_ == 0 ? "[]\n" : "\n]\n");
    std::cout.flush();
    if (!std::cout) throw error(exit_code::io_error, "writing to stdout failed");
}

void parse_printer::print_text(mime::parsed_message const& message) {
    for (mime::parsed_part const& part : mime::view_body(message).text_body) {
        if (!part.is_text()) continue;
        std::string const text = mime::readable_text(part);
        write(text);
        if (!text.empty() && !text.ends_with('\n')) std::cout << '\n';
    }
}

void parse_printer::print_html(mime::parsed_message const& message) {
    for (mime::parsed_part const& part : mime::view_body(message).html_body)
        if (part.content_type() == "text/html") write(part.text().text);
}

void parse_printer::print_part(mime::parsed_message const& message) {
    mime::parsed_part const part = chosen_part(message, options_.part);
    auto const header = part.header_range();
    if (options_.view == parse_view::headers)
        write(message.octets().substr(header.begin, header.size()));
    else if (options_.raw)
        write(options_.part ? part.octets() : message.octets());
    else if (options_.view == parse_view::text)
        write(mime::readable_text(part));
    else if (options_.view == parse_view::html)
        write(part.text().text);
    else
        write(part.content().octets());
}

void parse_printer::print_defects(found_message const& found, mime::parsed_message const& message) {
    for (std::size_t i = 0; i < message.part_count(); ++i)
        for (mime::defect const& defect : message.part(i).all_defects())
            std::cout << place_of(found) << ": part " << i << ": " << to_string(defect.kind) << " at " << defect.offset
                      << '\n';
}

void parse_printer::print_verdicts(mime::parsed_message const& message) {
    auto const found = dkim::verify(message, lookup_);
    std::cout << verdict_page(found);
    worst_verdict_ = std::max(worst_verdict_, exit_code_of(found));
}

void parse_printer::extract(mime::parsed_message const& message) {
    for (std::size_t number : parts_to_extract(message)) {
        mime::parsed_part const part = message.part(number);
        auto const content = part.content();
        auto const written = extraction_->write(part.filename().value_or(""), part.content_type(), content.octets());
        if (!written) throw error(code_of(written.error()), "cannot write " + to_string(written.error()));
        std::cout << mime::terminal_safe(valid_utf8(written->string())) << '\n';
    }
}

void parse_printer::write(std::string_view octets) {
    if (on_terminal_)
        std::cout << terminal_safe_text(valid_utf8(octets));
    else
        std::cout << octets;
}

}  // namespace postrider::app
