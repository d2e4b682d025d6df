#include <array>
#include <postrider/mime/from_bytes.hpp>
#include <postrider/mime/render.hpp>

#include "bombs.hpp"

/// Messages that cost more to write than their size: what is folded and encoded, and what is written around parts.
namespace postrider::linear {
namespace {

std::string repeat(std::string_view piece, std::size_t times) {
    std::string all;
    all.reserve(piece.size() * times);
    for (std::size_t i = 0; i < times; ++i) all += piece;
    return all;
}

// What is made

std::string words(std::size_t n) {
    return repeat("word ", n) + "end";
}

std::string words_to_encode(std::size_t n) {
    return repeat("слово ", n) + "end";
}

std::string mixed_words(std::size_t n) {
    return repeat("plain é =?x?= (\"quoted\") ", n) + "end";
}

std::string one_word(std::size_t n) {
    return std::string(n, 'x');
}

std::string blanks(std::size_t n) {
    return "a" + std::string(n, ' ') + "b";
}

std::string addresses(std::size_t n) {
    return repeat("\"Doe, Jöhn\" <john@example.net>, Ann <ann@example.net>, ", n) + "last@example.net";
}

std::string groups(std::size_t n) {
    return repeat("Us: a@example.net, \"B; é\" <b@example.net>;, ", n) + "last@example.net";
}

std::string ids(std::size_t n) {
    return repeat("<0123456789@example.net> ", n) + "<last@example.net>";
}

std::string sections(std::size_t n) {
    return repeat("报告", n);
}

std::string parameters(std::size_t n) {
    std::string all = "text/plain";
    for (std::size_t i = 0; i < n; ++i) all += "; p" + std::to_string(i) + "=\"a b\"";
    return all;
}

std::string folded_field(std::size_t n) {
    return "Subject:" + repeat("\n =?utf-8?q?caf=C3=A9?= word", n) + "\n\nbody";
}

std::string parts(std::size_t n) {
    return "Content-Type: multipart/mixed; boundary=b\n\n" + repeat("--b\nSubject: x\n\ncontent\n", n) + "--b--\n";
}

std::string nested(std::size_t n) {
    std::string octets, ends;
    for (std::size_t i = 0; i < 90; ++i) {
        std::string const boundary = "b" + std::to_string(i) + "x";
        octets += "Content-Type: multipart/mixed; boundary=" + boundary + "\n\n--" + boundary + "\n";
        ends = "\n--" + boundary + "--" + ends;
    }
    return octets + "\n" + repeat("--b1 --b2 --b3\n", n) + ends + "\n";
}

// What is done to it

void write_subject(std::string_view text) {
    mime::message().subject(std::string(text)).as_bytes();
}

void write_recipients(std::string_view text) {
    mime::message().to(text).as_bytes();
}

void write_name(std::string_view text) {
    mime::message().to(mime::mailbox{std::string(text), "a@example.net"}).as_bytes();
}

void write_references(std::string_view text) {
    mime::message().header("References", text).as_bytes();
}

void write_file_name(std::string_view text) {
    mime::message().attach_data(text, "x").as_bytes();
}

void write_type(std::string_view text) {
    mime::message().header("Content-Type", text).set_payload("x").as_bytes();
}

void write_refolded(std::string_view octets) {
    mime::message_from_bytes(std::string(octets))
        .as_bytes(mime::policy::default_.with_refold_source(mime::policy::refold::all));
}

// Parts in the middle and at the end are changed, a new one stands behind them, and the boundary is another.
void write_changed(std::string_view octets) {
    auto mail = mime::message_from_bytes(std::string(octets));
    auto const all = mail.walk();
    for (std::size_t i = 1; i < all.size(); i += 2) all[i].replace_header("Subject", "changed");
    mail.as_bytes();
    mail.add_attachment("--b\n").as_bytes();
}

void write_around_content(std::string_view octets) {
    auto mail = mime::message_from_bytes(std::string(octets));
    auto const all = mail.walk();
    auto& leaf = all[all.size() - 1];
    leaf.set_payload(leaf.get_content());
    mail.as_bytes();
}

constexpr std::array<bomb, 16> all = {{
    {"subject", 5'000, 1'000'000, words, write_subject},
    {"encoded_subject", 2'000, 1'000'000, words_to_encode, write_subject},
    {"mixed_subject", 1'000, 500'000, mixed_words, write_subject},
    {"word_of_a_subject", 50'000, 10'000'000, one_word, write_subject},
    {"blanks_of_a_subject", 50'000, 10'000'000, blanks, write_subject},
    {"recipients", 500, 100'000, addresses, write_recipients},
    {"groups", 500, 100'000, groups, write_recipients},
    {"name", 5'000, 1'000'000, words, write_name},
    {"encoded_name", 2'000, 1'000'000, words_to_encode, write_name},
    {"written_references", 2'000, 500'000, ids, write_references},
    {"file_name", 2'000, 500'000, sections, write_file_name},
    {"written_parameters", 500, 5'000, parameters, write_type},
    {"refolded_field", 1'000, 30'000, folded_field, write_refolded},
    {"unfolded_words", 5'000, 200'000, one_word, write_name},
    {"changed_parts", 500, 10'000, parts, write_changed},
    {"changed_depth", 2'000, 1'000'000, nested, write_around_content},
}};

}  // namespace

std::span<bomb const> bombs() {
    return all;
}

}  // namespace postrider::linear
