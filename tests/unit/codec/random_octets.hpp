#pragma once
#include <random>
#include <string>

/// The same octets at every run.
inline std::string random_octets(std::size_t count, unsigned seed = 1) {
    std::mt19937 generator(seed);
    std::string octets(count, '\0');
    for (char& octet : octets) octet = static_cast<char>(generator());
    return octets;
}
