#!/usr/bin/python3
"""test_token.py POSTRIDER: `postrider token` against an HTTPS server of tokens."""

import base64
import http.server
import json
import os
import pty
import socket
import ssl
import stat
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.parse
from pathlib import Path

from test_program import NO_CONFIG, POSTRIDER, Case, Script


class Issuer(http.server.ThreadingHTTPServer):
    """Describes itself and answers each request for tokens with the next of `answers`; None: it closes without one."""

    def __init__(self, certificate, key):
        super().__init__(("127.0.0.1", 0), Exchange)
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate, key)
        self.socket = tls.wrap_socket(self.socket, server_side=True)
        self.answers, self.asked, self.times, self.chunked = [], [], [], False
        self.url = f"https://127.0.0.1:{self.server_address[1]}/issuer"
        self.description = {"token_endpoint": f"{self.url}/token", "device_authorization_endpoint": f"{self.url}/device"}
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, client_address):
        pass  # a client that does not trust us


class Exchange(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, document):
        body = document if isinstance(document, bytes) else json.dumps(document).encode()
        self.send_response(status)
        if self.server.chunked:
            self.send_header("Transfer-Encoding", "chunked")
            body = b"".join(b"%x\r\n%b\r\n" % (len(body[at:at + 7]), body[at:at + 7]) for at in range(0, len(body), 7)) + b"0\r\n\r\n"
        else:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        found = self.path == "/issuer/.well-known/openid-configuration"
        self.answer(200 if found else 404, self.server.description if found else {})

    def do_POST(self):
        values = dict(urllib.parse.parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode(), strict_parsing=True))
        self.server.asked.append((self.path, values))
        self.server.times.append(time.monotonic())
        answer = self.server.answers.pop(0)
        if answer:
            return self.answer(*answer)
        self.close_connection = True


