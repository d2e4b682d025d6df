"""Messages that come by other ways than SMTP, and leave together as an mbox."""

import http.client
import mailbox
import subprocess
import tempfile
import unittest
from pathlib import Path

import program
from api import Api

ONE = b"From: a@example.com\nTo: b@example.net, c@example.net\nSubject: =?utf-8?B?5rWL6K+V?=\n\nFrom here\n>From there\nbye\n"
CRLF = ONE.replace(b"\n", b"\r\n")
TWO = b"Return-Path: <bounce@example.com>\nFrom: x@example.com\nBcc: d@example.net\nSubject: two\n\nhi\n"


class Load(unittest.TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def loaded(self, path, count):
        with program.catching_anywhere("--load", path) as (_, where):
            api = Api(where)
            listed = api.messages()
            self.assertEqual(len(listed), count)
            return [(one, api.raw(one["id"])) for one in reversed(listed)]

    def check_both(self, path):
        (one, octets), (two, _) = self.loaded(path, 2)
        self.assertEqual(octets, CRLF)
        self.assertEqual((one["subject"], one["from"], one["to"]),
                         ("测试", "a@example.com", ["b@example.net", "c@example.net"]))
        self.assertEqual((two["from"], two["to"]), ("bounce@example.com", ["d@example.net"]))

    def test_one_message_file(self):
        (self.folder / "one.eml").write_bytes(ONE)
        self.assertEqual(self.loaded(self.folder / "one.eml", 1)[0][1], CRLF)

    def test_an_mbox_that_python_wrote(self):
        box = mailbox.mbox(self.folder / "box")
        for octets in (CRLF, TWO):
            box.add(octets.replace(b"\r\n", b"\n").replace(b"\n>From", b"\n>From"))
        box.close()
        (one, octets), (two, _) = self.loaded(self.folder / "box", 2)
        self.assertEqual((one["subject"], two["subject"]), ("测试", "two"))
        self.assertIn(b"\r\nFrom here\r\n", octets)

    def test_a_maildir(self):
        box = mailbox.Maildir(self.folder / "dir")
        for octets in (ONE, TWO):
            box.add(octets)
        self.check_both(self.folder / "dir")

    def test_a_folder_of_message_files(self):
        for name, octets in (("1.eml", ONE), ("2.eml", TWO)):
            (self.folder / name).write_bytes(octets)
        self.check_both(self.folder)

    def test_it_tells_how_many_and_fails_for_what_is_not_there(self):
        (self.folder / "1.eml").write_bytes(ONE)
        done = program.run("catch", "--smtp", "127.0.0.1:0", "--http", "127.0.0.1:0", "--load", self.folder / "none")
        self.assertEqual(done.returncode, 66)
        server = subprocess.Popen([program.POSTRIDER, "catch", "--smtp", "127.0.0.1:0", "--http", "127.0.0.1:0",
                                   "--load", self.folder], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
        try:
            self.assertEqual(server.stderr.readline().decode(), f"postrider: 1 message loaded from {self.folder}\n")
        finally:
            server.terminate()
            server.wait(20)
            server.stderr.close()


class Import(unittest.TestCase):
    def setUp(self):
        _, self.where = self.enterContext(program.catching_anywhere())
        self.api = Api(self.where)

    def test_a_posted_message_is_there_octet_for_octet(self):
        status, summary = self.api.load(CRLF)
        self.assertEqual((status, summary["subject"], summary["size"]), (201, "测试", len(CRLF)))
        self.assertEqual(self.api.raw(summary["id"]), CRLF)

    def test_its_envelope_can_be_told(self):
        status, summary = self.api.load(CRLF, "?from=x@example.org&to=y@example.org,z@example.org")
        self.assertEqual((summary["from"], summary["to"]), ("x@example.org", ["y@example.org", "z@example.org"]))
        self.assertEqual(self.api.load(CRLF, "?to=nobody")[0], 400)

    def test_another_type_or_nothing_is_refused(self):
        self.assertEqual(self.api.ask("POST", "messages", CRLF, "text/plain")[0], 415)
        self.assertEqual(self.api.ask("POST", "messages", b"", "message/rfc822")[0], 400)

    def test_thirty_megabytes_come_in_and_sixty_five_do_not(self):
        large = CRLF + b"x" * 70 + b"\r\n" + (b"y" * 76 + b"\r\n") * (30_000_000 // 78)
        status, summary = self.api.load(large)
        self.assertEqual((status, summary["size"]), (201, len(large)))
        connection = http.client.HTTPConnection(self.where["http"], timeout=30)
        connection.putrequest("POST", "/api/v1/messages")
        for name, value in (("Content-Type", "message/rfc822"), ("Content-Length", str((64 << 20) + 1)),
                            ("Postrider-Token", self.api.token)):
            connection.putheader(name, value)
        connection.endheaders()
        self.assertEqual(connection.getresponse().status, 413)
        connection.close()

    def test_curl_is_told_to_continue_and_does_not_wait_in_vain(self):
        large = CRLF + (b"y" * 76 + b"\r\n") * 30_000
        done = subprocess.run(["curl", "--silent", "--show-error", "--include", "--data-binary", "@-",
                               "-H", "Expect: 100-continue", "-H", "Content-Type: message/rfc822",
                               "-H", f"Postrider-Token: {self.api.token}", f"{self.api.base}/messages"],
                              input=large, capture_output=True, timeout=60)
        self.assertTrue(done.stdout.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 "), done.stdout[:200])


class Mbox(unittest.TestCase):
    def test_python_reads_every_message_back(self):
        with tempfile.TemporaryDirectory() as folder, program.catching_anywhere() as (_, where):
            api = Api(where)
            sent = [b"From: a@example.com\r\nSubject: %d\r\n\r\nFrom %d\r\n>From\r\n\r\n" % (n, n) for n in range(300)]
            for octets in sent:
                self.assertEqual(api.load(octets)[0], 201)
            path = Path(folder) / "box"
            path.write_bytes(api.ask("GET", "messages.mbox")[1])
            box = mailbox.mbox(path)
            read = [box.get_bytes(key).replace(b"\n>From ", b"\nFrom ") for key in box.keys()]
            self.assertEqual(read, sent)
            box.close()
            path.write_bytes(api.ask("GET", "messages.mbox?query=299")[1])
            box = mailbox.mbox(path)
            self.assertEqual([message["Subject"] for message in box], ["299"])
            box.close()

    def test_an_old_client_gets_it_without_chunks(self):
        with program.catching_anywhere() as (_, where):
            api = Api(where)
            api.load(CRLF)
            host, port = where["http"].rsplit(":", 1)
            import socket
            with socket.create_connection((host, int(port)), timeout=30) as client:
                client.sendall(f"GET /api/v1/messages.mbox HTTP/1.0\r\nHost: {where['http']}\r\n\r\n".encode())
                answer = b"".join(iter(lambda: client.recv(65536), b""))
            head, body = answer.split(b"\r\n\r\n", 1)
            self.assertNotIn(b"chunked", head)
            self.assertTrue(body.startswith(b"From a@example.com "))
            self.assertTrue(body.endswith(b">From here\r\n>>From there\r\nbye\r\n\n"))


if __name__ == "__main__":
    unittest.main()
