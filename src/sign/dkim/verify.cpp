#include <algorithm>
#include <map>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/sign/dkim/error.hpp>
#include <postrider/sign/dkim/verify.hpp>

#include "body_hash.hpp"
#include "field_picker.hpp"
#include "header_hash.hpp"
#include "key_check.hpp"

namespace postrider::dkim {
namespace {

constexpr std::string_view signature_name = "DKIM-Signature";

std::string_view body_of(raw_field const& field) noexcept {
    return field.octets.substr(field.name.size() + 1);
}

/// Fields that stand once at most, and that people or their programs see.                           RFC 5322 §3.6
constexpr std::string_view single_fields[] = {"From",
                                              "Sender",
                                              "Reply-To",
                                              "To",
                                              "Cc",
                                              "Subject",
                                              "Date",
                                              "Message-ID",
                                              "MIME-Version",
                                              "Content-Type",
                                              "Content-Transfer-Encoding"};

/// Beyond a limit fields are not listed; then nobody can say that none of them was added.
bool is_cut(mime::parsed_part const& root) {
    auto const defects = root.defects();
    return std::any_of(defects.begin(), defects.end(), [](mime::defect const& one) {
        return one.kind == mime::defect_kind::header_octets_limit || one.kind == mime::defect_kind::header_fields_limit;
    });
}

/// Also an empty line stands before the body.
bool is_well_formed(mime::parsed_message const& message, std::vector<raw_field> const& fields) {
    mime::octet_range const header = message.root().header_range(), body = message.root().body_range();
    bool const has_end = body.size() == 0 || body.begin > header.end;
    return has_end && are_all_of(header, fields, message.octets());
}

error_code header_defect(mime::parsed_message const& message, std::vector<raw_field> const& fields) {
    if (is_cut(message.root())) return errc::header_limit;
    return is_well_formed(message, fields) ? error_code() : errc::malformed_header;
}

/// One message, checked signature by signature.
class message_check {
public:
    message_check(mime::parsed_message const& message, txt_lookup const& lookup, verify_options const& options)
        : fields_(raw_fields(message.root().fields())),
          index_(fields_),
          body_(message.root().body()),
          header_defect_(header_defect(message, fields_)),
          lookup_(lookup),
          options_(options),
          now_((options.host ? *options.host : system_host()).now()) {}

    verification check() {
        verification all;
        for (raw_field const& field : fields_) {
            if (!mime::same_name(field.name, signature_name)) continue;
            if (all.verdicts.size() == limits::dkim_signatures) {
                ++all.unchecked;
            } else {
                verdict& one = all.verdicts.emplace_back();
                one.signature = parse_signature(body_of(field));
                one.offset = field.offset;
                check(one, field);
            }
        }
        return all;
    }

private:
    struct hashed_body {
        std::string hash;
        std::uint64_t octets;
    };

    void check(verdict& one, raw_field const& field) {
        signature const& says = one.signature;
        one.outcome = outcome::permerror;
        if ((one.reason = says.defect)) return;
        if ((one.reason = header_defect_)) return;
        hashed_body const& body = hash_body(says);
        if (says.body_octets.value_or(0) > body.octets)
            return conclude(one, outcome::permerror, errc::length_beyond_body);
        if (body.hash != says.body_hash) return conclude(one, outcome::fail, errc::body_changed);
        one.body_octets_uncovered = body.octets - says.body_octets.value_or(body.octets);
        check_keys(one, field);
        if (one.outcome == outcome::pass) check_policy(one);
    }

    static void conclude(verdict& one, outcome what, errc why) {
        one.outcome = what;
        one.reason = why;
    }

    /// Where DNS has several records, the one that makes the most of the signature counts.
    void check_keys(verdict& one, raw_field const& field) {
        auto const records = lookup_(key_name(one.signature.selector, one.signature.domain));
        if (!records) return conclude(one, outcome::temperror, errc::key_unavailable);
        if (records->empty()) return conclude(one, outcome::permerror, errc::no_key);

        field_picker picker(index_, &field);
        std::string const hash = header_hash(picker, one.signature.signed_fields, field.octets, one.signature.header);
        std::size_t const tried = std::min(records->size(), limits::dkim_key_records);
        check_with_key(one, records->front(), hash);
        for (std::size_t at = 1; at < tried && one.outcome != outcome::pass; ++at) {
            verdict other = one;
            check_with_key(other, (*records)[at], hash);
            bool const was_no_record = one.reason == errc::bad_key_record;
            if (was_no_record || other.outcome < one.outcome) one = std::move(other);
        }
    }

    /// What is right and does not count all the same.
    void check_policy(verdict& one) const {
        signature const& says = one.signature;
        auto const because = [&](errc why) { conclude(one, outcome::policy, why); };
        if (says.algorithm == algorithm::rsa_sha256 && one.key_bits < limits::dkim_least_key_bits)
            return because(errc::key_too_short);
        if (says.expires_at && now_ - options_.clock_skew >= *says.expires_at) return because(errc::expired);
        if (says.signed_at && now_ + options_.clock_skew < *says.signed_at) return because(errc::not_yet_valid);
        if (one.body_octets_uncovered > 0 && !options_.accept_partial_body) return because(errc::partial_body);
        if (has_added_field(says)) return because(errc::added_field);
    }

    bool has_added_field(signature const& says) const {
        return std::any_of(std::begin(single_fields), std::end(single_fields), [&](std::string_view name) {
            auto const signed_ones = static_cast<std::size_t>(
                std::count_if(says.signed_fields.begin(), says.signed_fields.end(),
                              [&](std::string const& one) { return mime::same_name(one, name); }));
            return signed_ones > 0 && index_.named(name).size() > signed_ones;
        });
    }

    /// Signatures that want the same hash share it.
    hashed_body const& hash_body(signature const& says) {
        auto const [at, is_new] = bodies_.try_emplace({says.body, says.body_octets});
        if (is_new) {
            body_hash hash(says.body, says.body_octets.value_or(std::numeric_limits<std::uint64_t>::max()));
            hash.put(body_);
            at->second.hash = hash.finish();
            at->second.octets = hash.size();
        }
        return at->second;
    }

    std::vector<raw_field> const fields_;
    field_index const index_;
    std::string_view const body_;
    error_code const header_defect_;
    txt_lookup const& lookup_;
    verify_options const& options_;
    host::time_point const now_;
    std::map<std::pair<canonicalization, std::optional<std::uint64_t>>, hashed_body> bodies_;
};

}  // namespace

verdict const* verification::passed(std::string_view domain) const noexcept {
    auto const found = std::find_if(verdicts.begin(), verdicts.end(), [&](verdict const& one) {
        return one.outcome == outcome::pass && ascii::equal_without_case(one.signature.domain, domain);
    });
    return found == verdicts.end() ? nullptr : &*found;
}

verification verify(mime::parsed_message const& message, txt_lookup const& lookup, verify_options const& options) {
    return message_check(message, lookup, options).check();
}

verification verify(std::string_view octets, txt_lookup const& lookup, verify_options const& options) {
    return verify(mime::parse(octets, {.headers_only = true}), lookup, options);
}

std::vector<std::string> key_names(std::string_view octets) {
    std::vector<std::string> names;
    auto const message = mime::parse(octets, {.headers_only = true});
    std::size_t seen = 0;
    for (auto const& field : message.root().fields()) {
        if (!mime::same_name(field.name, signature_name) || seen++ >= limits::dkim_signatures) continue;
        auto const says = parse_signature(field.body);
        if (says.defect) continue;
        std::string name = key_name(says.selector, says.domain);
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
    }
    return names;
}

}  // namespace postrider::dkim
