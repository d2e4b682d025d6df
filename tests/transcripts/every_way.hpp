#pragma once
#include <cstdio>
#include <exception>
#include <postrider/proto/step.hpp>
#include <string>
#include <system_error>

#include "replay.hpp"

namespace transcripts {

/// Once to its end, and then again once for each step of its I/O, which fails.
template <class Transcript>
void replay_and_cut(Transcript const& t, pieces how) {
    auto const steps = replay(t, how);
    for (std::size_t step = 0; step < steps; ++step)
        for (std::error_code with :
             {make_error_code(postrider::io_errc::end_of_stream), make_error_code(postrider::io_errc::timed_out),
              std::make_error_code(std::errc::connection_reset)})
            replay(t, how, {step, with});
}

/// Plays a transcript with the peer's octets in one piece, line by line and octet by octet.
/// returns    whether everything went as it should; if not, the reason is printed.
template <class Read>
bool passes(std::string const& path, Read read) {
    auto how = "whole";
    try {
        auto const t = read(path);
        replay_and_cut(t, pieces::whole);
        if (t.only_whole) return true;
        how = "line by line";
        replay_and_cut(t, pieces::lines);
        how = "octet by octet";
        replay_and_cut(t, pieces::octets);
        return true;
    } catch (std::exception const& e) {
        std::printf("%s, %s: %s\n", path.c_str(), how, e.what());
        return false;
    }
}

/// The program: all the files it is given, and what the shell is told.
template <class Read>
int replay_all(int argc, char** argv, Read read) {
    bool all_pass = argc > 1;
    for (int i = 1; i < argc; ++i) all_pass &= passes(argv[i], read);
    return all_pass ? 0 : 1;
}

}  // namespace transcripts
