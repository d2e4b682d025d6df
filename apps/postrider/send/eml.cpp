#include "eml.hpp"

#include <algorithm>
#include <postrider/mime/address.hpp>
#include <postrider/mime/parse.hpp>
#include <postrider/mime/raw.hpp>

#include "exit_codes.hpp"
#include "files.hpp"
#include "long_lines.hpp"
#include "text.hpp"

namespace postrider::app {
namespace {

constexpr char const* how_to_say_it = "say it with --from and --to";

std::vector<mime::mailbox> parse_people(std::string_view list, std::string const& said_by) {
    auto const entries = mime::parse_address_list(list);
    if (!entries) throw error(exit_code::bad_data, said_by + " holds no list of addresses", how_to_say_it);
    return mime::mailboxes(*entries);
}

/// The people in the first field of that name.
std::vector<mime::mailbox> people_in(mime::header_view fields, std::string const& name) {
    auto const found = fields.find(name);
    return found == fields.end() ? std::vector<mime::mailbox>{} : parse_people(mime::unfold(found->body), name);
}

/// "Resent-" where the message was resent: then those fields say who sends it to whom now.        RFC 5322 §3.6.6
std::string prefix_of(mime::header_view fields) {
    auto const times = std::count_if(fields.begin(), fields.end(),
                                     [](auto const& field) { return mime::same_name(field.name, "Resent-Date"); });
    if (times > 1) throw error(exit_code::bad_data, "the message was resent more than once", how_to_say_it);
    return times == 1 ? "Resent-" : "";
}

std::string sender_in(mime::header_view fields, std::string const& prefix) {
    for (char const* name : {"Sender", "From"})
        if (auto const people = people_in(fields, prefix + name); !people.empty()) return people.front().address;
    throw error(exit_code::bad_data, "the message names no sender", how_to_say_it);
}

std::vector<std::string> recipients_in(mime::header_view fields, std::string const& prefix) {
    std::vector<std::string> all;
    for (char const* name : {"To", "Cc", "Bcc"})
        for (auto const& who : people_in(fields, prefix + name)) all.push_back(who.address);
    if (all.empty()) throw error(exit_code::bad_data, "the message names no recipient", how_to_say_it);
    return all;
}

std::vector<std::string> recipients_named_by(send_options const& o) {
    std::vector<std::string> lists;
    for (auto const* given : {&o.to, &o.cc, &o.bcc}) lists.insert(lists.end(), given->begin(), given->end());
    for (auto const* file : {&o.to_file, &o.bcc_file})
        if (!file->empty())
            for (auto& line : read_list(*file)) lists.push_back(std::move(line));
    std::vector<std::string> all;
    for (auto const& list : lists)
        for (auto const& who : parse_people(list, "'" + list + "'")) all.push_back(who.address);
    return all;
}

smtp::envelope envelope_for(send_options const& o, std::string_view octets) {
    mime::parsed_message const message = mime::parse(octets);
    mime::header_view const fields = message.root().fields();
    smtp::envelope who;
    if (o.from.empty()) {
        who.reverse_path = sender_in(fields, prefix_of(fields));
    } else if (o.from != "<>") {  // the null reverse-path of a bounce, RFC 5321 §4.5.5
        auto const people = parse_people(o.from, "--from");
        if (people.size() != 1) throw error(exit_code::bad_data, "--from is not one address");
        who.reverse_path = people.front().address;
    }
    std::vector<std::string> recipients = recipients_named_by(o);
    if (recipients.empty()) recipients = recipients_in(fields, prefix_of(fields));
    for (auto& address : recipients) {
        smtp::forward_path path{std::move(address), {}};
        if (std::find(who.forward_paths.begin(), who.forward_paths.end(), path) == who.forward_paths.end())
            who.forward_paths.push_back(std::move(path));
    }
    return who;
}

}  // namespace

outgoing read_eml(send_options const& o) {
    return message_of(o, read_file(o.eml), o.eml);
}

outgoing message_of(send_options const& o, std::string octets, std::string const& name) {
    if (trimmed(octets).empty()) throw error(exit_code::bad_data, name + " is empty");
    outgoing out;
    out.envelope = envelope_for(o, octets);
    out.wire =
        has_long_line(octets) ? with_short_lines(std::move(octets), name) : mime::wire_from_octets(std::move(octets));
    return out;
}

}  // namespace postrider::app
