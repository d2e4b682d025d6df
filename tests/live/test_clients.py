"""Other people's clients at every door of `postrider catch`: what each sends is what is caught, octet for octet."""

import json
import smtplib
import ssl
import subprocess
import tempfile
import unittest
from pathlib import Path

import exim_client
import program
from mailboxes import check_arrived
from messages import LARGE, MESSAGES, READER, SENDER

USER, PASSWORD = "tim@example.test", "open-sesame"

DOORS = {"plain": "smtp", "STARTTLS": "smtp", "implicit TLS": "smtps", "LMTP": "lmtp"}


class Delivery:
    """One message on its way through one door, as the clients below take it."""

    def __init__(self, door, address, ca, mechanism, file):
        self.door, self.ca, self.mechanism, self.file = door, str(ca), mechanism, file
        self.port = address.rsplit(":", 1)[1]

    def run(self, *arguments, line_feeds=False):
        octets = self.file.read_bytes()
        done = subprocess.run([str(a) for a in arguments], capture_output=True, timeout=60,
                              input=octets.replace(b"\r\n", b"\n") if line_feeds else octets)
        if done.returncode:
            raise RuntimeError(f"{arguments[0]} ended with {done.returncode}: {(done.stderr + done.stdout).decode()[-2000:]}")


def curl(it):
    scheme = "smtps" if it.door == "implicit TLS" else "smtp"
    tls = ["--ssl-reqd"] if it.door == "STARTTLS" else []
    login = ["--user", f"{USER}:{PASSWORD}", "--login-options", f"AUTH={it.mechanism}"] if it.mechanism else []
    it.run("curl", "--silent", "--show-error", f"{scheme}://localhost:{it.port}", *tls, "--cacert", it.ca, *login,
           "--mail-from", SENDER, "--mail-rcpt", READER, "--upload-file", it.file)


def swaks(it):
    way = {"plain": [], "STARTTLS": ["--tls"], "implicit TLS": ["--tls-on-connect"], "LMTP": ["--protocol", "LMTP"]}
    tls = ["--tls-verify", "--tls-ca-path", it.ca] if "TLS" in it.door else []
    login = ["--auth", it.mechanism, "--auth-user", USER, "--auth-password", PASSWORD] if it.mechanism else []
    it.run("swaks", "--server", "localhost", "--port", it.port, *way[it.door], *tls, *login, "--pipeline", "--helo",
           "localhost", "--from", SENDER, "--to", READER, "--data", f"@{it.file}", "--hide-all")


def msmtp(it):
    tls = {"plain": ["--tls=off"], "STARTTLS": ["--tls=on", "--tls-starttls=on"],
           "implicit TLS": ["--tls=on", "--tls-starttls=off"], "LMTP": ["--tls=off", "--protocol=lmtp"]}
    login = [f"--auth={it.mechanism.lower()}", f"--user={USER}", f"--passwordeval=echo {PASSWORD}"] if it.mechanism else []
    it.run("msmtp", "--file=/dev/null", "--host=localhost", f"--port={it.port}", *tls[it.door],
           *([f"--tls-trust-file={it.ca}"] if "TLS" in it.door else []), *login, f"--from={SENDER}", "--", READER,
           line_feeds=True)


def smtp_source(it):
    protocol = ["-L"] if it.door == "LMTP" else []
    text = it.file.with_suffix(".lf")
    text.write_bytes(it.file.read_bytes().replace(b"\r\n", b"\n"))
    it.run("smtp-source", *protocol, "-F", text, "-f", SENDER, "-t", READER, f"inet:127.0.0.1:{it.port}")


def python_smtplib(it):
    context = ssl.create_default_context(cafile=it.ca)
    if it.door == "implicit TLS":
        client = smtplib.SMTP_SSL("localhost", it.port, context=context, timeout=60)
    else:
        client = (smtplib.LMTP if it.door == "LMTP" else smtplib.SMTP)("localhost", it.port)
    with client:
        if it.door == "STARTTLS":
            client.starttls(context=context)
        client.ehlo_or_helo_if_needed()
        if it.mechanism:
            client.user, client.password = USER, PASSWORD
            client.auth(it.mechanism, getattr(client, "auth_" + it.mechanism.lower().replace("-", "_")))
        client.sendmail(SENDER, [READER], it.file.read_bytes())


