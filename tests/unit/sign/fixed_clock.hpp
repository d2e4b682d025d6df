#pragma once
#include <postrider/core/host.hpp>

/// A machine whose clock stands where the test puts it. Signing and checking ask it for nothing else.
class fixed_clock final : public postrider::host {
public:
    explicit fixed_clock(long long seconds = 1'795'141'872) noexcept : seconds_(seconds) {}

    time_point now() const override { return std::chrono::sys_seconds{std::chrono::seconds{seconds_}}; }
    std::chrono::seconds utc_offset(time_point) const override { return {}; }
    void random(std::span<char>) const override {}
    std::string name() const override { return "host.example"; }
    postrider::result<postrider::octet_source_ptr> open(std::filesystem::path const&) const override {
        return make_error_code(std::errc::no_such_file_or_directory);
    }

private:
    long long seconds_;
};
