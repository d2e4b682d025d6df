"""Faults on demand: every stage with every action, as an octet-counting client, Python's smtplib and the program itself
meet them at `postrider catch`."""

import base64
import contextlib
import json
import smtplib
import socket
import ssl
import tempfile
import time
import unittest
import urllib.error
import urllib.request
from pathlib import Path

import program

CONTENT = b"From: a@example.com\r\nTo: b@example.net\r\nSubject: faults\r\n\r\nhello\r\n"
LOGIN = base64.b64encode(b"\0u\0p")

# In the order of one session: what is said, and the code of the right answer.
DIALOGUE = [("greeting", b"", b"220"), ("ehlo", b"EHLO c.example\r\n", b"250"), ("auth", b"AUTH PLAIN " + LOGIN + b"\r\n", b"235"),
            ("rset", b"RSET\r\n", b"250"), ("mail", b"MAIL FROM:<a@example.com>\r\n", b"250"),
            ("rcpt", b"RCPT TO:<b@example.net>\r\n", b"250"), ("data", b"DATA\r\n", b"354"),
            ("end-of-data", CONTENT + b".\r\n", b"250"), ("quit", b"QUIT\r\n", b"221")]
ACTIONS = ["451 4.7.1 later", "delay 200ms", "drip 3ms", "drop", "lose-reply", "wrong", "oversize", "garbage"]
CARRIED_OUT = ("delay 200ms", "drip 3ms", "lose-reply")


class Api:
    def __init__(self, base):
        self.base = base

    def get(self, what):
        return json.loads(program.get(f"{self.base}/{what}"))

    def change(self, method, what, value=None):
        fields = {"Content-Type": "application/json"}
        with contextlib.suppress(urllib.error.HTTPError):
            fields["Postrider-Token"] = self.get("status")["token"]
        request = urllib.request.Request(f"{self.base}/{what}", method=method, headers=fields,
                                         data=None if value is None else json.dumps(value).encode())
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.loads(answer.read())

    def only(self, *rules):
        """These rules and no others, and no message kept."""
        self.change("DELETE", "messages")
        self.change("DELETE", "faults")
        for rule in rules:
            self.change("POST", "faults", {"rule": rule})

    def kept(self):
        return self.get("messages")["total"]


def read_reply(connection):
    """Whole replies, up to the last line; what there is when the connection ends."""
    octets = b""
    while True:
        try:
            got = connection.recv(65536)
        except ConnectionResetError:
            got = b""
        octets += got
        last = octets.rstrip(b"\r\n").rsplit(b"\r\n", 1)[-1]
        if not got or (octets.endswith(b"\r\n") and last[3:4] != b"-"):
            return octets


def converse(host, port, up_to, dialogue=DIALOGUE):
    """The last answer, and how long it took."""
    begun = time.monotonic()
    with socket.create_connection((host, port), 30) as connection:
        for stage, said, code in dialogue:
            connection.sendall(said)
            answer = read_reply(connection)
            if stage == up_to:
                return answer, time.monotonic() - begun
            assert answer.startswith(code), (stage, answer)
            begun = time.monotonic()


