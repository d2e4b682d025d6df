#include "opendkim.hpp"

#include <sys/types.h>

#include <stdexcept>

#define _Bool bool  // the header is C's
#include <opendkim/dkim.h>
#undef _Bool

namespace dkim_bench {
namespace {

// It takes octets that it does not change as `unsigned char*`.
auto* octets(std::string const& text) {
    return reinterpret_cast<unsigned char*>(const_cast<char*>(text.data()));
}

DKIM_LIB* library() {
    static DKIM_LIB* const opened = dkim_init(nullptr, nullptr);
    return opened;
}

}  // namespace

bool const has_opendkim = true;

std::string sign_with_opendkim(std::string const& message, std::string const& key_pem, bool is_rsa) {
    static const std::string id = "1", selector = "sign", domain = "example.com";
    DKIM_STAT status = DKIM_STAT_OK;
    dkim_alg_t const algorithm = is_rsa ? DKIM_SIGN_RSASHA256 : DKIM_SIGN_ED25519SHA256;
    DKIM* const one = dkim_sign(library(), octets(id), nullptr, octets(key_pem), octets(selector), octets(domain),
                                DKIM_CANON_RELAXED, DKIM_CANON_RELAXED, algorithm, -1, &status);
    unsigned char* field = nullptr;
    std::size_t size = 0;
    bool const done = one && dkim_chunk(one, octets(message), message.size()) == DKIM_STAT_OK &&
                      dkim_chunk(one, nullptr, 0) == DKIM_STAT_OK && dkim_eom(one, nullptr) == DKIM_STAT_OK &&
                      dkim_getsighdr_d(one, 16, &field, &size) == DKIM_STAT_OK;
    if (!done) throw std::runtime_error("OpenDKIM did not sign");
    std::string body(reinterpret_cast<char*>(field), size);
    dkim_free(one);
    return body;
}

}  // namespace dkim_bench
