#include <charconv>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/proto/dane/tlsa.hpp>

namespace postrider::dane {
namespace {

constexpr std::size_t sha256_octets = 32, sha512_octets = 64;

int hex_digit(char c) {
    if (ascii::is_digit(c)) return c - '0';
    c = ascii::to_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

std::string_view without_blanks_in_front(std::string_view text) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    return text;
}

bool take_number(std::string_view& text, std::uint8_t& into) {
    text = without_blanks_in_front(text);
    auto const [end, ec] = std::from_chars(text.data(), text.data() + text.size(), into);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return ec == std::errc() && !text.empty() && is_blank(text.front());
}

bool take_data(std::string_view text, std::string& into) {
    int high = -1;
    for (char c : text) {
        if (is_blank(c)) continue;
        int const digit = hex_digit(c);
        if (digit < 0) return false;
        if (high >= 0) into += static_cast<char>(high * 16 + digit);
        high = high < 0 ? digit : -1;
    }
    return high < 0 && !into.empty();
}

}  // namespace

std::optional<tlsa_record> parse_tlsa(std::string_view rdata) {
    constexpr std::size_t fixed_octets = 3;
    if (rdata.size() <= fixed_octets) return std::nullopt;
    auto const octet = [&](std::size_t at) { return static_cast<std::uint8_t>(rdata[at]); };
    return tlsa_record{octet(0), octet(1), octet(2), std::string(rdata.substr(fixed_octets))};
}

std::optional<tlsa_record> parse_tlsa_text(std::string_view text) {
    tlsa_record record;
    bool const is_one = take_number(text, record.usage) && take_number(text, record.selector) &&
                        take_number(text, record.matching) && take_data(text, record.data);
    return is_one ? std::optional(record) : std::nullopt;
}

bool is_usable(tlsa_record const& record) noexcept {
    auto const usage = static_cast<dane::usage>(record.usage);
    if (usage != usage::dane_ta && usage != usage::dane_ee) return false;
    if (record.selector > static_cast<std::uint8_t>(selector::public_key)) return false;
    switch (static_cast<dane::matching>(record.matching)) {
        case matching::whole: return !record.data.empty();
        case matching::sha256: return record.data.size() == sha256_octets;
        case matching::sha512: return record.data.size() == sha512_octets;
    }
    return false;
}

std::vector<tlsa_record> usable(std::vector<tlsa_record> const& records) {
    std::vector<tlsa_record> kept;
    for (auto const& record : records)
        if (is_usable(record) && kept.size() < limits::tlsa_records) kept.push_back(record);
    return kept;
}

std::string tlsa_name(std::string_view host, std::uint16_t port) {
    if (host.ends_with('.')) host.remove_suffix(1);
    return '_' + std::to_string(port) + "._tcp." + std::string(host);
}

}  // namespace postrider::dane
