#include <postrider/core/error.hpp>
#include <postrider/sign/dkim/error.hpp>
#include <string>

namespace postrider::dkim {
namespace {

struct dkim_category final : std::error_category {
    char const* name() const noexcept override { return "postrider.dkim"; }

    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::bad_key: return "not an RSA or Ed25519 key";
            case errc::encrypted_key: return "the key is behind a pass phrase";
            case errc::key_too_short: return "the RSA key has less than 1024 bits";
            case errc::key_too_long: return "the RSA key is longer than anybody checks";
            case errc::bad_domain: return "not a domain name";
            case errc::bad_selector: return "not a selector";
            case errc::bad_identity: return "the identity is no address at or below the domain";
            case errc::bad_field_name: return "not a field name";
            case errc::from_not_signed: return "the From field is not signed";
            case errc::too_many_fields: return "too many fields are signed";
            case errc::bad_times: return "the signature ends before it begins";
            case errc::no_author: return "the message has no From field";
            case errc::header_limit: return "the header is too long";
            case errc::malformed_header: return "the header has lines that are no fields";
            case errc::malformed: return "the signature field is malformed";
            case errc::missing_tag: return "the signature field lacks a tag";
            case errc::unsupported_version: return "the signature's version is not known";
            case errc::unsupported_algorithm: return "the signature's algorithm is not known";
            case errc::obsolete_algorithm: return "rsa-sha1 does not count any more";
            case errc::unsupported_canonicalization: return "the signature's canonicalization is not known";
            case errc::unsupported_query: return "the key is not in DNS";
            case errc::length_beyond_body: return "more of the body is signed than there is";
            case errc::key_unavailable: return "DNS failed for now";
            case errc::no_key: return "there is no key record";
            case errc::bad_key_record: return "the key record is malformed";
            case errc::key_revoked: return "the key was revoked";
            case errc::key_of_other_kind: return "the key is of another kind than the signature";
            case errc::hash_not_allowed: return "the key is not for this hash";
            case errc::service_not_allowed: return "the key is not for mail";
            case errc::subdomain_not_allowed: return "the key is not for subdomains";
            case errc::body_changed: return "the body was changed";
            case errc::header_changed: return "the header was changed, or another key signed it";
            case errc::expired: return "the signature has expired";
            case errc::not_yet_valid: return "the signature is from the future";
            case errc::partial_body: return "the end of the body is not signed";
            case errc::added_field: return "a field was added that may stand only once";
        }
        return "unknown error";
    }

    std::error_condition default_error_condition(int value) const noexcept override {
        bool const is_transient = static_cast<errc>(value) == errc::key_unavailable;
        return make_error_condition(is_transient ? condition::transient : condition::permanent);
    }
};

}  // namespace

std::error_category const& category() noexcept {
    static const dkim_category instance;
    return instance;
}

std::error_code make_error_code(errc e) noexcept {
    return {static_cast<int>(e), category()};
}

}  // namespace postrider::dkim
