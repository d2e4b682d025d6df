#include "tls_context.hpp"

#include <openssl/err.h>

#include <new>
#include <postrider/proto/step.hpp>
#include <utility>

namespace postrider::net {
namespace {

// OpenSSL would otherwise ask for the passphrase of an encrypted key on the terminal.
int no_passphrase(char*, int, int, void*) {
    return -1;
}

error_code refuse(std::string& why, std::string what) {
    auto words = openssl_error_words();
    why = words.empty() ? std::move(what) : std::move(what) + ": " + words;
    return io_errc::tls_failed;
}

error_code show(SSL_CTX* ctx, std::string const& certificate_file, std::string const& key_file, std::string& why) {
    auto const& key = key_file.empty() ? certificate_file : key_file;
    if (SSL_CTX_use_certificate_chain_file(ctx, certificate_file.c_str()) != 1)
        return refuse(why, "cannot read a certificate from " + certificate_file);
    if (SSL_CTX_use_PrivateKey_file(ctx, key.c_str(), SSL_FILETYPE_PEM) != 1)
        return refuse(why, "cannot read the key of the certificate from " + key);
    if (SSL_CTX_check_private_key(ctx) != 1) return refuse(why, "the key in " + key + " does not fit the certificate");
    return {};
}

}  // namespace

ssl_ctx_ptr make_ssl_ctx(SSL_METHOD const* method) {
    ssl_ctx_ptr ctx(SSL_CTX_new(method));
    if (!ctx) throw std::bad_alloc();
    SSL_CTX_set_min_proto_version(ctx.get(), TLS1_2_VERSION);
    SSL_CTX_set_options(ctx.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_mode(ctx.get(),
                     SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_default_passwd_cb(ctx.get(), no_passphrase);
    return ctx;
}

result<tls_context_ptr> client_tls(tls_options const& options, std::string& why) {
    auto ctx = make_ssl_ctx(TLS_client_method());
    auto adopted = options;
    for (auto& text : adopted.fingerprints) {
        auto normal = fingerprint(text);
        if (!normal) return refuse(why, '"' + text + "\" is no SHA-256 fingerprint: 64 hexadecimal digits are due");
        text = *std::move(normal);
    }
    adopted.tlsa = dane::usable(options.tlsa);
    if (adopted.tlsa.empty() && !options.tlsa.empty()) return refuse(why, "none of the TLSA records can be used");
    if (options.least_version == tls_version::tls_1_3) SSL_CTX_set_min_proto_version(ctx.get(), TLS1_3_VERSION);
    set_resumption(ctx.get());
    if (auto ec = set_trust(ctx.get(), adopted, why)) return ec;
    if (!options.certificate_file.empty())
        if (auto ec = show(ctx.get(), options.certificate_file, options.key_file, why)) return ec;
    return std::make_shared<tls_context>(std::move(ctx), std::move(adopted));
}

result<tls_context_ptr> server_tls(std::string const& certificate_file, std::string const& key_file, std::string& why) {
    auto ctx = make_ssl_ctx(TLS_server_method());
    if (auto ec = show(ctx.get(), certificate_file, key_file, why)) return ec;
    return std::make_shared<tls_context>(std::move(ctx));
}

unsigned long last_openssl_error() noexcept {
    unsigned long last = 0;
    while (auto number = ERR_get_error()) last = number;
    return last;
}

std::string openssl_error_words() {
    char const* const reason = ERR_reason_error_string(last_openssl_error());
    return reason ? reason : std::string();
}

}  // namespace postrider::net
