"""The program and the library against each server that we know: every way in, every mode of sending, every login, and
what each has a limit for. What the server stored is what was sent, octet for octet.

A server's row says what it offers. What it does not offer is done without, or refused before anything is sent.
"""

import email
import email.policy
import json
import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

import program
from aio import AioSmtpd
from catch_server import Catch
from exim import Exim
from mailboxes import check_arrived
from messages import HEADER, LARGE, MESSAGES, MIME, READER
from opensmtpd import OpenSmtpd
from postfix_and_dovecot import DovecotLmtp, DovecotSubmission, Postfix
from servers import ACCOUNT

SEND_ALL = os.environ["LIVE_SEND_ALL"]

BOB, INTERNATIONAL = READER, "用户@example.test"
MANY = [f"reader{number}@example.test" for number in range(1000)]
KNOWN = [ACCOUNT, BOB, INTERNATIONAL, *MANY]

MODES = {"one by one": ["--no-pipelining", "--no-chunking"], "in a flight": ["--no-chunking"], "in chunks": []}


class Interop:
    """The tests; below, a class for each server says what there is to test it with."""

    server = None
    offers = set()
    mechanisms = ()
    mechanisms_under_tls = ()  # beside those
    notifies = True
    envelope_id = "live 1+1"  # what a notification names it, when that was asked for

    @classmethod
    def setUpClass(cls):
        cls.running = cls.enterClassContext(cls.server(KNOWN))
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))

    def setUp(self):
        self.running.mailboxes.empty()

    def way(self, preferred="STARTTLS"):
        return self.running.urls.get(preferred) or self.running.urls["plain"]

    def call(self, verb, url, *arguments, mechanism=None, password=None):
        login = []
        if self.mechanisms and not url.startswith("lmtp"):
            login = ["--user", self.running.account, "--password-env", "LIVE_PASSWORD"]
        if mechanism:
            login += ["--auth", mechanism]
        where = [url] if verb == "check" else ["--server", url]
        done = program.run(verb, "--json", *where, "--ca-file", self.running.ca_file, *login, "--transcript",
                           *arguments, environment={"LIVE_PASSWORD": password or self.running.password})
        self.assertTrue(done.stdout, done.stderr.decode())
        return done, json.loads(done.stdout), done.stderr.decode()

    def send(self, octets, url, *arguments, to=(BOB,), **more):
        """Sends `octets`, which everybody takes, and returns the dialogue."""
        message = self.folder / "message.eml"
        message.write_bytes(octets)
        recipients = self.folder / "recipients"
        recipients.write_text("\n".join(to))
        done, report, dialogue = self.call("send", url, "--eml", message, "--from", ACCOUNT, "--to-file", recipients,
                                           *arguments, **more)
        self.assertEqual(done.returncode, 0, dialogue[-3000:] + self.running.logs())
        self.assertEqual({one["address"] for one in report["accepted"]}, set(to))
        return dialogue

    def stored(self, address, count=1):
        try:
            return self.running.mailboxes.wait(address, count)
        except TimeoutError as error:
            error.add_note(self.running.logs())
            raise

    def check_mode(self, mode, dialogue):
        spoken = "".join(line[0] for line in dialogue.split("C: MAIL", 1)[1].splitlines()[1:] if line[:3] in ("C: ", "S: "))
        self.assertEqual("C: BDAT" in dialogue, mode == "in chunks" and "CHUNKING" in self.offers, dialogue)
        self.assertEqual("C: DATA" in dialogue, "C: BDAT" not in dialogue, dialogue)
        flight = mode != "one by one" and "PIPELINING" in self.offers
        self.assertEqual(spoken.startswith("C"), flight, dialogue)

    def test_each_way_and_mode_carries_each_message(self):
        for way, url in self.running.urls.items():
            if way.startswith("broken"):
                continue
            for mode, arguments in MODES.items():
                for name, octets in MESSAGES.items():
                    with self.subTest(way, mode=mode, message=name):
                        self.running.mailboxes.empty()
                        self.check_mode(mode, self.send(octets, url, *arguments))
                        check_arrived(self, *self.stored(BOB), octets)

    def test_the_server_offers_what_its_row_says(self):
        done, report, dialogue = self.call("check", self.way())
        last_greeting = dialogue.rsplit("C: EHLO", 1)[-1].rsplit("C: LHLO", 1)[-1]
        offered = set(re.findall(r"^S: 250[ -]([A-Z0-9]+)", last_greeting, re.M))
        known = {"PIPELINING", "CHUNKING", "8BITMIME", "SMTPUTF8", "DSN", "SIZE", "BINARYMIME"}
        self.assertEqual(offered & known, self.offers)
        mechanisms = re.search(r"^S: 250[ -]AUTH (.*)", last_greeting, re.M)
        self.assertEqual(set(mechanisms[1].split()) if mechanisms else set(),
                         {*self.mechanisms, *self.mechanisms_under_tls})

    def test_each_mechanism_logs_in_each_way(self):
        for way, url in self.running.urls.items():
            mechanisms = self.mechanisms + (self.mechanisms_under_tls if "TLS" in way else ())
            for mechanism in mechanisms if not url.startswith("lmtp") else ():
                with self.subTest(way, mechanism=mechanism):
                    self.running.mailboxes.empty()
                    dialogue = self.send(MESSAGES["dots and blanks"], url, mechanism=mechanism)
                    self.assertIn(f"C: AUTH {mechanism}", dialogue)
                    self.stored(BOB)
                    done, report, _ = self.call("send", url, "--from", ACCOUNT, "--to", BOB, "--text", "t",
                                                mechanism=mechanism, password="wrong")
                    self.assertEqual((done.returncode, report["error"]["type"]), (77, "authentication_error"))

    def test_an_international_message_arrives_or_whom_it_cannot_reach_is_refused_alone(self):
        octets = (HEADER + MIME.format("8bit") + "Subject: 主题\r\nX-Reader: 用户\r\n\r\n正文\r\n").encode()
        if "SMTPUTF8" in self.offers:
            dialogue = self.send(octets, self.way(), to=[INTERNATIONAL])
            self.assertRegex(dialogue, "C: MAIL FROM:.* SMTPUTF8")
            check_arrived(self, *self.stored(INTERNATIONAL), octets)
            return
        done, report, dialogue = self.call("send", self.way(), "--from", ACCOUNT, "--to", INTERNATIONAL, "--to", BOB,
                                           "--text", "t")
        self.assertEqual((done.returncode, report["error"]), (1, None), dialogue)
        self.assertEqual([(one["address"], one["code"], one["enhanced"]) for one in report["refused"]],
                         [(INTERNATIONAL, 553, "5.6.7")])
        self.assertEqual(dialogue.count("C: RCPT"), 1)
        self.stored(BOB)

    def test_notifications_are_asked_for_and_come_or_nothing_is_sent(self):
        wishes = ["--notify", "success,failure", "--envelope-id", "live 1+1", "--return", "headers"]
        if "DSN" not in self.offers:
            done, report, _ = self.call("send", self.way(), *wishes, "--from", ACCOUNT, "--to", BOB, "--text", "t")
            self.assertEqual((done.returncode, report["error"]["type"]), (69, "not_supported"))
            return
        self.send(MESSAGES["dots and blanks"], self.way(), *wishes)
        check_arrived(self, *self.stored(BOB), MESSAGES["dots and blanks"])
        if not self.notifies:
            return
        (notice,) = self.stored(ACCOUNT)
        status = next(part for part in email.message_from_bytes(notice, policy=email.policy.default).walk()
                      if part.get_content_type() == "message/delivery-status")
        about_all, about_bob = status.get_payload()[:2]
        self.assertEqual(about_all["Original-Envelope-Id"], self.envelope_id)
        self.assertIn(BOB, about_bob["Final-Recipient"])
        self.assertIn(about_bob["Action"], ("delivered", "relayed"))

    def test_a_refused_recipient_does_not_stop_the_rest_in_any_mode(self):
        for mode, arguments in MODES.items():
            with self.subTest(mode):
                self.running.mailboxes.empty()
                done, report, dialogue = self.call(
                    "send", self.way(), *arguments, "--from", ACCOUNT, "--to", "stranger@example.test", "--to", BOB,
                    "--subject", "s", "--text", "t")
                self.assertEqual(done.returncode, 1, dialogue + self.running.logs())
                self.assertEqual([one["address"] for one in report["accepted"]], [BOB])
                self.assertEqual([(one["address"], one["transient"]) for one in report["refused"]],
                                 [("stranger@example.test", False)])
                self.stored(BOB)

    def test_a_thousand_recipients_get_one_message(self):
        octets = MESSAGES["dots and blanks"]
        self.send(octets, self.way(), to=MANY)
        for reader in MANY:
            check_arrived(self, *self.stored(reader), octets)

    def test_a_hundred_messages_by_merge_on_one_connection(self):
        rows = self.folder / "rows.csv"
        rows.write_text("email,number\n" + "".join(f"{reader},{n}\n" for n, reader in enumerate(MANY[:100])))
        done, report, dialogue = self.call("merge", self.way(), "--data", rows, "--from", ACCOUNT, "--to", "{{email}}",
                                           "--subject", "第 {{number}} 封", "--text", ".for {{email}}\n..\n")
        self.assertEqual(done.returncode, 0, dialogue[-3000:] + self.running.logs())
        self.assertEqual(dialogue.count("S: 220"), 2 if "C: STARTTLS" in dialogue else 1)
        for number, reader in enumerate(MANY[:100]):
            (octets,) = self.stored(reader)
            mail = email.message_from_bytes(octets, policy=email.policy.default)
            self.assertEqual((mail["Subject"], mail.get_content().splitlines()),
                             (f"第 {number} 封", [f".for {reader}", ".."]))

    def test_a_hundred_messages_by_the_library_on_one_connection(self):
        sent = self.folder / "sent"
        sent.mkdir()
        account = self.running.account if self.mechanisms else ""
        done = subprocess.run([SEND_ALL, "100", self.way(), self.running.ca_file, account,
                               self.running.password, BOB, sent], capture_output=True, timeout=120)
        self.assertEqual(done.returncode, 0, (done.stderr + done.stdout).decode() + self.running.logs())
        by_number = lambda octets: int(re.search(rb"\nMessage-ID: <live\.(\d+)@", octets)[1])
        for number, octets in enumerate(sorted(self.stored(BOB, 100), key=by_number)):
            check_arrived(self, octets, (sent / f"{number}.eml").read_bytes())

    def test_fifty_megabytes_arrive(self):
        for mode in ("in a flight", "in chunks"):
            with self.subTest(mode):
                self.running.mailboxes.empty()
                self.check_mode(mode, self.send(LARGE, self.way(), *MODES[mode]))
                check_arrived(self, *self.stored(BOB), LARGE)


