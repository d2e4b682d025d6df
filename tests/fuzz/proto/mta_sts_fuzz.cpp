#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <postrider/proto/mta_sts/policy.hpp>
#include <string>
#include <string_view>

// Any octets are a record, a policy, or none. A policy that is read names what its patterns say, and one that is not
// says why.

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace postrider;
    std::string const input(reinterpret_cast<char const*>(data), size);
    auto const id = mta_sts::policy_id({input});
    if (id && (id->empty() || id->size() > 32)) std::abort();
    std::string why;
    auto const policy = mta_sts::parse_policy(input, why);
    if (!policy) {
        if (why.empty()) std::abort();
        return 0;
    }
    for (auto const& pattern : policy->patterns) {
        bool const any = pattern.starts_with("*.");
        if (!policy->names(any ? "mx" + pattern.substr(1) : pattern)) std::abort();
    }
    if (policy->names("")) std::abort();
    return 0;
}
