#include "smtp/transcript_recorder.hpp"

#include <doctest/doctest.h>

#include <postrider/core/limits.hpp>

#include "fixed_host.hpp"

using namespace postrider;
using namespace postrider::devserver;

TEST_CASE("a dialogue without end is kept up to its limit") {
    fixed_host machine;
    store kept("", {}, machine);
    transcript_recorder recorder(kept, machine);
    for (std::size_t i = 0; i < limits::transcript_lines + 10; ++i) recorder.line(trace_side::client, "NOOP");
    CHECK(recorder.lines().size() == limits::transcript_lines);
}

TEST_CASE("what a refused transaction said belongs to the next message") {
    fixed_host machine;
    store kept("", {}, machine);
    transcript_recorder recorder(kept, machine);
    for (auto line : {"EHLO x", "mail from:<a>", "RSET", "MAIL FROM:<b>", "DATA"})
        recorder.line(trace_side::client, line);
    CHECK(recorder.lines().size() == 5);
    auto id = kept.add({}).id;
    recorder.kept_as(id);
    recorder.line(trace_side::server, "250 kept");
    CHECK(kept.transcript(id)->size() == 1);
    recorder.line(trace_side::client, "MAIL FROM:<c>");
    CHECK(kept.transcript(id)->size() == 1);
    CHECK(recorder.lines().size() == 2);
}

TEST_CASE("a message that is gone takes its later lines with it") {
    fixed_host machine;
    store kept("", {}, machine);
    transcript_recorder recorder(kept, machine);
    recorder.kept_as("nobody");
    recorder.line(trace_side::client, "QUIT");
    CHECK(recorder.lines().empty());
}
