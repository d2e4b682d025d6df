#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <postrider/lint/check.hpp>
#include <string_view>

#include "catalogue/authentication.hpp"
#include "catalogue/bulk.hpp"
#include "catalogue/compatibility.hpp"
#include "catalogue/content.hpp"
#include "catalogue/headers.hpp"
#include "catalogue/images.hpp"
#include "catalogue/links.hpp"
#include "catalogue/size.hpp"
#include "catalogue/spam.hpp"

namespace postrider::lint {

template <std::size_t... Sizes>
constexpr auto joined(std::array<check, Sizes> const&... groups) {
    std::array<check, (Sizes + ...)> all{};
    auto at = all.begin();
    ((at = std::copy(groups.begin(), groups.end(), at)), ...);
    return all;
}

inline constexpr auto all_checks = joined(authentication_checks, content_checks, images_checks, headers_checks,
                                          size_checks, links_checks, bulk_checks, compatibility_checks, spam_checks);

/// A check by its id, found while compiling: one that is not in the catalogue does not compile.
struct check_id {
    consteval check_id(char const* id) : index(0) {
        while (all_checks.at(index).id != std::string_view(id)) ++index;
    }
    std::size_t index;
};

}  // namespace postrider::lint
