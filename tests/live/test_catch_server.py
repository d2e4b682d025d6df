"""`postrider catch` as the server that a client will meet: limits, logins, TLS, line ends, and extensions left out; binary
mail; XCLIENT."""

import contextlib
import json
import resource
import smtplib
import socket
import ssl
import sys
import tempfile
import time
import unittest
import urllib.parse
from pathlib import Path

import program

SMALL = b"From: a@example.com\r\nSubject: s\r\n\r\nhello\r\n"


class Raw:
    """A session by hand."""

    def __init__(self, host, port):
        self.connection = socket.create_connection((host, port), 30)
        self.lines = self.connection.makefile("rb")
        self.reply()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.lines.close()
        self.connection.close()

    def reply(self):
        while (line := self.lines.readline())[3:4] == b"-":
            pass
        return line.decode().rstrip()

    def say(self, octets):
        self.connection.sendall(octets)
        return self.reply()


class Manners(unittest.TestCase):
    def catching(self, *arguments):
        _, host, port, self.api = self.enterContext(program.catching(*arguments))
        return host, port

    def total(self):
        return json.loads(program.get(f"{self.api}/messages"))["total"]

    def test_a_size_limit_is_told_and_held(self):
        with smtplib.SMTP(*self.catching("--max-size", "10K"), timeout=30) as client:
            client.ehlo()
            self.assertEqual(client.esmtp_features["size"], "10240")
            with self.assertRaises(smtplib.SMTPSenderRefused) as told:
                client.sendmail("a@example.com", ["b@example.net"], SMALL + b"x" * 20_000)
            self.assertEqual(told.exception.smtp_code, 552)
            del client.esmtp_features["size"]
            with self.assertRaises(smtplib.SMTPDataError) as told:
                client.sendmail("a@example.com", ["b@example.net"], SMALL + b"x" * 20_000)
            self.assertEqual(told.exception.smtp_code, 552)
            client.sendmail("a@example.com", ["b@example.net"], SMALL)
        self.assertEqual(self.total(), 1)

    def test_a_login_is_required(self):
        with smtplib.SMTP(*self.catching("--require-auth", "--user", "u:p"), timeout=30) as client:
            with self.assertRaises(smtplib.SMTPSenderRefused) as told:
                client.sendmail("a@example.com", ["b@example.net"], SMALL)
            self.assertEqual(told.exception.smtp_code, 530)
            client.login("u", "p")
            client.sendmail("a@example.com", ["b@example.net"], SMALL)

    def test_tls_is_required(self):
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        host, port = self.catching("--require-tls", "--certificate-file", folder / "ca.pem")
        with smtplib.SMTP(host, port, timeout=30) as client:
            client.ehlo()
            self.assertNotIn("auth", client.esmtp_features)
            with self.assertRaises(smtplib.SMTPSenderRefused) as told:
                client.sendmail("a@example.com", ["b@example.net"], SMALL)
            self.assertEqual(told.exception.smtp_code, 530)
            client.starttls(context=ssl.create_default_context(cafile=folder / "ca.pem"))
            client.sendmail("a@example.com", ["b@example.net"], SMALL)

    def test_line_ends_are_taken_as_they_come_or_strictly(self):
        envelope = (b"MAIL FROM:<a@x.example>\r\n", b"RCPT TO:<b@x.example>\r\n", b"DATA\r\n")
        odd = {1: b"a\n.\r\nb", 2: b"a\n.\nb", 3: b"a\r\n.\nb", 4: b"a\r.\rb\r\n.\r\r\n", 5: b"a\r\n.\0\r\n\n", 6: b"a\rb"}
        for strict in (False, True):
            host, port = self.catching(*["--strict"] * strict)
            for hazard, content in odd.items():
                with self.subTest(strict=strict, hazard=hazard), Raw(host, port) as raw:
                    raw.say(b"EHLO c\r\n")
                    for command in envelope:
                        raw.say(command)
                    said = raw.say(content + b"\r\n.\r\n")
                    self.assertEqual(said[:9], "550 5.5.2" if strict else "250 2.0.0")
                    if not strict:
                        kept = content.replace(b"\r\n.", b"\r\n")  # a dot that begins a line is taken off
                        self.assertEqual(program.newest_raw(self.api), kept + b"\r\n")
                    self.assertEqual(raw.say(b"RSET\r\n")[:3], "250")
            with self.subTest(strict=strict, hazard=8), Raw(host, port) as raw:
                self.assertEqual(raw.say(b"EHLO c\n")[:3], "500" if strict else "250")

    def test_an_extension_that_is_hidden_is_neither_told_nor_taken(self):
        taken = {"SIZE": b"MAIL FROM:<a@x.example> SIZE=5\r\n", "8BITMIME": b"MAIL FROM:<a@x.example> BODY=8BITMIME\r\n",
                 "SMTPUTF8": b"MAIL FROM:<a@x.example> SMTPUTF8\r\n", "DSN": b"MAIL FROM:<a@x.example> RET=HDRS\r\n",
                 "BINARYMIME": b"MAIL FROM:<a@x.example> BODY=BINARYMIME\r\n", "STARTTLS": b"STARTTLS\r\n",
                 "AUTH": b"AUTH PLAIN AGEAYg==\r\n", "CHUNKING": b"BDAT 0 LAST\r\n", "PIPELINING": None,
                 "ENHANCEDSTATUSCODES": None}
        for extension, command in taken.items():
            with self.subTest(extension=extension):
                host, port = self.catching("--hide", extension.lower())
                with smtplib.SMTP(host, port, timeout=30) as client:
                    client.ehlo()
                    self.assertNotIn(extension.lower(), client.esmtp_features)
                    self.assertGreaterEqual(set(client.esmtp_features) | {extension.lower()} | {"binarymime"},
                                            {one.lower() for one in taken})
                if command:
                    with Raw(host, port) as raw:
                        raw.say(b"EHLO c\r\n")
                        self.assertEqual(raw.say(command)[:1], "5")

    def test_our_own_client_finds_another_way(self):
        for hidden, verb in (("CHUNKING", "DATA"), ("none", "BDAT")):
            host, port = self.catching(*(["--hide", hidden] if hidden != "none" else []))
            done = program.run("send", "--server", f"smtp://{host}:{port}", "--from", "a@example.com", "--to",
                               "b@example.net", "--subject", "你好", "--text", "纯文本", "--transcript")
            self.assertEqual(done.returncode, 0, done.stderr.decode())
            self.assertIn(f"C: {verb}".encode(), done.stdout + done.stderr)

    def test_bad_options_are_told(self):
        for option, value in (("--hide", "VRFY"), ("--max-size", "10G"), ("--max-size", "-1"), ("--max-size", "99999999999999M")):
            with self.subTest(option=option, value=value):
                done = program.run("catch", "--smtp", "127.0.0.1:0", "--http", "127.0.0.1:0", f"{option}={value}")
                self.assertEqual(done.returncode, 64)
                self.assertIn(f"{option} '{value}'".encode(), done.stderr)


