#include <doctest/doctest.h>
#include <malloc.h>

#include <cstdlib>
#include <new>
#include <postrider/codec/base64.hpp>
#include <postrider/core/limits.hpp>

#include "messages.hpp"

// A program of its own: it counts what is allocated.

using namespace postrider;
using namespace postrider::mime;
using namespace postrider::mime::test;

namespace {

std::size_t held = 0;
std::size_t most_held = 0;

void* take(std::size_t size) {
    void* const block = std::malloc(size);
    if (!block) throw std::bad_alloc();
    held += malloc_usable_size(block);
    most_held = std::max(most_held, held);
    return block;
}

void give_back(void* block) noexcept {
    held -= malloc_usable_size(block);
    std::free(block);
}

}  // namespace

void* operator new(std::size_t size) {
    return take(size);
}
void* operator new[](std::size_t size) {
    return take(size);
}
void operator delete(void* block) noexcept {
    give_back(block);
}
void operator delete[](void* block) noexcept {
    give_back(block);
}
void operator delete(void* block, std::size_t) noexcept {
    give_back(block);
}
void operator delete[](void* block, std::size_t) noexcept {
    give_back(block);
}

namespace {

/// The most that is held at any moment while `what` runs, beyond what was held before.
template <class What>
std::size_t most_held_by(What what) {
    std::size_t const before = held;
    most_held = held;
    what();
    return most_held - before;
}

std::string repeat(std::string_view piece, std::size_t times) {
    std::string all;
    all.reserve(piece.size() * times);
    for (std::size_t i = 0; i < times; ++i) all += piece;
    return all;
}

std::string mixed(std::string_view part, std::size_t times) {
    return "Content-Type: multipart/mixed; boundary=b\n\n" + repeat(part, times) + "--b--\n";
}

/// What one field's values may take, however small the message is.
constexpr std::size_t one_field = 512 * 1024;

void check_parse(std::string const& octets) {
    std::size_t parts = 0;
    std::size_t const parsed = most_held_by([&] { parts = parse(octets).part_count(); });
    CHECK(parsed <= octets.size() + 512 * parts + one_field);
    // The parser's own copy of the octets is not counted here: one and a half times their size at most.
    std::size_t const pushed = most_held_by([&] {
        message_parser parser;
        for (std::size_t at = 0; at < octets.size(); at += 4096) parser.feed(std::string_view(octets).substr(at, 4096));
        CHECK(parser.finish().part_count() == parts);
    });
    CHECK(pushed <= octets.size() / 2 + 512 * parts + one_field);
}

}  // namespace

TEST_CASE("hazards 88 to 97: memory stays within twice the message and 512 octets for each part") {
    for (std::size_t parts : {1, 100, 1024, 1025, 8192, 8193, 9999, 1'000'000}) {
        CAPTURE(parts);
        check_parse(mixed("--b\n\n\n", parts));
        check_parse(mixed("--b\nA\n", parts));
        check_parse(mixed(
            "--b\nContent-Type: x\n:\n B\nDate:\nDate:\nFrom x\nContent-Type: message/rfc822; x; charset\n", parts));
        check_parse(mixed("--b\nContent-Type: message/rfc822\n\nContent-Type: multipart/mixed\n\n", parts));
    }
    check_parse(repeat("Content-Type: message/rfc822\n\n", 100'000));
    check_parse("A: " + std::string(50'000'000, 'x') + "\n\n");
    check_parse(repeat("Subject: x\n", 1'000'000) + "\n");
    check_parse(repeat(":\nFrom x\nA\n", 1'000'000));
    check_parse("Content-Type: text/plain" + repeat(";a=b", 1'000'000) + "\n\n");
    check_parse("Content-Type: text/plain" + repeat(";", 1'000'000) + "\n\n");
    check_parse("Content-Type: text/plain" + repeat(";x", 500'000) + "\n\n");
    check_parse("Content-Type: multipart/mixed; boundary=\"" + repeat("b", 1'000'000) + "\"\n\n");
    check_parse("Content-Type: text/plain; name=\"" + repeat("b", 1'000'000) + "\"\n\n");
}

TEST_CASE("decoding a part holds its content once, and headers alone nothing but a few hundred octets") {
    std::string const big =
        "Content-Transfer-Encoding: base64\n\n" + codec::encode_base64_lines(std::string(10'000'000, 'x'));
    parsed_message const message = parse(big);
    CHECK(most_held_by([&] { CHECK(message.root().content().octets().size() == 10'000'000); }) <= big.size());
    std::string const plain = "A: b\n\n" + std::string(10'000'000, 'x');
    CHECK(most_held_by([&] { (void)parse(plain).root().content(); }) <= 2048);
    CHECK(most_held_by([&] { (void)parse(plain, {.headers_only = true}).root().body(); }) <= 1024);
}
