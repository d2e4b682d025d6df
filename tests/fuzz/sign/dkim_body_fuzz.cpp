#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <postrider/sign/dkim/canonical.hpp>

// Any octets are a body: its canonical form has no bare LF, ends with a line end or is empty, is the same however the body
// is cut (the first octet says where), and is its own canonical form.

using namespace postrider;
using dkim::canonicalization;

namespace {

class collector final : public dkim::octet_sink {
public:
    void put(std::string_view octets) override { all += octets; }
    std::string all;
};

std::string canonical(std::string_view octets, canonicalization how, std::size_t step) {
    collector out;
    dkim::body_canonicalizer engine(how, out);
    for (std::size_t at = 0; at < octets.size(); at += step) engine.put(octets.substr(at, step));
    engine.finish();
    return std::move(out.all);
}

void require(bool right) {
    if (!right) std::abort();
}

bool has_bare_lf(std::string_view text) {
    for (std::size_t at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1))
        if (at == 0 || text[at - 1] != '\r') return true;
    return false;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size == 0) return 0;
    std::string_view const body(reinterpret_cast<char const*>(data) + 1, size - 1);
    for (auto const how : {canonicalization::simple, canonicalization::relaxed}) {
        std::string const whole = canonical(body, how, size);
        require(canonical(body, how, data[0] % 16 + 1u) == whole);
        require(canonical(whole, how, size * 2) == whole);
        require(!has_bare_lf(whole));
        require(whole.empty() ? how == canonicalization::relaxed : whole.ends_with("\r\n"));
    }
    return 0;
}
