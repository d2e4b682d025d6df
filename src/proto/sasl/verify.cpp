#include <postrider/proto/sasl/saslprep.hpp>

#include "mechanisms.hpp"

/// What mechanisms share that are given the secret itself.
namespace postrider::sasl {
namespace {

bool is_right_by_keys(server_context const& context, std::string_view user, std::string_view secret) {
    auto const kept = context.keys_of(hash::sha256, user);
    auto const prepared = saslprep(secret);
    auto const iterations = kept ? kept->iterations : context.scram_iterations;
    auto const made =
        make_scram_keys(hash::sha256, prepared ? *prepared : "nobody", kept ? kept->salt : "", iterations);
    return kept && prepared && equal_in_constant_time(made.stored_key, kept->stored_key);
}

}  // namespace

error_code check_form(credentials const& who) noexcept {
    auto const has_nul = [](std::string const& text) { return text.find('\0') != text.npos; };
    if (has_nul(who.user) || has_nul(who.secret) || has_nul(who.identity)) return errc::bad_credentials_form;
    return {};
}

bool lets_everybody_in(server_context const& context) noexcept {
    return !context.secret_of && !context.keys_of && !context.user_of_token && !context.external_user &&
           !context.anonymous;
}

bool is_right(server_context const& context, std::string_view user, std::string_view secret) {
    if (lets_everybody_in(context)) return true;
    if (!context.secret_of) return is_right_by_keys(context, user, secret);
    auto const known = context.secret_of(user);
    // Digests are of one length, so that not even the secret's length shows in the time.
    bool const equal = equal_in_constant_time(sha256(known.value_or("")), sha256(secret));
    return known.has_value() && equal;
}

}  // namespace postrider::sasl
