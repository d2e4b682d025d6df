#include "link.hpp"

#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>

namespace sink {
namespace {

[[noreturn]] void give_up(char const* what) {
    std::fprintf(stderr, "sink: %s\n", what);
    std::exit(70);
}

struct x509_deleter {
    void operator()(X509* certificate) const noexcept { X509_free(certificate); }
    void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
    void operator()(X509_EXTENSION* extension) const noexcept { X509_EXTENSION_free(extension); }
};

std::unique_ptr<X509, x509_deleter> make_certificate(EVP_PKEY* key) {
    std::unique_ptr<X509, x509_deleter> certificate(X509_new());
    auto* const it = certificate.get();
    auto* const name = X509_get_subject_name(it);
    auto const* const host = reinterpret_cast<unsigned char const*>("localhost");
    X509_set_version(it, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(it), 1);
    X509_gmtime_adj(X509_getm_notBefore(it), -60);
    X509_gmtime_adj(X509_getm_notAfter(it), 24 * 60 * 60);
    X509_set_pubkey(it, key);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, host, -1, -1, 0);
    X509_set_issuer_name(it, name);
    std::unique_ptr<X509_EXTENSION, x509_deleter> names(
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1"));
    X509_add_ext(it, names.get(), -1);
    if (X509_sign(it, key, EVP_sha256()) == 0) give_up("no certificate can be made");
    return certificate;
}

}  // namespace

tls_context make_tls_context(char const* file) {
    std::unique_ptr<EVP_PKEY, x509_deleter> key(EVP_EC_gen("P-256"));
    auto const certificate = make_certificate(key.get());
    tls_context context(SSL_CTX_new(TLS_server_method()));
    SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    bool const good = SSL_CTX_use_certificate(context.get(), certificate.get()) == 1 &&
                      SSL_CTX_use_PrivateKey(context.get(), key.get()) == 1;
    std::FILE* const out = std::fopen(file, "w");
    if (!good || !out || PEM_write_X509(out, certificate.get()) != 1) give_up("the certificate cannot be used");
    std::fclose(out);
    return context;
}

link::~link() {
    tls_.reset();
    ::close(socket_);
}

void link::start_tls(SSL_CTX* context) {
    tls_.reset(SSL_new(context));
    SSL_set_fd(tls_.get(), socket_);
    SSL_set_accept_state(tls_.get());
}

link::wish link::wish_after(int result) const {
    switch (SSL_get_error(tls_.get(), result)) {
        case SSL_ERROR_WANT_READ: return wish::to_read;
        case SSL_ERROR_WANT_WRITE: return wish::to_write;
        default: return wish::to_close;
    }
}

link::wish link::read(std::span<char> room, std::size_t& got) {
    if (tls_) {
        int const result = SSL_read_ex(tls_.get(), room.data(), room.size(), &got);
        return result == 1 ? wish::nothing : wish_after(result);
    }
    auto const result = ::recv(socket_, room.data(), room.size(), 0);
    if (result <= 0) return result < 0 && errno == EAGAIN ? wish::to_read : wish::to_close;
    got = static_cast<std::size_t>(result);
    return wish::nothing;
}

link::wish link::write(std::string_view octets, std::size_t& gone) {
    if (tls_) {
        int const result = SSL_write_ex(tls_.get(), octets.data(), octets.size(), &gone);
        return result == 1 ? wish::nothing : wish_after(result);
    }
    auto const result = ::send(socket_, octets.data(), octets.size(), MSG_NOSIGNAL);
    if (result < 0) return errno == EAGAIN ? wish::to_write : wish::to_close;
    gone = static_cast<std::size_t>(result);
    return wish::nothing;
}

}  // namespace sink
