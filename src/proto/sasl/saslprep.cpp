#include <idn-free.h>
#include <stringprep.h>

#include <algorithm>
#include <memory>
#include <postrider/codec/charset.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/proto/sasl/mechanism.hpp>
#include <postrider/proto/sasl/saslprep.hpp>

namespace postrider::sasl {
namespace {

struct freed {
    void operator()(char* text) const noexcept { idn_free(text); }
};

bool is_plain_ascii(std::string_view text) noexcept {
    return std::none_of(text.begin(), text.end(), [](char c) { return ascii::is_8bit(c) || ascii::is_control(c); });
}

}  // namespace

result<std::string> saslprep(std::string_view text, unassigned code_points) {
    bool const too_long = text.size() > limits::saslprep_octets;
    if (text.empty() || too_long) return error_code(errc::bad_credentials_form);
    if (is_plain_ascii(text)) return std::string(text);
    if (text.find('\0') != text.npos || !codec::is_utf8(text)) return error_code(errc::bad_credentials_form);
    auto const flags = code_points == unassigned::allowed ? Stringprep_profile_flags{} : STRINGPREP_NO_UNASSIGNED;
    char* made = nullptr;
    int const outcome = stringprep_profile(std::string(text).c_str(), &made, "SASLprep", flags);
    std::unique_ptr<char, freed> const prepared(made);
    if (outcome != STRINGPREP_OK || *prepared.get() == '\0') return error_code(errc::bad_credentials_form);
    return std::string(prepared.get());
}

}  // namespace postrider::sasl