class Binary(unittest.TestCase):
    def test_an_attachment_comes_as_it_is(self):
        octets = b"\r\n.\r\n\0\n\r" + bytes(range(256)) * 200
        with program.catching() as (_, host, port, api), tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "raw.bin"
            file.write_bytes(octets)
            send = ["send", "--server", f"smtp://{host}:{port}", "--from", "a@example.com", "--to", "b@example.net",
                    "--subject", "s", "--text", "t", "--attach", file]
            self.assertEqual(program.run(*send).returncode, 0)
            raw = program.newest_raw(api)
            self.assertIn(b"Content-Transfer-Encoding: binary", raw)
            self.assertIn(octets, raw)
            newest = json.loads(program.get(f"{api}/messages"))["messages"][0]["id"]
            self.assertEqual(program.get(f"{api}/messages/{newest}/parts/2"), octets)
            self.assertEqual(program.run(*send, "--no-binarymime").returncode, 0)
            self.assertNotIn(octets, program.newest_raw(api))


def kept_envelope(api):
    newest = json.loads(program.get(f"{api}/messages"))["messages"][0]["id"]
    return json.loads(program.get(f"{api}/messages/{newest}"))["envelope"]


class Xclient(unittest.TestCase):
    def send(self, host, port):
        return program.run("send", "--server", f"smtp://{host}:{port}", "--from", "a@example.com", "--to", "b@example.net",
                           "--text", "t", "--xclient", "ADDR=192.0.2.1 NAME=mx.example.com")

    def test_it_is_believed_where_that_was_said(self):
        with program.catching("--xclient") as (_, host, port, api):
            done = self.send(host, port)
            self.assertEqual(done.returncode, 0, done.stderr.decode())
            newest = json.loads(program.get(f"{api}/messages"))["messages"][0]["id"]
            lines = [t["line"] for t in json.loads(program.get(f"{api}/messages/{newest}/transcript"))]
            self.assertIn("XCLIENT ADDR=192.0.2.1 NAME=mx.example.com", lines)

    def test_the_kept_envelope_names_the_client_that_it_stands_for(self):
        with program.catching("--xclient") as (_, host, port, api):
            for said, peer in ((b"ADDR=192.0.2.1 PORT=4321", "192.0.2.1:4321"), (b"ADDR=192.0.2.1", "192.0.2.1"),
                               (b"ADDR=IPV6:2001:db8::1 PORT=4321", "[2001:db8::1]:4321"),
                               (b"ADDR=[UNAVAILABLE] NAME=mx.example.com", None)):
                with self.subTest(said=said), Raw(host, port) as raw:
                    self.assertEqual(raw.say(b"EHLO proxy.example\r\n")[:3], "250")
                    self.assertEqual(raw.say(b"XCLIENT " + said + b"\r\n")[:3], "220")
                    raw.say(b"EHLO client.example\r\n")
                    raw.say(b"MAIL FROM:<a@example.com>\r\n")
                    raw.say(b"RCPT TO:<b@example.net>\r\n")
                    raw.say(b"DATA\r\n")
                    self.assertEqual(raw.say(SMALL + b".\r\n")[:3], "250")
                    self.assertEqual(kept_envelope(api)["peer"], peer)

    def test_hazard_60_nobody_is_believed_unasked(self):
        with program.catching() as (_, host, port, api):
            self.assertNotEqual(self.send(host, port).returncode, 0)
            self.assertEqual(json.loads(program.get(f"{api}/messages"))["total"], 0)


