#pragma once
#include <postrider/mime/defect.hpp>
#include <string>
#include <string_view>
#include <vector>

/// Message-ID, In-Reply-To, References, Content-ID.                                              RFC 5322 §3.6.4, §4.5.4
///     msg-id = [CFWS] "<" id-left "@" id-right ">" [CFWS]
namespace postrider::mime {

struct msg_id_field {
    /// Without angle brackets, in the order written. Untrusted: an id is whatever its writer liked.
    std::vector<std::string> ids;
    std::vector<defect_kind> defects;
};

/// Total, in linear time. What stands between the ids (phrases of old mailers, commas, comments) is passed over; blanks
/// that a bad fold left inside an id go; an id without "@" counts. Where nothing has angle brackets, bare words with an
/// "@" are taken. An id longer than limits::line_octets is none. Of more than limits::msg_ids the first and the last
/// ones are kept: a thread's root and its nearest ancestors.
msg_id_field parse_msg_ids(std::string_view field_body);

}  // namespace postrider::mime
