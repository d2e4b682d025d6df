"""`postrider catch` as a test in the shell: what it runs, what must have come, and the exit code."""

import json
import os
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import program

SEND = """
import os, smtplib, sys
for to, subject in (line.split("|") for line in sys.argv[1:]):
    with smtplib.SMTP(os.environ["SMTP_HOST"], int(os.environ["SMTP_PORT"]), timeout=30) as server:
        server.sendmail("a@example.com", [to], f"From: a@example.com\\r\\nTo: {to}\\r\\nSubject: {subject}\\r\\n\\r\\ncode 1234\\r\\n".encode())
"""


def catch(*arguments, send=(), timeout=60):
    command = ["--", sys.executable, "-c", SEND, *send] if send else []
    return subprocess.run([program.POSTRIDER, "catch", *arguments, *command], capture_output=True, text=True,
                          timeout=timeout)


class Assertions(unittest.TestCase):
    def code(self, *arguments, send=("b@example.net|Welcome", "b@example.net|Welcome again", "c@example.net|Bye")):
        return catch(*arguments, send=send).returncode

    def test_a_query_must_find_something(self):
        self.assertEqual(self.code("--assert", 'to:b@example.net subject:"Welcome again"'), 0)
        self.assertEqual(self.code("--assert", "to:nobody@example.net"), 1)

    def test_a_count_must_be_right(self):
        self.assertEqual(self.code("--assert", "2 to:b@example.net"), 0)
        self.assertEqual(self.code("--assert", "1 to:b@example.net"), 1)
        self.assertEqual(self.code("--assert", "1+ to:b@example.net"), 0)
        self.assertEqual(self.code("--assert", "3+ to:b@example.net"), 1)
        self.assertEqual(self.code("--assert", "3"), 0)
        self.assertEqual(self.code("--assert", "0"), 1)
        self.assertEqual(self.code("--assert", '2 to:b@example.net "code 1234"'), 0)

    def test_what_is_refuted_must_not_be_there(self):
        self.assertEqual(self.code("--refute", "to:d@example.net"), 0)
        self.assertEqual(self.code("--refute", "to:c@example.net"), 1)

    def test_all_must_hold(self):
        self.assertEqual(self.code("--assert", "to:b@example.net", "--assert", "to:c@example.net"), 0)
        self.assertEqual(self.code("--assert", "to:b@example.net", "--assert", "to:d@example.net"), 1)

    def test_people_are_told_what_came(self):
        done = catch("--assert", "2 to:b@example.net", send=["b@example.net|Welcome\x1b[31m"])
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("FAILED  2 to:b@example.net  (found 1, wanted exactly 2)", done.stderr)
        self.assertIn("to b@example.net: Welcome", done.stderr)
        self.assertNotIn("\x1b", done.stderr)

    def test_programs_are_told_in_json(self):
        done = catch("--json", "--assert", "to:b@example.net", "--refute", "subject:secret", send=["b@example.net|Hi"])
        first, last = map(json.loads, done.stdout.splitlines())
        self.assertIn("smtp", first)
        self.assertEqual((last["passed"], last["accepted"], last["command"], last["in_time"]), (True, 1, 0, True))
        self.assertEqual([(one["found"], one["holds"]) for one in last["assertions"]], [(1, True), (0, True)])
        self.assertEqual([(one["to"], one["subject"]) for one in last["messages"]], [(["b@example.net"], "Hi")])

    def test_a_query_that_makes_no_sense_is_refused_before_anything_runs(self):
        with tempfile.TemporaryDirectory() as folder:
            done = catch("--assert", "larger:x", "--", "touch", f"{folder}/ran")
            self.assertEqual(done.returncode, 64, done.stderr)
            self.assertFalse(Path(folder, "ran").exists())


