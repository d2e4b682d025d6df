#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <postrider/codec/charset.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/lint.hpp>

// Any octets get a report: findings in the order of the checks, each once, with sentences that have no holes and are UTF-8,
// and with no more places than the limit.

using namespace postrider;

namespace {

void require(bool right) {
    if (!right) std::abort();
}

void look_at(lint::finding const& one) {
    require(one.of && (one.count == 0) == (one.level == lint::level::pass));
    require(codec::is_utf8(one.detail()));
    require(one.places.size() <= limits::lint_places && one.places.size() <= one.count);
    for (auto const& where : one.places) require(!where.line || *where.line > 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    lint::subject subject;
    subject.octets = {reinterpret_cast<char const*>(data), size};
    subject.envelope = lint::envelope{"ann@example.com", {"bob@example.net"}, false};
    auto const report = lint::examine(subject);
    lint::check const* last = nullptr;
    for (auto const& one : report.findings) {
        look_at(one);
        require(!last || last < one.of);
        last = one.of;
    }
    return 0;
}
