#include "eml.hpp"

#include <algorithm>
#include <postrider/codec/encoded_word.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/mime/kinds.hpp>
#include <postrider/mime/merge.hpp>
#include <postrider/mime/parse.hpp>

namespace postrider::app {
namespace {

constexpr std::string_view left_behind[] = {"Date",           "Message-ID",   "Return-Path",  "Received",
                                            "DKIM-Signature", "MIME-Version", "Delivered-To", "Authentication-Results"};
constexpr std::string_view people[] = {"From", "Sender", "To", "Cc", "Bcc", "Reply-To"};

template <class Names>
bool is_one_of(Names const& names, std::string_view name) {
    return std::ranges::any_of(names, [&](auto known) { return ascii::equal_without_case(known, name); });
}

bool describes_content(std::string_view name) {
    return name.size() > 8 && ascii::equal_without_case(name.substr(0, 8), "Content-");
}

/// Addresses with holes are no addresses yet.
std::vector<mime::address_entry> read_people(std::string const& list) {
    if (list.find("{{") == list.npos) return mime::address_list(list).entries();
    auto entries = mime::merge_addresses(list);
    for (auto& entry : entries)
        for (auto& one : entry.mailboxes) one.name = codec::decode_words(one.name).text;
    return entries;
}

void copy_fields(mime::message& to, mime::parsed_part const& from) {
    for (auto const& one : from.fields()) {
        std::string const name(one.name);
        if (is_one_of(left_behind, name) || describes_content(name)) continue;
        if (is_one_of(people, name))
            to.set_field({name, read_people(mime::unfold(one.body))});
        else
            to.header(name, codec::decode_words(mime::unfold(one.body)).text);
    }
}

/// What its Content-* fields say, but for how it travelled and what is chosen anew.
void copy_description(mime::message& to, mime::parsed_part const& from) {
    for (auto const* name : {"Content-Disposition", "Content-ID", "Content-Description", "Content-Language"}) {
        auto const found = from.fields().find(name);
        if (found != from.fields().end()) to.header(name, mime::unfold(found->body));
    }
}

mime::message part_with_type(mime::parsed_part const& from, std::initializer_list<std::string_view> without) {
    auto const type = from.content_type_field();
    auto const slash = type.value.find('/');
    auto made = mime::base(type.value.substr(0, slash), type.value.substr(slash + 1), {});
    mime::parameterized body{type.value, {}};
    for (auto const& one : type.parameters)
        if (!is_one_of(without, one.name)) body.parameters.emplace_back(one.name, one.value);
    made.set_field({"Content-Type", std::move(body)});
    return made;
}

mime::message composed_anew(mime::parsed_part const& from) {
    bool const template_text = from.content_type() == "text/plain" || from.content_type() == "text/html";
    if (from.is_container() && from.content_type().starts_with("multipart/")) {
        std::vector<mime::message> parts;
        for (auto const& part : from.children()) parts.push_back(composed_anew(part));
        auto made = part_with_type(from, {"boundary"});
        made.set_body(mime::message::multipart_content{std::move(parts)});
        return made;
    }
    if (from.is_text() && template_text && from.disposition() != "attachment") {
        auto made = mime::text(from.text().text, from.content_type().substr(5));
        copy_description(made, from);
        return made;
    }
    auto made = part_with_type(from, {});
    made.set_payload(std::make_shared<std::string const>(from.is_container() ? from.body() : from.content().octets()));
    copy_description(made, from);
    return made;
}

}  // namespace

mime::message letter_from_eml(std::string_view octets) {
    auto const parsed = mime::parse(octets);
    auto letter = composed_anew(parsed.root());
    copy_fields(letter, parsed.root());
    return letter;
}

}  // namespace postrider::app
