#!/usr/bin/python3
"""test_check.py POSTRIDER: `postrider check` of servers and of domains."""

import datetime
import json
import subprocess
import sys
import unittest

import name_server as dns
from test_program import Case, Script, run


class Servers(Case):
    def certificate(self, days):
        """A self-signed one for 127.0.0.1, valid from yesterday until so many days from now."""
        folder = self.folder()
        now = datetime.datetime.now(datetime.timezone.utc)
        stamp = lambda moment: moment.strftime("%Y%m%d%H%M%SZ")
        (folder / "ca.cnf").write_text("[ca]\ndefault_ca=c\n[c]\ndatabase=index\nnew_certs_dir=.\nserial=serial\ndefault_md=sha256\n"
                                       "policy=p\nx509_extensions=x\n[p]\ncommonName=supplied\n"
                                       "[x]\nsubjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:TRUE\n")
        (folder / "index").write_text("")
        (folder / "serial").write_text("01\n")
        for command in (["openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
                         "/CN=mail \x1b[31m.example", "-keyout", "key.pem", "-out", "request.pem"],
                        ["openssl", "ca", "-batch", "-selfsign", "-config", "ca.cnf", "-in", "request.pem", "-keyfile", "key.pem",
                         "-out", "cert.pem", "-notext", "-startdate", stamp(now - datetime.timedelta(days=100)),
                         "-enddate", stamp(now + datetime.timedelta(days=days, minutes=5))]):
            done = subprocess.run(command, cwd=folder, capture_output=True)
            self.assertEqual(done.returncode, 0, done.stderr)
        return folder / "cert.pem", folder / "key.pem"

    def test_the_certificate_is_shown_with_the_days_it_has_left(self):
        certificate, key = self.certificate(days=20)
        server = self.catcher("--tls-certificate", certificate, "--tls-key", key)
        url = server.url + "?starttls=required"
        report = json.loads(run("check", "--json", "--ca-file", certificate, url).stdout)
        shown = report["certificate"]
        self.assertEqual((shown["days_left"], shown["trust"], shown["names"]), (20, "authorities", ["localhost", "127.0.0.1"]))
        self.assertEqual((report["usable"], report["certificate_verified"]), (True, True))
        self.assertRegex(shown["sha256"], "^[0-9a-f]{64}$")
        self.assertRegex(report["tls"], r"^TLSv1\.[23] \S+$")
        text = run("check", "--ca-file", certificate, url).stdout.decode()
        for words in ("20 days left", "localhost, 127.0.0.1", "certificate verified", "SHA-256 " + shown["sha256"]):
            self.assertIn(words, text)
        self.assertNotIn("\x1b", text)

    def test_a_certificate_that_is_refused_is_shown_all_the_same(self):
        """hazard 68"""
        certificate, key = self.certificate(days=-3)
        server = self.catcher("--tls-certificate", certificate, "--tls-key", key)
        done = run("check", "--ca-file", certificate, server.url + "?starttls=required")
        self.assertEqual(done.returncode, 76)
        self.assertRegex(done.stdout.decode(), r"expired on \d{4}-\d\d-\d\d")
        self.assertIn("not verified", done.stdout.decode())
        self.assertIn(b"expired", done.stderr)

    def test_extensions_and_limits_are_explained(self):
        server = Script("220 x", "250-x\r\n250-PIPELINING\r\n250-SIZE 1000000\r\n250-LIMITS RCPTMAX=50 MAILMAX=7\r\n"
                        "250-XVERP\r\n250 AUTH GSSAPI PLAIN", "221 bye")
        report = json.loads(run("check", "--json", server.url).stdout)
        self.assertEqual((report["size_limit"], report["recipient_limit"], report["message_limit"]), (1000000, 50, 7))
        self.assertEqual((report["tls"], report["certificate"], report["auth"]["used"]), (None, None, "PLAIN"))
        server = Script("220 x", "250-x\r\n250-PIPELINING\r\n250 XVERP", "221 bye")
        text = run("check", server.url).stdout.decode()
        self.assertIn("pipelining  (used: one wait a message)", text)
        self.assertIn("xverp  (not used)", text)


