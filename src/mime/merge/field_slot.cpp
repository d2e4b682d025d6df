#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <postrider/mime/error.hpp>
#include <utility>

#include "../checks.hpp"
#include "../field_kind.hpp"
#include "../header_writer.hpp"
#include "address_template.hpp"
#include "slots.hpp"

/// A header field with holes. Each row encodes and folds it anew: where its lines end depends on the values.
namespace postrider::mime::merge {
namespace {

class text_field final : public slot {
public:
    text_field(std::string name, template_text body) : name_(std::move(name)), body_(std::move(body)) {}

    void write(row_values& values, assembler& out) const override {
        auto& filled = out.room();
        append_filled(filled, body_, values);
        if (!values.failed()) header_writer(out.own()).text(name_, filled);
    }

private:
    std::string name_;
    template_text body_;
};

/// Identifiers, and URLs: `<https://example.com/leave?who={{id}}>`.
class token_field final : public slot {
public:
    token_field(std::string name, template_text body)
        : name_(std::move(name)),
          body_(std::move(body)),
          holds_urls_(ascii::equal_without_case(std::string_view(name_).substr(0, 5), "List-")),
          is_message_id_(ascii::equal_without_case(name_, "Message-ID")) {}

    void write(row_values& values, assembler& out) const override {
        auto& filled = out.room();
        for (auto const& segment : body_) {
            if (auto const* literal = std::get_if<std::string>(&segment))
                filled += *literal;
            else
                append_value(filled, std::get<hole>(segment), values);
        }
        if (values.failed()) return;
        try {
            check_tokens(name_, filled);
        } catch (error const& wrong) {
            return values.fail(wrong.code(), wrong.what());
        }
        if (is_message_id_) out.message_id() = filled;
        header_writer(out.own()).tokens(name_, filled);
    }

private:
    // A URL that is all the value's own stands at the beginning of its brackets.
    void append_value(std::string& filled, hole const& where, row_values& values) const {
        auto const value = values.in_field(where);
        bool const inside_url = holds_urls_ && !filled.empty() && !filled.ends_with('<') && !filled.ends_with(' ');
        if (!inside_url && !is_identifier(value))
            return values.fail(errc::bad_field_body, where, "has a value with blanks or delimiters in it");
        append_escaped(filled, value, inside_url ? escaping::url_component : escaping::token);
    }

    std::string name_;
    template_text body_;
    bool holds_urls_;
    bool is_message_id_;
};

class address_field final : public slot {
public:
    address_field(std::string name, std::vector<address_entry> const& entries, column_names const& columns)
        : name_(std::move(name)), entries_(address_templates(entries, name_, &columns)) {}

    void write(row_values& values, assembler& out) const override {
        header_writer writer(out.own());
        writer.open_list(name_);
        auto& name = out.room_for_name();
        auto& address = out.room();
        for (auto const& entry : entries_) {
            if (entry.is_group) writer.open_group(filled(entry.name, name, values));
            for (auto const& one : entry.mailboxes) {
                one.fill_address(address, values);
                auto const shown = filled(one.name, name, values);
                if (!values.failed()) writer.address(shown, address);
            }
            if (entry.is_group) writer.close_group();
        }
        writer.end();
        if (writer.wrote_utf8()) out.set_needs_smtputf8();
    }

private:
    static std::string_view filled(template_text const& text, std::string& room, row_values& values) {
        room.clear();
        append_filled(room, text, values);
        return room;
    }

    std::string name_;
    std::vector<entry_template> entries_;
};

class parameterized_field final : public slot {
public:
    parameterized_field(std::string name, parameterized const& body, column_names const& columns)
        : name_(std::move(name)), body_(body) {
        for (auto const& one : body_.parameters)
            values_.push_back(read_template(one.value.value_or(""), name_ + ": " + one.name, &columns));
    }

    void write(row_values& values, assembler& out) const override {
        header_writer writer(out.own());
        writer.open(name_, {body_.value, {}});
        for (std::size_t i = 0; i < values_.size(); ++i) {
            auto one = body_.parameters[i];
            if (one.value) {
                one.value->clear();
                append_filled(*one.value, values_[i], values);
            }
            if (values.failed()) return;
            try {
                writer.parameter(one);
            } catch (error const& wrong) {  // the parameter's own charset lacks a character of the value
                return values.fail(wrong.code(), wrong.what());
            }
        }
        writer.end();
    }

private:
    std::string name_;
    parameterized body_;
    std::vector<template_text> values_;
};

struct slot_of {
    std::string const& name;
    column_names const& columns;

    slot_ptr operator()(std::string const& body) const {
        auto text = read_template(body, name, &columns);
        if (kind_of(name).form == field_form::tokens) return std::make_unique<token_field>(name, std::move(text));
        return std::make_unique<text_field>(name, std::move(text));
    }
    slot_ptr operator()(std::vector<address_entry> const& body) const {
        return std::make_unique<address_field>(name, body, columns);
    }
    slot_ptr operator()(parameterized const& body) const {
        if (looks_like_template(body.value)) throw error(errc::bad_hole, "no hole can stand for the value of " + name);
        return std::make_unique<parameterized_field>(name, body, columns);
    }
};

struct body_has_holes {
    bool operator()(std::string const& body) const noexcept { return looks_like_template(body); }
    bool operator()(std::vector<address_entry> const& entries) const noexcept { return any_template(entries); }
    bool operator()(parameterized const& body) const noexcept {
        return looks_like_template(body.value) || std::ranges::any_of(body.parameters, [](parameter const& one) {
                   return one.value && looks_like_template(*one.value);
               });
    }
};

}  // namespace

bool has_holes(field_body const& body) noexcept {
    return std::visit(body_has_holes{}, body);
}

slot_ptr field_slot(field const& one, column_names const& columns) {
    return std::visit(slot_of{one.name, columns}, one.body);
}

}  // namespace postrider::mime::merge
