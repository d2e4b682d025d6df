#include <doctest/doctest.h>

#include <postrider/mime/content_type.hpp>

#include "messages.hpp"

using namespace postrider::mime;
using namespace postrider::mime::test;

namespace {

std::string parameter(std::string_view body, std::string_view name) {
    std::string const field = "text/plain" + std::string(body);
    structured_field const type = parse_content_type(field);
    std::string const* const value = type.find(name);
    return value ? *value : "(none)";
}

std::string faults(std::string_view body) {
    std::string all;
    for (defect_kind kind : parse_content_type("text/plain" + std::string(body)).defects)
        all.append(all.empty() ? "" : " ").append(to_string(kind));
    return all;
}

}  // namespace

TEST_CASE("types: lower case, comments skipped, what is none is text/plain") {
    CHECK(parse_content_type(" TEXT/Html").value == "text/html");
    CHECK(parse_content_type(" (a) text/html (b) ; charset=x").value == "text/html");
    CHECK(parse_content_type(" text/").value == "text/");
    for (std::string_view bad : {"", "text", "text/html/x", "/", ";charset=utf-8", "te xt/html", "\"text/html\""}) {
        CAPTURE(bad);
        CHECK(parse_content_type(bad).value == "text/plain");
        CHECK(parse_content_type(bad).defects.back() == defect_kind::invalid_content_type);
    }
    CHECK(parse_content_disposition(" ATTACHMENT; filename=a").value == "attachment");
    CHECK(parse_content_disposition(" ; filename=a").value.empty());
}

TEST_CASE("parameters: tokens, quoted-strings, blanks, comments, folds") {
    CHECK(parameter("; charset=utf-8", "charset") == "utf-8");
    CHECK(parameter(";CHARSET = \"utf-8\" ; x=y", "charset") == "utf-8");
    CHECK(parameter("; charset=us-ascii (Plain text)", "charset") == "us-ascii");
    CHECK(parameter(";\r\n\tname=\"a;b \\\"c\\\" \\\\\"", "name") == "a;b \"c\" \\");
    CHECK(parameter("; name=\"never closed; x=y", "name") == "never closed; x=y");
    CHECK(parameter("; name=report (1).pdf", "name") == "report (1).pdf");
    CHECK(parameter("; (a;b) name=x", "name") == "x");
    CHECK(parameter(";;; name=x;", "name") == "x");
    CHECK(parameter("; name", "name") == "(none)");
    CHECK(faults("; charset=utf-8; name=\"a b\"").empty());
    CHECK(faults("; name=a b") == "InvalidParameter");
    CHECK(faults("; name") == "InvalidParameter");
}

TEST_CASE("RFC 2231: extended values, sections, and both at once") {
    CHECK(parameter("; name*=utf-8''%E6%8A%A5.pdf", "name") == "报.pdf");
    CHECK(parameter("; name*=iso-8859-1'de'Gr%FC%DFe", "name") == "Grüße");
    CHECK(parameter("; name*0=a; name*1=\"b c\"", "name") == "ab c");
    CHECK(parameter("; name*0*=us-ascii'en'a%20; name*1*=%2A; name*2=\"%41\"", "name") == "a *%41");
    CHECK(parameter("; name*1*=%A1; name*0*=utf-8''%E6%8A", "name") == "抡");
    CHECK(parameter("; name*=no charset", "name") == "no charset");
    CHECK(faults("; name*=plain") == "InvalidParameter");
}

TEST_CASE("hazard 107: sections beyond the limit, gaps, numbers twice, huge numbers, odd marks") {
    std::string many;
    for (int i = 0; i < 5000; ++i) many += "; name*" + std::to_string(i) + "=x";
    CHECK(parameter(many, "name").size() == 100);
    CHECK(faults(many).find("ParameterSectionsLimit") != std::string::npos);

    CHECK(parameter("; name*0=a; name*2=c", "name") == "ac");
    CHECK(faults("; name*0=a; name*2=c") == "InvalidParameter");
    CHECK(parameter("; name*0=a; name*0=b; name*1=c", "name") == "ac");
    CHECK(faults("; name*0=a; name*0=b") == "DuplicateParameter");
    CHECK(parameter("; name*4294967296=a; name*0=b", "name") == "b");
    CHECK(parameter("; name*18446744073709551616=a", "name") == "(none)");
    CHECK(parameter("; name*10=b; name*9=a", "name") == "ab");
    CHECK(faults("; name*x=a") == "InvalidParameter");
    CHECK(faults("; *=a; *0=a; **=a; =a").find("InvalidParameter") == 0);
    CHECK(parameter("; name*=x-none''%41", "name") == "A");
    CHECK(faults("; name*=x-none''%41") == "UnknownCharset");
    CHECK(parameter("; name*=utf-8''%zz%4", "name") == "%zz%4");
}

TEST_CASE("hazard 108: of several file names the extended one counts, then the sections, then the plain one") {
    std::string const octets = with(
        "Content-Type: application/pdf; name=type.pdf\nContent-Disposition: attachment; filename=plain.pdf;\n "
        "filename*0=sections.pdf; filename*=utf-8''extended.pdf");
    parsed_message const message = parse(octets);
    CHECK(message.root().filename() == "extended.pdf");
    CHECK(all_names(message.root()) == "DuplicateParameter");
    auto const field = message.root().disposition_field();
    REQUIRE(field);
    CHECK(field->parameters == std::vector<parsed_parameter>{{"filename", "extended.pdf"},
                                                             {"filename", "sections.pdf"},
                                                             {"filename", "plain.pdf"}});
}

TEST_CASE("hazard 108: an encoded-word in quotes is decoded, and is a defect; a control in a name is visible") {
    CHECK(parameter("; name=\"=?utf-8?b?5oql?=.pdf\"", "name").starts_with("报"));
    CHECK(faults("; name=\"=?utf-8?b?5oql?=\"") == "InvalidParameter");
    CHECK(parameter("; name*=utf-8''a%0D%0Ab%00", "name") == "a\\x0d\\x0ab\\x00");
}

TEST_CASE("a boundary is compared octet by octet and never decoded") {
    CHECK(parameter("; boundary=\"=?utf-8?q?a?=\"", "boundary") == "=?utf-8?q?a?=");
    CHECK(outline(parse(multipart("=?utf-8?q?a?=", {"\n1"}))) == "multipart/mixed(text/plain)");
    CHECK(outline(parse(multipart("b\xff", {"\n1"}))) == "multipart/mixed(text/plain)");
    CHECK(outline(parse("Content-Type: multipart/mixed; boundary=\"b  \"\n\n--b\n\n1\n--b--")) ==
          "multipart/mixed(text/plain)");
}
