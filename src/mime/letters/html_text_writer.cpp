#include "html_text_writer.hpp"

#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/mime/html_entities.hpp>

#include "html_style.hpp"

namespace postrider::mime {
namespace {

using enum html_form;

constexpr long last_item_number = 999'999;
constexpr std::size_t longest_blanks = 64;  // around the text of a link

// An end tag looks for its start tag up to here: "</b>" ends no cell, and "</p>" no table.
bool keeps_in(html_form inner, html_form around) noexcept {
    if (is_inline(inner)) return !is_inline(around);
    return is_of_table(around) && !is_of_table(inner);
}

// Whether a block ends the element on the stack / looks no further than it.
bool is_ended_by(html_form on_stack, html_form next) noexcept {
    switch (on_stack) {
        case closed_block: return true;
        case list_item: return next == list_item;
        case term:
        case definition: return next == term || next == definition;
        case cell: return next == cell || next == row;
        case row: return next == row;
        default: return false;
    }
}
bool holds(html_form on_stack, html_form next) noexcept {
    if (is_inline(on_stack) || on_stack == closed_block) return false;
    if (next == list_item) return is_list(on_stack) || is_of_table(on_stack);
    if (next == term || next == definition) return on_stack == definitions || is_of_table(on_stack);
    if (next == cell || next == row) return on_stack == table;
    return true;
}

}  // namespace

std::string html_text_writer::write() {
    for (;;) {
        auto const token = reader_.next();
        flow_.set_to_come(reader_.remaining() + owed_);
        switch (token) {
            case html_reader::token::text: text(); break;
            case html_reader::token::start_tag: start_tag(); break;
            case html_reader::token::end_tag: end_tag(); break;
            case html_reader::token::end:
                close_down_to(0);
                put_footnotes();
                return flow_.finish();
        }
    }
}

void html_text_writer::text() {
    if (hidden_ > 0) return;
    auto const raw = reader_.text();
    if (raw.find('&') == raw.npos) return show(raw);
    show(decode_entities(raw, html_place::text));
}

void html_text_writer::show(std::string_view utf8) {
    if (!links_.empty()) {
        auto& [url, shown] = links_.back();
        auto const enough = url.size() + longest_blanks;
        if (shown.size() < enough) shown += utf8.substr(0, enough - shown.size());
    }
    if (preformatted_ == 0) return flow_.text(utf8);
    if (first_in_pre_ && utf8.starts_with('\n')) utf8.remove_prefix(1);
    first_in_pre_ = false;
    flow_.verbatim(utf8);
}

void html_text_writer::start_tag() {
    auto const& element = element_of(reader_.name());
    if (element.form == dropped) return reader_.skip_raw_text();
    if (is_block(element.form)) close_what_cannot_hold(element.form);
    bool const hidden = element.form == unseen || hides(reader_.attributes());
    if (!is_void(element.form)) return open(element, hidden);
    if (hidden_ == 0 && !hidden) void_element(element.form);
}

void html_text_writer::void_element(html_form form) {
    if (form == line_break) flow_.line_break();
    if (form == rule) flow_.rule();
    if (form == image && options_.images) show(decode_entities(reader_.attributes().alt, html_place::attribute));
}

void html_text_writer::close_what_cannot_hold(html_form form) {
    auto keep = open_.size();
    for (auto at = open_.size(); at-- > 0;) {
        auto const on_stack = open_[at].element->form;
        if (is_ended_by(on_stack, form)) keep = at;
        if (holds(on_stack, form)) break;
    }
    close_down_to(keep);
}

void html_text_writer::open(html_element const& element, bool hidden) {
    if (open_.size() == limits::html_depth) {
        ++beyond_;
        return;
    }
    if (element.form == link && !links_.empty()) end_link();
    open_.push_back({&element, hidden, 0});
    hidden_ += hidden;
    if (hidden_ == 0) begin(open_.back());
}

void html_text_writer::end_tag() {
    auto const& element = element_of(reader_.name());
    if (element.form == line_break && hidden_ == 0) return flow_.line_break();  // "</br>" is one to every browser
    if (is_void(element.form) || element.form == dropped) return;
    if (beyond_ > 0) {
        --beyond_;
        return;
    }
    for (auto at = open_.size(); at-- > 0;) {
        if (open_[at].element == &element) return close_down_to(at);
        if (keeps_in(element.form, open_[at].element->form)) return;
    }
}

void html_text_writer::close_down_to(std::size_t size) {
    while (open_.size() > size) {
        auto const last = open_.back();
        open_.pop_back();
        if (hidden_ == 0) end(last);
        hidden_ -= last.hidden;
    }
}

void html_text_writer::begin(open_element& one) {
    switch (one.element->form) {
        case block:
        case row:
        case table:
        case term: return flow_.separate(1);
        case paragraph:
        case closed_block:
        case definitions: return flow_.separate(2);
        case preformatted:
            ++preformatted_;
            first_in_pre_ = true;
            return flow_.separate(2);
        case quote: flow_.separate(2); return flow_.push("> ", "> ");
        case ordered_list:
        case unordered_list:
            one.number = first_number(reader_.attributes().start);
            return flow_.separate(lists_++ == 0 ? 2 : 1);
        case list_item: return begin_item();
        case definition: return flow_.push("    ", "    ");
        case cell: return flow_.gap(2);
        case link: return begin_link();
        case short_quote: return flow_.unbroken("\"");
        default: return;
    }
}

void html_text_writer::end(open_element const& one) {
    switch (one.element->form) {
        case block:
        case row:
        case table:
        case term: return flow_.separate(1);
        case paragraph:
        case closed_block:
        case definitions: return flow_.separate(2);
        case preformatted: --preformatted_; return flow_.separate(2);
        case quote: flow_.pop(); return flow_.separate(2);
        case unordered_list:
        case ordered_list: return flow_.separate(--lists_ == 0 ? 2 : 1);
        case list_item:
        case definition: return flow_.pop();
        case link: return end_link();
        case short_quote: return flow_.unbroken("\"");
        default: return;
    }
}

void html_text_writer::begin_item() {
    auto const list =
        std::find_if(open_.rbegin(), open_.rend(), [](auto const& one) { return is_list(one.element->form); });
    if (list == open_.rend() || list->element->form == unordered_list) return flow_.push("- ", "  ");
    auto const marker = std::to_string(list->number) + ". ";
    list->number = std::min(list->number + 1, last_item_number);
    flow_.push(marker, std::string(marker.size(), ' '));
}

}  // namespace postrider::mime