class Token(Case):
    @classmethod
    def setUpClass(cls):
        cls.keys = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                        "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout",
                        cls.keys / "key.pem", "-out", cls.keys / "cert.pem"], check=True, capture_output=True)

    def setUp(self):
        self.issuer = Issuer(self.keys / "cert.pem", self.keys / "key.pem")
        self.addCleanup(self.issuer.server_close)
        self.addCleanup(self.issuer.shutdown)
        self.state = self.folder()
        self.cache = self.state / "postrider/tokens.json"

    def token(self, *arguments, expect=0, on_terminal=False, ca=True, provider=None, environment=None):
        command = [POSTRIDER, "token", "--provider", provider or self.issuer.url, "--client-id", "app 1",
                   *(("--ca-file", self.keys / "cert.pem") if ca else ()), *arguments]
        ours, theirs = pty.openpty() if on_terminal else (None, subprocess.PIPE)
        done = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, stderr=theirs, timeout=60,
                              env={**os.environ, **NO_CONFIG, "XDG_STATE_HOME": str(self.state), **(environment or {})})
        self.stderr = done.stderr.decode() if done.stderr is not None else ""
        if on_terminal:
            os.close(theirs)
            try:
                self.stderr = os.read(ours, 10000).decode()
            except OSError:
                pass  # nothing was written
            os.close(ours)
        self.assertEqual(done.returncode, expect, self.stderr)
        return done.stdout.decode()

    DEVICE = {"device_code": "d&c", "user_code": "ABCD-EFGH", "verification_uri": "https://example.test/enter", "interval": 1,
              "expires_in": 60}

    def test_by_a_persons_leave_and_then_by_itself(self):
        self.issuer.answers = [(200, self.DEVICE), (400, {"error": "authorization_pending"}),
                               (200, {"access_token": "first", "refresh_token": "again", "expires_in": 3600})]
        self.assertEqual(self.token("--scope", "mail offline", on_terminal=True), "first\n")
        self.assertIn("open https://example.test/enter and enter the code ABCD-EFGH", self.stderr)
        self.assertEqual(self.issuer.asked[0], ("/issuer/device", {"client_id": "app 1", "scope": "mail offline"}))
        self.assertEqual(self.issuer.asked[1][1], {"client_id": "app 1", "device_code": "d&c",
                                                   "grant_type": "urn:ietf:params:oauth:grant-type:device_code"})
        self.assertEqual(stat.S_IMODE(self.cache.stat().st_mode), 0o600)

        self.assertEqual(self.token("--scope", "mail offline"), "first\n")  # still good: nobody is asked
        self.assertEqual(len(self.issuer.asked), 3)
        self.issuer.answers = [(200, {"access_token": "second", "expires_in": "3600"})]
        refused = {"POSTRIDER_TOKEN_REFUSED": "1"}
        self.assertEqual(self.token("--scope", "mail offline", environment=refused), "second\n")
        self.assertEqual(self.issuer.asked[3][1]["refresh_token"], "again")
        self.issuer.answers = [(200, {"access_token": "third", "refresh_token": "turned", "expires_in": 30})]
        self.assertEqual(self.token("--scope", "mail offline", environment=refused), "third\n")
        self.issuer.answers = [(200, {"access_token": "fourth"})]  # the third is as good as over
        self.assertEqual(self.token("--scope", "mail offline"), "fourth\n")
        self.assertEqual(self.issuer.asked[-1][1]["refresh_token"], "turned")

    def device_flow(self, *answers, expect=0, **description):
        self.issuer.answers = [(200, {**self.DEVICE, **description}), *answers]
        self.issuer.times.clear()
        token = self.token(on_terminal=True, expect=expect)
        return token, [later - earlier for earlier, later in zip(self.issuer.times, self.issuer.times[1:])]

    TOKEN = (200, {"access_token": "first", "expires_in": 3600})
    PENDING = (400, {"error": "authorization_pending"})

    def test_of_a_device_is_asked_for_less_often_when_the_server_says_so(self):
        """RFC 8628 §3.5"""
        token, pauses = self.device_flow(self.PENDING, (400, {"error": "slow_down"}), self.PENDING, self.TOKEN)
        self.assertEqual(token, "first\n")
        for pause, least in zip(pauses, (1, 1, 6, 6), strict=True):
            self.assertGreaterEqual(pause, least - 0.1)
            self.assertLess(pause, least + 4)

    def test_of_a_device_survives_a_link_that_fails_and_asks_less_often_from_then_on(self):
        token, pauses = self.device_flow(None, None, self.PENDING, self.TOKEN)
        self.assertEqual(token, "first\n")
        for pause, least in zip(pauses, (1, 2, 4, 4), strict=True):
            self.assertGreaterEqual(pause, least - 0.1)

    def test_of_a_device_ends_when_the_person_says_no_or_the_code_has_run_out(self):
        self.device_flow((400, {"error": "access_denied", "error_description": "User denied."}), expect=77)
        self.assertIn("the person who was asked said no", self.stderr)
        self.device_flow(self.PENDING, (400, {"error": "expired_token"}), expect=77)
        self.assertIn("nobody entered the code in time; begin again", self.stderr)
        self.device_flow(*[self.PENDING] * 5, expires_in=2, expect=77)
        self.assertIn("nobody entered the code in time; begin again", self.stderr)
        self.device_flow((400, {"error": "invalid_grant", "error_description": "who?"}), expect=77)
        self.assertIn("gives no token: who?", self.stderr)
        self.assertFalse(self.cache.exists())

    def test_of_a_device_is_not_begun_where_the_server_knows_no_such_program(self):
        self.issuer.answers = [(401, {"error": "invalid_client"})]
        self.token(on_terminal=True, expect=77)
        self.assertIn("gives no token: invalid_client; check the client's id", self.stderr)
        del self.issuer.description["device_authorization_endpoint"]
        self.token(on_terminal=True, expect=78)
        self.assertIn("no device flow", self.stderr)

    def test_that_cannot_be_refreshed_wants_a_person_again(self):
        self.issuer.answers = [(200, self.DEVICE), (200, {"access_token": "first", "refresh_token": "again", "expires_in": 1})]
        self.token(on_terminal=True)
        self.issuer.answers = [(400, {"error": "invalid_grant"})]
        self.token(expect=78)
        self.assertIn("run this command once on a terminal", self.stderr)

    def test_for_the_program_itself(self):
        secret = self.folder() / "secret"
        secret.write_text("s3c/r+t\n")
        secret.chmod(0o600)
        self.issuer.chunked = True
        self.issuer.answers = [(200, {"access_token": "own", "expires_in": 3600})]
        self.assertEqual(self.token("--flow", "client-credentials", "--client-secret-file", secret, "--scope", "x/.default"), "own\n")
        self.assertEqual(self.issuer.asked, [("/issuer/token", {"client_id": "app 1", "client_secret": "s3c/r+t",
                                                                "grant_type": "client_credentials", "scope": "x/.default"})])

    def test_logs_in(self):
        server = Script("220 x", "250-x\r\n250 AUTH XOAUTH2", "235 welcome", "250 ok", "250 ok", "250 sent", "221 bye")
        self.issuer.answers = [(200, {"access_token": "own", "expires_in": 3600})]
        done = subprocess.run([POSTRIDER, "send", "--server", server.url, "--from", "me@example.com", "--to", "you@example.net",
                               "--user", "me@example.com", "--timeout", "10", "--token-command",
                               f"'{POSTRIDER}' token --provider {self.issuer.url} --client-id x --flow client-credentials "
                               f"--ca-file {self.keys / 'cert.pem'}"], capture_output=True,
                              env={**os.environ, **NO_CONFIG, "XDG_STATE_HOME": str(self.state)})
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("auth=Bearer own", base64.b64decode(server.heard[1].split()[2]).decode())

    def test_that_is_refused_says_why(self):
        hostile = {"error": "unauthorized_client", "error_description": "not \x1b[31myou\r\nmore"}
        self.issuer.answers = [(401, hostile)]
        self.token("--flow", "client-credentials", expect=77)
        self.assertRegex(self.stderr, r"gives no token: not \\x1b\[31myou;")
        self.issuer.answers = [(200, self.DEVICE), (400, {"error": "access_denied"})]
        self.token(on_terminal=True, expect=77)
        self.assertFalse(self.cache.exists())

    def test_answers_that_make_no_sense_are_76(self):
        for answer in ((200, b"<html>"), (200, {}), (200, {"access_token": "a b"}), (200, {"access_token": "a\r\nb"}), (200, []),
                       (200, {"access_token": 5})):
            self.issuer.answers = [answer]
            self.token("--flow", "client-credentials", expect=76)
        self.issuer.answers = [(200, b"x" * (2 << 20))]
        self.token("--flow", "client-credentials", expect=75)
        self.issuer.description = {"issuer": "x"}
        self.token(expect=76)

    def test_nobody_but_the_right_server_is_asked(self):
        """hazard 68"""
        self.token("--flow", "client-credentials", ca=False, expect=76)
        self.assertEqual(self.issuer.asked, [])
        self.token(provider="http://127.0.0.1/issuer", expect=78)
        self.token(provider="https://127.0.0.1:x/issuer", expect=78)
        self.token(provider="https://a b/issuer", expect=78)
        self.token(provider="nobody", expect=78)
        self.issuer.description = {"token_endpoint": self.issuer.url.replace("https", "http") + "/token"}
        self.token("--flow", "client-credentials", expect=78)
        with socket.create_server(("127.0.0.1", 0)) as gone:
            port = gone.getsockname()[1]
        self.token(provider=f"https://127.0.0.1:{port}/issuer", expect=75)

    def test_a_file_of_tokens_that_others_may_read_is_refused(self):
        self.cache.parent.mkdir()
        self.cache.write_text("{}")
        self.cache.chmod(0o644)
        self.token("--flow", "client-credentials", expect=78)
        self.assertIn("others may read it", self.stderr)
        self.cache.chmod(0o600)
        self.cache.write_text("no json")
        self.token("--flow", "client-credentials", expect=78)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
