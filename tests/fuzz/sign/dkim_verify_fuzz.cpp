#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <postrider/core/limits.hpp>
#include <postrider/dkim.hpp>

// Any octets are a message, and what stands before the first LF is the record that DNS has for every name.

using namespace postrider;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const octets(reinterpret_cast<char const*>(data), size);
    std::size_t const line = std::min(octets.find('\n'), octets.size());
    std::string const record(octets.substr(0, line));
    auto const lookup = [&](std::string const&) -> result<std::vector<std::string>> {
        return record.empty() ? std::vector<std::string>() : std::vector<std::string>{record};
    };
    auto const found = dkim::verify(octets.substr(std::min(line + 1, octets.size())), lookup);
    if (found.verdicts.size() > limits::dkim_signatures) std::abort();
    for (auto const& one : found.verdicts)
        if ((one.outcome == dkim::outcome::pass) != !one.reason) std::abort();
    mime::authentication_results told;
    told.authserv_id = "mx.example.org";
    told.results = dkim::authentication_results(found);
    if (mime::parse_authentication_results(to_string(told)).results.size() != told.results.size()) std::abort();
    return 0;
}
