#pragma once
#include <optional>
#include <postrider/mime/parse.hpp>
#include <string>

/// multipart/signed: content and a signature of it.                                                     RFC 1847 §2.1
namespace postrider::mime {

struct signed_content {
    parsed_part content;    ///< its octets() are what was signed, header and all, octet for octet as they are written
    parsed_part signature;  ///< its content() is the signature
    std::string protocol;   ///< lower case, as declared: "application/pkcs7-signature", "application/pgp-signature"
    std::string micalg;     ///< lower case: "sha-256", "pgp-sha512"

    /// What the signature covers as it was signed: with every line end CRLF, whichever they are in this copy.
    std::string canonical_octets() const;
};

/// Of a multipart/signed that has its two parts.
std::optional<signed_content> signed_content_of(parsed_part const&);

}  // namespace postrider::mime
