#pragma once
#include <postrider/mime/merge.hpp>
#include <postrider/mime/parse.hpp>
#include <postrider/mime/utils.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "support.hpp"

using namespace postrider;

/// A letter to whom a row names: its columns are name, email and code.
inline mime::message letter() {
    mime::message mail;
    mail.from("Shop <shop@example.com>").subject("{{name}}, your code");
    mail.set_field({"To", mime::merge_addresses("{{name}} <{{email}}>")});
    mail.text("Dear {{name}},\n\nyour code is {{code}}.\n");
    return mail;
}

inline std::vector<std::string> const& letter_columns() {
    static std::vector<std::string> const columns{"name", "email", "code"};
    return columns;
}

inline mime::merge_row ann() {
    return {1, {"Ann", "ann@example.net", "X-17"}, {}};
}

inline mime::merge_plan plan_of(mime::message const& mail, std::vector<std::string> columns = letter_columns()) {
    fixed_host const host;
    return {mail, std::move(columns), {.host = &host}};
}

/// What a row becomes; fails the test where it cannot.
inline std::string octets_of(mime::merge_plan const& plan, mime::merge_row const& row) {
    auto wire = plan.render(row);
    if (!wire) FAIL(wire.error().what);
    auto octets = wire->str().value();
    CHECK(wire->size() == octets.size());
    CHECK(plan.preview(row).value() == octets);
    return octets;
}

inline mime::merge_failure failure_of(mime::merge_plan const& plan, mime::merge_row const& row) {
    auto wire = plan.render(row);
    if (wire) FAIL("the row went through");
    return wire.error();
}

/// A leaf's text with LF.
inline std::string text_of(mime::parsed_part const& leaf) {
    auto text = leaf.text().text;
    std::erase(text, '\r');
    return text;
}

/// The text of a message whose only body is text, filled by one row of one column "x".
inline std::string filled(mime::message& mail, std::string_view value) {
    auto const octets = octets_of(plan_of(mail, {"x"}), {1, {value}, {}});
    auto const parsed = mime::parse(octets);
    REQUIRE(parsed.root().all_defects().empty());
    return text_of(parsed.root());
}

/// A message whose HTML is `html`, filled so.
inline std::string filled_html(std::string html, std::string_view value) {
    mime::message mail;
    mail.from("a@example.com").to("b@example.net").html(std::move(html));
    auto text = filled(mail, value);
    while (text.ends_with('\n')) text.pop_back();
    return text;
}
