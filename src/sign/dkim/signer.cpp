#include <algorithm>
#include <postrider/core/limits.hpp>
#include <postrider/mime/field.hpp>
#include <postrider/sign/dkim/error.hpp>
#include <postrider/sign/dkim/key_record.hpp>
#include <postrider/sign/dkim/signer.hpp>

#include "domain_name.hpp"
#include "identity.hpp"

namespace postrider::dkim {
namespace {

constexpr std::size_t identity_octets = 64 + 1 + 253;  // RFC 5321 §4.5.3.1

/// ftext, but for what has a meaning in a tag-list.                                      RFC 5322 §2.2, RFC 6376 §3.2
bool is_field_name(std::string_view name) noexcept {
    auto const fits = [](char c) { return c > ' ' && c < '\x7f' && c != ':' && c != ';'; };
    return !name.empty() && name.size() <= limits::dkim_field_name_octets &&
           std::all_of(name.begin(), name.end(), fits);
}

error_code check(signer_options const& says) {
    if (!is_domain_name(says.domain)) return errc::bad_domain;
    if (!is_domain_name(key_name(says.selector, says.domain))) return errc::bad_selector;
    if (!says.identity.empty() &&
        (says.identity.size() > identity_octets || !is_identity_of(says.identity, says.domain)))
        return errc::bad_identity;
    if (says.expires_after && says.expires_after->count() <= 0) return errc::bad_times;
    bool has_from = false;
    for (auto const& field : says.fields) {
        if (!is_field_name(field.name)) return errc::bad_field_name;
        has_from = has_from || mime::same_name(field.name, "From");
    }
    return has_from ? error_code() : errc::from_not_signed;
}

}  // namespace

std::vector<signed_field> const& recommended_fields() {
    // Date and Message-ID, where they are missing, are supplied by servers that mail is submitted to: RFC 6409 §8.
    static const std::vector<signed_field> fields{
        {"From", seal::always},
        {"Sender", seal::open},
        {"Reply-To", seal::always},
        {"Subject", seal::always},
        {"Date", seal::if_present},
        {"Message-ID", seal::if_present},
        {"To", seal::always},
        {"Cc", seal::always},
        {"In-Reply-To", seal::if_present},
        {"References", seal::if_present},
        {"MIME-Version", seal::always},
        {"Content-Type", seal::always},
        {"Content-Transfer-Encoding", seal::always},
        {"Content-ID", seal::open},
        {"Content-Description", seal::open},
        {"Resent-Date", seal::open},
        {"Resent-From", seal::open},
        {"Resent-Sender", seal::open},
        {"Resent-To", seal::open},
        {"Resent-Cc", seal::open},
        {"Resent-Message-ID", seal::open},
        {"List-Id", seal::open},
        {"List-Help", seal::open},
        {"List-Unsubscribe", seal::if_present},
        {"List-Unsubscribe-Post", seal::if_present},
        {"List-Subscribe", seal::open},
        {"List-Post", seal::open},
        {"List-Owner", seal::open},
        {"List-Archive", seal::open},
    };
    return fields;
}

result<signer> signer::make(private_key key, signer_options options) {
    if (error_code const wrong = check(options)) return wrong;
    return signer(std::move(key), std::move(options));
}

}  // namespace postrider::dkim
