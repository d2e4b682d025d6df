"""Every mechanism that Dovecot 2.3 has, logged in to from the program, through Dovecot's submission service and through
Postfix; and GNU SASL's client at our server's door."""

import base64
import hashlib
import hmac
import json
import os
import shutil
import subprocess
import tempfile
import time
import unittest

import namespace
import program
from servers import ACCOUNT, PASSWORD, Servers

TOKEN_KEY = b"a key of the tests alone"
# Dovecot hashes the name and password of DIGEST-MD5 as UTF-8, RFC 2831 wants ISO 8859-1: ASCII is the same in both.
ASCII_ACCOUNT, ASCII_PASSWORD = "carol@example.test", "open sesame"
# Needs no password, but the certificate that Dovecot is told to trust.
CERTIFIED_ACCOUNT = "erin@example.test"


def token(user, seconds):
    """A JSON Web Token as Dovecot checks it by itself."""
    part = lambda octets: base64.urlsafe_b64encode(octets).rstrip(b"=")
    now = int(time.time())
    text = b".".join(part(json.dumps(one).encode()) for one in (
        {"typ": "JWT", "alg": "HS256", "kid": "default"},
        {"sub": user, "iat": now - 60, "nbf": now - 60, "exp": now + seconds}))
    return (text + b"." + part(hmac.digest(TOKEN_KEY, text, hashlib.sha256))).decode()


class EveryMechanism(Servers):
    def more_of_dovecot(self, folder):
        keys = folder / "keys/default/HS256"
        keys.mkdir(parents=True)
        (keys / "default").write_bytes(base64.b64encode(TOKEN_KEY))
        (folder / "oauth2").write_text(f"introspection_mode = local\n"
                                       f"local_validation_key_dict = fs:posix:prefix={folder}/keys/\n"
                                       "username_attribute = sub\n")
        with (folder / "passwd").open("a") as passwd:
            passwd.write(f"{ASCII_ACCOUNT}:{{PLAIN}}{ASCII_PASSWORD}::::::\n")
            passwd.write(f"{CERTIFIED_ACCOUNT}:::::::nopassword=y\n")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-days", "2", "-subj", f"/CN={CERTIFIED_ACCOUNT}", "-keyout", self.folder / "client.pem",
                        "-out", folder / "client-ca.pem"], check=True, capture_output=True)
        with (self.folder / "client.pem").open("a") as both:
            both.write((folder / "client-ca.pem").read_text())
        return f"""
auth_mechanisms = plain login cram-md5 digest-md5 scram-sha-1 scram-sha-256 xoauth2 oauthbearer anonymous external
ssl_ca = <{folder}/client-ca.pem
ssl_require_crl = no
ssl_verify_client_cert = yes
auth_ssl_username_from_cert = yes
auth_realms = example.test
passdb {{
 driver = oauth2
 mechanisms = xoauth2 oauthbearer
 args = {folder}/oauth2
}}
"""

    def more_of_postfix(self):
        return "smtpd_sasl_security_options =\nsmtpd_sasl_tls_security_options =\n"


class OurClient(unittest.TestCase):
    def check(self, url, *arguments, user=ACCOUNT, password=PASSWORD, status=0):
        done = program.run("check", "--json", "--transcript", url, "--ca-file", self.servers.ca_file, "--user", user,
                           *(["--password-env", "LIVE_PASSWORD"] if password else []), *arguments,
                           environment={"LIVE_PASSWORD": password or ""})
        self.assertEqual(done.returncode, status, done.stderr.decode() + self.servers.logs())
        for secret in (PASSWORD, ASCII_PASSWORD):
            self.assertNotIn(secret, done.stderr.decode())
            self.assertNotIn(base64.b64encode(secret.encode()).decode(), done.stderr.decode())
        return json.loads(done.stdout), done.stderr.decode()


