#include "bombs.hpp"

#include <array>
#include <postrider/codec/base64.hpp>
#include <postrider/codec/date.hpp>
#include <postrider/mime/address_field.hpp>
#include <postrider/mime/content_type.hpp>
#include <postrider/mime/delivery_status.hpp>
#include <postrider/mime/json.hpp>
#include <postrider/mime/message_parser.hpp>
#include <postrider/mime/msg_id.hpp>
#include <postrider/mime/tree.hpp>

namespace postrider::linear {
namespace {

using namespace std::string_view_literals;

std::string repeat(std::string_view piece, std::size_t times) {
    std::string all;
    all.reserve(piece.size() * times);
    for (std::size_t i = 0; i < times; ++i) all += piece;
    return all;
}

// What is made

std::string parts(std::size_t n) {
    return "Content-Type: multipart/mixed; boundary=b\n\n" + repeat("--b\n\n\n", n) + "--b--\n";
}

std::string typed_parts(std::size_t n) {
    return "Content-Type: multipart/mixed; boundary=b\n\n" +
           repeat("--b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\naGVsbG8=\n", n) +
           "--b--\n";
}

std::string nested_multiparts(std::size_t n) {
    std::string octets;
    for (std::size_t i = 0; i < n; ++i) {
        std::string const boundary = "b" + std::to_string(i);
        octets += "Content-Type: multipart/mixed; boundary=" + boundary + "\n\n--" + boundary + "\n";
    }
    return octets + "\nin the middle\n";
}

std::string nested_messages(std::size_t n) {
    return repeat("Content-Type: message/rfc822\n\n", n) + "\nx";
}

/// A hundred open multiparts whose boundaries begin alike, and lines that begin like all of them.
std::string look_alikes(std::size_t n) {
    std::string octets;
    std::string const common(2000, 'b');
    for (std::size_t i = 0; i < 99; ++i) {
        std::string const boundary = common + std::to_string(i);
        octets += "Content-Type: multipart/mixed; boundary=" + boundary + "\n\n--" + boundary + "\n";
    }
    return octets + "\n" + repeat("--" + common + "\n", n) + repeat("--\n-\n", 100 * n);
}

std::string one_field(std::size_t n) {
    return "A: b\nSubject: " + std::string(n, 'x') + "\nC: d\n\nbody";
}

std::string folded_field(std::size_t n) {
    return "Subject:" + repeat("\n x", n) + "\n\nbody";
}

std::string many_fields(std::size_t n) {
    return repeat("Subject: a\n", n) + "\nbody";
}

std::string raw_fields(std::size_t n) {
    return "Content-Type: text/plain; charset=gb2312\n" + repeat("Subject: \xd3\xca\xbc\xfe\xff\n", n) + "\nbody";
}

std::string defective_lines(std::size_t n) {
    return repeat(":\nFrom x\n", n) + "\nbody";
}

std::string address_list(std::size_t n) {
    return repeat("a@b, ", n);
}
std::string named_addresses(std::size_t n) {
    return repeat("\"Q\" (c) <a@b.example>, G: x@y, =?utf-8?q?=C3=A4?= <z@z>;, ", n / 3);
}
std::string colons(std::size_t n) {
    return repeat(":", n);
}
std::string comments(std::size_t n) {
    return repeat("(", n) + repeat(")", n);
}
std::string open_comments(std::size_t n) {
    return repeat("( ", n);
}
std::string quotes(std::size_t n) {
    return repeat("\"", n) + repeat("<", n) + repeat("[", n);
}
std::string open_angles(std::size_t n) {
    return repeat("<(>)\"", n) + repeat("<([", n);
}
std::string domain_literal(std::size_t n) {
    return "a@[" + std::string(n, '1') + "]";
}
std::string phrase(std::size_t n) {
    return repeat("word . ", n);
}

std::string encoded_words(std::size_t n) {
    return repeat("=?utf-8?b?5L2g?= =?utf-8?q?=E5=A5=BD?= =?x-none?q?a?= ", n / 3);
}
std::string split_words(std::size_t n) {
    return repeat("=?utf-8?b?5A==?= =?utf-8?b?vaA=?= ", n / 2);
}
std::string broken_words(std::size_t n) {
    return repeat("=?utf-8?b?", n) + repeat("=?", n) + repeat("=?a?q?", n);
}

std::string pieces(std::size_t n) {
    std::string field = "text/plain";
    for (std::size_t i = n; i-- > 0;) field += "; name*" + std::to_string(i) + "*=%41";
    return field;
}
std::string parameters(std::size_t n) {
    std::string field = "text/plain";
    for (std::size_t i = 0; i < n; ++i) field += "; p" + std::to_string(i) + "=x; name=x";
    return field;
}
std::string percent_signs(std::size_t n) {
    return "text/plain; name*=utf-8''" + std::string(n, '%');
}
std::string commented_type(std::size_t n) {
    return "text/html; name=a " + repeat("(", n) + "; b=" + repeat(" (", n) + repeat(" ()", n);
}

std::string msg_ids(std::size_t n) {
    return repeat("<a@b> ", n);
}
std::string open_msg_ids(std::size_t n) {
    return repeat("<", n) + repeat("a@b ", n);
}

std::string base64_junk(std::size_t n) {
    return "Content-Transfer-Encoding: base64\n\n" + repeat("YQ*=!", n);
}
std::string equals_signs(std::size_t n) {
    return "Content-Transfer-Encoding: quoted-printable\n\n" + std::string(n, '=');
}
std::string trailing_blanks(std::size_t n) {
    return "Content-Transfer-Encoding: quoted-printable\n\n" + repeat(std::string(100, ' ') + "\t", n) + "x";
}
std::string uuencoded(std::size_t n) {
    return "Content-Transfer-Encoding: x-uuencode\n\nbegin 644 f\n" + repeat("_\n", n) + "end\n";
}
std::string begin_lines(std::size_t n) {
    return "Content-Transfer-Encoding: x-uuencode\n\n" + repeat("begin x\n", n);
}
std::string shift_states(std::size_t n) {
    return "Content-Type: text/plain; charset=iso-2022-jp\n\n" + repeat("\x1b$B\x1b(B\x1b$@!", n);
}

std::string statuses(std::size_t n) {
    return repeat("Final-Recipient: rfc822; a@b\n\n", n);
}

// How it is read

/// All that a part tells, of every part.
void read_message(std::string_view octets) {
    mime::parsed_message const message = mime::parse(octets);
    (void)mime::to_tree(message);
    (void)mime::to_json(message);
}

/// As it may arrive: an octet at a time.
void read_pushed(std::string_view octets) {
    mime::message_parser parser;
    for (std::size_t at = 0; at < octets.size(); ++at) parser.feed(octets.substr(at, 1));
    (void)parser.finish().part_count();
}

void read_addresses(std::string_view body) {
    (void)mime::parse_address_field(body);
    (void)mime::decode_field({.name = "To", .body = body, .offset = 0});
}

void read_words(std::string_view body) {
    (void)mime::decode_field({.name = "Subject", .body = body, .offset = 0});
    read_addresses(body);
}

void read_type(std::string_view body) {
    (void)mime::parse_content_type(body);
    (void)mime::parse_content_disposition(body);
}

void read_any_value(std::string_view body) {
    read_words(body);
    read_type(body);
    (void)mime::parse_msg_ids(body);
    (void)codec::parse_date(body);
}

void read_ids(std::string_view body) {
    (void)mime::parse_msg_ids(body);
}

void read_statuses(std::string_view content) {
    (void)mime::parse_delivery_status(content);
}

constexpr std::array<bomb, 40> all = {{
    {"parts", 2'000, 1'000'000, parts, read_message},
    {"typed_parts", 500, 1'000'000, typed_parts, read_message},
    {"parts_beyond_the_limit", 20'000, 1'000'000, parts, read_pushed},
    {"nested_multiparts", 5'000, 100'000, nested_multiparts, read_message},
    {"nested_messages", 5'000, 100'000, nested_messages, read_message},
    {"boundary_look_alikes", 500, 10'000, look_alikes, read_message},
    {"pushed_look_alikes", 200, 10'000, look_alikes, read_pushed},
    {"one_field", 200'000, 50'000'000, one_field, read_message},
    {"one_field_beyond_the_limit", 2'000'000, 50'000'000, one_field, read_message},
    {"pushed_field", 100'000, 50'000'000, one_field, read_pushed},
    {"folded_field", 50'000, 10'000'000, folded_field, read_message},
    {"many_fields", 2'000, 1'000'000, many_fields, read_message},
    {"raw_fields", 1'000, 1'000'000, raw_fields, read_message},
    {"defective_lines", 20'000, 1'000'000, defective_lines, read_message},
    {"address_list", 5'000, 100'000, address_list, read_addresses},
    {"named_addresses", 1'500, 100'000, named_addresses, read_addresses},
    {"colons", 20'000, 100'000, colons, read_any_value},
    {"nested_comments", 20'000, 100'000, comments, read_any_value},
    {"open_comments", 20'000, 100'000, open_comments, read_any_value},
    {"open_quotes", 20'000, 100'000, quotes, read_any_value},
    {"open_angles", 10'000, 100'000, open_angles, read_any_value},
    {"domain_literal", 50'000, 262'144, domain_literal, read_any_value},
    {"long_phrase", 5'000, 100'000, phrase, read_any_value},
    {"encoded_words", 3'000, 100'000, encoded_words, read_words},
    {"split_words", 2'000, 100'000, split_words, read_words},
    {"broken_words", 5'000, 100'000, broken_words, read_words},
    {"rfc_2231_pieces", 2'000, 10'000, pieces, read_type},
    {"parameters", 1'000, 100'000, parameters, read_type},
    {"percent_signs", 50'000, 1'000'000, percent_signs, read_type},
    {"commented_type", 10'000, 300'000, commented_type, read_type},
    {"references", 5'000, 200'000, msg_ids, read_ids},
    {"open_references", 5'000, 200'000, open_msg_ids, read_ids},
    {"base64_junk", 20'000, 10'000'000, base64_junk, read_message},
    {"equals_signs", 100'000, 1'000'000, equals_signs, read_message},
    {"trailing_blanks", 2'000, 1'000'000, trailing_blanks, read_message},
    {"uuencoded_blanks", 10'000, 1'000'000, uuencoded, read_message},
    {"uuencode_begin_lines", 20'000, 1'000'000, begin_lines, read_message},
    {"charset_shift_states", 2'000, 1'000'000, shift_states, read_message},
    {"delivery_statuses", 1'000, 1'000'000, statuses, read_statuses},
    {"defective_addresses", 5'000, 100'000, open_msg_ids, read_addresses},
}};

}  // namespace

std::span<bomb const> bombs() {
    return all;
}

}  // namespace postrider::linear
