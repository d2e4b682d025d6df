#include "single_field.hpp"

#include <algorithm>
#include <array>
#include <postrider/mime/field.hpp>

namespace postrider::mime {
namespace {

constexpr std::array<std::string_view, 17> names = {"content-type",
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
static_assert(names.size() == static_cast<std::size_t>(single_field::none));

}  // namespace

single_field single_field_of(std::string_view field_name) noexcept {
    auto const known = std::find_if(names.begin(), names.end(), [&](std::string_view name) {
        return name.size() == field_name.size() && same_name(name, field_name);
    });
    return static_cast<single_field>(known - names.begin());
}

}  // namespace postrider::mime
