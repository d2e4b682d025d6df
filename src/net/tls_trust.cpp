#include <arpa/inet.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <postrider/core/digest.hpp>
#include <postrider/proto/step.hpp>

#include "tls_context.hpp"

namespace postrider::net {
namespace {

constexpr std::size_t fingerprint_digits = 64;

bool is_ip_address(std::string const& host) {
    unsigned char room[sizeof(in6_addr)];
    return ::inet_pton(AF_INET, host.c_str(), room) == 1 || ::inet_pton(AF_INET6, host.c_str(), room) == 1;
}

error_code refuse(std::string& why, std::string what) {
    why = std::move(what) + ": " + openssl_error_words();
    return io_errc::tls_failed;
}

/// Where a connection keeps its context. OpenSSL numbers such places once for a program; Asio uses the first.
int context_index() {
    static int const index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return index;
}

bool is_expected(X509 const* shown, tls_context const& context) {
    auto const& expected = context.options().fingerprints;
    return std::find(expected.begin(), expected.end(), fingerprint_of(shown)) != expected.end();
}

/// Stands where X509_verify_cert would. Its verdict stays readable as SSL_get_verify_result.
int verify(X509_STORE_CTX* store, void*) {
    auto* ssl = static_cast<SSL*>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
    auto const* context = context_of(ssl);
    X509 const* const shown = X509_STORE_CTX_get0_cert(store);
    if (!context || !shown || (context->is_pinned() && !is_expected(shown, *context))) {
        X509_STORE_CTX_set_error(store, X509_V_ERR_APPLICATION_VERIFICATION);
        return 0;
    }
    if (context->checks_chain()) return X509_verify_cert(store);
    X509_STORE_CTX_set_error(store, X509_V_OK);
    return 1;
}

/// OpenSSL asks whether anybody keeps it. In TLS 1.3 a session comes with each ticket, behind the handshake.
int keep_session(SSL* ssl, SSL_SESSION* session) {
    auto const* const context = context_of(ssl);
    if (!context || !context->sessions()) return 0;
    context->sessions()->keep(expected_name(ssl), session_ptr(session));
    return 1;
}

void offer_session(SSL* ssl, tls_context const& context) {
    auto const session = context.sessions() ? context.sessions()->take(expected_name(ssl)) : nullptr;
    if (session) SSL_set_session(ssl, session.get());
}

bool set_expected_name(SSL* ssl, std::string const& name) {
    if (is_ip_address(name)) return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), name.c_str()) == 1;
    SSL_set_hostflags(ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
    return SSL_set1_host(ssl, name.c_str()) == 1 && SSL_set_tlsext_host_name(ssl, name.c_str()) == 1;
}

/// Puts TLSA records in the place of trusted authorities; `name` is where they stand in DNS.
bool set_tlsa(SSL* ssl, tls_context const& context, std::string const& name) {
    if (!context.has_tlsa()) return true;
    if (SSL_dane_enable(ssl, name.c_str()) <= 0) return false;
    // RFC 7672 §3.1.1: the domain vouches for the key, whatever else the certificate says.
    SSL_dane_set_flags(ssl, DANE_FLAG_NO_DANE_EE_NAMECHECKS);
    bool any = false;
    for (auto const& record : context.options().tlsa) {
        auto const* data = reinterpret_cast<unsigned char const*>(record.data.data());
        any |= SSL_dane_tlsa_add(ssl, record.usage, record.selector, record.matching, data, record.data.size()) > 0;
    }
    return any;
}

bool add_other_names(SSL* ssl, tls_context const& context) {
    auto const& names = context.options().other_names;
    return std::all_of(names.begin(), names.end(),
                       [&](auto const& name) { return SSL_add1_host(ssl, name.c_str()) == 1; });
}

struct text_deleter {
    void operator()(char* text) const noexcept { OPENSSL_free(text); }
};

}  // namespace

std::optional<std::string> fingerprint(std::string_view text) {
    std::string digits;
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool const between_octets = text[i] == ':' && !digits.empty() && digits.size() % 2 == 0 && text[i - 1] != ':';
        if (between_octets) continue;
        digits += ascii::lower(text.substr(i, 1));
    }
    bool const is_hex = digits.find_first_not_of("0123456789abcdef") == digits.npos;
    if (digits.size() != fingerprint_digits || !is_hex || text.back() == ':') return std::nullopt;
    return digits;
}

std::string fingerprint_of(X509 const* certificate) {
    unsigned char room[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (X509_digest(certificate, EVP_sha256(), room, &size) != 1) return {};
    return to_hex({reinterpret_cast<char*>(room), size});
}

error_code set_trust(SSL_CTX* ctx, tls_options const& options, std::string& why) {
    bool const takes_anybody =
        options.accept_any_certificate_dangerously && options.fingerprints.empty() && options.tlsa.empty();
    SSL_CTX_set_verify(ctx, takes_anybody ? SSL_VERIFY_NONE : SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_cert_verify_callback(ctx, verify, nullptr);
    if (!options.tlsa.empty() && SSL_CTX_dane_enable(ctx) <= 0) return refuse(why, "cannot use TLSA records");
    if (options.ca_file.empty()) {
        if (SSL_CTX_set_default_verify_paths(ctx) != 1)
            return refuse(why, "cannot load the system's trusted certificates");
        return {};
    }
    if (SSL_CTX_load_verify_file(ctx, options.ca_file.c_str()) != 1)
        return refuse(why, "cannot read trusted certificates from " + options.ca_file);
    // What stands in the file is trusted as it is, a server's own certificate too.
    X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(ctx), X509_V_FLAG_PARTIAL_CHAIN);
    return {};
}

bool expect_host(SSL* ssl, tls_context const& context, std::string const& host, std::string& why) {
    // The callbacks that find it there treat it as constant, or guard what they change.
    if (SSL_set_ex_data(ssl, context_index(), const_cast<tls_context*>(&context)) != 1) return false;
    auto const& other = context.options().host_name;
    std::string name = other.empty() ? host : other;
    if (name.ends_with('.')) name.pop_back();
    if (name.empty() && context.checks_chain()) {
        why = "there is no host name that the certificate could be checked against; give one in tls_options";
        return false;
    }
    if (!name.empty() && !set_expected_name(ssl, name)) return false;
    if (!set_tlsa(ssl, context, name)) {
        why = "none of the TLSA records can be used: " + openssl_error_words();
        return false;
    }
    if (!add_other_names(ssl, context)) return false;
    offer_session(ssl, context);
    return true;
}

std::string expected_name(SSL* ssl) {
    auto* const wish = SSL_get0_param(ssl);
    if (char const* const host = X509_VERIFY_PARAM_get0_host(wish, 0)) return host;
    std::unique_ptr<char, text_deleter> const address(X509_VERIFY_PARAM_get1_ip_asc(wish));
    return address ? address.get() : "";
}

void set_resumption(SSL_CTX* ctx) {
    SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(ctx, keep_session);
}

tls_context const* context_of(SSL const* ssl) noexcept {
    return static_cast<tls_context const*>(SSL_get_ex_data(ssl, context_index()));
}

}  // namespace postrider::net
