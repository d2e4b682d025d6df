#include "merge_support.hpp"
#include "template_text.hpp"

using namespace postrider::mime::merge;

namespace {

std::vector<std::string> const columns{"name", "E-Mail address", "código"};

/// Literals as they are, holes as [column|fallback], raw ones with an exclamation mark.
std::string shown(std::string_view text) {
    std::string out;
    for (auto const& segment : read_template(text, "here", &columns)) {
        if (auto const* literal = std::get_if<std::string>(&segment)) {
            out += *literal;
            continue;
        }
        auto const& one = std::get<hole>(segment);
        out += (one.raw ? "[!" : "[") + std::to_string(one.column);
        if (one.fallback) out += '|' + *one.fallback;
        out += ']';
    }
    return out;
}

std::string refusal(std::string_view text) {
    try {
        read_template(text, "the text", &columns);
    } catch (mime::error const& wrong) {
        CHECK(wrong.code() == mime::errc::bad_hole);
        return wrong.what();
    }
    FAIL("taken: " << text);
    return {};
}

}  // namespace

TEST_CASE("a template's holes name columns, with fallbacks, and its braces stay") {
    CHECK(shown("") == "");
    CHECK(shown("no holes { at } all }}") == "no holes { at } all }}");
    CHECK(shown("Dear {{name}}!") == "Dear [0]!");
    CHECK(shown("{{ name }}{{E-Mail address}}{{código}}") == "[0][1][2]");
    CHECK(shown("{{name|friend}} {{name|}} {{ name | dear friend }}") == "[0|friend] [0|] [0|dear friend]");
    CHECK(shown("{{{name}}}{{{name|<b>you</b>}}}") == "[!0][!0|<b>you</b>]");
    CHECK(shown("{{{{name}} {{{{{{{{") == "{{name}} {{{{");
    CHECK(shown("{ {{name}} }") == "{ [0] }");
    CHECK(shown("@media print{a{color:red}}") == "@media print{a{color:red}}");
}

TEST_CASE("what begins as a hole and is none is refused, with its place") {
    CHECK(refusal("{{nmae}}").find("names no column: there is no \"nmae\", but \"name, E-Mail") != std::string::npos);
    CHECK(refusal("one\ntwo {{\n}}").find("in the text, line 2 does not end") != std::string::npos);
    for (auto const* bad : {"{{", "{{}}", "{{ }}", "{{|x}}", "{{name", "{{name}", "{{name}x}", "{{{name}}", "{{na{me}}",
                            "{{name\n}}", "{{na\tme}}", "{{name|a}b}}"})
        refusal(bad);
}

TEST_CASE("a million holes are read in linear time") {
    std::string many;
    for (int i = 0; i < 200'000; ++i) many += "{{name}}";
    CHECK(read_template(many, "here", &columns).size() == 200'000);
}