class EveryStage(unittest.TestCase):
    def expect(self, action, stage, right, answer, seconds):
        first = answer.split(b"\r\n")[0]
        if action.startswith("451"):
            self.assertEqual(answer, b"451 4.7.1 later\r\n")
        elif action.startswith("delay"):
            self.assertEqual(answer[:3], right)
            self.assertGreaterEqual(seconds, 0.2)
        elif action.startswith("drip"):
            self.assertEqual(answer[:3], right)
            self.assertGreaterEqual(seconds, 0.003 * len(answer))
        elif action in ("drop", "lose-reply"):
            self.assertEqual(answer, b"")
        elif action == "wrong":
            self.assertEqual(first[:3], b"354" if stage == "auth" else b"334")
        elif action == "oversize":
            self.assertEqual((first[:3], len(first)), (right, 100_004))
        else:
            self.assertFalse(first[:1].isdigit())
            self.assertEqual(len(answer), 202)

    def test_every_action_by_raw_octets(self):
        with program.catching("--user", "u:p") as (_, host, port, base):
            api = Api(base)
            for stage, _, right in DIALOGUE:
                for action in ACTIONS:
                    with self.subTest(stage=stage, action=action):
                        rule = f"{stage}={action}"
                        api.only(rule)
                        answer, seconds = converse(host, port, stage)
                        self.expect(action, stage, right, answer, seconds)
                        self.assertEqual([(r["rule"], r["met"]) for r in api.get("faults")["rules"]], [(rule, 1)])
                        if stage == "end-of-data":
                            self.assertEqual(api.kept(), int(action in CARRIED_OUT))

    def test_starttls_by_raw_octets(self):
        dialogue = [*DIALOGUE[:2], ("starttls", b"STARTTLS\r\n", b"220")]
        with program.catching() as (_, host, port, base):
            for action in ACTIONS:
                with self.subTest(action=action):
                    Api(base).only(f"starttls={action}")
                    self.expect(action, "starttls", b"220", *converse(host, port, "starttls", dialogue))

    def test_every_answer_of_lmtp(self):
        dialogue = [("greeting", b"", b"220"), ("lhlo", b"LHLO c.example\r\n", b"250"), *DIALOGUE[4:6],
                    ("another", b"RCPT TO:<c@example.net>\r\n", b"250"), ("data", b"DATA\r\n", b"354"),
                    ("end-of-data", CONTENT + b".\r\n", b"")]
        with program.catching_anywhere("--lmtp", "127.0.0.1:0") as (_, where):
            api = Api(f"http://{where['http']}/api/v1")
            host, port = where["lmtp"].rsplit(":", 1)
            api.only("end-of-data b@*=452 4.2.2 full")
            answer, _ = converse(host, int(port), "end-of-data", dialogue)
            self.assertTrue(answer.startswith(b"452 4.2.2 full\r\n"), answer)
            self.assertEqual([m["to"] for m in api.get("messages")["messages"]], [["c@example.net"]])

    def test_the_connection_ends_in_the_midst_of_the_message(self):
        with program.catching() as (_, host, port, base):
            api = Api(base)
            api.only("content=drop 20")
            self.assertEqual(converse(host, port, "end-of-data", DIALOGUE[:2] + DIALOGUE[4:])[0], b"")
            self.assertEqual(api.kept(), 0)

    def test_before_the_first_octet(self):
        with program.catching() as (_, host, port, base):
            api = Api(base)
            api.only("connect=drop")
            self.assertEqual(converse(host, port, "greeting")[0], b"")
            api.only("connect=delay 300ms")
            answer, seconds = converse(host, port, "greeting")
            self.assertEqual(answer[:3], b"220")
            self.assertGreaterEqual(seconds, 0.3)

    def test_any_means_every_answer(self):
        with program.catching() as (_, host, port, base):
            for after, stage in ((0, "greeting"), (1, "ehlo"), (4, "rcpt"), (7, "quit")):
                with self.subTest(stage=stage):
                    Api(base).only(f"any=450 4.0.0 no after={after}")
                    self.assertEqual(converse(host, port, stage, DIALOGUE[:2] + DIALOGUE[3:])[0], b"450 4.0.0 no\r\n")


class Chance(unittest.TestCase):
    def refused(self, seed):
        with program.catching("--fault", "rcpt=451 4.7.1 later p=0.3", "--fault-seed", seed) as (_, host, port, _):
            with smtplib.SMTP(host, port, timeout=30) as client:
                client.ehlo()
                client.mail("a@example.com")
                return [client.rcpt(f"b{i}@example.net")[0] for i in range(60)]

    def test_the_same_seed_and_the_same_dialogue_give_the_same_faults(self):
        once = self.refused(7)
        self.assertEqual(self.refused(7), once)
        self.assertNotEqual(self.refused(8), once)
        self.assertEqual(set(once), {250, 451})


