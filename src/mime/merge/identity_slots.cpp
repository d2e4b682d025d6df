#include <algorithm>
#include <array>
#include <cstring>

#include "../hex_digits.hpp"
#include "plan_maker.hpp"

/// Date and Message-ID of rows.
namespace postrider::mime::merge {
namespace {

class row_date final : public slot {
public:
    void write(row_values& values, assembler& out) const override {
        out.own() += "Date: ";
        out.own() += values.date();
        out.own() += "\r\n";
    }
};

std::uint64_t mix(std::uint64_t number) noexcept {
    number *= 0x9E37'79B9'7F4A'7C15u;
    return number ^ number >> 32;
}

std::uint64_t first_eight(std::string_view octets) noexcept {
    std::uint64_t number = 0;
    if (octets.empty()) return number;
    std::memcpy(&number, octets.data(), std::min<std::size_t>(octets.size(), 8));
    return number;
}

/// A number that tells rows apart by all that is in them: of a million rows no two are likely to have the same.
std::uint64_t fingerprint(merge_row const& row) noexcept {
    auto mixed = mix(row.number);
    for (auto value : row.values) {
        mixed = mix(mixed ^ value.size());
        for (; value.size() > 8; value.remove_prefix(8)) mixed = mix(mixed ^ first_eight(value));
        mixed = mix(mixed ^ first_eight(value));
    }
    return mixed;
}

std::array<char, 16> in_hex(std::uint64_t number) noexcept {
    std::array<char, 8> octets;
    for (auto octet = octets.rbegin(); octet != octets.rend(); ++octet, number >>= 8)
        *octet = static_cast<char>(number & 255);
    return hex_digits(octets);
}

class row_message_id final : public slot {
public:
    row_message_id(std::string_view tag, std::string_view domain) : begin_("<"), end_("@") {
        begin_.append(tag).append(".");
        end_.append(domain).append(">");
    }

    void write(row_values& values, assembler& out) const override {
        auto const number = in_hex(fingerprint(values.row()));
        auto& id = out.message_id();
        id.assign(begin_).append(number.data(), number.size()).append(end_);
        out.own().append("Message-ID: ").append(id).append("\r\n");
    }

private:
    std::string begin_, end_;
};

}  // namespace

slot_ptr date_slot() {
    return std::make_unique<row_date>();
}

slot_ptr message_id_slot(std::string_view tag, std::string_view domain) {
    return std::make_unique<row_message_id>(tag, domain);
}

}  // namespace postrider::mime::merge
