#include <iostream>
#include <postrider/codec/base64.hpp>
#include <postrider/mime/address.hpp>
#include <postrider/mime/address_field.hpp>
#include <postrider/mime/header.hpp>
#include <postrider/mime/utils.hpp>

/// Tells what the library reads in lines of "verb base64 [base64...]", in a line of "count base64..." each:
/// for differential.py to compare with Python.
namespace {

using namespace postrider;
using texts = std::vector<std::string>;

texts addresses_of(std::vector<mime::address_entry> const& entries) {
    texts told;
    for (auto const& one : mime::mailboxes(entries)) told.insert(told.end(), {one.name, one.address});
    return told;
}

texts tell_date(std::string const& text) {
    auto const date = mime::parsedate_to_datetime(text);
    if (!date) return {"none"};
    return {std::to_string(date->when.time_since_epoch().count()),
            date->utc_offset ? std::to_string(date->utc_offset->count()) : "unknown"};
}

texts tell_runs(std::string const& text) {
    texts told;
    for (auto const& run : mime::decode_header(text)) told.insert(told.end(), {run.octets, run.charset});
    return told;
}

texts tell_parameters(texts const& pairs) {
    std::vector<std::pair<std::string, std::string>> params;
    for (std::size_t i = 0; i + 1 < pairs.size(); i += 2) params.emplace_back(pairs[i], pairs[i + 1]);
    texts told;
    for (auto const& [name, value] : mime::decode_params(params))
        told.insert(told.end(), {name, mime::collapse_rfc2231_value(value)});
    return told;
}

texts tell(std::string const& verb, texts const& given) {
    if (verb == "strict") {
        auto const list = mime::parse_address_list(given[0]);
        return list ? addresses_of(*list) : texts{"none"};
    }
    if (verb == "lenient") return addresses_of(mime::parse_address_field(given[0]).entries);
    if (verb == "date") return tell_date(given[0]);
    if (verb == "words") return tell_runs(given[0]);
    if (verb == "params") return tell_parameters(given);
    if (verb == "quote") return {mime::quote(given[0])};
    if (verb == "unquote") return {mime::unquote(given[0])};
    if (verb == "encode_rfc2231") return {mime::encode_rfc2231(given[0], given[1], given[2])};
    if (verb == "header")
        return {mime::header(given[0], {}, {.header_name = "Subject"}).append(given[1], given[2]).encode()};
    if (verb == "formataddr") return {mime::formataddr({given[0], given[1]})};
    return {"no such verb"};
}

texts split(std::string const& line) {
    texts words;
    for (std::size_t at = 0; at <= line.size();) {
        std::size_t const end = std::min(line.find(' ', at), line.size());
        words.push_back(line.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

}  // namespace

int main() {
    for (std::string line; std::getline(std::cin, line);) {
        texts words = split(line), given;
        for (std::size_t i = 1; i < words.size(); ++i) given.push_back(codec::decode_base64(words[i]).value());
        texts const told = tell(words[0], given);
        std::cout << told.size();
        for (auto const& one : told) std::cout << ' ' << codec::encode_base64(one);
        std::cout << '\n';
    }
}
