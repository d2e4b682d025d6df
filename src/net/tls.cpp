#include "tls_context.hpp"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <new>
#include <postrider/proto/step.hpp>
#include <utility>

namespace postrider::net {
namespace {

bool is_ip_address(std::string const& host) {
    unsigned char room[sizeof(in6_addr)];
    return ::inet_pton(AF_INET, host.c_str(), room) == 1 || ::inet_pton(AF_INET6, host.c_str(), room) == 1;
}

// OpenSSL would otherwise ask for the passphrase of an encrypted key on the terminal.
int no_passphrase(char*, int, int, void*) {
    return -1;
}

error_code refuse(std::string& why, std::string what) {
    auto words = openssl_error_words();
    why = words.empty() ? std::move(what) : std::move(what) + ": " + words;
    return io_errc::tls_failed;
}

error_code trust(SSL_CTX* ctx, tls_options const& options, std::string& why) {
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
    bool verifies = !options.accept_any_certificate_dangerously;
    SSL_CTX_set_verify(ctx.get(), verifies ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, nullptr);
    if (auto ec = trust(ctx.get(), options, why)) return ec;
    if (!options.certificate_file.empty())
        if (auto ec = show(ctx.get(), options.certificate_file, options.key_file, why)) return ec;
    return std::make_shared<tls_context>(std::move(ctx), options.host_name, verifies);
}

result<tls_context_ptr> server_tls(std::string const& certificate_file, std::string const& key_file, std::string& why) {
    auto ctx = make_ssl_ctx(TLS_server_method());
    if (auto ec = show(ctx.get(), certificate_file, key_file, why)) return ec;
    return std::make_shared<tls_context>(std::move(ctx), std::string(), false);
}

bool expect_host(SSL* ssl, tls_context const& context, std::string const& host, std::string& why) {
    std::string name = context.expected_host().empty() ? host : context.expected_host();
    if (name.ends_with('.')) name.pop_back();
    if (name.empty()) {
        if (!context.verifies_peer()) return true;
        why = "there is no host name that the certificate could be checked against; give one in tls_options";
        return false;
    }
    if (is_ip_address(name)) return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), name.c_str()) == 1;
    SSL_set_hostflags(ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
    return SSL_set1_host(ssl, name.c_str()) == 1 && SSL_set_tlsext_host_name(ssl, name.c_str()) == 1;
}

std::string openssl_error_words() {
    std::string words;
    while (auto number = ERR_get_error())
        if (char const* reason = ERR_reason_error_string(number)) words = reason;
    return words;
}

std::string failure_words(SSL const* ssl) {
    auto words = openssl_error_words();
    long verdict = SSL_get_verify_result(ssl);
    if (verdict == X509_V_OK || SSL_get_verify_mode(ssl) == SSL_VERIFY_NONE) return words;
    return std::string("certificate verify failed: ") + X509_verify_cert_error_string(verdict);
}

std::string describe(SSL const* ssl) {
    return std::string(SSL_get_version(ssl)) + ' ' + SSL_get_cipher_name(ssl);
}

}  // namespace postrider::net
