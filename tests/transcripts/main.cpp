#include <cstdio>
#include <exception>
#include <postrider/proto/step.hpp>
#include <string>

#include "replay.hpp"
#include "transcript.hpp"

// replay FILE...
//
// Plays each transcript with the server's octets in one piece, line by line and octet by octet, and then again once for
// each step of its I/O, which fails. Ends with 1 and the reason if anything went otherwise than it should.

using namespace transcripts;

namespace {

void replay_and_cut(transcript const& t, pieces how) {
    auto const steps = replay(t, how);
    for (std::size_t step = 0; step < steps; ++step)
        for (std::error_code with :
             {make_error_code(postrider::io_errc::end_of_stream), make_error_code(postrider::io_errc::timed_out),
              std::make_error_code(std::errc::connection_reset)})
            replay(t, how, {step, with});
}

bool passes(std::string const& path) {
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

}  // namespace

int main(int argc, char** argv) {
    bool all_pass = argc > 1;
    for (int i = 1; i < argc; ++i) all_pass &= passes(argv[i]);
    return all_pass ? 0 : 1;
}
