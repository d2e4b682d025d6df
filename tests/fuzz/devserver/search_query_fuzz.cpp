#include <cstdint>
#include <cstdlib>
#include <postrider/core/limits.hpp>

#include "store/search_query.hpp"

/// What is refused says why; what is taken asks for no more than it may, in words that were in it.
namespace {

using namespace postrider;
using namespace postrider::devserver;

void check(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* octets, std::size_t size) {
    std::string_view const text(reinterpret_cast<char const*>(octets), size);
    complaint why;
    auto const query = parse_search_query(text, why);
    check(query.has_value() == why.text.empty());
    if (!query) return 0;
    check(query->terms.size() <= limits::search_terms);
    for (auto const& term : query->terms) check(text.find(term.text) != text.npos);
    return 0;
}
