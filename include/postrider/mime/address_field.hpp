#pragma once
#include <postrider/mime/address.hpp>
#include <postrider/mime/defect.hpp>
#include <string>
#include <string_view>
#include <vector>

/// From, To, Cc, Reply-To, ... as mail has them: RFC 5322 §3.4 with its obsolete forms, and what mailers do to it.
namespace postrider::mime {

struct address_field {
    /// What is a mailbox beyond doubt, in the order written: each address is one that parse_addr_spec accepts. Names are
    /// UTF-8 with controls as escapes; untrusted, they may look like an address themselves.
    std::vector<address_entry> entries;
    /// Members that are none, as they are written: for people to see, never to send to. The first thousand.
    std::vector<std::string> rejected;
    std::vector<defect_kind> defects;
};

/// Total, in linear time. The body is cut into members at commas and semicolons outside quoted-strings, comments, angle
/// brackets and encoded-words, and a member that makes no sense harms no other. With the defect invalid_address are read:
///     Ann <a@b    <<a@b>>    a@x <a@b>    <mailto:a@b>    a@b.    a@b; c@d    G: a@b
///     a..b@c      as "a..b"@c, which says the same and is well-formed
/// Where two addresses could be meant (`a@b@c`, `<a@b>c@d`, `<a@b> <c@d>`) the member is rejected. Nested groups become
/// one. Encoded-words are decoded after the body was cut; in an addr-spec they are none. limits::addresses mailboxes at
/// most.
address_field parse_address_field(std::string_view field_body);

}  // namespace postrider::mime