class Interface(unittest.TestCase):
    def test_rules_come_and_go(self):
        with program.catching("--fault", "rcpt b@*=451 4.7.1 later times=2", "--refuse", "c@*=550 5.1.1 no") as (_, host, port, base):
            api = Api(base)
            listed = api.get("faults")
            self.assertEqual(listed["seed"], 1)
            self.assertEqual([(r["rule"], r["met"], r["left"]) for r in listed["rules"]],
                             [("rcpt c@*=550 5.1.1 no", 0, None), ("rcpt b@*=451 4.7.1 later times=2", 0, 2)])
            with smtplib.SMTP(host, port, timeout=30) as client:
                for expected in (451, 451, 250):
                    with contextlib.suppress(smtplib.SMTPRecipientsRefused):
                        client.sendmail("a@example.com", ["b@example.net"], CONTENT)
            self.assertEqual(api.get("faults")["rules"][1] | {"id": ""},
                             {"id": "", "rule": "rcpt b@*=451 4.7.1 later times=2", "met": 2, "left": 0})
            status, added = api.change("POST", "faults", {"rule": "quit=drop"})
            self.assertEqual((status, added["rule"], added["met"]), (201, "quit=drop", 0))
            api.change("DELETE", f"faults/{added['id']}")
            with self.assertRaises(urllib.error.HTTPError) as failed:
                api.change("DELETE", f"faults/{added['id']}")
            self.assertEqual(failed.exception.code, 404)
            api.change("DELETE", "faults")
            self.assertEqual(api.get("faults")["rules"], [])

    def test_what_is_no_rule_is_told_with_its_place(self):
        with program.catching() as (_, _, _, base):
            api = Api(base)
            for body in ({"rule": "male=drop"}, {"rule": 5}, {}, []):
                with self.subTest(body=body), self.assertRaises(urllib.error.HTTPError) as failed:
                    api.change("POST", "faults", body)
                self.assertEqual(failed.exception.code, 400)
                failed.exception.close()
            untold = urllib.request.Request(f"{base}/faults", method="POST", data=b'{"rule": "mail=drop"}', headers={
                "Postrider-Token": api.get("status")["token"], "Content-Type": "text/plain"})
            with self.assertRaises(urllib.error.HTTPError) as failed:
                urllib.request.urlopen(untold, timeout=30)
            self.assertEqual(failed.exception.code, 415)
            failed.exception.close()
            done = program.run("catch", "--smtp", "127.0.0.1:0", "--http", "127.0.0.1:0", "--fault", "mail=delay 5")
            self.assertEqual(done.returncode, 64)
            self.assertIn(b"--fault 'mail=delay 5': column 12: ", done.stderr)

    def test_stages_and_actions_are_told(self):
        with program.catching() as (_, _, _, base):
            api = Api(base)
            told = api.get("faults/help")
            forms = {action["name"]: action["form"] for action in told["actions"]}
            for stage in told["stages"]:
                for name in stage["actions"]:
                    pattern = " *" if stage["pattern"] else ""
                    status, _ = api.change("POST", "faults", {"rule": f"{stage['name']}{pattern}={forms[name]}"})
                    self.assertEqual(status, 201)

    def test_whoever_watches_hears_of_a_change(self):
        with program.catching() as (_, _, _, base):
            with urllib.request.urlopen(f"{base}/events", timeout=30) as events:
                Api(base).change("POST", "faults", {"rule": "quit=drop"})
                line = b""
                while not line.startswith(b"event: faults"):
                    line = events.readline()
                    self.assertTrue(line)

    def test_the_dialogue_of_a_message_shows_what_a_fault_did(self):
        with program.catching("--fault", "rcpt b@*=451 4.7.1 later", "--fault", "end-of-data=lose-reply") as (_, host, port, base):
            with contextlib.suppress(smtplib.SMTPServerDisconnected), smtplib.SMTP(host, port, timeout=30) as client:
                client.sendmail("a@example.com", ["b@example.net", "c@example.net"], CONTENT)
            api = Api(base)
            (kept,) = api.get("messages")["messages"]
            lines = [t["line"] for t in api.get(f"messages/{kept['id']}/transcript")]
            at = [line.upper() for line in lines].index("RCPT TO:<B@EXAMPLE.NET>")
            self.assertEqual(lines[at + 1:at + 3], ["[fault: rcpt b@*=451 4.7.1 later]", "451 4.7.1 later"])
            self.assertEqual(lines[-1], "[fault: end-of-data=lose-reply]")


