#include <postrider/codec/base64.hpp>
#include <postrider/sign/dkim/error.hpp>
#include <postrider/sign/dkim/verify.hpp>

#include "domain_name.hpp"

namespace postrider::dkim {
namespace {

constexpr std::size_t shown_value = 8;  // RFC 6008 §4: enough of `b` to tell signatures apart

/// Only what was checked: the rest are a stranger's words.
std::vector<mime::authentication_property> properties_of(signature const& says) {
    std::vector<mime::authentication_property> all;
    auto const add = [&](char const* property, std::string value) {
        if (!value.empty()) all.push_back({"header", property, std::move(value)});
    };
    if (is_domain_name(says.domain)) add("d", says.domain);
    add("i", says.identity);
    if (is_domain_name(says.selector)) add("s", says.selector);
    if (is_domain_name(says.algorithm_name)) add("a", says.algorithm_name);
    add("b", codec::encode_base64(says.value).substr(0, shown_value));
    return all;
}

mime::authentication_result result_of(verdict const& one) {
    mime::authentication_result told;
    told.method = "dkim";
    told.result = to_string(one.outcome);
    if (one.reason) told.reason = one.reason.message();
    if (one.key_bits > 0) told.comment = std::to_string(one.key_bits) + "-bit key";
    if (one.testing) told.comment += told.comment.empty() ? "testing" : ", testing";
    told.properties = properties_of(one.signature);
    return told;
}

mime::authentication_result plain_result(std::string result, std::string reason) {
    mime::authentication_result told;
    told.method = "dkim";
    told.result = std::move(result);
    told.reason = std::move(reason);
    return told;
}

}  // namespace

std::string_view to_string(outcome one) noexcept {
    switch (one) {
        case outcome::pass: return "pass";
        case outcome::policy: return "policy";
        case outcome::fail: return "fail";
        case outcome::temperror: return "temperror";
        case outcome::permerror: break;
    }
    return "permerror";
}

std::vector<mime::authentication_result> authentication_results(verification const& of) {
    std::vector<mime::authentication_result> all;
    for (verdict const& one : of.verdicts) all.push_back(result_of(one));
    if (of.unchecked > 0)
        all.push_back(plain_result("neutral", std::to_string(of.unchecked) + " signatures were not checked"));
    if (all.empty()) all.push_back(plain_result("none", {}));
    return all;
}

}  // namespace postrider::dkim
