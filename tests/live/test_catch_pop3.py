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

    def test_a_maildrop_is_one_sessions_until_that_ends(self):
        send(self.where, DOTS)
        first = self.connect("b@example.net")
        for user in ("b@example.net", "B@EXAMPLE.NET"):
            second = poplib.POP3(self.host, int(self.port), timeout=30)
            second.user(user)
            with self.assertRaisesRegex(poplib.error_proto, r"\[IN-USE\]"):
                second.pass_("any")
            second.user("c@example.net")  # that one is free, and the session goes on
            second.pass_("any")
            second.quit()
        first.quit()
        self.connect("b@example.net").quit()
        self.connect("b@example.net").close()  # without QUIT it is over as well
        self.connect("b@example.net").quit()

    def test_one_login_in_many_gets_the_maildrop(self):
        clients = [poplib.POP3(self.host, int(self.port), timeout=30) for _ in range(10)]
        outcomes = []
        for client in clients:
            client.user("anyone%d" % len(outcomes))
            try:
                outcomes.append(client.pass_("any")[:3])
            except poplib.error_proto as refusal:
                outcomes.append(bytes(str(refusal), "ascii")[2:15])
        self.assertEqual(outcomes, [b"+OK"] + [b"-ERR [IN-USE]"] * 9)
        for client in clients:
            client.quit()

    def test_sizes_are_those_of_what_retr_sends(self):
        api = Api(self.where)
        letters = [DOTS, DOTS.replace(b"\r\n", b"\n"), DOTS[:-2], b"Subject: r\r\rone\rtwo", b"Subject: mixed\n\r\n\r\r\nx\n"]
        for letter in letters:
            self.assertEqual(api.load(letter)[0], 201)
        client = self.connect()
        listed = dict(map(int, line.split()) for line in client.list()[1])
        for number in range(1, len(letters) + 1):
            client._putcmd(f"RETR {number}")
            told = int(client._getresp().split()[1])
            octets = 0
            while (line := client.file.readline()) != b".\r\n":
                self.assertTrue(line.endswith(b"\r\n") and b"\r" not in line[:-2], line)
                octets += len(line) - line.startswith(b".")
            self.assertEqual((octets, told), (listed[number],) * 2, letters[number - 1])
        self.assertEqual(client.stat(), (len(letters), sum(listed.values())))
        client.quit()

    def test_uidl_top_and_list_agree_and_last_is_of_the_past(self):
        for number in range(3):
            send(self.where, DOTS.replace(b"dots", b"dots %d" % number))
        client = self.connect()
        ids = dict(line.split() for line in client.uidl()[1])
        self.assertEqual(client.uidl(2).split()[1:], [b"2", ids[b"2"]])
        self.assertEqual(client.top(2, 0)[1], [b"From: a@example.com", b"Subject: dots 1", b""])
        self.assertEqual(client.top(2, 2)[1][3:], [b".one", b"..two"])
        self.assertEqual(client.top(2, 10_000)[1], client.retr(2)[1])
        client.dele(2)
        self.assertEqual([line.split()[0] for line in client.uidl()[1]], [b"1", b"3"])
        for command in (client.uidl, client.retr, client.list, client.dele):
            with self.assertRaises(poplib.error_proto):
                command(2)
        with self.assertRaises(poplib.error_proto):
            client._shortcmd("LAST")
        client.rset()
        client.quit()
        client = self.connect()
        self.assertEqual(dict(line.split() for line in client.uidl()[1]), ids)
        client.quit()

    def test_two_maildrops_and_the_api_may_delete_the_same_message(self):
        send(self.where, DOTS)
        first, second = self.connect(), self.connect("b@example.net")
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

    def test_apop_proves_it_and_no_stamp_comes_twice(self):
        with program.catching_anywhere("--pop3", "127.0.0.1:0", "--user", "me:secret") as (_, where):
            host, port = where["pop3"].rsplit(":", 1)
            greetings = set()
            for secret in ("secret", "wrong", "secret"):
                client = poplib.POP3(host, int(port), timeout=30)
                greetings.add(client.getwelcome())
                if secret == "wrong":
                    with self.assertRaisesRegex(poplib.error_proto, "AUTH"):
                        client.apop("me", secret)
                else:
                    client.apop("me", secret)
                    self.assertEqual(client.stat()[0], 0)
                client.quit()
            self.assertEqual(len(greetings), 3)


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
