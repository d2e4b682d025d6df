#!/usr/bin/python3
"""test_rehearsal.py POSTRIDER: dialogues that end early, and on behalf of other clients."""

import ipaddress
import json
import socket
import struct
import sys
import threading
import unittest

from test_program import Case, run


class Recorder:
    """A server that offers XCLIENT and takes everything; `heard` has the lines of each connection, and how it ended."""

    def __init__(self, *extensions, header=0):
        self.extensions, self.header, self.heard, self.ended = extensions, header, [], threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"smtp://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        with self.listener:
            link, _ = self.listener.accept()
        with link, link.makefile("rwb", buffering=0) as file:
            try:
                self.talk(file)
            except ConnectionError:
                pass  # closed with something unread
        self.heard.append("closed")
        self.ended.set()

    def talk(self, file):
        if self.header:
            self.heard.append(file.readline() if self.header == 1 else self.read_version_2(file))
        file.write(b"220 recorder\r\n")
        while line := file.readline():
            self.heard.append(line.decode().strip())
            if "DATA" not in self.heard[:-1]:  # behind it comes content, to which nothing is said
                file.write(self.answer(line.split()[0].upper()))

    def read_version_2(self, file):
        begun = file.read(16)
        return begun + file.read(struct.unpack("!H", begun[14:])[0])

    def answer(self, verb):
        if verb == b"EHLO":
            return "".join(f"250-{one}\r\n" for one in ("recorder", *self.extensions)).encode() + b"250 HELP\r\n"
        return {b"XCLIENT": b"220 anew\r\n", b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}.get(verb, b"250 ok\r\n")

    def all_heard(self):
        assert self.ended.wait(20)
        return self.heard


class Stages(Case):
    def rehearse(self, server, *arguments, expect=0):
        done = run("send", "--json", "--server", server.url, "--from", "me@example.com", "--to", "you@example.net", "--to",
                   "two@example.net", "--text", "The text.", "--local-hostname", "here", *arguments)
        self.assertEqual(done.returncode, expect, done.stderr.decode())
        return json.loads(done.stdout) if expect != 64 else done.stderr.decode()

    def test_quit_after_each(self):
        dialogue = ["EHLO here", "MAIL FROM:<me@example.com>", "RCPT TO:<you@example.net>", "RCPT TO:<two@example.net>"]
        for stage, lines in (("connect", 0), ("banner", 0), ("ehlo", 1), ("mail", 2), ("rcpt", 4)):
            server = Recorder("PIPELINING")
            report = self.rehearse(server, "--quit-after", stage)
            self.assertEqual(server.all_heard(), [*dialogue[:lines], "QUIT", "closed"], stage)
            self.assertEqual((report["unsent"], report["error"]), (["you@example.net", "two@example.net"], None))

    def test_drop_after_each(self):
        dialogue = ["EHLO here", "MAIL FROM:<me@example.com>", "RCPT TO:<you@example.net>", "RCPT TO:<two@example.net>", "DATA"]
        for stage, lines in (("connect", 0), ("banner", 0), ("ehlo", 1), ("mail", 2), ("rcpt", 4), ("data", 5)):
            server = Recorder("PIPELINING", "CHUNKING")
            report = self.rehearse(server, "--drop-after", stage)
            self.assertEqual(server.all_heard(), [*dialogue[:lines], "closed"], stage)
            self.assertEqual((report["accepted"], report["in_doubt"], report["error"]), ([], False, None))

    def test_drop_after_the_content_never_writes_the_final_dot(self):
        server = Recorder()
        report = self.rehearse(server, "--drop-after", "content")
        heard = server.all_heard()
        self.assertIn("The text.", heard[-3:])
        self.assertNotIn(".", heard)
        self.assertEqual(report["unsent"], ["you@example.net", "two@example.net"])

    def test_after_starttls_and_login(self):
        ca = self.folder() / "ca.pem"
        server = self.catcher("--certificate-file", ca, "--user", "me:secret")
        for stage in ("starttls", "auth"):
            for how in ("--quit-after", "--drop-after"):
                done = run("send", "--server", server.url + "?starttls=required", "--from", "me@example.com", "--to",
                           "you@example.net", "--ca-file", ca, "--user", "me", "--password-env", "P", "--transcript", how, stage,
                           environment={"P": "secret"})
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(b"C: AUTH " in done.stderr, stage == "auth", done.stderr)
                self.assertEqual(b"C: QUIT" in done.stderr, how == "--quit-after")
        self.assertEqual(server.messages(), [])

    def test_a_stage_that_is_refused_is_told(self):
        server = self.catcher("--refuse", "*=550 5.1.1 no such user")
        report = self.rehearse(server, "--quit-after", "rcpt", expect=67)
        self.assertEqual([r["code"] for r in report["refused"]], [550, 550])
        with socket.create_server(("127.0.0.1", 0)) as gone:
            gone_url = f"smtp://127.0.0.1:{gone.getsockname()[1]}"
        server.url = gone_url
        self.assertEqual(self.rehearse(server, "--drop-after", "connect", expect=75)["error"]["type"], "connect_error")

    def test_a_stage_that_is_not_there_is_a_usage_error(self):
        server = self.catcher()
        for arguments in (("--quit-after", "data"), ("--quit-after", "auth"), ("--drop-after", "tea"),
                          ("--quit-after", "mail", "--drop-after", "mail")):
            self.rehearse(server, *arguments, expect=64)


