#include <postrider/codec/base64.hpp>
#include <postrider/core/error.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/mime/wire.hpp>

#include "support.hpp"

using namespace postrider;
using mime::wire;

namespace {

/// Promises more octets than it has, or fails where it is told to.
class faulty_source final : public octet_source {
public:
    faulty_source(std::uint64_t promised, std::uint64_t held, error_code fault = {})
        : promised_(promised), held_(held), fault_(fault) {}
    std::uint64_t size() const noexcept override { return promised_; }
    result<std::size_t> read_at(std::uint64_t offset, std::span<char> room) const override {
        if (offset + room.size() <= held_) {
            std::fill(room.begin(), room.end(), 'x');
            return room.size();
        }
        if (fault_) return fault_;
        auto left = held_ - std::min(held_, offset);
        std::fill_n(room.begin(), left, 'x');
        return static_cast<std::size_t>(left);
    }

private:
    std::uint64_t promised_, held_;
    error_code fault_;
};

std::string gathered(wire const& content, std::size_t wanted, std::size_t* most = nullptr) {
    auto reader = content.reader();
    CHECK(reader->size() == content.size());
    std::string all;
    std::vector<std::string_view> pieces;
    for (;;) {
        REQUIRE_FALSE(reader->next(pieces, wanted));
        if (pieces.empty()) return all;
        auto before = all.size();
        for (auto piece : pieces) all += piece;
        REQUIRE(all.size() > before);
        if (most) *most = std::max(*most, all.size() - before);
    }
}

error_code fault_of(octet_source_ptr source, std::uint64_t& delivered) {
    wire content;
    content.append(std::string("head\r\n"));
    content.append(wire::base64_piece{std::move(source)});
    auto reader = content.reader();
    std::vector<std::string_view> pieces;
    delivered = 0;
    for (;;) {
        if (auto ec = reader->next(pieces, 64 * 1024)) return ec;
        if (pieces.empty()) return {};
        for (auto piece : pieces) delivered += piece.size();
    }
}

}  // namespace

TEST_CASE("pieces come out in order, whatever the steps they are taken in") {
    std::string raw;
    for (int i = 0; i < 700'000; ++i) raw += static_cast<char>(i * 31);
    wire content;
    content.append(std::string("head\r\n\r\n"));
    content.append(wire::base64_piece{memory_source(raw)});
    content.append(wire::plain_piece{memory_source("plain\r\n")});
    auto owner = std::make_shared<std::string const>("shared octets");
    content.append(wire::shared_piece{owner, std::string_view(*owner).substr(0, 6)});
    content.append(wire::base64_piece{memory_source("")});
    content.append(std::string());

    auto whole = "head\r\n\r\n" + codec::encode_base64_lines(raw) + "plain\r\nshared";
    CHECK(content.size() == whole.size());
    CHECK(content.str().value() == whole);
    for (std::size_t wanted : {1u, 77u, 1000u, 65536u, 1u << 20, 1u << 30}) CHECK(gathered(content, wanted) == whole);
}

TEST_CASE("a reader needs the same memory for any size") {
    wire content;
    content.append(wire::base64_piece{std::make_shared<faulty_source>(1ull << 40, 1ull << 40)});
    CHECK(content.size() == codec::base64_lines_size(1ull << 40));
    auto reader = content.reader();
    std::vector<std::string_view> pieces;
    for (int i = 0; i < 20; ++i) {
        REQUIRE_FALSE(reader->next(pieces, 1 << 30));
        REQUIRE(pieces.size() == 1);
        CHECK(pieces[0].size() <= codec::base64_lines_size(limits::file_chunk_octets));
    }
}

TEST_CASE("a reader may outlive its wire") {
    std::unique_ptr<octet_reader> reader;
    {
        wire content;
        content.append(std::string("a text long enough to have an allocation of its own"));
        reader = content.reader();
    }
    std::vector<std::string_view> pieces;
    REQUIRE_FALSE(reader->next(pieces, 1000));
    CHECK(pieces.at(0) == "a text long enough to have an allocation of its own");
}

TEST_CASE("a source that shrinks is an error before the end, never a short message") {
    std::uint64_t delivered = 0;
    CHECK(fault_of(std::make_shared<faulty_source>(1'000'000, 999'999), delivered) == postrider::errc::source_changed);
    CHECK(delivered < codec::base64_lines_size(1'000'000));
    auto unreadable = make_error_code(postrider::errc::source_unreadable);
    CHECK(fault_of(std::make_shared<faulty_source>(1'000'000, 500'000, unreadable), delivered) == unreadable);
    CHECK_FALSE(fault_of(std::make_shared<faulty_source>(1'000'000, 1'000'000), delivered));
}

TEST_CASE("the empty wire") {
    wire content;
    CHECK(content.size() == 0);
    CHECK(content.str().value().empty());
}

TEST_CASE("a wire of one string gives it away, unless somebody else holds it") {
    std::string const octets(1000, 'x');
    mime::wire wire;
    wire.append(octets);
    auto const copy = wire;
    CHECK(std::move(wire).str().value() == octets);
    CHECK(copy.str().value() == octets);

    mime::wire alone;
    std::string given = octets;
    auto const* const where = given.data();
    alone.append(std::move(given));
    auto const taken = std::move(alone).str().value();
    CHECK(taken == octets);
    CHECK(taken.data() == where);
    CHECK(alone.size() == 0);

    mime::wire read;
    read.append(octets);
    auto const reader = read.reader();
    CHECK(std::move(read).str().value() == octets);
    std::vector<std::string_view> some;
    REQUIRE_FALSE(reader->next(some, octets.size()));
    CHECK(some == std::vector<std::string_view>{octets});

    mime::wire two;
    two.append(octets);
    two.prepend(std::string("first "));
    CHECK(std::move(two).str().value() == "first " + octets);
}
