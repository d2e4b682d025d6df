#pragma once
#include <postrider/core/result.hpp>
#include <string>
#include <string_view>

namespace postrider::codec {

/// A domain as DNS knows it: labels beyond ASCII as A-labels, "例子.example" as "xn--fsqu00a.example".
/// IDNA 2008, what is written before it is looked up mapped as UTS #46 says, non-transitionally. RFC 5890-5892
/// `domain`   UTF-8. One in ASCII stays as it is, be it a domain literal.
/// errors     errc::malformed: no UTF-8, a character that no label may hold, a label or name that gets too long
result<std::string> domain_to_ascii(std::string_view domain);

/// A domain as people read it, "xn--fsqu00a.example" as "例子.example". One that makes no sense stays as it is.
std::string domain_to_unicode(std::string_view domain);

/// domain_to_ascii for the domain of an addr-spec.
/// errors     those, and errc::unencodable for a local part beyond ASCII, which has no other form: RFC 6531 §3.2
result<std::string> address_to_ascii(std::string_view address);

}  // namespace postrider::codec
