"""The first mail, end to end: through a real Postfix (STARTTLS required, AUTH against Dovecot) and through Dovecot's
submission service, delivered by LMTP to a Maildir, read back by Python's email."""

import json
import subprocess
import tempfile
import unittest

import program
from servers import ACCOUNT, PASSWORD, Servers


class Relay(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.servers = cls.enterClassContext(Servers())
        cls.folder = program.write_parts(cls.enterClassContext(tempfile.TemporaryDirectory()))

    def setUp(self):
        self.servers.empty_mailboxes()

    def urls(self):
        ports = self.servers.ports
        return {"postfix": f"smtp://localhost:{ports['smtp']}?starttls=required",
                "dovecot": f"smtp://localhost:{ports['submission']}?starttls=required",
                "dovecot, TLS from the start": f"smtps://localhost:{ports['submissions']}"}

    def send(self, url, *, to=("鲍勃 <bob@example.test>",), bcc=(), password=PASSWORD, ca=True, extra=()):
        arguments = ["send", "--json", "--server", url, "--user", ACCOUNT, "--password-env", "LIVE_PASSWORD"]
        if ca:
            arguments += ["--ca-file", self.servers.ca_file]
        return program.run(*arguments, *extra, *program.message_arguments(self.folder, to, bcc),
                           environment={"LIVE_PASSWORD": password})

    def test_the_message_arrives_whole_and_the_bcc_is_absent(self):
        for name, url in self.urls().items():
            with self.subTest(name):
                self.servers.empty_mailboxes()
                done = self.send(url, bcc=["hidden@example.test"])
                self.assertEqual(done.returncode, 0, done.stderr.decode())
                report = json.loads(done.stdout)
                self.assertEqual([r["address"] for r in report["accepted"]], ["bob@example.test", "hidden@example.test"])
                self.assertEqual((report["refused"], report["error"], report["in_doubt"]), ([], None, False))
                for mailbox in ("bob@example.test", "hidden@example.test"):
                    (octets,) = self.servers.wait_for_mail(mailbox)
                    program.check_message(self, octets)
                    self.assertIn(report["message_id"].encode(), octets)

    def test_a_refused_recipient_does_not_stop_the_rest(self):
        for name, url in self.urls().items():
            with self.subTest(name):
                self.servers.empty_mailboxes()
                done = self.send(url, to=["alice@example.test", "stranger@example.test", "bob@example.test"])
                self.assertEqual(done.returncode, 1, done.stderr.decode())
                report = json.loads(done.stdout)
                self.assertEqual([r["address"] for r in report["accepted"]], ["alice@example.test", "bob@example.test"])
                (refused,) = report["refused"]
                self.assertEqual((refused["address"], refused["code"], refused["transient"]),
                                 ("stranger@example.test", 550, False))
                self.assertIn("User unknown", refused["text"])
                self.assertIsNone(report["error"])
                for mailbox in ("alice@example.test", "bob@example.test"):
                    program.check_message(self, *self.servers.wait_for_mail(mailbox))

    def test_a_wrong_password_is_an_authentication_error(self):
        for name, url in self.urls().items():
            with self.subTest(name):
                done = self.send(url, password="wrong")
                self.assertEqual(done.returncode, 77, done.stderr.decode())
                report = json.loads(done.stdout)
                self.assertEqual((report["error"]["type"], report["error"]["code"]), ("authentication_error", 535))
                self.assertEqual(report["unsent"], ["bob@example.test"])
                self.assertNotIn(b"wrong", done.stderr)

    def test_an_untrusted_certificate_is_refused_unless_its_ca_is_given(self):
        for name, url in self.urls().items():
            with self.subTest(name):
                done = self.send(url, ca=False)
                self.assertEqual(done.returncode, 76, done.stderr.decode())
                self.assertEqual(json.loads(done.stdout)["error"]["type"], "tls_error")
                self.assertIn(b"self-signed", done.stderr)

    def test_a_transcript_shows_the_dialogue_and_no_secret(self):
        done = self.send(self.urls()["postfix"], extra=["--transcript"])
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        shown = done.stderr.decode()
        for line in ("STARTTLS", "AUTH", "MAIL FROM:<alice@example.test>", "RCPT TO:<bob@example.test>", "BDAT ", "250 2.0.0"):
            self.assertIn(line, shown)
        self.assertNotIn(PASSWORD, shown)

    def test_each_mechanism_logs_in(self):
        for mechanism in ("CRAM-MD5", "PLAIN", "LOGIN"):
            with self.subTest(mechanism):
                self.servers.empty_mailboxes()
                self.compose_in_cpp("blocking", self.urls()["postfix"], mechanism)

    def test_the_library_sends_blocking_and_awaiting(self):
        for name, url in self.urls().items():
            for way in ("blocking", "awaiting"):
                with self.subTest(name, way=way):
                    self.servers.empty_mailboxes()
                    self.compose_in_cpp(way, url, "")

    def compose_in_cpp(self, way, url, mechanism):
        done = subprocess.run([program.SEND_MESSAGE, way, url, self.servers.ca_file, ACCOUNT, PASSWORD, self.folder,
                               mechanism], capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr.decode() + done.stdout.decode())
        self.assertIn(b"refused stranger@example.test 550", done.stdout)
        for mailbox in ("bob@example.test", "hidden@example.test"):
            program.check_message(self, *self.servers.wait_for_mail(mailbox))

    def test_the_library_throws_by_name(self):
        url = self.urls()["postfix"]
        for arguments, name in (((self.servers.ca_file, ACCOUNT, "wrong"), "authentication_error"),
                                (("", ACCOUNT, PASSWORD), "tls_error")):
            for way in ("blocking", "awaiting"):
                with self.subTest(name, way=way):
                    done = subprocess.run([program.SEND_MESSAGE, way, url, *arguments, self.folder, ""],
                                          capture_output=True, timeout=60)
                    self.assertEqual(done.returncode, 3)
                    self.assertIn(name.encode(), done.stderr)


if __name__ == "__main__":
    unittest.main()