class OurClientAndDovecot(OurClient):
    @classmethod
    def setUpClass(cls):
        cls.servers = cls.enterClassContext(EveryMechanism())

    def urls(self):
        ports = self.servers.ports
        return {"postfix": f"smtp://localhost:{ports['smtp']}?starttls=required",
                "dovecot": f"smtp://localhost:{ports['submission']}?starttls=required"}

    def test_each_mechanism_takes_the_right_password_and_no_other(self):
        for server, url in self.urls().items():
            for mechanism in ("SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "PLAIN", "LOGIN"):
                with self.subTest(mechanism, server=server):
                    report, dialogue = self.check(url, "--auth", mechanism)
                    self.assertEqual(report["auth"]["used"], mechanism)
                    self.assertIn(f"C: AUTH {mechanism}", dialogue)
                    self.check(url, "--auth", mechanism, password="wrong", status=77)

    def test_digest_md5_by_name(self):
        for server, url in self.urls().items():
            with self.subTest(server):
                self.check(url, "--auth", "DIGEST-MD5", user=ASCII_ACCOUNT, password=ASCII_PASSWORD)
                self.check(url, "--auth", "DIGEST-MD5", user=ASCII_ACCOUNT, password="wrong", status=77)

    def test_unasked_the_strongest_is_taken(self):
        for server, url in self.urls().items():
            with self.subTest(server):
                report, dialogue = self.check(url)
                self.assertEqual(report["auth"]["used"], "SCRAM-SHA-256")
                self.assertEqual(dialogue.count("C: AUTH"), 1)

    def test_tokens_come_from_a_command(self):
        for server, url in self.urls().items():
            for mechanism in ("OAUTHBEARER", "XOAUTH2"):
                with self.subTest(mechanism, server=server):
                    command = f"echo {token(ACCOUNT, 600)}"
                    report, _ = self.check(url, "--auth", mechanism, "--token-command", command, password=None)
                    self.assertEqual(report["auth"]["used"], mechanism)

    def test_a_token_that_has_run_out_is_renewed_once(self):
        command = f"""if [ "$POSTRIDER_TOKEN_REFUSED" ]; then echo {token(ACCOUNT, 600)}; else echo {token(ACCOUNT, -30)}; fi"""
        _, dialogue = self.check(self.urls()["dovecot"], "--token-command", command, password=None)
        self.assertEqual(dialogue.count("C: AUTH OAUTHBEARER"), 2)
        _, dialogue = self.check(self.urls()["dovecot"], "--token-command", f"echo {token(ACCOUNT, -30)}",
                                 password=None, status=77)
        self.assertEqual(dialogue.count("C: AUTH OAUTHBEARER"), 2)

    def test_anonymous_by_name(self):
        report, _ = self.check(self.urls()["postfix"], "--auth", "ANONYMOUS", password=None)
        self.assertEqual(report["auth"]["used"], "ANONYMOUS")

    def test_external_by_name(self):
        folder = program.write_parts(self.enterContext(tempfile.TemporaryDirectory()))
        def send(certificate):
            return subprocess.run([program.SEND_MESSAGE, "blocking", self.urls()["dovecot"], self.servers.ca_file,
                                   CERTIFIED_ACCOUNT, "", folder, "EXTERNAL"], capture_output=True, timeout=60,
                                  env={**os.environ, **certificate})
        report, _ = self.check(self.urls()["dovecot"], "--auth", "EXTERNAL", "--certificate-file",
                               self.servers.folder / "client.pem", user=CERTIFIED_ACCOUNT, password=None)
        self.assertEqual(report["auth"]["used"], "EXTERNAL")
        self.check(self.urls()["dovecot"], "--auth", "EXTERNAL", user=CERTIFIED_ACCOUNT, password=None, status=77)
        self.servers.empty_mailboxes()
        done = send({"LIVE_CERTIFICATE": str(self.servers.folder / "client.pem")})
        self.assertEqual(done.returncode, 0, done.stderr.decode() + self.servers.logs())
        program.check_message(self, *self.servers.wait_for_mail("bob@example.test"))
        done = send({})
        self.assertEqual(done.returncode, 3, done.stdout.decode())
        self.assertIn(b"authentication_error", done.stderr)


class CyrusSasl(Servers):
    """Postfix with Cyrus SASL, all mechanisms that Debian packages of it, and its usual place for passwords."""

    def more_of_postfix(self):
        for account, password in ((ACCOUNT, PASSWORD), (ASCII_ACCOUNT, ASCII_PASSWORD)):
            name, realm = account.split("@")
            subprocess.run(["saslpasswd2", "-p", "-c", "-f", self.folder / "sasldb", "-u", realm, name], check=True,
                           input=password.encode(), capture_output=True)
        shutil.chown(self.folder / "sasldb", "postfix")
        return ("smtpd_sasl_type = cyrus\nsmtpd_sasl_path = smtpd\n"
                "smtpd_sasl_security_options =\nsmtpd_sasl_tls_security_options =\n")

    def mounts_for_postfix(self):
        return {self.folder / "sasldb": "/etc/sasldb2"}


class OurClientAndCyrus(OurClient):
    """The one server of Debian's with SCRAM-SHA-512."""

    @classmethod
    def setUpClass(cls):
        namespace.need_namespaces()
        cls.servers = cls.enterClassContext(CyrusSasl())
        cls.url = f"smtp://localhost:{cls.servers.ports['smtp']}?starttls=required"

    def test_each_mechanism_takes_the_right_password_and_no_other(self):
        for mechanism in ("SCRAM-SHA-512", "SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "PLAIN", "LOGIN"):
            with self.subTest(mechanism):
                report, dialogue = self.check(self.url, "--auth", mechanism)
                self.assertEqual(report["auth"]["used"], mechanism)
                self.assertIn(f"C: AUTH {mechanism}", dialogue)
                self.check(self.url, "--auth", mechanism, password="wrong", status=77)

    def test_digest_md5_by_name(self):
        self.check(self.url, "--auth", "DIGEST-MD5", user=ASCII_ACCOUNT, password=ASCII_PASSWORD)
        self.check(self.url, "--auth", "DIGEST-MD5", user=ASCII_ACCOUNT, password="wrong", status=77)

    def test_unasked_the_strongest_is_taken(self):
        report, dialogue = self.check(self.url)
        self.assertEqual(report["auth"]["used"], "SCRAM-SHA-512")
        self.assertEqual(dialogue.count("C: AUTH"), 1)

    def test_anonymous_by_name(self):
        report, _ = self.check(self.url, "--auth", "ANONYMOUS", password=None)
        self.assertEqual(report["auth"]["used"], "ANONYMOUS")

    def test_what_postfix_says_is_in_the_text_of_a_failure(self):
        self.check(self.url, password="wrong", status=77)
        self.assertIn("SASL SCRAM-SHA-512 authentication failed", self.servers.logs())


class OurServer(unittest.TestCase):
    """GNU SASL's client logs in to `postrider catch`."""

    MECHANISMS = ("SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "PLAIN", "LOGIN")

    def gsasl(self, host, port, mechanism, *arguments, password=PASSWORD):
        # It reads on from its standard input once it is in; the end of that is QUIT.
        return subprocess.run(["gsasl", "--smtp", f"--connect={host}:{port}", f"--mechanism={mechanism}",
                               "--authentication-id=tim", f"--password={password}", "--quality-of-protection=qop-auth",
                               *arguments], capture_output=True, timeout=60, input=b"",
                              env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"})

    def test_each_mechanism_in_clear(self):
        with program.catching("--user", f"tim:{PASSWORD}") as (_, host, port, _):
            for mechanism in self.MECHANISMS:
                with self.subTest(mechanism):
                    done = self.gsasl(host, port, mechanism, "--no-starttls")
                    self.assertIn(b"235 2.7.0", done.stdout, done.stderr)
                    done = self.gsasl(host, port, mechanism, "--no-starttls", password="wrong")
                    self.assertIn(b"535 5.7.8", done.stdout + done.stderr)

    def test_scram_is_bound_to_the_channel_under_tls(self):
        certificate = self.enterContext(tempfile.TemporaryDirectory()) + "/certificate.pem"
        with program.catching("--user", f"tim:{PASSWORD}", "--certificate-file", certificate) as (_, _, port, _):
            for mechanism in ("SCRAM-SHA-256-PLUS", "SCRAM-SHA-1-PLUS"):
                with self.subTest(mechanism):
                    done = self.gsasl("localhost", port, mechanism, f"--x509-ca-file={certificate}")
                    self.assertIn(b"235 2.7.0", done.stdout, done.stderr)
                    done = self.gsasl("localhost", port, mechanism, f"--x509-ca-file={certificate}", password="no")
                    self.assertIn(b"535 5.7.8", done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
