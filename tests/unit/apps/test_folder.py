#!/usr/bin/python3
"""test_folder.py POSTRIDER: `postrider send --eml` of Maildirs, mboxes and folders, over several connections."""

import json
import mailbox
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import unittest

from test_merge import Patient
from test_program import NO_CONFIG, POSTRIDER, Case, run


def message(number, to=None):
    return (f"From: me@example.com\nTo: {to or f'r{number}@example.net'}\nBcc: b{number}@example.net\nSubject: {number}\n"
            f"Message-ID: <{number}@x>\n\nText {number}\n.\n")


class Folder(Case):
    def folder_of(self, *messages):
        folder = self.folder()
        for number, one in enumerate(messages):
            (folder / f"{number:04}.eml").write_text(one)
        return folder

    def send(self, url, source, *arguments, expect=0):
        done = run("send", "--json", "--server", url, "--eml", source, *arguments)
        self.assertEqual(done.returncode, expect, done.stderr.decode() + done.stdout.decode())
        self.stderr = done.stderr.decode()
        return json.loads(done.stdout)

    def counts(self, report):
        return {name: report[name] for name in ("sent", "partly", "refused", "failed", "in_doubt", "unsent") if report[name]}

    def test_of_files_goes_out_whole_over_many_connections(self):
        server = self.catcher()
        folder = self.folder_of(*map(message, range(50)))
        (folder / "notes.txt").write_text("no message")
        lines = self.folder() / "report.jsonl"
        report = self.send(server.url, folder, "--connections", "5", "--report", lines)
        self.assertEqual(self.counts(report), {"sent": 50})
        self.assertEqual((report["error"], report["server"]), (None, server.url))
        arrived = server.messages()
        self.assertEqual(sorted(int(one["subject"]) for one in arrived), list(range(50)))
        self.assertEqual({tuple(one["to"]) for one in arrived}, {(f"r{n}@example.net", f"b{n}@example.net") for n in range(50)})
        self.assertNotIn(b"Bcc", server.newest_raw())
        told = [json.loads(line) for line in lines.read_text().splitlines()]
        self.assertEqual(sorted(one["file"] for one in told), sorted(str(one) for one in folder.glob("*.eml")))
        self.assertEqual({one["outcome"] for one in told}, {"sent"})
        self.assertEqual(told[0]["accepted"][0]["code"], 250)
        self.assertEqual(sorted(told, key=str), sorted(report["messages"], key=str))

    def test_that_is_a_maildir_or_an_mbox_goes_out_whole(self):
        server, home = self.catcher(), self.folder()
        maildir, mbox = mailbox.Maildir(home / "Mail"), mailbox.mbox(home / "inbox")
        for number in range(7):
            maildir.add(message(number))
            mbox.add(mailbox.mboxMessage(message(100 + number)))
        mbox.close()
        self.assertEqual(self.counts(self.send(server.url, home / "Mail")), {"sent": 7})
        report = self.send(server.url, home / "inbox", "--connections", "3")
        self.assertEqual(self.counts(report), {"sent": 7})
        self.assertEqual(len({one["offset"] for one in report["messages"]}), 7)
        self.assertEqual(sorted(int(one["subject"]) for one in server.messages()), [*range(7), *range(100, 107)])

    def test_goes_on_behind_what_is_refused_or_cannot_be_sent(self):
        server = self.catcher("--refuse", "bad@*=550 5.1.1 no such user")
        folder = self.folder_of(message(0), message(1, "bad@example.net").replace("Bcc", "X"), message(2, "bad@example.net"),
                                "Subject: nobody\n\nx\n", "", message(5))
        report = self.send(server.url, folder, expect=1)
        self.assertEqual(self.counts(report), {"sent": 2, "partly": 1, "refused": 1, "failed": 2})
        by_file = {one["file"][-8:]: one for one in report["messages"]}
        self.assertEqual(by_file["0001.eml"]["refused"][0]["code"], 550)
        self.assertEqual(by_file["0003.eml"]["error"]["type"], "bad_data")
        shown = run("send", "--server", server.url, "--eml", folder).stdout.decode()
        self.assertRegex(shown, r"refused   \S+0001\.eml  every recipient refused .*550 5\.1\.1 no such user")
        self.assertRegex(shown, r"6 messages: 2 sent, 1 sent to some, 1 refused, 2 failed\n$")
        self.send(server.url, self.folder_of(message(1, "bad@example.net").replace("Bcc", "X")), expect=67)
        self.send(server.url, self.folder_of("", "x"), expect=65)

    def test_is_sent_whole_by_a_server_that_takes_few_a_connection(self):
        for extensions in ((), ("PIPELINING",), ("PIPELINING", "CHUNKING")):
            server = Patient(3, *extensions)
            report = self.send(server.url, self.folder_of(*(message(n).replace("Bcc", "X") for n in range(10))))
            self.assertEqual(self.counts(report), {"sent": 10}, extensions)
            self.assertEqual(sorted(server.recipients), sorted(f"r{n}@example.net" for n in range(10)))

    def test_a_server_that_takes_nothing_is_asked_once_and_where_it_was_told_much_at_once_again_one_by_one(self):
        for extensions, connections in ((), 1), (("PIPELINING", "CHUNKING"), 2):
            server = Patient(0, *extensions)
            report = self.send(server.url, self.folder_of(*map(message, range(5))), expect=75)
            self.assertEqual((self.counts(report), server.connections), ({"unsent": 5}, connections))

    def test_a_message_that_some_of_its_recipients_have_is_not_sent_to_them_again(self):
        server = Patient(1, "LIMITS RCPTMAX=1")
        report = self.send(server.url, self.folder_of(message(0)), expect=1)
        self.assertEqual(self.counts(report), {"partly": 1})
        self.assertEqual(server.recipients, ["r0@example.net"])
        self.assertEqual([one["address"] for one in report["messages"][0]["accepted"]], ["r0@example.net"])

    def test_a_server_that_is_not_there_leaves_all_unsent(self):
        with socket.create_server(("127.0.0.1", 0)) as gone:
            url = f"smtp://127.0.0.1:{gone.getsockname()[1]}"
        report = self.send(url, self.folder_of(*map(message, range(20))), "--connections", "4", expect=75)
        self.assertEqual(self.counts(report), {"unsent": 20})
        self.assertEqual(report["error"]["type"], "connect_error")
        self.assertEqual(len(self.stderr.splitlines()), 1)

    def test_a_wrong_password_is_tried_once(self):
        server = self.catcher("--user", "me:secret")
        os.environ["P"] = "wrong"
        report = self.send(server.url, self.folder_of(*map(message, range(20))), "--connections", "8", "--user", "me",
                           "--password-env", "P", expect=77)
        self.assertEqual((self.counts(report), report["error"]["code"]), ({"unsent": 20}, 535))

    def test_a_link_that_ends_behind_a_dot_leaves_that_message_in_doubt_and_no_other(self):
        """RFC 1047"""
        server = Flaky()
        report = self.send(server.url, self.folder_of(*(message(n) for n in range(5))), expect=75)
        outcomes = {one["file"][-8:-4]: one["outcome"] for one in report["messages"]}
        self.assertEqual(outcomes, {"0000": "sent", "0001": "in_doubt", "0002": "sent", "0003": "sent", "0004": "sent"})

    def test_sigint_lets_what_is_on_its_way_arrive_and_tells_the_rest(self):
        for connections in ("1", "4"):
            server, folder = self.catcher(), self.folder_of(*map(message, range(40)))
            process = subprocess.Popen([POSTRIDER, "send", "--json", "--server", server.url, "--eml", str(folder), "--connections",
                                        connections, "--hold-rate", "5/s"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                       env={**os.environ, **NO_CONFIG})
            while len(server.messages()) < 3:
                time.sleep(0.05)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=20)
            report = json.loads(out)
            self.assertEqual(process.returncode, 75, err)
            sent = [one["file"] for one in report["messages"] if one["outcome"] == "sent"]
            self.assertEqual((len(sent), report["unsent"]), (len(server.messages()), 40 - len(sent)))
            self.assertEqual(len({one["file"] for one in report["messages"]}), 40)
            self.assertIn(b"interrupted", err)

    def test_is_no_rehearsal(self):
        folder = self.folder_of(message(1))
        for arguments in (("--dry-run",), ("--quit-after", "mail")):
            self.assertEqual(run("send", "--server", "smtp://127.0.0.1:1", "--eml", folder, *arguments).returncode, 64)
        self.assertEqual(run("send", "--server", "smtp://127.0.0.1:1", "--eml", folder, "--connections", "0").returncode, 64)
        self.assertEqual(run("send", "--server", "smtp://127.0.0.1:1", "--eml", folder, "--report", "/nonexistent/r").returncode, 74)
        self.assertEqual(run("send", "--server", "smtp://127.0.0.1:1", "--eml", self.folder() / "gone").returncode, 66)

    def test_that_cannot_be_sent_at_all_says_why(self):
        folder = self.folder_of(message(1), message(2))
        for code, arguments in ((64, ("--resolver", "127.0.0.1:1")), (64, ("--server", "ftp://x")), (64, ("--hold-rate", "x")),
                                (78, ("--account", "gone"))):
            done = run("send", "--json", "--eml", folder, *arguments)
            self.assertEqual(done.returncode, code, done.stderr)
            self.assertIsNotNone(json.loads(done.stdout)["error"])
            self.assertEqual(len(done.stderr.splitlines()), 1)


class Flaky:
    """Takes a message, closes behind the dot of the second without a word, and takes the others."""

    def __init__(self):
        self.taken, self.listener = 0, socket.create_server(("127.0.0.1", 0))
        self.url = f"smtp://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            link, _ = self.listener.accept()
            with link, link.makefile("rwb", buffering=0) as file:
                self.talk(file)

    def talk(self, file):
        file.write(b"220 flaky\r\n")
        while line := file.readline():
            verb = line[:4].upper()
            file.write(b"354 go on\r\n" if verb == b"DATA" else b"250 ok\r\n")
            if verb == b"DATA":
                while file.readline() not in (b".\r\n", b""):
                    pass
                self.taken += 1
                if self.taken == 2:
                    return
                file.write(b"250 ok\r\n")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
