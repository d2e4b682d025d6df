#include <doctest/doctest.h>

#include "counted_allocations.hpp"
#include "merge_support.hpp"

using postrider::test::allocations;

namespace {

mime::message long_letter() {
    auto mail = letter();
    std::string const paragraph(600, 'p');
    mail.text("Dear {{name}},\n\n" + paragraph + "\n\n{{code}}\n" + paragraph + "\n");
    mail.html("<p>{{name}}</p><p>" + paragraph + "</p><b>{{code}}</b>");
    mail.attach_data("terms.pdf", std::string(20'000, 'q'));
    return mail;
}

mime::merge_row bob() {
    return {2, {"Bob Nobody-Whatsoever", "bob.nobody@example.net", "Y-18"}, {}};
}

}  // namespace

TEST_CASE("a letter filled for a row is that row's wire and envelope, whatever it was before") {
    auto const plan = plan_of(long_letter());
    mime::merge_letter letter;
    for (auto const& row : {ann(), bob(), ann()}) {
        plan.fill(letter, row).value();
        CHECK(letter.wire().str().value() == octets_of(plan, row));
        CHECK(letter.wire().size() == plan.render(row).value().size());
        CHECK(letter.wire().message_id() == plan.render(row).value().message_id());
        CHECK(letter.envelope() == plan.envelope(row).value());
    }
    auto const other_plan = plan_of(::letter());
    other_plan.fill(letter, bob()).value();
    CHECK(letter.wire().str().value() == octets_of(other_plan, bob()));
}

TEST_CASE("a letter that has grown takes no memory for the next row") {
    auto const plan = plan_of(long_letter());
    mime::merge_letter letter;
    auto const one = ann(), other = bob();
    plan.fill(letter, other).value();
    plan.fill(letter, one).value();
    auto const before = allocations;
    plan.fill(letter, other).value();
    plan.fill(letter, one).value();
    CHECK(allocations == before);
}

TEST_CASE("what copied or reads a letter's wire keeps its octets when the letter is filled again") {
    auto const plan = plan_of(long_letter());
    mime::merge_letter letter;
    plan.fill(letter, ann()).value();
    auto const copy = letter.wire();
    auto const reader = letter.wire().reader();
    plan.fill(letter, bob()).value();
    auto const octets = octets_of(plan, ann());
    CHECK(copy.str().value() == octets);
    std::string read;
    std::vector<std::string_view> some;
    do {
        REQUIRE_FALSE(reader->next(some, octets.size()));
        for (auto const piece : some) read += piece;
    } while (!some.empty());
    CHECK(read == octets);
}

TEST_CASE("a letter is filled after a row that could not be") {
    auto const plan = plan_of(long_letter());
    mime::merge_letter letter;
    auto bad = ann();
    bad.values[1] = "nobody";
    CHECK(plan.fill(letter, bad).error().code == mime::errc::bad_address);
    bad = ann();
    bad.values[0] = "Ann\r\nBcc: x@example.com";
    CHECK(plan.fill(letter, bad).error().code == mime::errc::control_character);
    bad.values.pop_back();
    CHECK(plan.fill(letter, bad).error().code == mime::errc::bad_data);
    plan.fill(letter, ann()).value();
    CHECK(letter.wire().str().value() == octets_of(plan, ann()));
    CHECK(letter.envelope().forward_paths == std::vector<std::string>{"ann@example.net"});
}

TEST_CASE("an address that several fields name is one forward-path, and a fallback is looked at where it stands") {
    mime::message mail;
    mail.from("shop@example.com").subject("{{name}}").text("Hello.\n");
    mail.set_field({"To", mime::merge_addresses("{{name}} <{{email}}>")});
    mail.set_field({"Cc", mime::merge_addresses("{{email}}, {{code|nobody@example.org}}, {{code|other@example.org}}")});
    auto const plan = plan_of(mail);
    mime::merge_letter letter;
    plan.fill(letter, {3, {"Ann", " ann@example.net ", ""}, {}}).value();
    CHECK(letter.envelope().forward_paths ==
          std::vector<std::string>{"ann@example.net", "nobody@example.org", "other@example.org"});
}
