#include "gs2.hpp"

#include <algorithm>
#include <postrider/codec/charset.hpp>
#include <postrider/proto/sasl/mechanism.hpp>

namespace postrider::sasl::gs2 {

std::string encode_saslname(std::string_view name) {
    std::string text;
    for (char const c : name) {
        if (c == ',')
            text += "=2C";
        else if (c == '=')
            text += "=3D";
        else
            text += c;
    }
    return text;
}

result<std::string> decode_saslname(std::string_view name) {
    std::string text;
    while (!name.empty()) {
        bool const escaped = name.front() == '=';
        if (name.starts_with("=2C"))
            text += ',';
        else if (name.starts_with("=3D"))
            text += '=';
        else if (escaped || name.front() == ',' || name.front() == '\0')
            return error_code(errc::malformed);
        else
            text += name.front();
        name.remove_prefix(escaped ? 3 : 1);
    }
    if (text.empty()) return error_code(errc::malformed);
    return text;
}

std::optional<std::string_view> take_attribute(std::string_view& message, char letter) noexcept {
    if (message.size() < 2 || message[0] != letter || message[1] != '=') return {};
    auto const text = message.substr(2, message.find(',') - 2);
    message.remove_prefix(std::min(text.size() + 3, message.size()));
    return text;
}

result<header> take_header(std::string_view& message) {
    auto const whole = message;
    header said;
    said.flag = message.substr(0, message.find(','));
    message.remove_prefix(std::min(said.flag.size() + 1, message.size()));
    if (said.flag != "n" && said.flag != "y" && !said.flag.starts_with("p=")) return error_code(errc::malformed);
    if (auto const identity = take_attribute(message, 'a')) {
        auto decoded = decode_saslname(*identity);
        if (!decoded) return decoded.error();
        said.identity = *std::move(decoded);
    } else if (message.starts_with(',')) {
        message.remove_prefix(1);
    } else {
        return error_code(errc::malformed);
    }
    said.text = whole.substr(0, whole.size() - message.size());
    return said;
}

}  // namespace postrider::sasl::gs2
