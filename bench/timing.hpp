#pragma once
#include <algorithm>
#include <cstddef>
#include <ctime>
#include <vector>

/// How every benchmark takes time: several contenders take turns in one run, and of each the median counts, so that what
/// disturbs one disturbs all.
namespace bench {

/// Processor time of this thread alone.
inline double thread_seconds() {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// Seconds that one call of `work` takes, of `count` in a row.
template <class Work>
double seconds_each(std::size_t count, Work&& work) {
    auto const began = thread_seconds();
    for (std::size_t i = 0; i < count; ++i) work();
    return (thread_seconds() - began) / static_cast<double>(count);
}

inline double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values.empty() ? 0 : values[values.size() / 2];
}

/// The compiler must take `value` for used, and so cannot leave out what made it.
template <class T>
void keep(T const& value) {
    asm volatile("" : : "r"(&value) : "memory");
}

}  // namespace bench
