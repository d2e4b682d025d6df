"""Servers that read nothing until their replies are read, that want RSET before they go on, or that close where they
should not: every message has one outcome, and the server has it as often as that says."""

import contextlib
import json
import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

import program
from messages import LARGE, MESSAGES, READER, SENDER
from scripted import (ClosesOnAGroup, ReadsNothingUntilItsRepliesAreRead, RefusesAChunk, RefusesLargeChunks, SaysALot,
                      Scripted, Session)

SEND_ALL = os.environ["LIVE_SEND_ALL"]
MODES = {"one by one": ["--no-pipelining", "--no-chunking"], "in a flight": ["--no-chunking"], "in chunks": []}


class Awkward(unittest.TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    @contextlib.contextmanager
    def on_a_socket(self):
        path = self.folder / "socket"
        with Scripted(ReadsNothingUntilItsRepliesAreRead, path) as server:
            yield server
        path.unlink()

    def send(self, server, octets, *arguments, to=(READER,)):
        message, recipients = self.folder / "message.eml", self.folder / "recipients"
        message.write_bytes(octets)
        recipients.write_text("\n".join(to))
        done = program.run("send", "--json", "--server", server.url, "--eml", message, "--from", SENDER, "--to-file",
                           recipients, "--timeout", 20, *arguments)
        return done.returncode, json.loads(done.stdout)

    def send_all(self, server, count, to=READER):
        """What became of each of `count` messages."""
        sent = self.folder / "sent"
        sent.mkdir(exist_ok=True)
        done = subprocess.run([SEND_ALL, str(count), server.url, "", "", "", to, sent], capture_output=True, text=True,
                              timeout=60)
        self.assertLessEqual(done.returncode, 1, done.stderr)
        outcomes = done.stdout.splitlines()
        self.assertEqual(len(outcomes), count)
        return outcomes

    def check_kept(self, server, numbers):
        """That the server has those messages, each once, octet for octet."""
        self.assertEqual([octets for _, octets in server.kept],
                         [(self.folder / f"sent/{number}.eml").read_bytes() for number in numbers])

    def test_nobody_waits_for_ever_for_a_server_that_reads_nothing_until_its_replies_are_read(self):
        many = [f"reader{number}@example.test" for number in range(1000)]
        octets = LARGE[:2_000_000] + b"\r\n"
        for mode, arguments in MODES.items():
            for to in ([READER], many):
                with self.subTest(mode, recipients=len(to)), self.on_a_socket() as server:
                    code, report = self.send(server, octets, *arguments, to=to)
                    self.assertEqual((code, len(report["accepted"])), (0, len(to)), report["error"])
                    self.assertEqual(server.kept, [(to, octets)])

    def test_many_messages_pass_a_server_that_reads_nothing_until_its_replies_are_read(self):
        with self.on_a_socket() as server:
            self.assertEqual(self.send_all(server, 200), ["accepted"] * 200)
            self.check_kept(server, range(200))

    def test_nobody_waits_for_ever_for_a_server_whose_replies_fill_the_link(self):
        many = [f"reader{number}@example.test" for number in range(1000)]
        for mode, arguments in MODES.items():
            with self.subTest(mode), Scripted(SaysALot) as server:
                code, report = self.send(server, MESSAGES["dots and blanks"], *arguments, to=many)
                self.assertEqual((code, len(report["accepted"])), (0, 1000), report["error"])
                self.assertEqual(server.kept, [(many, MESSAGES["dots and blanks"])])
        with Scripted(SaysALot) as server:
            self.assertEqual(self.send_all(server, 200), ["accepted"] * 200)
            self.check_kept(server, range(200))

    def test_a_refused_chunk_takes_a_rset_and_costs_no_other_message(self):
        with Scripted(RefusesAChunk) as server:
            outcomes = self.send_all(server, 30)
            for number, outcome in enumerate(outcomes):
                with self.subTest(number):
                    self.assertRegex(outcome, "552 5.3.4 not this" if number % 3 == 2 else "^accepted$")
            self.check_kept(server, [number for number in range(30) if number % 3 != 2])
            self.assertEqual(server.connections, 1)
            commands = " ".join(command.split()[0] for command in server.commands)
            self.assertGreaterEqual(commands.count("RSET"), 10, commands)

    def test_a_large_message_stops_at_the_chunk_that_is_refused_and_the_session_goes_on(self):
        folder = self.folder / "messages"
        folder.mkdir()
        for name, octets in (("1.eml", MESSAGES["no body"]), ("2.eml", LARGE), ("3.eml", MESSAGES["dots and blanks"])):
            (folder / name).write_bytes(octets)
        with Scripted(RefusesLargeChunks, self.folder / "socket") as server:
            done = program.run("send", "--json", "--server", server.url, "--eml", folder)
            self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual([octets for _, octets in server.kept], [MESSAGES["no body"], MESSAGES["dots and blanks"]])
        self.assertEqual(server.connections, 1)
        chunks = [int(command.split()[1]) for command in server.commands if command.startswith("BDAT")]
        self.assertLess(sum(chunks), len(LARGE) / 20, chunks)

    def test_recipients_refused_take_a_rset_and_cost_no_other_message(self):
        for extensions in (("PIPELINING", "CHUNKING", "8BITMIME"), ("PIPELINING", "8BITMIME"), ("8BITMIME",)):
            class StrangersEverySecondTime(Session):
                def refuses(self, address):
                    self.asked = getattr(self, "asked", 0) + 1
                    return self.asked % 2 == 0

            StrangersEverySecondTime.extensions = extensions
            with self.subTest(extensions=extensions), Scripted(StrangersEverySecondTime) as server:
                outcomes = self.send_all(server, 20)
                for number, outcome in enumerate(outcomes):
                    self.assertRegex(outcome, "550 5.1.1 no such user" if number % 2 else "^accepted$", server.commands)
                self.check_kept(server, range(0, 20, 2))
                self.assertEqual(server.connections, 1)

    def test_a_server_that_closes_on_a_group_is_asked_again_one_by_one(self):
        with Scripted(ClosesOnAGroup) as server:
            code, report = self.send(server, MESSAGES["dots and blanks"])
            self.assertEqual((code, report["error"]), (0, None), server.commands)
            self.assertEqual(server.kept, [([READER], MESSAGES["dots and blanks"])])
            self.assertEqual(server.connections, 2)

    def test_a_server_that_closes_on_a_group_gets_every_message_once(self):
        with Scripted(ClosesOnAGroup) as server:
            self.assertEqual(self.send_all(server, 10), ["accepted"] * 10, server.commands)
            self.check_kept(server, range(10))


if __name__ == "__main__":
    unittest.main()
