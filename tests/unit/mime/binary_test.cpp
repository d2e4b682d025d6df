#include <postrider/core/octets.hpp>
#include <postrider/mime/from_bytes.hpp>
#include <postrider/mime/kinds.hpp>
#include <postrider/mime/parse.hpp>

#include "support.hpp"

using namespace postrider;

// Attachments as octets, for servers with BINARYMIME: RFC 3030 §3.

namespace {

// Line ends of every kind, a dot, and all that text cannot hold.
std::string const octets(
    "\0\r\n.\r\n\n\r\xFF"
    "end",
    13);

mime::wire binary(mime::message const& mail) {
    fixed_host host;
    return mime::render(mail, {.host = &host, .cte_type = mime::policy::transfer::binary});
}

std::string binary_octets(mime::message const& mail) {
    return binary(mail).str().value();
}

mime::message with_attachment() {
    auto mail = minimal();
    return mail.text("see there\n").attach_data("a.bin", octets);
}

}  // namespace

TEST_CASE("attached octets go out as they are, and what they stand in says so") {
    auto const wire = binary(with_attachment());
    CHECK(wire.is_binary());
    auto const all = wire.str().value();
    CHECK(wire.size() == all.size());
    CHECK(field_of(all, "Content-Transfer-Encoding") == "binary");
    CHECK(all.find("Content-Transfer-Encoding: binary\r\n\r\n" + octets + "\r\n--=_") != all.npos);
    CHECK(all.find("Content-Transfer-Encoding: 7bit\r\n\r\nsee there\r\n") != all.npos);
}

TEST_CASE("the octets arrive: what was sent as binary reads back the same, in memory or from a source") {
    auto const shared = std::make_shared<std::string const>(octets);
    auto mail = with_attachment();
    mail.html("<img src='cid:i'>").inline_data("i", octets, "image/png").attach_data("b.bin", shared);
    auto const all = binary_octets(mail);
    auto const parsed = mime::parse(all);
    int found = 0;
    for (std::size_t i = 0; i < parsed.part_count(); ++i) {
        auto const part = parsed.part(i);
        if (part.is_container() || part.content_type_field().value.starts_with("text/")) continue;
        CHECK(part.content().octets() == octets);
        ++found;
    }
    CHECK(found == 3);
}

TEST_CASE("large octets and files are pieces of the wire, copied nowhere") {
    auto const large = std::make_shared<std::string const>(5 << 20, '\xAA');
    auto const source = memory_source(*large);
    auto mail = minimal();
    mail.text("t").attach_data("a.bin", large).attach_data("b.bin", source);
    bool shares = false, reads = false;
    auto const wire = binary(mail);
    for (auto const& one : wire.pieces()) {
        auto const* shared = std::get_if<mime::wire::shared_piece>(&one);
        shares = shares || (shared && shared->octets.data() == large->data());
        auto const* plain = std::get_if<mime::wire::plain_piece>(&one);
        reads = reads || (plain && plain->source == source);
    }
    CHECK(shares);
    CHECK(reads);
}

TEST_CASE("a body that is octets alone ends where it ends") {
    auto mail = minimal();
    mail.set_content(octets, "application", "x-octets");
    auto const all = binary_octets(mail);
    CHECK(field_of(all, "Content-Transfer-Encoding") == "binary");
    CHECK(body_of(all) == octets);
}

TEST_CASE("a message without octets is the same with and without BINARYMIME") {
    auto mail = minimal();
    mail.text("größer\n").html("<p>größer</p>");
    CHECK_FALSE(mime::can_travel_binary(mail));
    CHECK_FALSE(binary(mail).is_binary());
    CHECK(binary_octets(mail) == rendered(mail));
}

TEST_CASE("who asked for a transfer encoding gets it") {
    auto mail = minimal();
    mail.set_content(octets, "application", "x-octets", {.cte = "base64"});
    CHECK_FALSE(binary(mail).is_binary());
    CHECK(binary_octets(mail) == rendered(mail));
}

TEST_CASE("what is signed, was parsed or has a boundary of its own is never made binary") {
    auto const part = [] {
        mime::message one;
        one.set_content(octets, "application", "x-octets");
        return one;
    };
    auto with_signature = minimal();
    with_signature.set_body(mime::multipart("signed").attach(part()).attach(part()).body());
    with_signature["Content-Type"] = "multipart/signed; protocol=\"application/x\"";
    auto given = minimal();
    given.attach_data("a.bin", octets).settle().set_boundary("end");
    auto parsed = mime::message_from_bytes(rendered(with_attachment()));
    parsed.attach(part());
    for (auto const* mail : {&with_signature, &given, &parsed}) {
        CHECK_FALSE(mime::can_travel_binary(*mail));
        CHECK_FALSE(binary(*mail).is_binary());
    }
    CHECK(binary_octets(parsed) == rendered(parsed));
}

TEST_CASE("an enclosed message's attachment is binary too, and each layer says so") {
    auto outer = minimal();
    outer.set_content(with_attachment());
    auto const all = binary_octets(outer);
    CHECK(field_of(all, "Content-Transfer-Encoding") == "binary");
    CHECK(field_of(body_of(all), "Content-Transfer-Encoding") == "binary");
    CHECK(all.find(octets) != all.npos);
}

TEST_CASE("as_bytes takes binary for 8bit") {
    auto mail = with_attachment();
    auto const how = mime::policy::smtp.with_cte_type(mime::policy::transfer::binary);
    CHECK(mail.as_bytes(how, {}, fixed_host()) == mail.as_bytes(mime::policy::smtp, {}, fixed_host()));
}
