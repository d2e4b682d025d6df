#!/usr/bin/python3
"""python_mailbox.py KEEP_MAIL: what we write Python's mailbox reads, and what it writes we read."""

import mailbox
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

KEEP_MAIL = sys.argv[1]

LETTERS = [
    b"From: a@b\nSubject: plain\n\nHi\n",
    b"Subject: quoted\n\nFrom me\n>From you\nthe end\n",
    b"Subject: empty\n\n",
    b"Subject: eight bits \xe4\n\n\x00\xff\n\n\n",
    b"Subject: long\n\n" + b"x" * 100_000 + b"\n",
    b"Subject: no line end\n\nFrom",
]


def packed(letters):
    return b"".join(b"%d\n" % len(letter) + letter for letter in letters)


def keep(verb, kind, path, stdin=b""):
    return subprocess.run([KEEP_MAIL, verb, kind, path], input=stdin, capture_output=True, check=True, timeout=60).stdout


def unpacked(octets, named=False):
    """The letters in the output of `list`; with their names and flags."""
    while octets:
        name = None
        if named:
            line, octets = octets.split(b"\n", 1)
            name = tuple(line.decode().rsplit(" ", 1))
        size, octets = octets.split(b"\n", 1)
        letter, octets = octets[:int(size)], octets[int(size):]
        yield (*name, letter) if named else letter


def with_line_end(letter):
    return letter if letter.endswith(b"\n") else letter + b"\n"


class Interoperability(unittest.TestCase):
    def path(self, name):
        return Path(self.enterContext(tempfile.TemporaryDirectory())) / name

    def mbox(self, path):
        box = mailbox.mbox(path)
        self.addCleanup(box.close)
        return box

    def test_python_reads_our_mbox(self):
        path = self.path("mbox")
        keep("add", "mbox", path, packed(LETTERS))
        # Python undoes no quoting: it shows mboxrd's marks.
        shown = [with_line_end(letter).replace(b"\n>From ", b"\n>>From ").replace(b"\nFrom ", b"\n>From ") for letter in LETTERS]
        box = self.mbox(path)
        self.assertEqual([box.get_bytes(key) for key in box.keys()], shown)
        self.assertTrue(all(box[key].get_from().startswith("ann@example.com ") for key in box.keys()))

    def test_we_read_pythons_mbox(self):
        path = self.path("mbox")
        box = self.mbox(path)
        letters = [letter for letter in LETTERS if b"\n>From " not in letter]  # mboxo loses what was quoted before
        for letter in letters:
            box.add(letter)
        box.flush()
        box.close()
        self.assertEqual(list(unpacked(keep("list", "mbox", path))), [with_line_end(letter) for letter in letters])

    def test_we_append_where_python_wrote_and_it_where_we_did(self):
        path = self.path("mbox")
        for letter in LETTERS[:1] * 3:
            box = self.mbox(path)
            box.lock()
            box.add(letter)
            box.close()
            keep("add", "mbox", path, packed([letter]))
        self.assertEqual(list(unpacked(keep("list", "mbox", path))), LETTERS[:1] * 6)
        self.assertEqual(len(self.mbox(path)), 6)

    def test_a_lock_of_pythons_is_waited_for(self):
        path = self.path("mbox")
        box = self.mbox(path)
        box.lock()
        with subprocess.Popen([KEEP_MAIL, "add", "mbox", path], stdin=subprocess.PIPE) as adding:
            adding.stdin.write(packed(LETTERS[:1]))
            adding.stdin.close()
            with self.assertRaises(subprocess.TimeoutExpired):
                adding.wait(0.5)
            self.assertEqual(path.read_bytes(), b"")
            box.unlock()
            self.assertEqual(adding.wait(30), 0)
        self.assertEqual(list(unpacked(keep("list", "mbox", path))), LETTERS[:1])

    def test_python_reads_our_maildir(self):
        path = self.path("Mail")
        keep("add", "maildir", path, packed(LETTERS))
        box = mailbox.Maildir(path, create=False)
        self.assertEqual(sorted(box.get_bytes(key) for key in box.keys()), sorted(LETTERS))
        told = {box.get_bytes(key): (box[key].get_subdir(), box[key].get_flags()) for key in box.keys()}
        self.assertEqual(told[LETTERS[0]], ("cur", "S"))
        self.assertEqual(told[LETTERS[1]], ("new", ""))

    def test_we_read_pythons_maildir(self):
        path = self.path("Mail")
        box = mailbox.Maildir(path)
        expected = []
        for number, letter in enumerate(LETTERS):
            message = mailbox.MaildirMessage(letter)
            message.set_subdir("cur" if number % 2 else "new")
            message.set_flags("RSFP"[:number % 4] if number % 2 else "")
            key = box.add(message)
            expected.append((key, "".join(sorted(message.get_flags())), box.get_bytes(key)))
        self.assertEqual(list(unpacked(keep("list", "maildir", path), named=True)), expected)

    def test_names_as_dovecot_writes_them(self):
        path = self.path("Mail")
        mailbox.Maildir(path)
        names = {"cur/1795242088.M1P2.host,S=7,W=8:2,Sab": ("1795242088.M1P2.host,S=7,W=8", "Sab"),
                 "cur/1795242089.M1P2.host,S=7,W=8:2,": ("1795242089.M1P2.host,S=7,W=8", ""),
                 "new/1795242090.M1P2.host,S=7,W=8": ("1795242090.M1P2.host,S=7,W=8", "")}
        for name in names:
            (path / name).write_bytes(b"A: b\n\nc")
        for own in ("dovecot-uidlist", "dovecot.index.log", "maildirfolder", "subscriptions"):
            (path / own).write_bytes(b"3 V1 N1\n")
        listed = list(unpacked(keep("list", "maildir", path), named=True))
        self.assertEqual([(name, flags) for name, flags, _ in listed], list(names.values()))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
