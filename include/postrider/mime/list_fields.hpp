#pragma once
#include <optional>
#include <postrider/mime/defect.hpp>
#include <string>
#include <string_view>
#include <vector>

/// What a mailing list says of itself: List-Help, List-Unsubscribe, List-Subscribe, List-Post, List-Owner, List-Archive
/// (RFC 2369), List-Id (RFC 2919), List-Unsubscribe-Post (RFC 8058).
namespace postrider::mime {

/// `<https://lists.example/u?x>, <mailto:u@lists.example>`
struct list_uris {
    std::vector<std::string> uris;  ///< in the order of preference; untrusted: any scheme may stand there
    bool none = false;              ///< "NO": List-Post of a list that nobody may write to
    std::vector<defect_kind> defects;
};

/// Total. Comments are passed over, and blanks inside the brackets go (RFC 2369 §2). A URI without brackets counts, with
/// a defect; what has no scheme is none. limits::listed_values URIs at most.
list_uris parse_list_uris(std::string_view field_body);

/// `Our news <news.lists.example>`
struct list_id {
    std::string id;           ///< compare without case
    std::string description;  ///< UTF-8, controls as escapes
    std::vector<defect_kind> defects;
};
list_id parse_list_id(std::string_view field_body);

/// The URI to POST `List-Unsubscribe=One-Click` to: the first https one of List-Unsubscribe, where
/// List-Unsubscribe-Post allows it. RFC 8058 §4 asks that a valid DKIM signature cover both fields.
std::optional<std::string> one_click_unsubscribe(std::string_view list_unsubscribe,
                                                 std::string_view list_unsubscribe_post);

}  // namespace postrider::mime
