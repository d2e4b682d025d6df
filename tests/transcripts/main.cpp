#include "every_way.hpp"
#include "transcript.hpp"

// replay FILE...
//
// Plays each transcript of a client with the server's octets in one piece, line by line and octet by octet, and then
// again once for each step of its I/O, which fails. Ends with 1 and the reason if anything went otherwise than it
// should.

int main(int argc, char** argv) {
    return transcripts::replay_all(argc, argv, transcripts::read);
}