class Smtplib(unittest.TestCase):
    """What Python makes of them."""

    @classmethod
    def setUpClass(cls):
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        _, cls.host, cls.port, base = cls.enterClassContext(program.catching("--certificate-file", cls.folder / "ca.pem"))
        cls.api = Api(base)

    def send(self, rule):
        self.api.only(rule)
        with smtplib.SMTP(self.host, self.port, timeout=30) as client:
            return client.sendmail("a@example.com", ["b@example.net", "c@example.net"], CONTENT)

    def test_each_stage_has_its_exception(self):
        for rule, exception, code in (
                ("greeting=554 5.3.2 nobody is here", smtplib.SMTPConnectError, 554),
                ("greeting=garbage", smtplib.SMTPConnectError, -1),
                ("ehlo=502 5.5.1 no", smtplib.SMTPHeloError, 502),
                ("mail=451 4.7.1 later", smtplib.SMTPSenderRefused, 451),
                ("mail=wrong", smtplib.SMTPSenderRefused, 334),
                ("mail=oversize", smtplib.SMTPResponseException, 500),
                ("data=451 4.3.0 no", smtplib.SMTPDataError, 451),
                ("end-of-data=554 5.6.0 no", smtplib.SMTPDataError, 554),
                ("end-of-data=drop", smtplib.SMTPServerDisconnected, None),
                ("end-of-data=lose-reply", smtplib.SMTPServerDisconnected, None)):
            with self.subTest(rule=rule), self.assertRaises(exception) as failed:
                self.send(rule)
            if code is not None:
                self.assertEqual(failed.exception.smtp_code, code, rule)
            self.assertEqual(self.api.kept(), int(rule.endswith("lose-reply")))

    def test_one_recipient_is_refused_and_the_other_is_not(self):
        self.assertEqual(self.send("rcpt b@*=550 5.1.1 no such user"), {"b@example.net": (550, b"5.1.1 no such user")})

    def test_bad_certificates(self):
        for kind, words in (("expired", "certificate has expired"), ("wrong-name", "Hostname mismatch"),
                            ("self-signed", "self-signed certificate"), ("broken", None)):
            with self.subTest(kind=kind), smtplib.SMTP(self.host, self.port, timeout=30) as client:
                self.api.only(f"starttls=bad-certificate {kind}")
                trusting = ssl.create_default_context(cafile=self.folder / "ca.pem")
                client._host = "localhost"
                with self.assertRaises(OSError if words is None else ssl.SSLCertVerificationError) as failed:
                    client.starttls(context=trusting)
                if words:
                    self.assertIn(words, failed.exception.verify_message)
                client.close()


