#include "single_field.hpp"

#include <algorithm>
#include <array>
#include <postrider/mime/field.hpp>

namespace postrider::mime {
namespace {

constexpr std::array<std::string_view, 17> names = {"to",
                                                    "cc",
                                                    "bcc",
                                                    "from",
                                                    "date",
                                                    "sender",
                                                    "subject",
                                                    "reply-to",
                                                    "content-id",
                                                    "message-id",
                                                    "references",
                                                    "in-reply-to",
                                                    "content-type",
                                                    "mime-version",
                                                    "content-disposition",
                                                    "content-description",
                                                    "content-transfer-encoding"};
constexpr std::size_t longest = names.back().size();
static_assert(names.size() == static_cast<std::size_t>(single_field::none));
static_assert(std::ranges::is_sorted(names, {}, &std::string_view::size));

/// For each length, the first name that is as long or longer.
constexpr auto first_of_size = [] {
    std::array<std::size_t, longest + 2> first{};
    for (std::size_t size = 0; size < first.size(); ++size)
        while (first[size] < names.size() && names[first[size]].size() < size) ++first[size];
    return first;
}();

}  // namespace

single_field single_field_of(std::string_view field_name) noexcept {
    std::size_t const size = field_name.size();
    if (size > longest) return single_field::none;
    for (std::size_t i = first_of_size[size]; i < first_of_size[size + 1]; ++i)
        if (same_name(names[i], field_name)) return static_cast<single_field>(i);
    return single_field::none;
}

}  // namespace postrider::mime
