#include <algorithm>
#include <atomic>
#include <optional>
#include <postrider/codec/base64.hpp>
#include <postrider/core/error.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/mime/wire.hpp>
#include <utility>

namespace postrider::mime {
namespace {

// Whole base64 lines, so that each chunk is encoded by itself.
constexpr std::size_t chunk_octets = limits::file_chunk_octets / codec::base64_line_octets * codec::base64_line_octets;

/// Walks the pieces once. One room for raw octets and one for encoded ones are all it needs, whatever the size.
class wire_reader final : public octet_reader {
public:
    wire_reader(std::vector<wire::piece> pieces, std::shared_ptr<void const> owner, std::uint64_t size)
        : pieces_(std::move(pieces)), owner_(std::move(owner)), size_(size) {}

    std::uint64_t size() const noexcept override { return size_; }

    error_code next(std::vector<std::string_view>& out, std::size_t wanted) override {
        out.clear();
        room_taken_ = false;
        std::size_t left = std::max<std::size_t>(wanted, 1);
        while (left > 0 && current_ < pieces_.size()) {
            auto got = std::visit([&](auto const& piece) { return step(piece, left); }, pieces_[current_]);
            if (!got) return got.error();
            if (!got->empty()) out.push_back(*got);
            left -= std::min(left, got->size());
            if (room_taken_) break;
        }
        return {};
    }

private:
    using view = std::string_view;

    result<view> step(std::string const& piece, std::size_t wanted) { return slice(piece, wanted); }
    result<view> step(wire::shared_piece const& piece, std::size_t wanted) { return slice(piece.octets, wanted); }

    result<view> step(wire::plain_piece const& piece, std::size_t wanted) {
        return read(*piece.source, std::min(wanted, chunk_octets));
    }

    result<view> step(wire::base64_piece const& piece, std::size_t wanted) {
        auto lines = std::max<std::size_t>(wanted / (codec::base64_lines_size(codec::base64_line_octets)), 1);
        auto raw = read(*piece.source, std::min(lines * codec::base64_line_octets, chunk_octets));
        if (!raw) return raw;
        encoded_.resize(codec::base64_lines_size(chunk_octets));
        auto* end = codec::encode_base64_lines(*raw, encoded_.data());
        return view(encoded_.data(), static_cast<std::size_t>(end - encoded_.data()));
    }

    view slice(view piece, std::size_t wanted) {
        auto part = piece.substr(done_, wanted);
        advance(part.size(), piece.size());
        return part;
    }

    // A source that became shorter would leave the message cut: an error, whatever the source says of it.
    result<view> read(octet_source const& source, std::size_t wanted) {
        room_taken_ = true;
        auto left = source.size() - std::min(source.size(), done_);
        raw_.resize(std::min<std::uint64_t>(chunk_octets, source.size()));
        std::span<char> room(raw_.data(), std::min<std::uint64_t>(left, wanted));
        auto got = source.read_at(done_, room);
        if (!got) return got.error();
        if (*got != room.size()) return make_error_code(postrider::errc::source_changed);
        advance(room.size(), source.size());
        return view(room.data(), room.size());
    }

    void advance(std::uint64_t octets, std::uint64_t piece_size) noexcept {
        done_ += octets;
        if (done_ < piece_size) return;
        ++current_;
        done_ = 0;
    }

    std::vector<wire::piece> pieces_;
    std::shared_ptr<void const> owner_;
    std::uint64_t size_;
    std::size_t current_ = 0;
    std::uint64_t done_ = 0;  // of the current piece, before encoding
    bool room_taken_ = false;
    std::string raw_, encoded_;
};

/// What stands in memory as it goes out, or nothing for a piece that is read or encoded on its way.
struct octets_in_memory {
    using view = std::optional<std::string_view>;
    view operator()(std::string const& piece) const noexcept { return piece; }
    view operator()(wire::shared_piece const& piece) const noexcept { return piece.octets; }
    view operator()(wire::plain_piece const&) const noexcept { return std::nullopt; }
    view operator()(wire::base64_piece const&) const noexcept { return std::nullopt; }
};

error_code append_all(std::string& out, octet_reader& from) {
    std::vector<std::string_view> some;
    do {
        if (auto ec = from.next(some, limits::file_chunk_octets)) return ec;
        for (auto octets : some) out += octets;
    } while (!some.empty());
    return {};
}

struct size_of {
    std::uint64_t operator()(std::string const& piece) const noexcept { return piece.size(); }
    std::uint64_t operator()(wire::shared_piece const& piece) const noexcept { return piece.octets.size(); }
    std::uint64_t operator()(wire::plain_piece const& piece) const noexcept { return piece.source->size(); }
    std::uint64_t operator()(wire::base64_piece const& piece) const noexcept {
        return codec::base64_lines_size(piece.source->size());
    }
};

// Copies of the wire and its readers share the octets from here on.
std::shared_ptr<std::string> share(wire::piece& one) {
    auto* octets = std::get_if<std::string>(&one);
    if (!octets) return nullptr;
    auto owner = std::make_shared<std::string>(std::move(*octets));
    std::string_view view = *owner;
    one = wire::shared_piece{owner, view};
    return owner;
}

}  // namespace

void wire::append(piece one) {
    auto size = std::visit(size_of{}, one);
    if (size == 0) return;
    size_ += size;
    auto string = share(one);
    sole_ = pieces_.empty() ? std::move(string) : nullptr;
    pieces_.push_back(std::move(one));
}

void wire::prepend(piece one) {
    auto size = std::visit(size_of{}, one);
    if (size == 0) return;
    size_ += size;
    share(one);
    sole_ = nullptr;
    pieces_.insert(pieces_.begin(), std::move(one));
}

void wire::set_pieces(std::vector<piece> pieces, std::shared_ptr<void const> owner) {
    pieces_ = std::move(pieces);
    owner_ = std::move(owner);
    sole_ = nullptr;
    size_ = 0;
    for (auto& one : pieces_) {
        share(one);
        auto const* shared = std::get_if<shared_piece>(&one);  // nearly all are
        size_ += shared ? shared->octets.size() : std::visit(size_of{}, one);
    }
}

std::vector<wire::piece> wire::take_pieces() noexcept {
    auto pieces = std::exchange(pieces_, {});
    pieces.clear();
    owner_ = nullptr;
    sole_ = nullptr;
    size_ = 0;
    return pieces;
}

std::unique_ptr<octet_reader> wire::reader() const {
    return std::make_unique<wire_reader>(pieces_, owner_, size_);
}

result<std::string> wire::str() && {
    constexpr long this_and_its_piece = 2;
    if (!sole_ || sole_.use_count() != this_and_its_piece) return std::as_const(*this).str();
    std::atomic_thread_fence(std::memory_order_acquire);  // who let go of it last may be another thread
    auto const whole = std::move(sole_);
    take_pieces();
    return std::move(*whole);
}

result<std::string> wire::str() const& {
    std::string all;
    all.reserve(size_);
    for (auto const& one : pieces_) {
        if (auto octets = std::visit(octets_in_memory{}, one)) {
            all += *octets;
        } else {
            wire_reader reader({one}, owner_, std::visit(size_of{}, one));
            if (auto ec = append_all(all, reader)) return ec;
        }
    }
    return all;
}

}  // namespace postrider::mime
