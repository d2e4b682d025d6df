#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "bombs.hpp"

// read_bomb NAME N     reads that bomb at that size: what callgrind counts
// read_bomb sizes NAME the n at which it is counted
// read_bomb full       reads every bomb at its full size, and tells octets, seconds, and the most memory so far

using namespace postrider::linear;

/// Where counting begins and ends: its name is told to callgrind.
extern "C" [[gnu::noinline]] void read_counted(bomb const* which, std::string_view octets) {
    which->read(octets);
}

namespace {

bomb const* find(std::string_view name) {
    auto const all = bombs();
    auto const found = std::find_if(all.begin(), all.end(), [&](bomb const& one) { return one.name == name; });
    return found == all.end() ? nullptr : &*found;
}

int read_all_in_full() {
    for (bomb const& one : bombs()) {
        std::string const octets = one.make(one.full);
        auto const start = std::chrono::steady_clock::now();
        read_counted(&one, octets);
        std::chrono::duration<double> const took = std::chrono::steady_clock::now() - start;
        rusage used{};
        getrusage(RUSAGE_SELF, &used);
        std::printf("%-28.*s %9zu octets %8.3f s %8ld KiB\n", static_cast<int>(one.name.size()), one.name.data(),
                    octets.size(), took.count(), used.ru_maxrss);
    }
    return 0;
}

}  // namespace

int main(int count, char** arguments) {
    if (count == 2 && std::string_view(arguments[1]) == "full") return read_all_in_full();
    if (count != 3) return 64;
    bool const sizes = std::string_view(arguments[1]) == "sizes";
    bomb const* const one = find(arguments[sizes ? 2 : 1]);
    if (!one) return 64;
    if (sizes) return std::printf("%zu\n", one->size) < 0;
    std::string const octets = one->make(static_cast<std::size_t>(std::strtoull(arguments[2], nullptr, 10)));
    read_counted(one, octets);
    return 0;
}