class Proxied(unittest.TestCase):
    def test_each_form_is_understood_in_clear_and_before_tls(self):
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        _, where = self.enterContext(program.catching_anywhere(
            "--proxy-protocol", "--smtps", "127.0.0.1:0", "--certificate-file", folder / "ca.pem"))
        api = f"http://{where['http']}/api/v1"
        port = {door: where[door].rsplit(":", 1)[1] for door in ("smtp", "smtps")}
        for url in (f"smtp://localhost:{port['smtp']}", f"smtp://localhost:{port['smtp']}?starttls=required",
                    f"smtps://localhost:{port['smtps']}"):
            for version in ("v1", "v2"):
                for client, told in (("192.0.2.1:4321", "[a proxy, for 192.0.2.1:4321]"),
                                     ("[2001:db8::1]:4321", "[a proxy, for [2001:db8::1]:4321]"),
                                     (None, "[a proxy, for nobody that it names]")):
                    with self.subTest(url=url, version=version, client=client):
                        server = client and client.replace("1]" if "[" in client else "1:", "2]" if "[" in client else "2:")
                        done = program.run("send", "--server", url, "--ca-file", folder / "ca.pem", "--from", "a@example.com",
                                           "--to", "b@example.net", "--text", "t", "--proxy-line", version,
                                           *(["--proxy-source", client, "--proxy-destination", server] if client else []))
                        self.assertEqual(done.returncode, 0, done.stderr.decode())
                        newest = json.loads(program.get(f"{api}/messages"))["messages"][0]["id"]
                        lines = [t["line"] for t in json.loads(program.get(f"{api}/messages/{newest}/transcript"))]
                        self.assertEqual(lines[0], told)
                        peer = kept_envelope(api)["peer"]
                        self.assertEqual(peer, client) if client else self.assertRegex(peer, r"^127\.0\.0\.1:\d+$|^\[::1\]:\d+$")

    def test_hazard_60_what_is_no_header_ends_the_connection(self):
        with program.catching("--proxy-protocol") as (_, host, port, _):
            for octets in (b"EHLO client.example\r\n", b"PROXY TCP4 nowhere 192.0.2.2 1 2\r\n", b"\r\n\r\n\0\r\nQUIT\n\x31\x11\0\0",
                           b"PROXY UNKNOWN " + b"x" * 1000):
                with self.subTest(octets=octets), socket.create_connection((host, port), 30) as connection:
                    connection.sendall(octets)
                    try:
                        self.assertEqual(connection.recv(1000), b"")
                    except ConnectionResetError:
                        pass

    def test_hazard_60_the_line_is_no_command_where_it_was_not_asked_for(self):
        with program.catching() as (_, host, port, _), Raw(host, port) as raw:
            self.assertEqual(raw.say(b"PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n")[:9], "550 5.7.0")


