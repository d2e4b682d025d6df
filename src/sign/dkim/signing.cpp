#include <algorithm>
#include <postrider/core/limits.hpp>
#include <postrider/mime/field.hpp>
#include <postrider/sign/dkim/error.hpp>
#include <postrider/sign/dkim/signer.hpp>

#include "field_picker.hpp"
#include "header_hash.hpp"
#include "signature_writer.hpp"
#include "wire_digest.hpp"

namespace postrider::dkim {
namespace {

/// A name for each field that is signed, and one more where none may be added.
std::vector<std::string> names_to_sign(std::vector<signed_field> const& wanted, field_index const& fields) {
    std::vector<std::string> names;
    for (auto const& [name, sealed] : wanted) {
        std::size_t const there = fields.named(name).size();
        bool const one_more = sealed == seal::always || (sealed == seal::if_present && there > 0);
        names.insert(names.end(), there + one_more, name);
    }
    return names;
}

result<std::string> signature_field(signer const& by, field_index const& fields, std::string const& body_hash,
                                    std::chrono::sys_seconds now) {
    signature_draft const draft{by, names_to_sign(by.options().fields, fields), body_hash, now};
    if (draft.names.size() > limits::dkim_signed_fields) return make_error_code(errc::too_many_fields);
    std::string field = write_without_value(draft);
    field_picker picker(fields, nullptr);
    std::string const hash = header_hash(picker, draft.names, field, by.options().header);
    return with_value(std::move(field), by.key().sign(hash));
}

bool any_has_body(std::span<signer const> signers, canonicalization how) {
    return std::any_of(signers.begin(), signers.end(), [&](signer const& one) { return one.options().body == how; });
}

}  // namespace

result<mime::wire> sign(mime::wire const& mail, std::span<signer const> signers, host const* given) {
    host const& clock = given ? *given : system_host();
    auto const now = std::chrono::floor<std::chrono::seconds>(clock.now());
    auto const reader = mail.reader();
    auto digest = digest_wire(*reader, any_has_body(signers, canonicalization::simple),
                              any_has_body(signers, canonicalization::relaxed));
    if (!digest) return digest.error();
    auto const raw = raw_fields(mime::header_view(digest->header, 0));
    if (raw.size() == limits::header_fields) return make_error_code(errc::header_limit);
    if (!are_all_of({0, digest->header.size()}, raw, digest->header)) return make_error_code(errc::malformed_header);
    field_index const fields(raw);
    if (fields.named("From").empty()) return make_error_code(errc::no_author);

    std::string all;
    for (signer const& one : signers) {
        auto const field = signature_field(one, fields, digest->body_hash(one.options().body), now);
        if (!field) return field.error();
        all += *field;
    }
    mime::wire signed_mail = mail;
    signed_mail.prepend(std::move(all));
    return signed_mail;
}

result<mime::wire> sign(mime::wire const& mail, signer const& by, host const* clock) {
    return sign(mail, std::span(&by, 1), clock);
}

}  // namespace postrider::dkim
