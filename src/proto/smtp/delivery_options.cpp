#include <algorithm>
#include <postrider/codec/charset.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/proto/smtp/delivery_options.hpp>
#include <utility>

namespace postrider::smtp {
namespace {

bool is_bare(unsigned char octet) noexcept {
    return octet > ' ' && octet < 0x7f && octet != '+' && octet != '=';
}

std::string hexadecimal(unsigned char octet) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    return {digits[octet >> 4], digits[octet & 15]};
}

// xtext: any other octet is "+" and two digits.                                                          RFC 3461 §4
std::string xtext(std::string_view text) {
    std::string encoded;
    for (char c : text) {
        if (is_bare(static_cast<unsigned char>(c)))
            encoded += c;
        else
            encoded += '+' + hexadecimal(static_cast<unsigned char>(c));
    }
    return encoded;
}

// utf-8-addr-unitext: UTF-8 stands for itself, other characters are \x{HEX}.                            RFC 6533 §3
std::string unitext(std::string_view text) {
    std::string encoded;
    for (char c : text) {
        if (c != '\\' && (is_bare(static_cast<unsigned char>(c)) || ascii::is_8bit(c)))
            encoded += c;
        else
            encoded += "\\x{" + hexadecimal(static_cast<unsigned char>(c)) + '}';
    }
    return encoded;
}

auto named(std::vector<parameter>& all, std::string_view keyword) {
    return std::find_if(all.begin(), all.end(),
                        [&](parameter const& one) { return ascii::equal_without_case(one.keyword, keyword); });
}

void set(std::vector<parameter>& all, std::string keyword, std::optional<std::string> value) {
    auto const standing = named(all, keyword);
    if (standing != all.end())
        standing->value = std::move(value);
    else
        all.push_back({std::move(keyword), std::move(value)});
}

std::string notify_value(delivery_options::notification const& wish) {
    if (wish.never) return "NEVER";
    std::string value;
    for (auto [wished, word] : {std::pair{wish.on_success, "SUCCESS"}, std::pair{wish.on_failure, "FAILURE"},
                                std::pair{wish.on_delay, "DELAY"}})
        if (wished) (value += value.empty() ? "" : ",") += word;
    return value;
}

std::string original_recipient(std::string const& address) {
    return codec::is_ascii(address) ? "rfc822;" + xtext(address) : "utf-8;" + unitext(address);
}

void ask_to_notify(delivery_options::notification const& wish, std::vector<forward_path>& paths) {
    auto const value = notify_value(wish);
    if (value.empty()) return;
    for (auto& path : paths) {
        set(path.parameters, "NOTIFY", value);
        if (named(path.parameters, "ORCPT") == path.parameters.end())
            set(path.parameters, "ORCPT", original_recipient(path.address));
    }
}

}  // namespace

void ask_for(delivery_options const& wish, envelope& e) {
    using returned = delivery_options::returned;
    ask_to_notify(wish.notify, e.forward_paths);
    if (wish.return_content != returned::unsaid)
        set(e.parameters, "RET", wish.return_content == returned::full ? "FULL" : "HDRS");
    if (!wish.envelope_id.empty()) set(e.parameters, "ENVID", xtext(wish.envelope_id));
    if (wish.deliver_by)
        set(e.parameters, "BY", std::to_string(wish.deliver_by->count()) + (wish.tell_only ? ";N" : ";R"));
    if (wish.hold_for) set(e.parameters, "HOLDFOR", std::to_string(wish.hold_for->count()));
    if (wish.priority) set(e.parameters, "MT-PRIORITY", std::to_string(*wish.priority));
    if (wish.require_tls) set(e.parameters, "REQUIRETLS", std::nullopt);
}

}  // namespace postrider::smtp
