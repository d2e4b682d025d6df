#!/usr/bin/python3
"""test_dkim.py POSTRIDER: `dkim-key`, what `send` and `merge` sign, and `parse --verify`, end to end."""

import json
import os
import stat
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import name_server as dns

POSTRIDER = sys.argv[1]
NAME = "m1._domainkey.example.com"


class Dkim(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)

    def run_program(self, *arguments, stdin=b""):
        return subprocess.run([POSTRIDER, *map(str, arguments)], input=stdin, capture_output=True, timeout=60,
                              cwd=self.folder, env={**os.environ, "XDG_CONFIG_HOME": str(self.folder)})

    def make_key(self, *arguments):
        done = self.run_program("dkim-key", "example.com", "m1", "--json", *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def letter(self, *arguments):
        done = self.run_program("send", "--from", "me@example.com", "--to", "you@example.net", "--text", "hello",
                                "--dry-run", *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def verify(self, mail, *arguments):
        return self.run_program("parse", "--verify", *arguments, "-", stdin=mail)

    def test_a_key_is_its_owners_alone_and_never_written_over(self):
        told = self.make_key("--ed25519")
        file = self.folder / told["file"]
        self.assertEqual(told["file"], "m1.example.com.pem")
        self.assertEqual(told["name"], NAME)
        self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600)
        before = file.read_bytes()
        again = self.run_program("dkim-key", "example.com", "m1")
        self.assertEqual(again.returncode, 74)
        self.assertIn(b"File exists", again.stderr)
        self.assertEqual(file.read_bytes(), before)
        os.symlink("elsewhere", self.folder / "link")
        self.assertEqual(self.run_program("dkim-key", "example.com", "m1", "--out", "link").returncode, 74)
        self.assertFalse((self.folder / "elsewhere").exists())

    def test_the_record_is_printed_for_a_zone_file(self):
        done = self.run_program("dkim-key", "example.com", "m1", "--rsa", "4096", "--out", "key")
        self.assertEqual(done.returncode, 0)
        line = done.stdout.decode()
        self.assertTrue(line.startswith(NAME + '. IN TXT ( "v=DKIM1; k=rsa; p=MII'))
        strings = line.split('"')[1::2]
        self.assertTrue(all(len(one) <= 255 for one in strings))
        self.assertGreater(len("".join(strings)), 700)

    def test_names_that_are_none_make_no_key(self):
        for names in (("exa mple.com", "m1"), ("example.com", "../m1"), ("example.com", "a/b")):
            self.assertEqual(self.run_program("dkim-key", *names, "--ed25519").returncode, 64)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_send_signs_and_parse_verifies(self):
        told = self.make_key("--rsa", "2048")
        mail = self.letter("--dkim-key", told["file"], "--dkim-selector", "m1")
        self.assertTrue(mail.startswith(b"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com; s=m1;"))
        records = self.folder / "records"
        records.write_text(f"# our keys\n{NAME}  {told['record']}\n")
        done = self.verify(mail, "--dns-file", records)
        self.assertEqual(done.stdout, b"pass       example.com  m1  rsa-sha256  2048-bit key\n")
        self.assertEqual(done.returncode, 0)
        changed = self.verify(mail.replace(b"hello", b"jello"), "--dns-file", records)
        self.assertEqual(changed.returncode, 65)
        self.assertIn(b"fail       example.com  m1  rsa-sha256: the body was changed", changed.stdout)
        self.assertEqual(self.verify(b"Subject: x\r\n\r\n").stdout, b"none       the message has no signature\n")

    def test_dns_is_asked(self):
        told = self.make_key()
        mail = self.letter("--dkim-key", told["file"], "--dkim-selector", "m1")
        with dns.NameServer({(NAME, dns.TXT): [dns.txt(told["record"])]}) as server:
            self.assertEqual(self.verify(mail, "--dns-server", server.place).returncode, 0)
            server.records[NAME, dns.TXT] = [b"\xff" + dns.txt(told["record"])[1:10]]  # a string longer than what holds it
            self.assertEqual(self.verify(mail, "--dns-server", server.place).returncode, 75)
            server.records.clear()
            self.assertIn(b"there is no key record", self.verify(mail, "--dns-server", server.place).stdout)
            server.shutdown()
        self.assertEqual(self.verify(mail, "--dns-server", "nowhere").returncode, 64)

    def test_an_account_signs(self):
        self.make_key("--ed25519", "--out", "key.pem")
        (self.folder / "postrider").mkdir()
        (self.folder / "postrider/config.toml").write_text(
            '[account.me]\nserver = "smtp://localhost"\nfrom = "me@example.com"\n'
            f'dkim_key = "{self.folder}/key.pem"\ndkim_selector = "m1"\n')
        self.assertIn(b"a=ed25519-sha256; c=relaxed/relaxed; d=example.com; s=m1;", self.letter())

    def test_two_keys_make_two_signatures(self):
        self.make_key("--ed25519", "--out", "a")
        self.make_key("--out", "b")
        mail = self.letter("--dkim-key", "a", "--dkim-selector", "x", "--dkim-key", "b", "--dkim-selector", "y",
                           "--dkim-domain", "mail.example.com")
        self.assertEqual(mail.count(b"DKIM-Signature:"), 2)
        self.assertEqual(mail.count(b"d=mail.example.com"), 2)

    def test_merge_signs_each_row(self):
        told = self.make_key("--ed25519")
        (self.folder / "rows.csv").write_text("email\nann@example.net\n")
        done = self.run_program("merge", "--from", "me@example.com", "--to", "{{email}}", "--text", "hi {{email}}",
                                "--data", "rows.csv", "--dry-run", "--dkim-key", told["file"], "--dkim-selector", "m1")
        records = self.folder / "records"
        records.write_text(f"{NAME} {told['record']}\n")
        self.assertEqual(self.verify(done.stdout, "--dns-file", records).returncode, 0, done.stderr)

    def test_what_cannot_sign_is_told_before_anything_is_sent(self):
        (self.folder / "none").write_text("no key")
        for code, arguments in ((66, ("--dkim-key", "missing", "--dkim-selector", "m1")),
                                (65, ("--dkim-key", "none", "--dkim-selector", "m1")),
                                (64, ("--dkim-key", "none")), (64, ("--dkim-selector", "m1"))):
            done = self.run_program("send", "--from", "me@example.com", "--to", "you@example.net", "--dry-run",
                                    *arguments)
            self.assertEqual((done.returncode, done.stdout), (code, b""))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
