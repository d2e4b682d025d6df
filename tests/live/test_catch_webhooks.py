"""URLs that are told of each message: in order, again when they fail, and never at the cost of the mail."""

import contextlib
import http.server
import json
import smtplib
import socket
import ssl
import subprocess
import tempfile
import threading
import time
import unittest
from pathlib import Path

import program
from servers import make_certificate


class Hook:
    """An HTTP server that answers as it is told: a list of status codes, `close`, `slow`, or the URL that it sends one
    on to; then 204. `folder` has its certificate and key, and makes it one for https."""

    def __init__(self, *script, folder=None):
        hook = self
        self.script, self.bodies, self.times, self.lock = list(script), [], [], threading.Lock()

        class handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with hook.lock:
                    answer = hook.script.pop(0) if hook.script else 204
                    hook.bodies.append((self.path, self.headers["Content-Type"], json.loads(body)))
                    hook.times.append(time.monotonic())
                if answer == "close":
                    self.close_connection = True
                    return
                if answer == "slow":
                    hook.released.wait(20)
                    answer = 204
                self.send_response(answer if isinstance(answer, int) else 307)
                if isinstance(answer, str):
                    self.send_header("Location", answer)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.released = threading.Event()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.handle_error = lambda *_: None  # who hangs up is no news here
        if folder:
            tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            tls.load_cert_chain(folder / "cert.pem", folder / "key.pem")
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.url = f"http{'s' if folder else ''}://localhost:{self.server.server_port}/hook/s3cret?channel=1"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.released.set()
        self.server.shutdown()
        self.server.server_close()

    def subjects(self):
        with self.lock:
            return [body["message"]["subject"] for _, _, body in self.bodies]

    def wait(self, count, seconds=30):
        end = time.monotonic() + seconds
        while len(self.subjects()) < count:
            if time.monotonic() > end:
                raise TimeoutError(f"only {self.subjects()}")
            time.sleep(0.02)
        return self.subjects()


def send(host, port, *subjects):
    with smtplib.SMTP(host, port, timeout=30) as client:
        for subject in subjects:
            client.sendmail("a@example.com", ["b@example.net"], f"Subject: {subject}\r\n\r\nhi\r\n".encode())


@contextlib.contextmanager
def catching(*hooks):
    with program.catching(*[word for hook in hooks for word in ("--webhook", hook.url)]) as running:
        yield running