class Program(unittest.TestCase):
    """What our own client makes of them."""

    @classmethod
    def setUpClass(cls):
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        _, where = cls.enterClassContext(program.catching_anywhere(
            "--certificate-file", cls.folder / "ca.pem", "--user", "u:p", "--smtps", "127.0.0.1:0"))
        cls.api = Api(f"http://{where['http']}/api/v1")
        cls.url = f"smtp://localhost:{where['smtp'].rsplit(':', 1)[1]}"
        cls.smtps = f"smtps://localhost:{where['smtps'].rsplit(':', 1)[1]}"
        (cls.folder / "large").write_bytes(bytes(8_000_000))

    def send(self, rule, *arguments, url=None):
        self.api.only(rule)
        done = program.run("send", "--json", "--server", url or self.url, "--from", "a@example.com", "--to", "b@example.net",
                           "--to", "c@example.net", "--subject", "s", "--text", "hello", *arguments)
        return done.returncode, json.loads(done.stdout)

    def check(self, rule, *arguments, code, error, in_doubt=False, kept=0, url=None):
        """`error`: its type and phase, or nothing."""
        with self.subTest(rule=rule, arguments=arguments):
            returned, told = self.send(rule, *arguments, url=url)
            met = told["error"] and (told["error"]["type"], told["error"]["phase"])
            self.assertEqual((returned, met, told["in_doubt"]), (code, error, in_doubt), told)
            self.assertEqual(self.api.kept(), kept)
            if in_doubt:
                self.assertEqual(told["accepted"], [])
            return told

    def test_before_the_message(self):
        for rule, code, error in (("greeting=554 5.3.2 nobody is here", 69, ("connect_error", "greeting")),
                                  ("greeting=421 4.3.2 later", 75, ("connect_error", "greeting")),
                                  ("greeting=drop", 75, ("server_disconnected", "greeting")),
                                  ("greeting=garbage", 76, ("connect_error", "greeting")),
                                  ("ehlo=502 5.5.1 no", 69, ("helo_error", "hello")),
                                  ("ehlo=drop", 75, ("server_disconnected", "hello")),
                                  ("ehlo=oversize", 76, ("response_error", "hello"))):
            self.check(rule, code=code, error=error)

    def test_in_the_envelope(self):
        told = self.check("rcpt b@*=550 5.1.1 no", code=1, error=None, kept=1)
        self.assertEqual([r["address"] for r in told["refused"]], ["b@example.net"])
        for rule, code, error in (("mail=451 4.7.1 later", 75, ("sender_refused", "mail_from")),
                                  ("mail=550 5.7.1 no", 69, ("sender_refused", "mail_from")),
                                  ("rcpt=451 4.7.1 later", 75, ("recipients_refused", "rcpt_to")),
                                  ("rcpt=550 5.1.1 no", 67, ("recipients_refused", "rcpt_to"))):
            self.check(rule, code=code, error=error)
        for rule, code, error in (("data=451 4.3.0 no", 75, ("data_error", "data")),
                                  ("data=drop", 75, ("server_disconnected", "data")),
                                  ("mail=drop", 75, ("server_disconnected", "mail_from"))):
            self.check(rule, "--no-chunking", code=code, error=error)

    def test_chunks_that_are_sent_ahead_leave_a_lost_message_in_doubt(self):
        for rule, error in (("mail=drop", "server_disconnected"), ("mail=garbage", "response_error"), ("mail=oversize", "response_error")):
            self.check(rule, code=75, error=(error, "mail_from"), in_doubt=True)

    def test_at_the_end_of_the_message(self):
        for way in ([], ["--no-chunking"], ["--no-chunking", "--no-pipelining"]):
            self.check("end-of-data=451 4.3.0 later", *way, code=75, error=("data_error", "end_of_data"))
            self.check("end-of-data=554 5.6.0 no", *way, code=69, error=("data_error", "end_of_data"))
            for spoilt in ("garbage", "wrong", "oversize"):
                self.check(f"end-of-data={spoilt}", *way, code=75, error=("response_error", "end_of_data"), in_doubt=True)
            lost = ("server_disconnected", "end_of_data")
            self.check("end-of-data=drop", *way, code=75, error=lost, in_doubt=True)
            self.check("end-of-data=lose-reply", *way, code=75, error=lost, in_doubt=True, kept=1)
            self.check("end-of-data=delay 3s", *way, "--timeout", "1", code=75, error=("timeout", "end_of_data"), in_doubt=True, kept=1)

    def test_in_the_midst_of_the_message(self):
        for way in ([], ["--no-chunking"]):
            told = self.check("content=drop 100000", "--attach", str(self.folder / "large"), *way, code=75,
                              error=("server_disconnected", "content"))
            self.assertEqual(len(told["unsent"]), 2)

    def test_what_is_only_slow_or_comes_too_late_harms_nothing(self):
        for rule in ("any=drip 2ms", "any=delay 20ms", "quit=drop", "quit=garbage", "quit=oversize"):
            self.check(rule, code=0, error=None, kept=1)

    def test_bad_certificates(self):
        trust = ["--ca-file", str(self.folder / "ca.pem")]
        for kind, words in (("expired", "expired"), ("wrong-name", "another.example"), ("self-signed", "self-signed"), ("broken", "")):
            for stage, url in (("starttls", self.url + "?starttls=required"), ("connect", self.smtps)):
                told = self.check(f"{stage}=bad-certificate {kind}", *trust, code=76, error=("tls_error", "tls"), url=url)
                self.assertIn(words, told["error"]["text"])
        self.check("starttls=454 4.7.0 not today", *trust, code=76, error=("tls_error", "starttls"), url=self.url + "?starttls=required")


if __name__ == "__main__":
    unittest.main()
