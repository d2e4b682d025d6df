#pragma once
#include <chrono>
#include <cstring>
#include <map>
#include <postrider/core/host.hpp>
#include <string>

/// A machine whose clock stands, whose randomness counts from zero, and whose files are strings.
class fixed_host : public postrider::host {
public:
    time_point now() const override { return std::chrono::sys_seconds{std::chrono::seconds{1795141872}}; }
    std::chrono::seconds utc_offset(time_point) const override { return std::chrono::hours{8}; }
    void random(std::span<char> room) const override { std::memset(room.data(), drawn_++, room.size()); }
    std::string name() const override { return "host.example"; }

    postrider::result<postrider::octet_source_ptr> open(std::filesystem::path const& path) const override {
        auto found = files.find(path.string());
        if (found == files.end()) return make_error_code(std::errc::no_such_file_or_directory);
        return postrider::memory_source(found->second);
    }

    std::map<std::string, std::string> files;

private:
    mutable unsigned char drawn_ = 0;
};