class UnixSocket(unittest.TestCase):
    def test_lmtp_by_a_path(self):
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        path = folder / "lmtp"
        for _ in range(2):  # the second run finds what the first has left, if it has
            with program.catching_anywhere("--lmtp", path) as (server, where):
                self.assertEqual(where["lmtp"], str(path))
                done = program.run("send", "--json", "--server", f"lmtp://{path}", "--from", "a@example.com", "--to",
                                   "b@example.net", "--to", "c@example.net", "--text", "t")
                self.assertEqual(done.returncode, 0, done.stderr.decode())
                self.assertEqual(len(json.loads(done.stdout)["accepted"]), 2)
            self.assertFalse(path.exists())

    def test_a_socket_that_nobody_serves_gives_way_and_one_that_is_served_does_not(self):
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        path = folder / "lmtp"
        with socket.socket(socket.AF_UNIX) as left_behind:
            left_behind.bind(str(path))
        with program.catching_anywhere("--lmtp", path):
            done = program.run("catch", "--smtp", "127.0.0.1:0", "--http", "127.0.0.1:0", "--lmtp", path)
            self.assertEqual(done.returncode, 69)
            self.assertIn(b"Address already in use", done.stderr)
            self.assertTrue(path.exists())
        (folder / "file").write_text("mine")
        done = program.run("catch", "--smtp", "127.0.0.1:0", "--http", "127.0.0.1:0", "--lmtp", folder / "file")
        self.assertEqual(done.returncode, 69)
        self.assertEqual((folder / "file").read_text(), "mine")


def resident_kib(process):
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0])


class ManySessions(unittest.TestCase):
    wanted = 10_000
    kib_each = 40

    def test_thousands_of_idle_sessions_hold_nobody_up(self):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        count = min(self.wanted, hard - 200)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, count + 200), hard))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        if count < self.wanted:
            print(f"only {count} of {self.wanted} sessions: so many descriptors are allowed", file=sys.stderr)
        with program.catching() as (server, host, port, api), contextlib.ExitStack() as open_ones:
            before = resident_kib(server)
            sessions = []
            for _ in range(count):
                session = open_ones.enter_context(socket.create_connection((host, port), 30))
                session.sendall(b"EHLO idle.example\r\n")
                sessions.append(session)
            for session in sessions:
                self.assertTrue(session.recv(100).startswith(b"220 "))
            each = (resident_kib(server) - before) / count
            self.assertLess(each, self.kib_each)
            begun = time.monotonic()
            with smtplib.SMTP(host, port, timeout=30) as client:
                client.sendmail("a@example.com", ["b@example.net"], SMALL)
            self.assertLess(time.monotonic() - begun, 2)
            self.assertEqual(json.loads(program.get(f"{api}/messages"))["total"], 1)
            sessions[-1].sendall(b"NOOP\r\n")
            self.assertTrue(sessions[-1].recv(1000))

    def test_hazard_197_a_thousand_idle_http_connections_hold_nobody_up(self):
        with program.catching() as (server, host, port, api), contextlib.ExitStack() as open_ones:
            where = urllib.parse.urlsplit(api)
            before = resident_kib(server)
            for number in range(1000):
                idle = open_ones.enter_context(socket.create_connection((where.hostname, where.port), 30))
                if number % 2:
                    idle.sendall(b"GET / HTTP/1.1\r\nHost: localh")
            begun = time.monotonic()
            with smtplib.SMTP(host, port, timeout=30) as client:
                client.sendmail("a@example.com", ["b@example.net"], SMALL)
            self.assertEqual(json.loads(program.get(f"{api}/messages"))["total"], 1)
            self.assertLess(time.monotonic() - begun, 2)
            self.assertLess((resident_kib(server) - before) / 1000, self.kib_each)


if __name__ == "__main__":
    unittest.main()