class OtherClients(Case):
    def send(self, server, *arguments, expect=0):
        return super().send(server.url, "--local-hostname", "here", *arguments, expect=expect)

    def test_xclient_begins_the_session_anew(self):
        server = Recorder("XCLIENT NAME ADDR")
        self.send(server, "--xclient", "ADDR=192.0.2.7 NAME=mx.example.com", "--quit-after", "mail")
        self.assertEqual(server.all_heard(), ["EHLO here", "XCLIENT ADDR=192.0.2.7 NAME=mx.example.com", "EHLO here",
                                              "MAIL FROM:<me@example.com>", "QUIT", "closed"])

    def test_xclient_that_is_not_offered_or_holds_a_line_end_is_not_said(self):
        """hazard 63"""
        server = Recorder()
        self.assertEqual(self.send(server, "--xclient", "ADDR=192.0.2.7", expect=69)["error"]["type"], "not_supported")
        self.assertNotIn("XCLIENT ADDR=192.0.2.7", server.all_heard())
        server = Recorder("XCLIENT ADDR")
        self.send(server, "--xclient", "ADDR=192.0.2.7\r\nMAIL FROM:<>", expect=65)
        self.assertEqual([line for line in server.all_heard() if "XCLIENT" in line or "MAIL" in line], [])

    def test_proxy_version_1_comes_before_the_greeting(self):
        for source, destination, line in (
                ("192.0.2.1:4321", "198.51.100.1:25", b"PROXY TCP4 192.0.2.1 198.51.100.1 4321 25\r\n"),
                ("[2001:db8::1]:4321", "[2001:db8::2]:25", b"PROXY TCP6 2001:db8::1 2001:db8::2 4321 25\r\n")):
            server = Recorder(header=1)
            self.send(server, "--proxy-line", "v1", "--proxy-source", source, "--proxy-destination", destination,
                      "--quit-after", "banner")
            self.assertEqual(server.all_heard(), [line, "QUIT", "closed"])
        server = Recorder(header=1)
        self.send(server, "--proxy-line", "v1", "--drop-after", "banner")
        self.assertEqual(server.all_heard()[0], b"PROXY UNKNOWN\r\n")

    def test_proxy_version_2_comes_before_the_greeting(self):
        signature = b"\r\n\r\n\0\r\nQUIT\n"
        for source, destination, family in (("192.0.2.1", "198.51.100.1", 0x11), ("2001:db8::1", "2001:db8::2", 0x21)):
            server, wrap = Recorder(header=2), "[{}]".format if ":" in source else "{}".format
            self.send(server, "--proxy-line", "v2", "--proxy-source", wrap(source) + ":4321", "--proxy-destination",
                      wrap(destination) + ":25", "--quit-after", "banner")
            addresses = b"".join(ipaddress.ip_address(one).packed for one in (source, destination)) + struct.pack("!HH", 4321, 25)
            self.assertEqual(server.all_heard()[0], signature + bytes([0x21, family]) + struct.pack("!H", len(addresses)) + addresses)
        server = Recorder(header=2)
        self.send(server, "--proxy-line", "v2", "--quit-after", "banner")
        self.assertEqual(server.all_heard()[0], signature + b"\x20\0\0\0")

    def test_proxy_comes_before_tls_too(self):
        """A relay that wants the line, takes it off and leads to a server that begins with TLS."""
        ca = self.folder() / "ca.pem"
        server = self.catcher("--certificate-file", ca)
        heard, relay = [], socket.create_server(("127.0.0.1", 0))

        def pass_on():
            link, _ = relay.accept()
            heard.append(link.recv(100, socket.MSG_PEEK).split(b"\r\n")[0])
            link.recv(len(heard[0]) + 2)
            heard.append(link.recv(1))  # the first octet of the handshake
            link.close()

        threading.Thread(target=pass_on, daemon=True).start()
        super().send(f"smtps://127.0.0.1:{relay.getsockname()[1]}", "--proxy-line", "v1", "--ca-file", ca, expect=76)
        relay.close()
        self.assertEqual(heard, [b"PROXY UNKNOWN", b"\x16"])
        self.assertEqual(server.messages(), [])

    def test_addresses_that_are_none_are_a_usage_error(self):
        for arguments in (("--proxy-source", "192.0.2.1:1"), ("--proxy-source", "mx:1", "--proxy-destination", "192.0.2.1:1"),
                          ("--proxy-source", "[::1]:1", "--proxy-destination", "192.0.2.1:1"),
                          ("--proxy-source", "192.0.2.1", "--proxy-destination", "192.0.2.1:1")):
            done = run("send", "--server", "smtp://127.0.0.1:1", "--from", "a@b.example", "--to", "c@d.example", "--proxy-line",
                       "v2", *arguments)
            self.assertEqual(done.returncode, 64, (arguments, done.stderr))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
