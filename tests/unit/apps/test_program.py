#!/usr/bin/python3
"""test_program.py POSTRIDER: the program end to end, against `postrider catch` and against servers that misbehave."""

import email
import email.policy
import json
import os
import pty
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.request
from pathlib import Path

POSTRIDER = sys.argv[1]
DATA = Path("examples/data")
NO_CONFIG = {"XDG_CONFIG_HOME": "/nonexistent", "XDG_CONFIG_DIRS": "/nonexistent"}


def run(*arguments, stdin=b"", environment=None):
    return subprocess.run([POSTRIDER, *map(str, arguments)], input=stdin, capture_output=True, timeout=60,
                          env={**os.environ, **NO_CONFIG, **(environment or {})})


class Catcher:
    """`postrider catch` on free ports."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen([POSTRIDER, "catch", "--json", "--smtp", "127.0.0.1:0", "--http", "127.0.0.1:0",
                                         *map(str, arguments)], stdout=subprocess.PIPE)
        where = json.loads(self.process.stdout.readline())
        self.smtp, self.http = where["smtp"], where["http"]
        self.url = f"smtp://{self.smtp}"

    def get(self, path):
        with urllib.request.urlopen(f"http://{self.http}/api/v1/{path}", timeout=30) as answer:
            return answer.read()

    def messages(self):
        return json.loads(self.get("messages"))["messages"]

    def newest_raw(self):
        return self.get(f"messages/{self.messages()[0]['id']}/raw")

    def stop(self, how=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(how)
        code = self.process.wait(20)
        self.process.stdout.close()
        return code


class Script:
    """A server that says these lines, one for each line it is told, and then closes or falls silent."""

    def __init__(self, *replies, closes=True):
        self.replies, self.closes, self.heard = replies, closes, []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"smtp://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        with self.listener:
            link, _ = self.listener.accept()
        with link, link.makefile("rwb") as file:
            for reply in self.replies:
                if reply is not None:
                    file.write(reply.encode() + b"\r\n")
                    file.flush()
                line = file.readline()
                self.heard.append(line)
                if line.upper().startswith(b"DATA"):
                    file.write(b"354 go on\r\n")
                    file.flush()
                    while file.readline() not in (b".\r\n", b""):
                        pass
            if not self.closes:
                time.sleep(20)


class Chunking:
    """A server that takes one message in chunks, whatever is in them."""

    def __init__(self, *extensions):
        self.extensions, self.commands, self.content = extensions, [], b""
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"smtp://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        with self.listener:
            link, _ = self.listener.accept()
        with link, link.makefile("rwb") as file:
            reply = b"220 mx.example\r\n"
            while True:
                file.write(reply)
                file.flush()
                command = file.readline()
                if not command:
                    return
                self.commands.append(command.decode().strip())
                reply = b"250 ok\r\n"
                if command.startswith(b"EHLO"):
                    lines = ["mx.example", *self.extensions]
                    reply = "".join(f"250{'-' if line != lines[-1] else ' '}{line}\r\n" for line in lines).encode()
                if command.startswith(b"BDAT"):
                    self.content += file.read(int(command.split()[1]))


class Case(unittest.TestCase):
    def catcher(self, *arguments):
        server = Catcher(*arguments)
        self.addCleanup(server.stop)
        return server

    def folder(self):
        return Path(self.enterContext(tempfile.TemporaryDirectory()))

    def send(self, url, *arguments, expect, **more):
        """Sends a small mail with --json; returns the document."""
        done = run("send", "--json", "--server", url, "--from", "me@example.com", "--to", "you@example.net", "--text", "Hi",
                   *arguments, **more)
        self.assertEqual(done.returncode, expect, done.stderr.decode())
        self.assertEqual(len(done.stdout.splitlines()), 1, done.stdout)
        self.stderr = done.stderr.decode()
        if expect != 0:
            self.assertEqual(len(self.stderr.splitlines()), 1, self.stderr)
        return json.loads(done.stdout)


class Send(Case):
    def test_names_beyond_ascii_for_a_server_without_smtputf8(self):
        server = Chunking("PIPELINING", "CHUNKING", "8BITMIME")
        done = run("send", "--json", "--server", server.url, "--from", "me@bücher.example", "--to", "you@例子.example",
                   "--to", "用户@例子.example", "--subject", "你好", "--text", "Hi")
        self.assertEqual(done.returncode, 1, done.stderr.decode())
        report = json.loads(done.stdout)
        self.assertEqual([one["address"] for one in report["accepted"]], ["you@例子.example"])
        refused = report["refused"][0]
        self.assertEqual((refused["address"], refused["code"], refused["enhanced"], refused["transient"]),
                         ("用户@例子.example", 553, "5.6.7", False))
        self.assertIn("RCPT TO:<you@xn--fsqu00a.example>", server.commands)
        self.assertTrue(server.content.isascii())

    def test_eight_bits_become_seven_for_a_server_that_takes_no_more(self):
        file = self.folder() / "a.eml"
        file.write_bytes("From: me@example.com\nTo: you@example.net\nSubject: x\n\ncafé\n".encode())
        for offered, is_converted in [(["PIPELINING", "CHUNKING"], True),
                                      (["PIPELINING", "CHUNKING", "8BITMIME"], False)]:
            server = Chunking(*offered)
            done = run("send", "--server", server.url, "--eml", file)
            self.assertEqual(done.returncode, 0, done.stderr.decode())
            self.assertEqual("café".encode() not in server.content, is_converted)
            mail = email.message_from_bytes(server.content)
            self.assertEqual(mail.get_payload(decode=True).replace(b"\r\n", b"\n"), "café\n".encode())

    def test_an_attachment_is_not_encoded_for_a_server_that_takes_octets(self):
        octets = bytes(range(256)) * 4096 + b"\n.\r\n\r"
        file = self.folder() / "a.bin"
        file.write_bytes(octets)
        offered = ["PIPELINING", "CHUNKING", "BINARYMIME", "8BITMIME", "SIZE 9000000"]
        for options, is_binary in [([], True), (["--no-binarymime"], False)]:
            server = Chunking(*offered)
            report = self.send(server.url, "--attach", file, *options, expect=0)
            self.assertEqual(report["size"], len(server.content))
            self.assertEqual(any("BODY=BINARYMIME" in line for line in server.commands), is_binary)
            self.assertEqual(octets in server.content, is_binary)
            mail = email.message_from_bytes(server.content, policy=email.policy.default)
            if is_binary:
                self.assertEqual(next(mail.iter_attachments())["Content-Transfer-Encoding"], "binary")
            else:
                self.assertEqual(next(mail.iter_attachments()).get_content(), octets)

    def test_what_is_asked_beyond_delivery_is_said_or_refused(self):
        server = self.catcher()
        done = run("send", "--server", server.url, "--from", "me@example.com", "--to", "you@example.net", "--text", "Hi",
                   "--notify", "success,delay", "--return", "headers", "--envelope-id", "a+b", "--transcript")
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        self.assertIn(b"RET=HDRS ENVID=a+2Bb", done.stderr)
        self.assertIn(b"NOTIFY=SUCCESS,DELAY ORCPT=rfc822;you@example.net", done.stderr)
        report = self.send(server.url, "--deliver-by", "60", expect=69)
        self.assertEqual(report["error"]["type"], "not_supported")
        self.assertIn("DELIVERBY", self.stderr)
        self.assertEqual(len(server.messages()), 1)

    def test_every_option_arrives(self):
        server, folder = self.catcher(), self.folder()
        (folder / "to.txt").write_text("# more\nthird@example.net\n")
        done = run("send", "--json", "--server", server.url, "--from", "Feeling <me@example.com>",
                   "--to", "测试 <you@example.net>, two@example.net", "--to-file", folder / "to.txt",
                   "--cc", "cc@example.net", "--bcc", "hidden@example.net", "--reply-to", "answers@example.com",
                   "--subject", "C++ 邮件测试", "--text-file", "-", "--html-file", DATA / "letter.html",
                   "--inline", f"image1={DATA / 'test.jpg'}", "--attach", DATA / "报告.pdf", "--attach", DATA / "report.xlsx",
                   "--header", "X-Campaign: one: two", stdin=(DATA / "letter.txt").read_bytes())
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        report = json.loads(done.stdout)
        everyone = ["you@example.net", "two@example.net", "third@example.net", "cc@example.net", "hidden@example.net"]
        self.assertEqual([r["address"] for r in report["accepted"]], everyone)
        self.assertEqual({r["code"] for r in report["accepted"]}, {250})
        self.assertEqual((report["refused"], report["unsent"], report["in_doubt"], report["error"]), ([], [], False, None))
        self.assertEqual(server.messages()[0]["to"], everyone)

        raw = server.newest_raw()
        self.assertEqual(report["size"], len(raw))
        self.assertNotIn(b"hidden@", raw)
        mail = email.message_from_bytes(raw, policy=email.policy.default)
        self.assertEqual((mail["Subject"], mail["X-Campaign"]), ("C++ 邮件测试", "one: two"))
        self.assertEqual((mail["Reply-To"], mail["Message-ID"]), ("answers@example.com", report["message_id"]))
        self.assertEqual(mail["To"].addresses[0].display_name, "测试")
        text = mail.get_body(("plain",)).get_content()
        self.assertEqual(text.splitlines(), (DATA / "letter.txt").read_text().splitlines())
        image = next(part for part in mail.walk() if part["Content-ID"] == "<image1>")
        self.assertEqual(image.get_content(), (DATA / "test.jpg").read_bytes())
        self.assertEqual({p.get_filename(): p.get_payload(decode=True) for p in mail.iter_attachments()},
                         {name: (DATA / name).read_bytes() for name in ("报告.pdf", "report.xlsx")})

    def test_a_dry_run_prints_what_arrives(self):
        server, folder = self.catcher(), self.folder()
        (folder / "a.eml").write_bytes(b"Date: Sat, 21 Nov 2026 10:00:00 +0000\nFrom: me@example.com\nTo: you@example.net\n"
                                       b"Bcc: hidden@example.net\nSubject: as it is\n\n.dots\n..more\n\n\xe4\xbd\xa0\n.\nend")
        dry = run("send", "--dry-run", "--eml", folder / "a.eml")
        self.assertEqual((dry.returncode, dry.stderr), (0, b""))
        sent = run("send", "--quiet", "--server", server.url, "--eml", folder / "a.eml")
        self.assertEqual((sent.returncode, sent.stdout, sent.stderr), (0, b"", b""))
        self.assertEqual(server.newest_raw(), dry.stdout)
        self.assertEqual(server.messages()[0]["to"], ["you@example.net", "hidden@example.net"])

    def test_what_a_dry_run_printed_can_be_sent(self):
        server = self.catcher()
        dry = run("send", "--dry-run", "--from", "me@example.com", "--to", "you@example.net", "--subject", "邮件",
                  "--text", "你好\n", "--attach", DATA / "test.jpg")
        self.assertEqual(dry.returncode, 0)
        self.assertNotIn(b"\n", dry.stdout.replace(b"\r\n", b""))
        sent = run("send", "--server", server.url, "--eml", "-", stdin=dry.stdout)
        self.assertEqual(sent.returncode, 0, sent.stderr)
        self.assertEqual(server.newest_raw(), dry.stdout)

    def test_a_refused_recipient_does_not_stop_the_rest(self):
        """hazard 77"""
        server = self.catcher("--refuse", "b@*=550 5.1.1 no such user", "--refuse", "slow@*=451 4.7.1 later")
        report = self.send(server.url, "--to", "b@example.net", "--to", "slow@example.net", expect=1)
        self.assertEqual([r["address"] for r in report["accepted"]], ["you@example.net"])
        self.assertEqual(report["refused"], [
            {"address": "b@example.net", "code": 550, "enhanced": "5.1.1", "text": "no such user", "transient": False},
            {"address": "slow@example.net", "code": 451, "enhanced": "4.7.1", "text": "later", "transient": True}])
        self.assertIsNone(report["error"])
        self.assertIn("2 of 3 recipients refused (rcpt_to): b@example.net: 550 5.1.1 no such user", self.stderr)

    def test_everyone_refused(self):
        never, later = self.catcher("--refuse", "*=550 5.1.1 no"), self.catcher("--refuse", "y*=451 4.7.1 later")
        report = self.send(never.url, expect=67)
        self.assertEqual((report["error"]["type"], report["error"]["phase"]), ("recipients_refused", "rcpt_to"))
        self.assertEqual([r["address"] for r in report["refused"]], ["you@example.net"])
        self.send(later.url, expect=75)
        self.assertEqual(never.messages() + later.messages(), [])

    def test_a_report_for_people(self):
        server = self.catcher("--refuse", "b@*=550 5.1.1 no such user")
        done = run("send", "--server", server.url, "--from", "me@example.com", "--to", "a@x.example, b@x.example")
        self.assertEqual(done.returncode, 1)
        lines = done.stdout.decode().splitlines()
        self.assertTrue(lines[0].startswith("accepted  a@x.example  250"), lines)
        self.assertEqual(lines[1], "refused   b@x.example  550 5.1.1 no such user")

    def test_a_transcript_goes_to_stderr(self):
        """hazard 85"""
        server = self.catcher()
        done = run("send", "--server", server.url, "--from", "me@example.com", "--to", "you@example.net", "--transcript",
                   "--user", "me", "--password-env", "P", environment={"P": "hunter2"})
        self.assertEqual(done.returncode, 0, done.stderr)
        shown = done.stderr.decode()
        for line in ("C: EHLO ", "C: AUTH", "C: MAIL FROM:<me@example.com>", "C: RCPT TO:<you@example.net>", "S: 250"):
            self.assertIn(line, shown)
        self.assertNotIn("hunter2", shown)
        self.assertNotIn("aHVudGVyMg", shown)  # base64 of it
        self.assertNotIn("accepted", shown)

    def test_a_progress_bar_only_on_a_terminal(self):
        server, folder = self.catcher("--discard"), self.folder()
        with open(folder / "big.bin", "wb") as big:
            big.truncate(300 << 20)
        arguments = [POSTRIDER, "send", "--server", server.url, "--from", "me@example.com", "--to", "you@example.net",
                     "--attach", folder / "big.bin"]
        piped = subprocess.run(arguments, capture_output=True, timeout=120)
        self.assertEqual((piped.returncode, piped.stderr), (0, b""))

        ours, theirs = pty.openpty()
        child = subprocess.Popen(arguments, stderr=theirs, stdout=subprocess.DEVNULL)
        os.close(theirs)
        drawn = b""
        while child.poll() is None or select.select([ours], [], [], 0)[0]:
            try:
                if select.select([ours], [], [], 0.1)[0]:
                    drawn += os.read(ours, 65536)
            except OSError:  # the terminal's other side is closed
                break
        os.close(ours)
        self.assertEqual(child.wait(60), 0)
        if drawn:  # a machine that sends 400 MB in a second has nothing to draw
            self.assertIn(b"B/s", drawn)
            self.assertTrue(drawn.endswith(b"\r\x1b[K"), drawn[-40:])


class Servers(Case):
    def test_connection_refused_is_75(self):
        with socket.create_server(("127.0.0.1", 0)) as closed:
            port = closed.getsockname()[1]
        report = self.send(f"smtp://127.0.0.1:{port}", expect=75)
        self.assertEqual((report["error"]["type"], report["error"]["phase"]), ("connect_error", "connect"))
        self.assertEqual(report["unsent"], ["you@example.net"])

    def test_an_unknown_host_is_68(self):
        try:
            socket.getaddrinfo("no-such-host.invalid", 25)
        except socket.gaierror as unknown:
            silent = unknown.errno == socket.EAI_AGAIN
        report = self.send("smtp://no-such-host.invalid", expect=75 if silent else 68)
        self.assertEqual((report["error"]["type"], report["error"]["phase"]), ("connect_error", "resolve"))

    def test_greetings(self):
        self.assertEqual(self.send(Script("554 5.3.2 go away").url, expect=69)["error"]["code"], 554)
        self.assertEqual(self.send(Script("421 4.3.2 busy").url, expect=75)["error"]["code"], 421)
        self.send(Script("SSH-2.0-OpenSSH").url, expect=76)
        self.send(Script().url, expect=75)

    def test_a_server_that_is_silent_is_a_timeout(self):
        """hazard 81"""
        report = self.send(Script(None, closes=False).url, "--timeout", "0.3", expect=75)
        self.assertEqual((report["error"]["type"], report["error"]["phase"]), ("timeout", "greeting"))

    def test_a_sender_is_refused(self):
        report = self.send(Script("220 x", "250 x", "550 5.7.1 not you", "250 reset", "221 bye").url, expect=69)
        self.assertEqual((report["error"]["type"], report["error"]["phase"], report["error"]["enhanced"]),
                         ("sender_refused", "mail_from", "5.7.1"))
        self.send(Script("220 x", "250 x", "530 5.7.0 log in", "250 reset", "221 bye").url, expect=77)

    def test_a_message_is_refused(self):
        report = self.send(Script("220 x", "250 x", "250 ok", "250 ok", "554 5.6.0 spam", "221 bye").url, expect=69)
        self.assertEqual((report["error"]["type"], report["error"]["phase"]), ("data_error", "end_of_data"))
        self.send(Script("220 x", "250 x", "250 ok", "250 ok", "452 4.3.1 full", "221 bye").url, expect=75)

    def test_a_link_lost_after_the_dot_leaves_the_message_in_doubt(self):
        """hazard 79"""
        report = self.send(Script("220 x", "250 x", "250 ok", "250 ok").url, expect=75)
        self.assertTrue(report["in_doubt"])
        self.assertEqual((report["accepted"], report["refused"], report["unsent"]), ([], [], []))
        self.assertEqual(report["error"]["phase"], "end_of_data")
        self.assertIn("may or may not have arrived", self.stderr)

    def test_a_servers_words_cannot_move_the_cursor(self):
        """hazard 74"""
        self.send(Script("554 \x1b[2J\x07evil").url, expect=69)
        self.assertTrue(all(c.isprintable() or c == "\n" for c in self.stderr), self.stderr)

    def test_lmtp_answers_for_each_recipient(self):
        """hazard 76"""
        replies = ("220 x", "250 x", "250 ok", "250 ok", "250 ok", "250 2.0.0 a\r\n452 4.2.2 full", "221 bye")
        url = Script(*replies).url.replace("smtp:", "lmtp:")
        report = self.send(url, "--to", "two@example.net", expect=1)
        self.assertEqual([r["address"] for r in report["accepted"]], ["you@example.net"])
        self.assertEqual([(r["address"], r["enhanced"]) for r in report["refused"]], [("two@example.net", "4.2.2")])


class Login(Case):
    def setUp(self):
        self.ca = self.folder() / "ca.pem"
        self.server = self.catcher("--user", "me:secret", "--certificate-file", self.ca)
        self.tls = self.server.url + "?starttls=required"

    def test_over_tls_with_a_verified_certificate(self):
        self.send(self.tls, "--ca-file", self.ca, "--user", "me", "--password-env", "P", expect=0, environment={"P": "secret"})

    def test_passwords_from_a_file_and_a_command(self):
        secret = self.folder() / "secret"
        secret.write_text("secret\n")
        secret.chmod(0o600)
        self.send(self.server.url, "--user", "me", "--password-file", secret, expect=0)
        self.assertEqual(self.stderr, "")
        self.send(self.server.url, "--user", "me", "--password-command", f"cat '{secret}'", expect=0)

    def test_a_password_on_the_command_line_warns(self):
        self.send(self.server.url, "--user", "me", "--password", "secret", expect=0)
        self.assertIn("warning", self.stderr)
        self.assertNotIn("secret", self.stderr)

    def test_a_wrong_password_is_77(self):
        report = self.send(self.server.url, "--user", "me", "--password-env", "P", expect=77, environment={"P": "hunter2"})
        self.assertEqual((report["error"]["type"], report["error"]["phase"], report["error"]["code"]),
                         ("authentication_error", "auth", 535))
        self.assertEqual(report["unsent"], ["you@example.net"])
        self.assertNotIn("hunter2", self.stderr)

    def test_an_untrusted_certificate_is_76(self):
        """hazard 68"""
        report = self.send(self.tls, expect=76)
        self.assertEqual(report["error"]["type"], "tls_error")
        self.assertIn("self-signed", self.stderr)
        self.assertEqual(self.server.messages(), [])

    def test_an_untrusted_certificate_is_taken_only_by_a_dangerous_option(self):
        self.send(self.tls, "--accept-any-certificate-dangerously", "--user", "me", "--password-env", "P", expect=0,
                  environment={"P": "secret"})

    def test_starttls_that_is_not_offered_is_76(self):
        """hazard 65"""
        report = self.send(Script("220 x", "250 x", "221 bye").url, "--starttls", "required", expect=76)
        self.assertEqual(report["error"]["type"], "tls_error")

    def test_a_password_is_asked_for_without_echo(self):
        child, terminal = pty.fork()
        if child == 0:
            os.execve(POSTRIDER, [POSTRIDER, "send", "--server", self.server.url, "--from", "me@example.com", "--to",
                                  "you@example.net", "--user", "me"], {**os.environ, **NO_CONFIG})
        shown = os.read(terminal, 1000)
        while b"Password of me: " not in shown:
            shown += os.read(terminal, 1000)
        os.write(terminal, b"secrex\x7ft\n")
        try:
            while octets := os.read(terminal, 1000):
                shown += octets
        except OSError:  # the program has ended
            pass
        self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), 0, shown)
        self.assertNotIn(b"secre", shown)
        self.assertIn(b"accepted", shown)

    def test_nobody_to_ask_is_a_usage_error(self):
        done = subprocess.run([POSTRIDER, "send", "--server", self.server.url, "--from", "a@b.example", "--to", "c@d.example",
                               "--user", "me"], capture_output=True, stdin=subprocess.DEVNULL, start_new_session=True)
        self.assertEqual(done.returncode, 64, done.stderr)


class OwnMistakes(Case):
    def check(self, code, *arguments, **more):
        """It fails with that code, one line, and with --json a document of the same shape."""
        done = run("send", *arguments, **more)
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertEqual((len(done.stderr.splitlines()), done.stdout), (1, b""), done.stderr)
        again = run("send", "--json", *arguments, **more)
        self.assertEqual(again.returncode, code)
        document = json.loads(again.stdout)
        self.assertEqual(set(document), {"server", "message_id", "size", "accepted", "refused", "unsent", "in_doubt", "error"})
        self.assertIsNotNone(document["error"])

    def test_usage_is_64(self):
        self.check(64, "--no-such-option")
        self.check(64, "--to", "a@b.example", "--server", "smtp://x")
        self.check(64, "--from", "a@b.example", "--server", "smtp://x")
        self.check(64, "--from", "a@b.example", "--to", "c@d.example", "--resolver", "127.0.0.1:1")
        self.check(64, "--from", "a@b.example", "--to", "c@d.example", "--server", "ftp://x")
        self.check(64, "--eml", "x.eml", "--subject", "both")
        self.assertEqual(run().returncode, 64)
        self.assertEqual(run("no-such-command").returncode, 64)

    def test_bad_data_is_65_and_nothing_is_sent(self):
        """hazard 62"""
        mail = ("--from", "a@b.example", "--server", "smtp://127.0.0.1:1")
        self.check(65, *mail, "--to", "nobody")
        self.check(65, *mail, "--to", "c@d.example", "--subject", "one\r\nBcc: x@y.example")
        self.check(65, *mail, "--to", "c@d.example", "--header", "X: one\nBcc: x@y.example")

    def test_no_input_is_66(self):
        mail = ("--from", "a@b.example", "--to", "c@d.example", "--server", "smtp://127.0.0.1:1")
        self.check(66, *mail, "--attach", "/nonexistent.pdf")
        self.check(66, *mail, "--text-file", "/nonexistent.txt")
        self.check(66, "--server", "smtp://127.0.0.1:1", "--eml", "/nonexistent.eml")

    def test_a_wrong_configuration_is_78(self):
        folder = self.folder()
        (folder / "postrider").mkdir()
        (folder / "postrider/config.toml").write_text("[account.a]\nserver = 'smtp://x'\ntypo = 1\n")
        mail = ("--from", "a@b.example", "--to", "c@d.example")
        self.check(78, *mail, environment={"XDG_CONFIG_HOME": str(folder)})
        self.check(78, *mail, "--account", "gone")
        self.check(78, *mail, "--provider", "gone")

    def test_an_account_sends(self):
        server, folder = self.catcher("--user", "me:secret"), self.folder()
        (folder / "config.toml").write_text(f"[account.a]\nserver = '{server.url}'\nfrom = 'Me <me@example.com>'\nuser = 'me'\n"
                                            "password_command = 'echo secret'\n")
        done = run("send", "--config", folder / "config.toml", "--account", "a", "--to", "you@example.net")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(server.messages()[0]["from"], "me@example.com")

    def test_a_number_that_is_none_is_a_usage_error(self):
        for option in (("send", "--deliver-by"), ("send", "--hold-for"), ("send", "--connections"), ("send", "--port"),
                       ("merge", "--from-row"), ("parse", "--message"), ("parse", "--part"), ("catch", "--keep"), ("catch", "--for"),
                       ("catch", "--fault-seed")):
            for number in ("-1", "0x10", "1.5", "99999999999999999999", "ten", ""):
                done = run(*option, number)
                self.assertEqual(done.returncode, 64, (option, number, done.stderr))
                self.assertIn(f"{option[1]}: '{number}' is no whole number".encode(), done.stderr)

    def test_a_number_is_decimal_whatever_it_begins_with(self):
        refused = run("send", "--connections", "0101")
        self.assertIn(b"'0101' is no whole number from 1 to 100", refused.stderr)

    def test_a_timeout_that_is_none_is_a_usage_error(self):
        for seconds in ("0", "-1", "nan", "inf", "1e300", "soon", "1s", ""):
            self.check(64, "--server", "smtp://127.0.0.1:1", "--from", "a@b.example", "--to", "c@d.example", "--timeout", seconds)


class OtherCommands(Case):
    def test_help_and_version(self):
        self.assertRegex(run("--version").stdout.decode(), r"^postrider \d+\.\d+\.\d+\n$")
        for command in ((), ("send",), ("check",), ("catch",), ("parse",)):
            done = run(*command, "--help")
            self.assertEqual((done.returncode, done.stderr), (0, b""))
            self.assertIn(b"Usage: postrider", done.stdout)

    def test_check_tells_each_step_and_what_would_be_used(self):
        ca = self.folder() / "ca.pem"
        server = self.catcher("--certificate-file", ca)
        done = run("check", "--json", "--ca-file", ca, server.url + "?starttls=required")
        self.assertEqual(done.returncode, 0, done.stderr)
        report = json.loads(done.stdout)
        self.assertEqual((report["usable"], report["error"], report["certificate_verified"]), (True, None, True))
        self.assertEqual([step["name"] for step in report["steps"]][:5], ["connect", "EHLO", "STARTTLS", "TLS", "EHLO"])
        self.assertTrue(all(step["ms"] >= 0 for step in report["steps"]))
        self.assertTrue(report["tls"].startswith("TLSv1."))
        self.assertIn("8bitmime", report["extensions"])
        self.assertIn(report["auth"]["used"], report["auth"]["offered"])

        shown = run("check", "--ca-file", ca, server.url + "?starttls=required")
        for word in (b"STARTTLS", b"certificate verified", b"ms", b"Login"):
            self.assertIn(word, shown.stdout)

    def test_check_fails_with_the_code_of_the_failure(self):
        server = self.catcher()
        done = run("check", "--json", server.url + "?starttls=required")
        self.assertEqual(done.returncode, 76)
        report = json.loads(done.stdout)
        self.assertEqual((report["usable"], report["error"]["type"]), (False, "tls_error"))
        self.assertEqual(report["steps"][0]["name"], "connect")

    def test_parse_shows_a_tree_and_json(self):
        mail = run("send", "--dry-run", "--from", "a@b.example", "--to", "c@d.example", "--text", "你好", "--html", "<p>你好",
                   "--attach", DATA / "报告.pdf").stdout
        tree = run("parse", "-", stdin=mail)
        self.assertEqual(tree.returncode, 0)
        for word in ("multipart/mixed", "multipart/alternative", "text/html", "application/pdf", "报告.pdf"):
            self.assertIn(word, tree.stdout.decode())
        document = json.loads(run("parse", "--json", "-", stdin=mail).stdout)
        self.assertEqual(document["content_type"], "multipart/mixed")
        self.assertEqual(document["parts"][1]["filename"], "报告.pdf")
        self.assertEqual(run("parse", "/nonexistent").returncode, 66)

    def test_catch_ends_after_as_many_as_it_was_told(self):
        server = self.catcher("--for", "2")
        for _ in range(2):
            self.send(server.url, expect=0)
        self.assertEqual(server.process.wait(20), 0)

    def test_catch_ends_on_sigint_and_sigterm_with_0(self):
        for how in (signal.SIGINT, signal.SIGTERM):
            self.assertEqual(self.catcher().stop(how), 0)

    def test_catch_tells_what_is_wrong_with_its_arguments(self):
        server = self.catcher()
        for code, arguments in ((64, ("--refuse", "b@*")), (64, ("--smtp", "nowhere")), (64, ("--user", "me")),
                                (69, ("--smtp", server.smtp, "--http", "127.0.0.1:0"))):
            done = run("catch", *arguments)
            self.assertEqual(done.returncode, code, done.stderr)
            self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)

    def test_catch_keeps_messages_in_a_file(self):
        store = self.folder() / "mail.sqlite"
        first = self.catcher("--store", store)
        self.send(first.url, "--subject", "kept", expect=0)
        first.stop()
        self.assertEqual([m["subject"] for m in self.catcher("--store", store).messages()], ["kept"])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
