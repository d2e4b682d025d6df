#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <postrider/mime/from_bytes.hpp>
#include <postrider/mime/parse.hpp>
#include <postrider/mime/render.hpp>
#include <string>
#include <string_view>

// Any octets come out of a message as they went in. Then one thing is changed, which one the octets themselves say: what
// comes out holds the change, whatever was wrong with the message, and nothing but mime::error is thrown.

using namespace postrider;

namespace {

constexpr char const* news = "news that stood nowhere before: é\n";

void require(bool holds) {
    if (!holds) std::abort();
}

std::size_t digest_of(std::string_view octets) {
    std::size_t digest = 0xcbf29ce484222325;
    for (unsigned char c : octets) digest = (digest ^ c) * 0x100000001b3;
    return digest ^ (digest >> 32);
}

bool says_news(mime::parsed_part const& part) {
    auto const text = part.is_text() ? part.text().text : std::string(part.content().octets());
    return text == news || text == "news that stood nowhere before: é\r\n";
}

bool has_part(mime::parsed_message const& read, bool (*wanted)(mime::parsed_part const&)) {
    for (std::size_t i = 0; i < read.part_count(); ++i)
        if (wanted(read.part(i))) return true;
    return false;
}

bool has_field(mime::parsed_part const& part) {
    auto const fields = part.fields();
    return std::any_of(fields.begin(), fields.end(), [](mime::field_view const& one) {
        return mime::same_name(one.name, "X-News") && mime::decode_field(one).value == "is it new? é";
    });
}

bool has_parameter(mime::parsed_part const& part) {
    auto const type = part.content_type_field();
    auto const* value = type.find("news");
    return value && *value == "é;\"";
}

bool is_last_in_mixed(mime::parsed_part const& part) {
    return says_news(part) && part.parent() && part.parent()->content_type() == "multipart/mixed";
}

/// Makes one change and says how a reader sees it.
bool (*change(mime::message& mail, mime::message& part, std::size_t which))(mime::parsed_part const&) {
    switch (which % 8) {
        case 0: part.header("X-News", "is it new? é"); return has_field;
        case 1: part.set_param("news", "é;\""); return has_parameter;
        case 2: part.set_content(std::string(news)); return says_news;
        case 3: part.clear_content().set_content(news, "application", "octet-stream"); return says_news;
        case 4: part.set_payload(news, "utf-8"); return nullptr;
        case 5: part.set_boundary("news"); return nullptr;
        case 6: mail.make_mixed().add_attachment(std::string(news)); return is_last_in_mixed;
        default: part.set_preamble("news").set_epilogue("--news\n").del("Subject"); return nullptr;
    }
}

void check_changed(mime::message mail, std::size_t digest) {
    auto const parts = mail.walk();
    auto& part = parts[digest / 8 % parts.size()];
    auto const seen = change(mail, part, digest);
    auto const octets = mail.as_bytes();
    auto const read = mime::parse(octets);
    require(!seen || has_part(read, seen));
    require(mime::message_from_bytes(octets).as_bytes() == octets);
}

void check_policies(mime::message const& mail) {
    for (auto const& how : {mime::policy::smtp, mime::policy::smtputf8, mime::policy::compat32, mime::policy::http,
                            mime::policy::default_.with_refold_source(mime::policy::refold::all),
                            mime::policy::default_.with_refold_source(mime::policy::refold::long_lines)}) {
        mail.as_bytes(how, true);
        mail.as_string(how, false);
    }
    mime::render(mail).str().value();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const octets(reinterpret_cast<char const*>(data), size);
    auto const mail = mime::message_from_shared(nullptr, octets);
    require(mail.as_bytes() == octets);
    try {
        check_policies(mail);
        check_changed(mail, digest_of(octets));
    } catch (mime::error const&) {
    }
    return 0;
}