class Webhooks(unittest.TestCase):
    def test_each_url_is_told_of_each_message_in_order(self):
        with Hook() as one, Hook() as two, catching(one, two) as (_, host, port, api):
            subjects = [str(number) for number in range(20)]
            send(host, port, *subjects)
            for hook in (one, two):
                self.assertEqual(hook.wait(20), subjects)
            path, content_type, body = one.bodies[0]
            self.assertEqual((path, content_type, body["event"]), ("/hook/s3cret?channel=1", "application/json", "added"))
            listed = json.loads(program.get(f"{api}/messages"))["messages"][-1]
            self.assertEqual(body["message"]["id"], listed["id"])
            self.assertEqual(body["message"]["to"], ["b@example.net"])

    def test_one_that_fails_is_told_again_and_then_of_the_next(self):
        with Hook(500, "close", 200, 404) as hook, catching(hook) as (_, host, port, _):
            send(host, port, "1", "2")
            self.assertEqual(hook.wait(5), ["1", "1", "1", "2", "2"])
            first, second, third = hook.times[:3]
            self.assertGreater(second - first, 0.4)
            self.assertGreater(third - second, 0.9)

    def test_mail_does_not_wait_for_a_slow_one(self):
        with Hook("slow") as slow, Hook() as quick, catching(slow, quick) as (_, host, port, _):
            begin = time.monotonic()
            send(host, port, *map(str, range(50)))
            self.assertLess(time.monotonic() - begin, 8)
            self.assertEqual(len(quick.wait(50)), 50)
            self.assertEqual(slow.subjects(), ["0"])
            slow.released.set()
            self.assertEqual(slow.wait(50), [str(number) for number in range(50)])

    def test_one_that_never_answers_2xx_is_told_five_times_with_growing_delays_and_then_of_the_next(self):
        with Hook(*[500] * 5) as hook, catching(hook) as (_, host, port, _):
            send(host, port, "1", "2")
            self.assertEqual(hook.wait(6), ["1"] * 5 + ["2"])
            delays = [later - earlier for earlier, later in zip(hook.times, hook.times[1:5])]
            for delay, documented in zip(delays, (0.5, 1, 2, 4)):
                self.assertGreater(delay, documented - 0.1)
                self.assertLess(delay, documented + 5)

    def test_an_answer_that_takes_more_than_ten_seconds_is_none(self):
        with Hook("slow") as hook, catching(hook) as (_, host, port, _):
            send(host, port, "1", "2")
            self.assertEqual(hook.wait(3), ["1", "1", "2"])
            self.assertGreater(hook.times[1] - hook.times[0], 10)

    def test_a_redirect_is_not_followed(self):
        with Hook() as elsewhere, Hook(elsewhere.url) as hook, catching(hook) as (_, host, port, _):
            send(host, port, "1")
            self.assertEqual(hook.wait(2), ["1", "1"])
            self.assertEqual(elsewhere.subjects(), [])

    def test_the_last_message_is_told_though_the_server_ends(self):
        with Hook(500) as hook:
            with program.catching("--webhook", hook.url, "--for", "1") as (server, host, port, _):
                send(host, port, "last")
                self.assertEqual(server.wait(20), 0)
            self.assertEqual(hook.wait(2), ["last", "last"])

    def test_one_that_is_gone_is_complained_of_without_its_secrets(self):
        with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as taken:
            port_of_nobody = taken.getsockname()[1]
        server = subprocess.Popen([program.POSTRIDER, "catch", "--json", "--smtp", "127.0.0.1:0", "--http", "127.0.0.1:0",
                                   "--webhook", f"http://127.0.0.1:{port_of_nobody}/s3cret?k=s3cret", "--for", "1"],
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        host, port = json.loads(server.stdout.readline())["smtp"].rsplit(":", 1)
        send(host, int(port), "x")
        said = server.communicate(timeout=60)[1].decode()
        self.assertEqual(server.returncode, 0)
        self.assertIn(f"the webhook at 127.0.0.1:{port_of_nobody} was not told", said)
        self.assertNotIn("s3cret", said)

    def test_what_is_no_url_is_refused(self):
        for wrong in ("ftp://x/", "x", "http://", "http://a b/"):
            done = program.run("catch", "--smtp", "127.0.0.1:0", "--http", "127.0.0.1:0", "--webhook", wrong)
            self.assertEqual(done.returncode, 78, wrong)


class Https(unittest.TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        make_certificate(self.folder)

    def complaint(self, hook, *arguments):
        """What a server says that ends after one message."""
        server = subprocess.Popen([program.POSTRIDER, "catch", "--json", "--smtp", "127.0.0.1:0", "--http", "127.0.0.1:0",
                                   "--webhook", hook.url, *map(str, arguments), "--for", "1"],
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        host, port = json.loads(server.stdout.readline())["smtp"].rsplit(":", 1)
        send(host, int(port), "x")
        said = server.communicate(timeout=60)[1].decode()
        self.assertEqual(server.returncode, 0)
        return said

    def test_one_whose_ca_is_given_is_told(self):
        with Hook(500, folder=self.folder) as hook, program.catching(
                "--webhook", hook.url, "--webhook-ca-file", self.folder / "cert.pem") as (_, host, port, _):
            send(host, port, "1", "2")
            self.assertEqual(hook.wait(3), ["1", "1", "2"])

    def test_one_whose_ca_nobody_trusts_hears_nothing(self):
        with Hook(folder=self.folder) as hook:
            self.assertIn("certificate", self.complaint(hook))
            self.assertEqual(hook.subjects(), [])

    def test_one_with_another_ca_hears_nothing(self):
        (other := self.folder / "other").mkdir()
        make_certificate(other)
        with Hook(folder=self.folder) as hook:
            self.assertIn("certificate", self.complaint(hook, "--webhook-ca-file", other / "cert.pem"))
            self.assertEqual(hook.subjects(), [])

    def test_one_that_goes_by_another_name_than_its_certificate_hears_nothing(self):
        make_certificate(self.folder, "hooks.example.com")
        with Hook(folder=self.folder) as hook:
            self.assertIn("certificate", self.complaint(hook, "--webhook-ca-file", self.folder / "cert.pem"))
            self.assertEqual(hook.subjects(), [])

    def test_a_ca_file_that_is_none_is_told_at_start(self):
        (self.folder / "none.pem").write_text("no certificate\n")
        for file in (self.folder / "none.pem", self.folder / "not there"):
            done = program.run("catch", "--smtp", "127.0.0.1:0", "--http", "127.0.0.1:0", "--webhook", "https://localhost/",
                               "--webhook-ca-file", file)
            self.assertEqual(done.returncode, 78, done.stderr)
            self.assertIn(b"--webhook-ca-file", done.stderr)


if __name__ == "__main__":
    unittest.main()