def exim(it):
    protocol = {"implicit TLS": "smtps", "LMTP": "lmtp"}.get(it.door, "smtp")
    exim_client.send(protocol, it.port, it.ca, starttls=it.door == "STARTTLS", octets=it.file.read_bytes(),
                     login=(USER, PASSWORD) if it.mechanism else None, sender=SENDER, reader=READER)


TLS = ["plain", "STARTTLS", "implicit TLS"]
CLIENTS = [  # who, by which doors, with which logins, and a command that tells how it sends
    (curl, TLS, ["PLAIN", "LOGIN", "CRAM-MD5"], "DATA"),
    (swaks, [*TLS, "LMTP"], ["PLAIN", "LOGIN", "CRAM-MD5"], "DATA"),
    (msmtp, [*TLS, "LMTP"], ["PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256"], "DATA"),
    (smtp_source, ["plain", "LMTP"], [], "DATA"),
    (python_smtplib, [*TLS, "LMTP"], ["PLAIN", "LOGIN", "CRAM-MD5"], "DATA"),
    (exim, [*TLS, "LMTP"], ["PLAIN"], "BDAT"),
]
ADDS_AN_EMPTY_LINE = [swaks, smtp_source]  # QUIRK: behind whatever they are given


class Clients(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.ca = cls.folder / "ca.pem"
        _, cls.where = cls.enterClassContext(program.catching_anywhere(
            "--smtps", "127.0.0.1:0", "--lmtp", "127.0.0.1:0", "--user", f"{USER}:{PASSWORD}",
            "--certificate-file", cls.ca))
        cls.api = f"http://{cls.where['http']}/api/v1"

    def deliver(self, client, door, mechanism, octets):
        file = self.folder / "message.eml"
        file.write_bytes(octets)
        before = self.newest()["total"]
        client(Delivery(door, self.where[DOORS[door]], self.ca, mechanism, file))
        self.assertEqual(self.newest()["total"], before + 1)
        check_arrived(self, program.newest_raw(self.api), octets + b"\r\n" * (client in ADDS_AN_EMPTY_LINE))

    def newest(self):
        return json.loads(program.get(f"{self.api}/messages?limit=1"))

    def newest_commands(self):
        number = self.newest()["messages"][0]["id"]
        return [line["line"] for line in json.loads(program.get(f"{self.api}/messages/{number}/transcript"))
                if line["from"] == "client"]

    def test_each_client_by_each_door(self):
        for client, doors, _, sends in CLIENTS:
            for door in doors:
                for name, octets in MESSAGES.items():
                    with self.subTest(client.__name__, door=door, message=name):
                        self.deliver(client, door, None, octets)
                        self.assertTrue(any(line.upper().startswith(sends) for line in self.newest_commands()))

    def test_each_client_logs_in_each_way_it_knows(self):
        for client, doors, mechanisms, _ in CLIENTS:
            for mechanism in mechanisms:
                for door in ("plain", "STARTTLS"):
                    with self.subTest(client.__name__, door=door, mechanism=mechanism):
                        self.deliver(client, door, mechanism, MESSAGES["dots and blanks"])
                        self.assertTrue(any(line.upper().startswith(f"AUTH {mechanism}") for line in self.newest_commands()))

    def test_each_client_brings_fifty_megabytes(self):
        for client, _, _, _ in CLIENTS:
            with self.subTest(client.__name__):
                self.deliver(client, "plain", None, LARGE)

    def test_many_sessions_of_smtp_source_at_once(self):
        file = self.folder / "many.lf"
        file.write_bytes(MESSAGES["dots and blanks"].replace(b"\r\n", b"\n"))
        before = self.newest()["total"]
        subprocess.run(["smtp-source", "-m", "300", "-s", "10", "-d", "-F", file, "-f", SENDER, "-t", READER,
                        f"inet:{self.where['smtp']}"], check=True, timeout=60)
        caught = json.loads(program.get(f"{self.api}/messages?limit=300"))
        self.assertEqual(caught["total"], before + 300)
        for message in caught["messages"]:
            check_arrived(self, program.get(f"{self.api}/messages/{message['id']}/raw"),
                          MESSAGES["dots and blanks"] + b"\r\n")


if __name__ == "__main__":
    unittest.main()
