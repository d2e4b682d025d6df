"""For tests of direct delivery: certificates of an authority of our own, and a server of MTA-STS policies."""

import hashlib
import http.server
import socketserver
import ssl
import subprocess
import threading
import time


class Authority:
    """Signs certificates. Files stand in `folder`; `file` is what those who trust it are given."""

    def __init__(self, folder):
        self.folder, self.file = folder, folder / "authority.pem"
        openssl("req", "-x509", *NEW_KEY, "-days", "2", "-subj", "/CN=authority", "-addext", "basicConstraints=critical,CA:TRUE",
                "-keyout", folder / "authority.key", "-out", self.file)

    def issue(self, *names, expired=False):
        """A certificate made out to these, with its key; it stands behind it in the file, and the authority behind both."""
        base = self.folder / f"{len(list(self.folder.iterdir()))}"
        openssl("req", *NEW_KEY, "-subj", f"/CN={names[0]}", "-keyout", f"{base}.key", "-out", f"{base}.request")
        base.with_suffix(".ext").write_text("subjectAltName=" + ",".join(f"DNS:{name}" for name in names))
        openssl("x509", "-req", "-in", f"{base}.request", "-CA", self.file, "-CAkey", self.folder / "authority.key",
                "-CAcreateserial", "-days", "-1" if expired else "2", "-extfile", f"{base}.ext", "-out", f"{base}.pem")
        shown = base.with_suffix(".pem")
        shown.write_text(shown.read_text() + self.file.read_text())
        return shown, base.with_suffix(".key")


NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")


def openssl(*arguments):
    done = subprocess.run(["openssl", *map(str, arguments)], capture_output=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def fingerprint(certificate):
    return hashlib.sha256(openssl("x509", "-in", certificate, "-outform", "DER")).digest()


def tlsa(usage, certificate):
    """The record that names this certificate, whole: a DANE-EE one, or of the authority for DANE-TA."""
    return bytes([usage, 0, 1]) + fingerprint(certificate)


class PolicyServer(http.server.ThreadingHTTPServer):
    """Answers every path with `body`; `delay` seconds go by before each line of it."""

    def __init__(self, certificate, key):
        super().__init__(("127.0.0.1", 0), Answer)
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate, key)
        self.socket = tls.wrap_socket(self.socket, server_side=True)
        self.status, self.content_type, self.body, self.location, self.delay, self.asked = 200, "text/plain", "", None, 0, []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self):
        return self.server_address[1]

    def handle_error(self, request, client_address):
        pass  # a client that does not trust us, or has had enough


class ClearServer(socketserver.ThreadingTCPServer):
    """An SMTP server without TLS: yes to everything, unless `replies` has another word for a command. Keeps what it heard.
    Where `mails_a_session` is a number, it closes behind so many."""

    daemon_threads = True

    def __init__(self, *extensions, **replies):
        super().__init__(("127.0.0.1", 0), Dialogue)
        self.extensions, self.replies, self.heard, self.mails, self.mails_a_session = extensions, replies, [], [], None
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def smtp(self):
        return f"127.0.0.1:{self.server_address[1]}"


class Dialogue(socketserver.StreamRequestHandler):
    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self):
        mails = 0
        self.say("220 mx.example.test")
        while line := self.rfile.readline().decode().strip():
            self.server.heard.append(line)
            verb = line.split()[0].upper()
            if verb == "EHLO":
                self.say("\r\n".join([*(f"250-{one}" for one in ("mx.example.test", *self.server.extensions)), "250 8BITMIME"]))
            elif verb == "DATA":
                self.say("354 go on")
                self.server.mails.append(b"".join(iter(self.rfile.readline, b".\r\n")))
                self.say("250 ok")
                mails += 1
                if mails == self.server.mails_a_session:
                    return
            elif verb == "QUIT":
                return self.say("221 bye")
            else:
                self.say(self.server.replies.get(verb, "250 ok"))


class Answer(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        self.server.asked.append((self.headers["Host"], self.path))
        self.send_response(self.server.status)
        self.send_header("Content-Type", self.server.content_type)
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        for line in self.server.body.splitlines(keepends=True):
            time.sleep(self.server.delay)
            self.wfile.write(line.encode())
