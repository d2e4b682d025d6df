#include "header_summary.hpp"

#include <algorithm>
#include <array>
#include <postrider/core/ascii.hpp>
#include <string_view>

#include "blanks.hpp"
#include "comments.hpp"

namespace postrider::mime {
namespace {

// RFC 5322 §3.6, and RFC 2045 §3 with RFC 2183 for the fields of MIME.
constexpr std::array<std::string_view, 17> single_fields = {"content-type",
                                                            "content-transfer-encoding",
                                                            "content-disposition",
                                                            "content-id",
                                                            "content-description",
                                                            "mime-version",
                                                            "date",
                                                            "from",
                                                            "sender",
                                                            "reply-to",
                                                            "to",
                                                            "cc",
                                                            "bcc",
                                                            "message-id",
                                                            "in-reply-to",
                                                            "references",
                                                            "subject"};

}  // namespace

header_summary summarize(header_view const& fields) {
    header_summary summary;
    std::array<bool, single_fields.size()> seen{};
    for (field_view const& field : fields) {
        auto const known = std::find_if(single_fields.begin(), single_fields.end(),
                                        [&](std::string_view name) { return same_name(name, field.name); });
        if (known == single_fields.end()) continue;
        auto const which = static_cast<std::size_t>(known - single_fields.begin());
        if (seen[which]) {
            if (!summary.first_duplicate) summary.first_duplicate = field;
            continue;
        }
        seen[which] = true;
        if (which == 0) summary.content_type = field;
        if (which == 1) summary.transfer_encoding = field;
    }
    return summary;
}

std::string parse_transfer_encoding(std::string_view field_body) {
    std::string encoding = ascii::lower(trim(without_comments(unfold(field_body))));
    return encoding.empty() ? "7bit" : encoding;
}

bool is_identity_encoding(std::string_view encoding) noexcept {
    return encoding == "7bit" || encoding == "8bit" || encoding == "binary";
}

}  // namespace postrider::mime
