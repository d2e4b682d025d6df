"""What others send to `postrider catch` comes back from its API unchanged: Python's smtplib and curl in every mode they
know, the program itself, and a 30 MB message."""

import json
import random
import smtplib
import ssl
import subprocess
import tempfile
import unittest
from pathlib import Path

import program

SMALL = b"From: a@example.com\r\nTo: b@example.net\r\nSubject: dots\r\n\r\n.one\r\n..two\r\nFrom here\r\n.\r\n.\r\nlast\r\n"
EIGHT_BIT = "From: a@example.com\r\nSubject: 8 bit\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n你好\r\n".encode()


def large():
    line = random.Random(3).randbytes(57)
    import base64
    body = base64.b64encode(line) + b"\r\n"
    return b"From: a@example.com\r\nSubject: large\r\n\r\n" + body * (30_000_000 // len(body))


class Smtplib(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.ca = cls.folder / "ca.pem"
        _, cls.host, cls.port, cls.api = cls.enterClassContext(
            program.catching("--user", "u:pässword", "--certificate-file", cls.ca))

    def connect(self, tls, login):
        client = smtplib.SMTP(self.host, self.port, timeout=30)
        if tls:
            client.starttls(context=ssl.create_default_context(cafile=self.ca))
        if login:
            # smtplib takes only ASCII passwords, so the exchange is made by hand.
            import base64
            client.ehlo()
            token = base64.b64encode("\0u\0pässword".encode()).decode()
            self.assertEqual(client.docmd("AUTH", f"PLAIN {token}")[0], 235)
        return client

    def test_every_mode_comes_back_unchanged(self):
        for tls in (False, True):
            for login in (False, True):
                for octets, options in ((SMALL, []), (EIGHT_BIT, ["BODY=8BITMIME"]), (large(), [])):
                    with self.subTest(tls=tls, login=login, size=len(octets)), self.connect(tls, login) as client:
                        refused = client.sendmail("a@example.com", ["b@example.net", "c@example.net"], octets, options)
                        self.assertEqual(refused, {})
                        self.assertEqual(program.newest_raw(self.api), octets)

    def test_an_internationalised_address_arrives(self):
        with self.connect(False, False) as client:
            client.sendmail("a@example.com", ["пример@пример.example"], EIGHT_BIT, ["SMTPUTF8", "BODY=8BITMIME"])
        newest = json.loads(program.get(f"{self.api}/messages"))["messages"][0]
        self.assertEqual(newest["to"], ["пример@пример.example"])

    def test_a_wrong_password_is_refused(self):
        with self.connect(False, False) as client, self.assertRaises(smtplib.SMTPAuthenticationError) as caught:
            client.login("u", "wrong")
        self.assertEqual(caught.exception.smtp_code, 535)

    def test_many_messages_on_one_connection(self):
        before = json.loads(program.get(f"{self.api}/messages"))["total"]
        with self.connect(True, True) as client:
            for _ in range(100):
                client.sendmail("a@example.com", ["b@example.net"], SMALL)
        self.assertEqual(json.loads(program.get(f"{self.api}/messages"))["total"], before + 100)


class Curl(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.ca = cls.folder / "ca.pem"
        _, cls.host, cls.port, cls.api = cls.enterClassContext(
            program.catching("--user", "u:p", "--certificate-file", cls.ca))

    def test_every_mode_comes_back_unchanged(self):
        for tls in ([], ["--ssl-reqd", "--cacert", str(self.ca)]):
            for login in ([], ["--user", "u:p"], *[["--user", "u:p", "--login-options", f"AUTH={m}"]
                                                   for m in ("PLAIN", "LOGIN", "CRAM-MD5")]):
                for octets in (SMALL, EIGHT_BIT, large()):
                    with self.subTest(tls=tls, login=login, size=len(octets)):
                        file = self.folder / "message"
                        file.write_bytes(octets)
                        done = subprocess.run(["curl", "--silent", "--show-error", f"smtp://localhost:{self.port}", *tls,
                                               *login, "--mail-from", "a@example.com", "--mail-rcpt", "b@example.net",
                                               "--upload-file", file], capture_output=True, timeout=120)
                        self.assertEqual(done.returncode, 0, done.stderr.decode())
                        self.assertEqual(program.newest_raw(self.api), octets)


class Rules(unittest.TestCase):
    def test_a_refused_recipient_is_told_and_the_rest_is_caught(self):
        with program.catching("--refuse", "b@*=550 5.1.1 no such user", "--for", 1) as (server, host, port, api):
            with smtplib.SMTP(host, port, timeout=30) as client:
                refused = client.sendmail("a@example.com", ["b@example.net", "c@example.net"], SMALL)
                self.assertEqual(refused, {"b@example.net": (550, b"5.1.1 no such user")})
            self.assertEqual(server.wait(20), 0)


class Interface(unittest.TestCase):
    def test_list_look_and_delete(self):
        with program.catching() as (_, host, port, api), tempfile.TemporaryDirectory() as folder:
            parts = program.write_parts(folder)
            done = program.run("send", "--json", "--server", f"smtp://{host}:{port}",
                               *program.message_arguments(parts, ["bob@example.test"], ["hidden@example.test"]))
            self.assertEqual(done.returncode, 0, done.stderr.decode())

            listed = json.loads(program.get(f"{api}/messages"))
            self.assertEqual(listed["total"], 1)
            (entry,) = listed["messages"]
            self.assertEqual((entry["from"], entry["to"], entry["subject"], entry["unread"]),
                             ("alice@example.test", ["bob@example.test", "hidden@example.test"], program.SUBJECT, True))
            self.assertEqual(entry["size"], json.loads(done.stdout)["size"])

            raw = program.get(f"{api}/messages/{entry['id']}/raw")
            program.check_message(self, raw)
            whole = json.loads(program.get(f"{api}/messages/{entry['id']}"))
            self.assertIn({"name": "Subject", "value": program.SUBJECT}, whole["headers"])
            lines = [t["line"] for t in json.loads(program.get(f"{api}/messages/{entry['id']}/transcript"))]
            self.assertIn("RCPT TO:<hidden@example.test>", lines)

            program.change(api, "DELETE", f"messages/{entry['id']}")
            self.assertEqual(json.loads(program.get(f"{api}/messages"))["total"], 0)

    def test_a_dry_run_prints_the_octets_that_would_be_sent(self):
        with tempfile.TemporaryDirectory() as folder:
            done = program.run("send", "--dry-run", *program.message_arguments(
                program.write_parts(folder), ["bob@example.test"], ["hidden@example.test"]))
            self.assertEqual(done.returncode, 0, done.stderr.decode())
            program.check_message(self, done.stdout)


if __name__ == "__main__":
    unittest.main()
