#include <algorithm>
#include <array>
#include <postrider/core/ascii.hpp>
#include <postrider/core/digest.hpp>
#include <postrider/core/error.hpp>
#include <postrider/proto/sasl/mechanism.hpp>
#include <utility>

#include "mechanisms.hpp"

namespace postrider::sasl {
namespace {

struct sasl_category final : std::error_category {
    char const* name() const noexcept override { return "postrider.sasl"; }
    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::malformed: return "the message does not have the mechanism's form";
            case errc::refused: return "the credentials are not right";
            case errc::out_of_turn: return "a message came where none was due";
            case errc::bad_credentials_form: return "user, password or identity holds a NUL";
        }
        return "unknown error";
    }
    std::error_condition default_error_condition(int) const noexcept override { return condition::permanent; }
};

struct known_mechanism {
    std::string_view name;
    std::unique_ptr<client_mechanism> (*client)(credentials const&);
    std::unique_ptr<server_mechanism> (*server)(secret_lookup, std::string);
};

// The best first. CRAM-MD5 leads, as smtplib has it: its secret cannot be read from the wire.
constexpr std::array known_mechanisms{
    known_mechanism{"CRAM-MD5", make_cram_md5_client, make_cram_md5_server},
    known_mechanism{"PLAIN", make_plain_client, make_plain_server},
    known_mechanism{"LOGIN", make_login_client, make_login_server},
};

known_mechanism const* find(std::string_view name) noexcept {
    for (auto const& mechanism : known_mechanisms)
        if (ascii::equal_without_case(mechanism.name, name)) return &mechanism;
    return nullptr;
}

}  // namespace

std::error_category const& category() noexcept {
    static const sasl_category instance;
    return instance;
}

error_code make_error_code(errc e) noexcept {
    return {static_cast<int>(e), category()};
}

std::unique_ptr<client_mechanism> make_client(std::string_view name, credentials const& who) {
    auto const* mechanism = find(name);
    return mechanism ? mechanism->client(who) : nullptr;
}

std::unique_ptr<server_mechanism> make_server(std::string_view name, secret_lookup secret_of,
                                              std::string challenge_seed) {
    auto const* mechanism = find(name);
    return mechanism ? mechanism->server(std::move(secret_of), std::move(challenge_seed)) : nullptr;
}

std::vector<std::string> preferred(std::vector<std::string> const& offered) {
    std::vector<std::string> chosen;
    for (auto const& mechanism : known_mechanisms)
        if (std::any_of(offered.begin(), offered.end(),
                        [&](auto const& name) { return ascii::equal_without_case(name, mechanism.name); }))
            chosen.emplace_back(mechanism.name);
    return chosen;
}

error_code check_form(credentials const& who) noexcept {
    auto const has_nul = [](std::string const& text) { return text.find('\0') != text.npos; };
    if (has_nul(who.user) || has_nul(who.secret) || has_nul(who.identity)) return errc::bad_credentials_form;
    return {};
}

bool is_right(secret_lookup const& secret_of, std::string_view user, std::string_view secret) {
    if (!secret_of) return true;
    auto const known = secret_of(user);
    // Digests are of one length, so that not even the secret's length shows in the time.
    bool const equal = equal_in_constant_time(sha256(known.value_or("")), sha256(secret));
    return known.has_value() && equal;
}

}  // namespace postrider::sasl
