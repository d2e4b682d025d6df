#pragma once
#include <ctime>

/// What this thread has used so far. A bound on it holds on a busy machine too.
inline double cpu_seconds() {
    std::timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}
