#pragma once
#include <cstdint>
#include <memory>
#include <postrider/core/result.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace postrider {

// Octets are `std::string_view` throughout, and room for them `std::span<char>`: mail is text with a few octets that
// are not, and one type for both spares every caller a cast.

/// Octets that are too many to hold, or that lie elsewhere: a file, a database, a generator. Any position can be read
/// at any time, so that one source serves many messages and many threads.
class octet_source {
public:
    virtual ~octet_source() = default;

    /// Octets in all. A message's size is told to the server before the first of them moves, so this must not change.
    virtual std::uint64_t size() const noexcept = 0;

    /// Reads octets from `offset` on into `room`.
    /// returns    how many were read: as many as fit, fewer only at the end of the source.
    /// errors     errc::source_changed when there are fewer octets than size() says; errc::source_unreadable, or the
    ///            system's own code.
    virtual result<std::size_t> read_at(std::uint64_t offset, std::span<char> room) const = 0;
};

using octet_source_ptr = std::shared_ptr<octet_source const>;

/// A source over octets in memory, which it owns.
octet_source_ptr memory_source(std::string octets);

/// Content on its way out: hands over pieces in order, once, until none is left.
class octet_reader {
public:
    virtual ~octet_reader() = default;

    /// Octets in all, known before the first is handed over.
    virtual std::uint64_t size() const noexcept = 0;

    /// Puts the next octets, about `wanted` of them and at least one, in place of what `pieces` held; leaves `pieces`
    /// empty at the end.
    /// lifetime   the views hold until the next call, or the end of the reader.
    /// errors     those of octet_source::read_at. The content is then incomplete and must not be ended as if it were
    /// whole.
    virtual error_code next(std::vector<std::string_view>& pieces, std::size_t wanted) = 0;
};

/// A reader over octets in memory that belong to the caller and outlive it.
class view_reader final : public octet_reader {
public:
    explicit view_reader(std::string_view octets) noexcept : octets_(octets) {}
    std::uint64_t size() const noexcept override { return octets_.size(); }
    error_code next(std::vector<std::string_view>& pieces, std::size_t wanted) override;

private:
    std::string_view octets_;
    std::size_t done_ = 0;
};

}  // namespace postrider
