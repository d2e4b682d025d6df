#pragma once
#include <chrono>
#include <postrider/core/host.hpp>

/// A machine whose clock stands still until it is told, and whose random octets count up.
class fixed_host final : public postrider::host {
public:
    time_point now() const override { return time; }
    std::chrono::seconds utc_offset(time_point) const override { return {}; }
    void random(std::span<char> room) const override {
        for (char& octet : room) octet = 0;
        auto number = ++drawn_;
        for (std::size_t i = 0; i < room.size() && i < sizeof number; ++i) room[i] = static_cast<char>(number >> 8 * i);
    }
    std::string name() const override { return "host.example"; }
    postrider::result<postrider::octet_source_ptr> open(std::filesystem::path const&) const override {
        return make_error_code(std::errc::no_such_file_or_directory);
    }

    time_point time{std::chrono::seconds(1'772'368'496)};  // 2026-03-01 12:34:56 UTC

private:
    mutable std::uint64_t drawn_ = 0;
};