class Domains(Case):
    GOOD = {("example.test", dns.MX): [dns.mx(20, "backup.example.test"), dns.mx(10, "mx.example.test")],
            ("example.test", dns.TXT): [dns.txt("v=spf1 mx -all"), dns.txt("some other text")],
            ("mx.example.test", dns.A): [bytes([192, 0, 2, 1])], ("backup.example.test", dns.A): [bytes([192, 0, 2, 2])],
            ("_25._tcp.mx.example.test", dns.TLSA): [bytes([3, 1, 1]) + bytes(range(32))],
            ("_mta-sts.example.test", dns.TXT): [dns.txt("v=STSv1; id=20261121")],
            ("_smtp._tls.example.test", dns.TXT): [dns.txt("v=TLSRPTv1; rua=mailto:tls@example.test")],
            ("_dmarc.example.test", dns.TXT): [dns.txt("v=DMARC1; p=reject")]}

    def check(self, records, expect=0, authenticated=False, silent=False):
        server = dns.NameServer(records, authenticated)
        server.silent = silent
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        done = run("check", "--dns-only", "--json", "--resolver", server.place, "example.test")
        self.assertEqual(done.returncode, expect, done.stderr)
        self.shown = run("check", "--dns-only", "--resolver", server.place, "example.test").stdout.decode()
        return json.loads(done.stdout)

    def test_all_of_a_well_kept_one(self):
        report = self.check(self.GOOD, authenticated=True)
        self.assertEqual([(one["preference"], one["host"], one["dane"]) for one in report["mx"]],
                         [(10, "mx.example.test", True), (20, "backup.example.test", False)])
        self.assertEqual(report["mx"][0]["tlsa"], ["3 1 1 " + bytes(range(32)).hex()])
        self.assertEqual((report["spf"], report["dmarc"]), ("v=spf1 mx -all", "v=DMARC1; p=reject"))
        self.assertEqual((report["mta_sts"], report["tls_rpt"]),
                         ("v=STSv1; id=20261121", "v=TLSRPTv1; rua=mailto:tls@example.test"))
        self.assertEqual((report["takes_mail"], report["remarks"], report["error"]), (True, [], None))
        self.assertTrue(all(step["ms"] > 0 for step in report["steps"]))
        for words in ("20 backup.example.test, 10 mx.example.test (DNSSEC)", "TLSA _25._tcp.mx.example.test", "v=DMARC1; p=reject"):
            self.assertIn(words, self.shown)

    def test_certificates_without_dnssec_do_not_count(self):
        report = self.check(self.GOOD)
        self.assertFalse(report["mx"][0]["dane"])
        self.assertRegex(" ".join(report["remarks"]), "TLSA mx.example.test: counts only with DNSSEC")

    def test_what_is_missing_or_weak_is_said(self):
        report = self.check({("example.test", dns.A): [bytes([192, 0, 2, 1])],
                             ("example.test", dns.TXT): [dns.txt("v=spf1 +all"), dns.txt("v=spf1 -all")],
                             ("_dmarc.example.test", dns.TXT): [dns.txt("v=DMARC1; p=none")]})
        self.assertEqual([one["host"] for one in report["mx"]], ["example.test"])
        self.assertIsNone(report["spf"])
        remarks = "\n".join(report["remarks"])
        for words in ("SPF: there are several", "p=none", "MX: there is none"):
            self.assertIn(words, remarks)

    def test_one_that_takes_no_mail(self):
        """hazard 87"""
        report = self.check({("example.test", dns.MX): [dns.mx(0, ".")]}, expect=69)
        self.assertEqual((report["takes_mail"], report["mx"][0]["host"]), (False, ""))
        self.check({}, expect=68)

    def test_dns_that_does_not_answer_is_75(self):
        self.assertIn("does not answer", self.check(self.GOOD, expect=75, silent=True)["error"]["text"])

    def test_records_cannot_steer_a_terminal_and_broken_ones_are_told(self):
        hostile = {**self.GOOD, ("example.test", dns.TXT): [dns.txt("v=spf1 \x1b[2J -all")]}
        self.check(hostile)
        self.assertNotIn("\x1b", self.shown)
        for broken in ({("example.test", dns.MX): [b"\0"]}, {("example.test", dns.MX): [b"\0\1\xc0\xff"]},
                       {("example.test", dns.TXT): [b"\x09short"]}):
            self.check({**self.GOOD, **broken}, expect=75)
        for broken in ({("_25._tcp.mx.example.test", dns.TLSA): [b"\3"]}, {("mx.example.test", dns.A): [b"\1\2\3"]}):
            report = self.check({**self.GOOD, **broken}, authenticated=True)
            self.assertIn("MX mx.example.test: passed over: DNS does not answer for it", "\n".join(report["remarks"]))

    def test_a_resolver_that_is_none_is_a_usage_error(self):
        for resolver in ("nowhere", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:70000", "127.0.0.1:53x"):
            self.assertEqual(run("check", "--resolver", resolver, "example.test").returncode, 64, resolver)


class DerivedServers(Case):
    """RFC 6186: what --server says when it does not stand there."""

    def send(self, records, *arguments, sender="me@0.0.1", expect=0):
        """127.0.0.1 is the one host in a domain, 0.0.1, that every machine can reach by its name."""
        server = dns.NameServer(records)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        done = run("send", "--resolver", server.place, "--from", sender, "--to", "you@example.net", "--text", "Hi",
                   "--password-env", "P", *arguments, environment={"P": "secret"})
        self.assertEqual(done.returncode, expect, done.stderr)
        self.asked = [name for name, _ in server.asked]
        return done.stderr.decode()

    def setUp(self):
        self.ca = self.folder() / "ca.pem"
        self.server = self.catcher("--certificate-file", self.ca, "--user", "me@0.0.1:secret")
        self.port = int(self.server.smtp.split(":")[1])

    def test_are_used_told_and_logged_in_to_under_tls(self):
        records = {("_submission._tcp.0.0.1", dns.SRV): [dns.srv(20, 0, 1, "127.0.0.1"), dns.srv(10, 5, self.port, "127.0.0.1"),
                                                         dns.srv(10, 1, 2, "127.0.0.1")]}
        said = self.send(records, "--user", "me@0.0.1", "--ca-file", self.ca, "--transcript")
        self.assertIn(f"the server is smtp://127.0.0.1:{self.port}, by the SRV record _submission._tcp.0.0.1", said)
        self.assertIn("C: STARTTLS", said)
        self.assertEqual(self.asked, ["_submissions._tcp.0.0.1", "_submission._tcp.0.0.1"])
        self.assertEqual(len(self.server.messages()), 1)

    def test_with_tls_at_once_come_first(self):
        said = self.send({("_submissions._tcp.0.0.1", dns.SRV): [dns.srv(0, 0, 1, "127.0.0.1")],
                          ("_submission._tcp.0.0.1", dns.SRV): [dns.srv(0, 0, self.port, "127.0.0.1")]}, expect=75)
        self.assertIn("smtps://127.0.0.1:1, by", said)

    def test_that_are_decidedly_not_there_are_passed_over(self):
        said = self.send({("_submissions._tcp.0.0.1", dns.SRV): [dns.srv(0, 0, 0, ".")],
                          ("_submission._tcp.0.0.1", dns.SRV): [dns.srv(0, 0, self.port, "127.0.0.1")]}, "--ca-file", self.ca)
        self.assertIn("_submission._tcp", said)
        self.send({("_submission._tcp.0.0.1", dns.SRV): [dns.srv(0, 0, 0, ".")]}, expect=64)
        self.send({}, expect=64)

    def test_never_go_without_tls(self):
        """hazard 65: not even on loopback, where smtp:// of a person's own choice may."""
        plain = Script("220 x", "250 x", "221 bye")
        port = int(plain.url.split(":")[2])
        said = self.send({("_submission._tcp.0.0.1", dns.SRV): [dns.srv(0, 0, port, "127.0.0.1")]}, expect=76)
        self.assertIn("STARTTLS", said)
        self.assertNotIn(b"AUTH", b"".join(plain.heard))

    def test_of_another_domain_get_no_password_by_the_word_of_dns(self):
        said = self.send({("_submissions._tcp.example.test", dns.SRV): [dns.srv(0, 0, 465, "evil.test")]},
                         sender="me@example.test", expect=78)
        self.assertIn("names smtps://evil.test:465, which is not in that domain; give it with --server", said)
        self.send({("_submissions._tcp.example.test", dns.SRV): [dns.srv(0, 0, 465, "evilexample.test")]},
                  sender="me@example.test", expect=78)

    def test_come_behind_presets_and_accounts(self):
        self.send({("_submissions._tcp.qq.com", dns.SRV): [dns.srv(0, 0, 1, "127.0.0.1")]}, "--server", self.server.url,
                  "--user", "me@0.0.1", sender="me@qq.com")
        self.assertEqual(self.asked, [])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