class Command(unittest.TestCase):
    def run_shell(self, script, *arguments, **more):
        return catch(*arguments, "--", "sh", "-c", script, **more)

    def test_its_exit_code_is_ours(self):
        self.assertEqual(self.run_shell("exit 0").returncode, 0)
        self.assertEqual(self.run_shell("exit 7").returncode, 7)
        self.assertEqual(self.run_shell("exit 7", "--assert", "to:nobody@example.net").returncode, 7)
        self.assertEqual(self.run_shell("kill -9 $$").returncode, 128 + 9)

    def test_it_finds_the_addresses_in_its_environment(self):
        done = self.run_shell('echo "$POSTRIDER_SMTP|$SMTP_HOST:$SMTP_PORT|$POSTRIDER_HTTP|$POSTRIDER_TOKEN|$POSTRIDER_POP3"',
                              "--pop3", "127.0.0.1:0", "--token", "t0ken")
        smtp, joined, http, token, pop3 = done.stdout.strip().split("|")
        self.assertEqual(smtp, joined)
        self.assertEqual(token, "t0ken")
        for address in (smtp, http, pop3):
            self.assertRegex(address, r"^127\.0\.0\.1:\d+$")

    def test_several_run_at_once_since_each_has_ports_of_its_own(self):
        tests = [subprocess.Popen([program.POSTRIDER, "catch", "--assert", "1", "--", sys.executable, "-c", SEND,
                                   "b@example.net|x"]) for _ in range(4)]
        self.assertEqual([test.wait(60) for test in tests], [0] * 4)

    def test_it_has_the_usual_signals(self):
        done = self.run_shell("yes | head -n 1 >/dev/null; kill -TERM $$; sleep 60")
        self.assertEqual(done.returncode, 128 + 15)

    def test_one_that_does_not_end_is_ended_with_the_time(self):
        begin = time.monotonic()
        done = self.run_shell("sleep 60", "--within", "300ms")
        self.assertEqual(done.returncode, 1)
        self.assertIn("had not ended", done.stderr)
        self.assertLess(time.monotonic() - begin, 30)

    def test_one_that_is_not_there_is_told(self):
        done = catch("--", "/nowhere/program")
        self.assertEqual(done.returncode, 64)
        self.assertIn("/nowhere/program", done.stderr)

    def test_mail_that_comes_behind_it_is_waited_for(self):
        script = f"({sys.executable} -c '{SEND}' 'b@example.net|late' 2>&1 &) ; exit 0".replace("import os", "import os, time; time.sleep(0.7)\nimport os")
        self.assertEqual(self.run_shell(script, "--for", "1", "--within", "20s", "--assert", "1 subject:late").returncode, 0)


class Time(unittest.TestCase):
    def test_without_a_command_it_ends_when_what_is_wanted_came(self):
        server = subprocess.Popen([program.POSTRIDER, "catch", "--json", "--smtp", "127.0.0.1:0", "--http", "127.0.0.1:0",
                                   "--for", "1", "--within", "30s", "--assert", "subject:Hi"], stdout=subprocess.PIPE)
        where = json.loads(server.stdout.readline())
        host, port = where["smtp"].rsplit(":", 1)
        subprocess.run([sys.executable, "-c", SEND, "b@example.net|Hi"], check=True,
                       env={**os.environ, "SMTP_HOST": host, "SMTP_PORT": port})
        self.assertEqual(server.wait(20), 0)
        self.assertTrue(json.loads(server.stdout.readline())["passed"])
        server.stdout.close()

    def test_nothing_in_time_is_a_failure(self):
        begin = time.monotonic()
        for arguments in (["--for", "1"], ["--assert", "to:b@example.net"]):
            done = catch("--smtp", "127.0.0.1:0", "--http", "127.0.0.1:0", "--within", "200ms", *arguments)
            self.assertEqual(done.returncode, 1, done.stderr)
        self.assertLess(time.monotonic() - begin, 30)

    def test_time_alone_is_no_test_and_ends_well(self):
        self.assertEqual(catch("--smtp", "127.0.0.1:0", "--http", "127.0.0.1:0", "--within", "100ms").returncode, 0)
        for wrong in ("10 years", "x", "-1s", "0", ""):
            if wrong:
                self.assertEqual(catch("--within", wrong).returncode, 64, wrong)


if __name__ == "__main__":
    unittest.main()
