#include "key_check.hpp"

#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <postrider/sign/dkim/error.hpp>

#include "public_key.hpp"

namespace postrider::dkim {
namespace {

bool lists(std::vector<std::string> const& members, std::string_view wanted) {
    return std::any_of(members.begin(), members.end(),
                       [&](std::string const& one) { return ascii::equal_without_case(one, wanted); });
}

/// Whether the record lets its key be used so.
error_code check_use(key_record const& record, signature const& used) {
    std::string_view const kind = used.algorithm == algorithm::rsa_sha256 ? "rsa" : "ed25519";
    if (!ascii::equal_without_case(record.key_type, kind)) return errc::key_of_other_kind;
    if (record.public_octets.empty()) return errc::key_revoked;
    if (!record.hashes.empty() && !lists(record.hashes, "sha256")) return errc::hash_not_allowed;
    if (!lists(record.services, "*") && !lists(record.services, "email")) return errc::service_not_allowed;
    std::string_view const own = std::string_view(used.identity).substr(used.identity.rfind('@') + 1);
    if (record.forbids_subdomains() && !ascii::equal_without_case(own, used.domain)) return errc::subdomain_not_allowed;
    return {};
}

void conclude(verdict& of, outcome what, error_code why = {}) {
    of.outcome = what;
    of.reason = why;
}

}  // namespace

void check_with_key(verdict& of, std::string_view text, std::string_view header_hash) {
    auto const record = parse_key_record(text);
    if (!record) return conclude(of, outcome::permerror, record.error());
    of.testing = record->is_testing();
    if (error_code const wrong = check_use(*record, of.signature)) return conclude(of, outcome::permerror, wrong);
    auto const key = public_key::read(*record, of.signature.algorithm);
    if (!key) return conclude(of, outcome::permerror, key.error());
    of.key_bits = key->bits();
    if (!key->verifies(header_hash, of.signature.value)) return conclude(of, outcome::fail, errc::header_changed);
    conclude(of, outcome::pass);
}

}  // namespace postrider::dkim
