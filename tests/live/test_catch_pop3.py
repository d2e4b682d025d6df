"""What was caught, read by POP3: Python's poplib and curl, in clear and under TLS."""

import poplib
import random
import smtplib
import ssl
import subprocess
import tempfile
import unittest
from pathlib import Path

import program
from api import Api

DOTS = b"From: a@example.com\r\nSubject: dots\r\n\r\n.one\r\n..two\r\nFrom here\r\n.\r\n.\r\nlast\r\n"


def send(where, octets, *to):
    host, port = where["smtp"].rsplit(":", 1)
    with smtplib.SMTP(host, int(port), timeout=30) as client:
        client.sendmail("a@example.com", to or ["b@example.net"], octets)


class Poplib(unittest.TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.ca = self.folder / "ca.pem"
        _, self.where = self.enterContext(
            program.catching_anywhere("--pop3", "127.0.0.1:0", "--certificate-file", self.ca))
        self.host, self.port = self.where["pop3"].rsplit(":", 1)

    def connect(self, user="anyone", tls=False):
        client = poplib.POP3(self.host, int(self.port), timeout=30)
        self.addCleanup(client.close)
        if tls:
            client.stls(ssl.create_default_context(cafile=self.ca))
        client.user(user)
        client.pass_("any")
        return client

    def test_messages_come_oldest_first_and_octet_for_octet(self):
        for number in range(3):
            send(self.where, DOTS.replace(b"dots", b"dots %d" % number))
        for tls in (False, True):
            with self.subTest(tls=tls):
                client = self.connect(tls=tls)
                self.assertEqual(client.stat(), (3, 3 * (len(DOTS) + 2)))
                for number in range(3):
                    octets = b"\r\n".join(client.retr(number + 1)[1]) + b"\r\n"
                    self.assertEqual(octets, DOTS.replace(b"dots", b"dots %d" % number))
                self.assertEqual(len(set(client.uidl()[1])), 3)
                self.assertEqual(b"\r\n".join(client.top(1, 1)[1]), b"From: a@example.com\r\nSubject: dots 0\r\n\r\n.one")
                client.quit()

    def test_an_address_as_user_sees_the_mail_to_it(self):
        send(self.where, DOTS, "b@example.net", "c@example.net")
        send(self.where, DOTS, "c@example.net")
        self.assertEqual([self.connect(user).stat()[0] for user in
                          ("b@example.net", "c@example.net", "d@example.net", "everybody")], [1, 2, 0, 2])

    def test_what_is_deleted_goes_at_quit_and_not_with_a_lost_link(self):
        api = Api(self.where)
        for _ in range(2):
            send(self.where, DOTS)
        client = self.connect()
        client.dele(1)
        client.close()
        self.assertEqual(len(api.messages()), 2)
        client = self.connect()
        oldest = client.uidl(1).split()[2].decode()
        client.dele(1)
        client.quit()
        self.assertEqual(len(api.messages()), 1)
        self.assertEqual(api.ask("GET", f"messages/{oldest}")[0], 404)

    def test_two_sessions_and_the_api_may_delete_the_same_message(self):
        send(self.where, DOTS)
        first, second = self.connect(), self.connect()
        first.dele(1)
        second.dele(1)
        first.quit()
        self.assertTrue(second.quit().startswith(b"+OK"))

    def test_thirty_megabytes(self):
        line = random.Random(3).randbytes(38).hex().encode() + b"\r\n"
        large = b"From: a@example.com\r\nSubject: large\r\n\r\n" + line * (30_000_000 // len(line))
        send(self.where, large)
        client = self.connect(tls=True)
        self.assertEqual(b"\r\n".join(client.retr(1)[1]) + b"\r\n", large)
        client.quit()

    def test_the_capabilities_are_those_that_are_there(self):
        client = poplib.POP3(self.host, int(self.port), timeout=30)
        self.addCleanup(client.close)
        for name in ("TOP", "UIDL", "STLS", "USER", "SASL", "PIPELINING", "RESP-CODES", "UTF8"):
            self.assertIn(name, client.capa())
        client.utf8()
        client.quit()


class Login(unittest.TestCase):
    def test_with_user_only_that_login_is_right(self):
        with program.catching_anywhere("--pop3", "127.0.0.1:0", "--user", "me:secret") as (_, where):
            host, port = where["pop3"].rsplit(":", 1)
            client = poplib.POP3(host, int(port), timeout=30)
            client.user("me")
            with self.assertRaisesRegex(poplib.error_proto, "AUTH"):
                client.pass_("wrong")
            client.user("me")
            client.pass_("secret")
            client.quit()


class Curl(unittest.TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.ca = self.folder / "ca.pem"
        _, self.where = self.enterContext(
            program.catching_anywhere("--pop3", "127.0.0.1:0", "--certificate-file", self.ca))

    def curl(self, path, *options):
        port = self.where["pop3"].rsplit(":", 1)[1]
        done = subprocess.run(["curl", "--silent", "--show-error", *options, "--user", "u:p",
                               f"pop3://localhost:{port}/{path}"], capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        return done.stdout

    def test_every_way_in_gives_the_same(self):
        send(self.where, DOTS)
        for options in ([], ["--ssl-reqd", "--cacert", str(self.ca)], ["--login-options", "AUTH=PLAIN"],
                        ["--sasl-ir", "--login-options", "AUTH=PLAIN"]):
            with self.subTest(options=options):
                self.assertEqual(self.curl("1", *options), DOTS)
        self.assertEqual(self.curl("").split(), [b"1", str(len(DOTS)).encode()])


if __name__ == "__main__":
    unittest.main()
