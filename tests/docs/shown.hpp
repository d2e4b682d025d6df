#pragma once
#include <cassert>
#include <chrono>
#include <postrider/devserver/catch_all.hpp>
#include <postrider/mime.hpp>
#include <postrider/smtp.hpp>

// What stands around the blocks of C++ that the pages show.

using namespace postrider;

/// Sends what the blocks expect.
void program_under_test(net::endpoint const& server);

/// The blocks, as functions; nullptr stands behind the last.
extern void (*const shown[])();
