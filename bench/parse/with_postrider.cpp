#include <postrider/codec/date.hpp>
#include <postrider/folder/mbox.hpp>
#include <postrider/mime/address.hpp>
#include <postrider/mime/parse.hpp>

#include <timing.hpp>
#include "peers.hpp"

namespace parse_bench {

using namespace postrider;

std::size_t read_with_postrider(std::string_view octets, reading* out) {
    mime::parsed_message const message = mime::parse(octets);
    std::size_t total = 0;
    for (std::size_t i = 0; i < message.part_count(); ++i) {
        mime::parsed_part const part = message.part(i);
        for (mime::field_view const& field : part.fields()) {
            mime::decoded_field const decoded = mime::decode_field(field);
            total += decoded.value.size();
            if (out && i == 0 && mime::same_name(field.name, "Subject")) out->subject = decoded.value;
        }
        if (part.is_container()) continue;
        mime::decoded_content const content = part.content();
        bool const is_text = part.is_text();
        std::string text = is_text ? part.text(content).text : std::string();
        total += is_text ? text.size() : content.octets().size();
        if (out) out->leaves.push_back(is_text ? std::move(text) : std::string(content.octets()));
    }
    return total;
}

namespace {

std::string addresses(std::string_view field_body) {
    std::string text;
    auto const list = mime::parse_address_list(mime::unfold(field_body));
    if (!list) return text;
    for (mime::address_entry const& entry : *list)
        for (mime::mailbox const& one : entry.mailboxes) {
            if (!text.empty()) text += ", ";
            text += one.name;
            text += " <";
            text += one.address;
            text += '>';
        }
    return text;
}

list_line line_of(std::string_view octets) {
    list_line line;
    for (mime::field_view const& field : mime::parse(octets, {.headers_only = true}).root().fields()) {
        if (mime::same_name(field.name, "From"))
            line.from = addresses(field.body);
        else if (mime::same_name(field.name, "To"))
            line.to = addresses(field.body);
        else if (mime::same_name(field.name, "Subject"))
            line.subject = mime::decode_field(field).value;
        else if (mime::same_name(field.name, "Message-ID"))
            line.message_id = mime::decode_field(field).value;
        else if (mime::same_name(field.name, "Date"))
            if (auto const date = codec::parse_date(field.body)) line.date = date->when.time_since_epoch().count();
    }
    return line;
}

}  // namespace

std::size_t list_with_postrider(std::string_view mbox, std::vector<list_line>* out) {
    std::size_t count = 0;
    for (folder::mbox_entry const& entry : folder::mbox_reader(mbox)) {
        list_line line = line_of(entry.octets);
        bench::keep(line);
        if (out) out->push_back(std::move(line));
        ++count;
    }
    return count;
}

}  // namespace parse_bench
