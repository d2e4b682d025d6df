#pragma once
#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <postrider/client/mail_dns.hpp>
#include <postrider/core/host.hpp>
#include <string>
#include <vector>

namespace postrider::test {

/// DNS as a test tells it; what is not told does not exist.
struct told_dns {
    using failing = std::vector<std::string>;

    std::map<std::string, std::vector<delivery::mx_record>> exchangers;
    std::map<std::string, std::vector<std::string>> addresses, texts;
    std::map<std::string, std::vector<dane::tlsa_record>> certificates;
    std::map<std::string, std::string> aliases;
    failing silent;    ///< names for which nobody answers
    failing insecure;  ///< names without DNSSEC
    mutable std::vector<std::string> asked;

    told_dns() {}

    delivery::mail_dns calls() const {
        return {[this](auto const& name) { return answer(exchangers, name); },
                [this](auto const& name) { return answer(addresses, name); },
                [this](auto const& name) { return answer(certificates, name); },
                [this](auto const& name) { return answer(texts, name); }};
    }

private:
    template <class Record>
    result<delivery::dns_answer<Record>> answer(std::map<std::string, std::vector<Record>> const& table,
                                                std::string const& asked_for) const {
        asked.push_back(asked_for);
        auto const has = [&](failing const& all) { return std::ranges::find(all, asked_for) != all.end(); };
        if (has(silent)) return make_error_code(std::errc::host_unreachable);
        auto const alias = aliases.find(asked_for);
        std::string const name = alias == aliases.end() ? asked_for : alias->second;
        auto const found = table.find(name);
        delivery::dns_answer<Record> told;
        if (found != table.end()) told.records = found->second;
        told.authenticated = !has(insecure);
        if (name != asked_for) told.name = name;
        return told;
    }
};

/// A clock that a test sets, and numbers that count up.
class set_host final : public host {
public:
    std::chrono::sys_seconds time{std::chrono::seconds{1'795'141'872}};

    time_point now() const override { return time; }
    std::chrono::seconds utc_offset(time_point) const override { return {}; }
    void random(std::span<char> room) const override { std::ranges::fill(room, drawn_++); }
    std::string name() const override { return "host.example"; }
    result<octet_source_ptr> open(std::filesystem::path const&) const override {
        return make_error_code(std::errc::no_such_file_or_directory);
    }

private:
    mutable char drawn_ = 0;
};

inline dane::tlsa_record tlsa(std::uint8_t usage, std::size_t octets = 32) {
    return {usage, 1, 1, std::string(octets, 'x')};
}

}  // namespace postrider::test
