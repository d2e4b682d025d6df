#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <postrider/core/octets.hpp>
#include <postrider/core/result.hpp>
#include <span>
#include <string>

namespace postrider {

/// The machine as the rest of the library sees it: its clock, its randomness, its name, its files. No other place
/// touches them. What needs one takes a `host const&`, by default `system_host()`; a test passes its own and so fixes
/// Date, Message-ID and boundaries.
class host {
public:
    using time_point = std::chrono::system_clock::time_point;

    virtual ~host() = default;

    virtual time_point now() const = 0;

    /// How far local time is ahead of UTC at `when`.
    virtual std::chrono::seconds utc_offset(time_point when) const = 0;

    /// Fills `room` with octets that nobody can guess.
    virtual void random(std::span<char> room) const = 0;

    /// This machine's fully qualified name, or its bare name where it has no other. May block on the first call.
    virtual std::string name() const = 0;

    /// Opens a regular file for reading; its size is taken now.
    /// errors     the system's code; std::errc::is_a_directory; std::errc::invalid_argument for what is no regular
    /// file.
    virtual result<octet_source_ptr> open(std::filesystem::path const& path) const = 0;

    std::uint64_t random_number() const {
        std::uint64_t number;
        random({reinterpret_cast<char*>(&number), sizeof number});
        return number;
    }
};

/// The machine we run on. Safe from many threads.
host const& system_host() noexcept;

/// Everything in a source, for what is known to be small.
/// errors     those of read_at; errc::limit_reached when it holds more than `limit` octets.
result<std::string> read_all(octet_source const& source, std::uint64_t limit);

}  // namespace postrider
