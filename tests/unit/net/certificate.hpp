#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace postrider::test {

/// A folder that goes with its owner.
struct temporary_folder {
    std::filesystem::path path;
    temporary_folder();
    ~temporary_folder();
    temporary_folder(temporary_folder const&) = delete;
};

struct certificate_wish {
    std::string common_name = "localhost";
    std::string alternative_names = "DNS:localhost,IP:127.0.0.1,IP:::1";  ///< as OpenSSL writes them; empty for none
    long valid_from = -3600;                                              ///< seconds from now
    long valid_until = 3600;
    bool is_authority = false;  ///< others can be signed with it
    certificate_wish() {}
};

/// A certificate with its key, in PEM files: self-signed, or signed by another, which then stands behind it.
struct certificate {
    explicit certificate(certificate_wish const& = {}, certificate const* issuer = nullptr);
    temporary_folder folder;
    std::string file, key_file;
    std::string key_fingerprint() const;  ///< SHA-256 of its SubjectPublicKeyInfo, the same way
    std::string fingerprint() const;      ///< SHA-256 of the certificate as it is sent, in hexadecimal digits
};

/// The path of a file with `octets` in it.
std::string write_file(std::filesystem::path const&, std::string const& octets);

}  // namespace postrider::test
