#include "every_way.hpp"
#include "server_dialogue.hpp"
#include "server_replay.hpp"

// replay_server FILE...
//
// Plays each transcript of a server with the client's octets flight by flight, line by line and octet by octet, and
// then again once for each step of its I/O, which fails. Ends with 1 and the reason if anything went otherwise than it
// should.

int main(int argc, char** argv) {
    return transcripts::replay_all(argc, argv, transcripts::read_server_dialogue);
}