class PostfixInterop(Interop, unittest.TestCase):
    server = Postfix
    offers = {"PIPELINING", "CHUNKING", "8BITMIME", "SMTPUTF8", "DSN", "SIZE"}
    mechanisms = ("PLAIN", "LOGIN", "CRAM-MD5")


class DovecotSubmissionInterop(Interop, unittest.TestCase):
    server = DovecotSubmission
    offers = {"PIPELINING", "CHUNKING", "8BITMIME", "SIZE"}
    mechanisms = ("PLAIN", "LOGIN", "CRAM-MD5")


class DovecotLmtpInterop(Interop, unittest.TestCase):
    server = DovecotLmtp
    offers = {"PIPELINING", "CHUNKING", "8BITMIME"}


class EximInterop(Interop, unittest.TestCase):
    server = Exim
    offers = {"PIPELINING", "CHUNKING", "8BITMIME", "SMTPUTF8", "DSN", "SIZE"}
    mechanisms = ("PLAIN", "LOGIN", "CRAM-MD5")
    envelope_id = "live+201+2B1"  # QUIRK: Exim leaves the xtext as it came


class OpenSmtpdInterop(Interop, unittest.TestCase):
    server = OpenSmtpd
    offers = {"8BITMIME", "DSN", "SIZE"}
    envelope_id = None  # QUIRK: OpenSMTPD takes it and does not say it again

    def test_a_handshake_that_breaks_sends_nothing(self):
        done, report, _ = self.call("send", self.running.urls["broken STARTTLS"], "--from", ACCOUNT, "--to", BOB,
                                    "--text", "t")
        self.assertEqual((done.returncode, report["error"]["type"]), (76, "tls_error"))
        self.assertEqual((report["unsent"], report["in_doubt"]), ([BOB], False))


class CatchInterop(Interop, unittest.TestCase):
    server = Catch
    offers = {"PIPELINING", "CHUNKING", "8BITMIME", "SMTPUTF8", "DSN", "SIZE", "BINARYMIME"}
    mechanisms = ("SCRAM-SHA-512", "SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "PLAIN", "LOGIN")
    mechanisms_under_tls = tuple(f"SCRAM-SHA-{size}-PLUS" for size in (512, 256, 1))
    notifies = False  # nothing leaves


class AioSmtpdInterop(Interop, unittest.TestCase):
    server = AioSmtpd
    offers = {"8BITMIME", "SMTPUTF8", "SIZE"}
    mechanisms = ("PLAIN", "LOGIN")


if __name__ == "__main__":
    unittest.main()
