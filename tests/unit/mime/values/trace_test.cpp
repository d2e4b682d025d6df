#include <postrider/core/limits.hpp>
#include <postrider/mime/date_field.hpp>
#include <postrider/mime/received.hpp>

#include "support.hpp"

using namespace postrider;
using mime::defect_kind, mime::parse_received, mime::parse_return_path;

namespace {

std::string date_of(mime::received_field const& field) {
    return field.date ? codec::format_date(field.date->when, field.date->utc_offset) : "none";
}

}  // namespace

TEST_CASE("Received as RFC 5322 appendix A.4 shows it") {
    auto const field = parse_received(
        "from x.y.test\r\n   by example.net\r\n   via TCP\r\n   with ESMTP\r\n"
        "   id ABC12345\r\n   for <mary@example.net>;  21 Nov 1997 10:05:43 -0600");
    CHECK(field.defects.empty());
    CHECK(field.value("from") == "x.y.test");
    CHECK(field.value("by") == "example.net");
    CHECK(field.value("via") == "TCP");
    CHECK(field.value("with") == "ESMTP");
    CHECK(field.value("id") == "ABC12345");
    CHECK(field.value("for") == "mary@example.net");
    CHECK(date_of(field) == "Fri, 21 Nov 1997 10:05:43 -0600");
}

TEST_CASE("Received as servers write it") {
    auto field = parse_received(
        "from mail.example.org (mail.example.org [192.0.2.1])\r\n\t(using TLSv1.3 with cipher X; y)\r\n"
        "\tby mx.example.net (Postfix) with ESMTPS id 4Xyz for <a@b>;\r\n\tFri, 20 Nov 2026 10:11:12 +0800 (CST)");
    CHECK(field.defects.empty());
    CHECK(field.find("from")->comment == "mail.example.org [192.0.2.1] using TLSv1.3 with cipher X; y");
    CHECK(field.find("by")->comment == "Postfix");
    CHECK(field.value("with") == "ESMTPS");
    CHECK(date_of(field) == "Fri, 20 Nov 2026 10:11:12 +0800");

    field = parse_received("(qmail 1234 invoked by uid 0); 1 Jan 2020 00:00:00 -0000");
    CHECK(field.defects.empty());
    CHECK(field.clauses.empty());
    CHECK(field.comment == "qmail 1234 invoked by uid 0");
    CHECK(field.date.has_value());

    field = parse_received(
        "from [10.0.0.1] (helo=x) by y with esmtps (TLS1.3) tls TLS_AES (Exim 4.94) (envelope-from <a@b>)"
        " id 1abc-00 for c@d; Fri, 20 Nov 2026 10:11:12 +0000");
    CHECK(field.value("with") == "esmtps tls TLS_AES");
    CHECK(field.value("for") == "c@d");

    field = parse_received("by 2002:a05:6402:1234 with SMTP id x1csp42; Fri, 20 Nov 2026 02:11:12 -0800 (PST)");
    CHECK(field.value("by") == "2002:a05:6402:1234");
    CHECK(field.find("from") == nullptr);

    field = parse_received("from by by for with smtp; x; 20 Nov 2026 10:11:12 Z");  // hosts may be called anything
    CHECK(field.value("from") == "by");
    CHECK(field.value("by") == "for");
    CHECK(field.date.has_value());
}

TEST_CASE("Received that makes no sense tells so") {
    CHECK(has(parse_received("").defects, defect_kind::invalid_date));
    CHECK(has(parse_received("hello world; 20 Nov 2026 10:11:12 +0000").defects, defect_kind::invalid_header));
    CHECK(has(parse_received("from a by b; 32 Nov 2026 10:11:12 +0000").defects, defect_kind::invalid_date));
    CHECK(has(parse_received("from a by b").defects, defect_kind::invalid_date));
    auto const many = parse_received(repeated("id x ", 100'000));
    CHECK(many.clauses.size() == limits::listed_values);
    CHECK(has(many.defects, defect_kind::value_limit));
    for (std::string_view piece : {"(", "\"", ";", "from ", "a ", "\\", "()"}) parse_received(repeated(piece, 300'000));
}

TEST_CASE("Return-Path: a path, the null path, or none") {
    CHECK(parse_return_path("<a@b>").reverse_path == "a@b");
    CHECK(parse_return_path(" <> ").reverse_path == "");
    CHECK(parse_return_path("<(nobody)>\r\n").reverse_path == "");
    CHECK(parse_return_path("<@r1,@r2:a@b>").reverse_path == "a@b");
    CHECK(parse_return_path("a@b").reverse_path == "a@b");
    CHECK(parse_return_path("<a@b>").defects.empty());
    for (auto text : {"", "a@b, c@d", "<a@b@c>", "<a@b> c@d", "root", "<> x@y"}) {
        INFO(text);
        CHECK(parse_return_path(text).reverse_path == std::nullopt);
        CHECK_FALSE(parse_return_path(text).defects.empty());
    }
}

TEST_CASE("a date field has a value or a defect") {
    auto const sound = mime::parse_date_field(" Fri, 21 Nov 1997\r\n 09:55:06 -0600");
    REQUIRE(sound.value.has_value());
    CHECK(sound.defects.empty());
    CHECK(mime::parse_date_field(" \r\n ").defects == std::vector{defect_kind::header_missing_required_value});
    CHECK(mime::parse_date_field("yesterday").defects == std::vector{defect_kind::invalid_date});
}
