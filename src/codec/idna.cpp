#include <idn2.h>

#include <algorithm>
#include <memory>
#include <postrider/codec/charset.hpp>
#include <postrider/codec/error.hpp>
#include <postrider/codec/idna.hpp>
#include <postrider/core/ascii.hpp>

namespace postrider::codec {
namespace {

/// Mapping makes "＞" a ">", and passes over labels that are empty.
bool is_host_name(std::string_view name) noexcept {
    bool const has_empty_label = name.starts_with('.') || name.find("..") != name.npos;
    return !has_empty_label && std::all_of(name.begin(), name.end(), [](char c) {
        return ascii::is_alnum(c) || c == '-' || c == '.' || c == '_';
    });
}

}  // namespace

result<std::string> domain_to_ascii(std::string_view domain) {
    if (is_ascii(domain)) return std::string(domain);
    if (domain.find('\0') != domain.npos) return errc::malformed;
    char* made = nullptr;
    int const outcome = idn2_to_ascii_8z(std::string(domain).c_str(), &made, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
    std::unique_ptr<char, decltype(&idn2_free)> const owner(made, idn2_free);
    if (outcome != IDN2_OK || !is_host_name(made)) return errc::malformed;
    return std::string(made);
}

std::string domain_to_unicode(std::string_view domain) {
    if (domain.find('\0') != domain.npos) return std::string(domain);
    char* made = nullptr;
    int const outcome = idn2_to_unicode_8z8z(std::string(domain).c_str(), &made, 0);
    std::unique_ptr<char, decltype(&idn2_free)> const owner(made, idn2_free);
    return outcome == IDN2_OK ? std::string(made) : std::string(domain);
}

result<std::string> address_to_ascii(std::string_view address) {
    auto const at = address.rfind('@');
    if (!is_ascii(address.substr(0, at))) return errc::unencodable;
    if (at == address.npos) return std::string(address);
    auto domain = domain_to_ascii(address.substr(at + 1));
    if (!domain) return domain.error();
    return std::string(address.substr(0, at + 1)) + *domain;
}

}  // namespace postrider::codec
