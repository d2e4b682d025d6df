#include <doctest/doctest.h>

#include <postrider/mime/from_bytes.hpp>
#include <postrider/mime/raw.hpp>
#include <postrider/mime/render.hpp>

#include "corpus.hpp"

using namespace postrider;

namespace {

std::string line_end_of(std::string_view octets) {
    auto const feed = octets.find('\n');
    return feed != octets.npos && feed > 0 && octets[feed - 1] == '\r' ? "\r\n" : "\n";
}

struct octets_of_field {
    std::size_t begin = 0;
    std::size_t end = 0;
};

octets_of_field place_of(std::string_view octets, mime::field_view const& seen) {
    auto const body_end = static_cast<std::size_t>(seen.body.data() + seen.body.size() - octets.data());
    return {seen.offset, std::min(octets.find('\n', body_end), octets.size() - 1) + 1};
}

bool decides_structure(std::string_view name) {
    return mime::same_name(name, "Content-Type") || mime::same_name(name, "Content-Transfer-Encoding");
}

mime::message& part_number(mime::message& mail, std::size_t index) {
    return mail.walk()[index];
}

}  // namespace

TEST_CASE("every message of the corpus that is not touched comes out octet for octet") {
    CHECK(corpus().size() > 60);
    for (auto const& sample : corpus()) {
        auto const& octets = sample.octets;
        CAPTURE(sample.name);
        auto mail = mime::message_from_bytes(octets);
        CHECK(mail.as_bytes() == octets);
        mail.walk();  // through handles that could change it
        CHECK(mail.as_bytes() == octets);
    }
}

TEST_CASE("octets that are hardly a message come out octet for octet, too, and each part of them stands alone") {
    CHECK(seeds().size() > 300);
    for (auto const& sample : seeds()) {
        auto const& octets = sample.octets;
        CAPTURE(sample.name);
        auto const mail = mime::message_from_bytes(octets);
        CHECK(mail.as_bytes() == octets);
        for (auto const& part : mail.walk()) {
            auto const alone = part.as_bytes();
            CHECK(octets.find(alone) != std::string::npos);
            CHECK(mime::message_from_bytes(alone).as_bytes() == alone);
        }
    }
}

TEST_CASE("what was parsed is sent as it is, but for line ends and Bcc, without copying what has CRLF") {
    for (auto const& sample : corpus()) {
        auto const& octets = sample.octets;
        CAPTURE(sample.name);
        auto const expected = mime::wire_from_octets(octets);
        auto const sent = mime::render(mime::message_from_bytes(octets));
        CHECK(sent.str().value() == expected.str().value());
        CHECK(sent.has_8bit() == expected.has_8bit());
        CHECK(sent.message_id() == expected.message_id());
    }
    auto const octets =
        std::make_shared<std::string const>("Subject: x\r\n\r\n" + with_line_ends(std::string(10'000, '\n'), "\r\n"));
    auto const sent = mime::render(mime::message_from_bytes(octets));
    REQUIRE(sent.pieces().size() == 1);
    CHECK(std::get<mime::wire::shared_piece>(sent.pieces().front()).octets.data() == octets->data());
}

TEST_CASE("asked for CRLF or LF, every line gets it") {
    for (auto const& sample : corpus()) {
        auto const& octets = sample.octets;
        CAPTURE(sample.name);
        if (octets.find('\r') != octets.npos) continue;
        auto const mail = mime::message_from_bytes(octets);
        auto const crlf = with_line_ends(octets, "\r\n");
        CHECK(mail.as_bytes(mime::policy::smtp) == crlf);
        CHECK(mime::message_from_bytes(crlf).as_bytes(
                  mime::policy::default_.with_linesep(mime::policy::line_ends::lf)) == octets);
    }
}

TEST_CASE("a changed field is written anew, and everything else keeps its octets") {
    for (auto const& sample : corpus()) {
        auto const& octets = sample.octets;
        CAPTURE(sample.name);
        auto const parsed = mime::parse(octets);
        for (std::size_t i = 0; i < parsed.part_count(); ++i) {
            auto const fields = parsed.part(i).fields();
            for (auto const& seen : fields) {
                if (decides_structure(seen.name) || fields.find(seen.name)->offset != seen.offset) continue;
                CAPTURE(seen.name);
                auto mail = mime::message_from_bytes(octets);
                part_number(mail, i).set_field({std::string(seen.name), "changed"});
                auto const place = place_of(octets, seen);
                CHECK(mail.as_bytes() == octets.substr(0, place.begin) + std::string(fields.find(seen.name)->name) +
                                             ": changed" + line_end_of(octets) + octets.substr(place.end));
            }
        }
    }
}

TEST_CASE("a field that is removed takes its own lines along, and no others") {
    for (auto const& sample : corpus()) {
        auto const& octets = sample.octets;
        CAPTURE(sample.name);
        auto const parsed = mime::parse(octets);
        for (std::size_t i = 0; i < parsed.part_count(); ++i) {
            for (auto const& removed : parsed.part(i).fields()) {
                if (decides_structure(removed.name)) continue;
                CAPTURE(removed.name);
                auto mail = mime::message_from_bytes(octets);
                part_number(mail, i).del(removed.name);
                std::string expected;
                std::size_t at = 0;
                for (auto const& seen : parsed.part(i).fields()) {
                    if (!mime::same_name(seen.name, removed.name)) continue;
                    auto const place = place_of(octets, seen);
                    expected += octets.substr(at, place.begin - at);
                    at = place.end;
                }
                CHECK(mail.as_bytes() == expected + octets.substr(at));
            }
        }
    }
}

TEST_CASE("a changed leaf leaves its siblings' octets alone, and is read back") {
    for (auto const& sample : corpus()) {
        auto const& octets = sample.octets;
        CAPTURE(sample.name);
        auto const parsed = mime::parse(octets);
        for (std::size_t i = 0; i < parsed.part_count(); ++i) {
            auto const part = parsed.part(i);
            if (part.is_container() || part.content_type().starts_with("multipart/") ||
                part.content_type().starts_with("message/"))
                continue;
            CAPTURE(i);
            auto mail = mime::message_from_bytes(octets);
            std::string const content = "new\r\ncontent with \"--\" in it\r\n";
            part_number(mail, i).set_payload(content);
            auto const changed = mail.as_bytes();
            CHECK(changed.substr(0, part.header_range().begin) == octets.substr(0, part.header_range().begin));
            CHECK(changed.ends_with(octets.substr(part.body_range().end)));
            auto const again = mime::parse(changed);
            REQUIRE(again.part_count() == parsed.part_count());
            auto const leaf = again.part(i);
            auto const read = leaf.is_text() ? leaf.text().text : std::string(leaf.content().octets());
            CHECK(with_line_ends(read, "\r\n") == content);
        }
    }
}
