#include <algorithm>
#include <array>
#include <postrider/core/ascii.hpp>
#include <postrider/lint/examine.hpp>

namespace postrider::lint {
namespace {

// Second labels under which countries register names, and services that give their customers names as they do.
constexpr std::array<std::string_view, 18> registries{"ac",  "asn", "co",  "com", "edu", "go",  "gob", "gov", "id",
                                                      "ltd", "me",  "mil", "ne",  "net", "nhs", "or",  "org", "plc"};

}  // namespace

std::string organisational_domain(std::string_view domain) {
    auto const name = ascii::lower(domain);
    if (name.starts_with('[')) return name;
    auto const last = name.rfind('.');
    if (last == name.npos || last == 0) return name;
    auto const second = name.rfind('.', last - 1);
    if (second == name.npos || second == 0) return name;
    auto const label = std::string_view(name).substr(second + 1, last - second - 1);
    bool const is_country = name.size() - last - 1 == 2;
    if (!is_country || std::find(registries.begin(), registries.end(), label) == registries.end())
        return name.substr(second + 1);
    auto const third = name.rfind('.', second - 1);
    return third == name.npos ? name : name.substr(third + 1);
}

}  // namespace postrider::lint
