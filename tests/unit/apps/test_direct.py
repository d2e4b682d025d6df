#!/usr/bin/python3
"""test_direct.py POSTRIDER: who gets a domain's mail, by DNS, DANE and MTA-STS."""

import json
import sys
import tempfile
import unittest
from pathlib import Path

import name_server as dns
from policy_server import Authority, ClearServer, PolicyServer, tlsa
from test_program import Case, Script, run

LOOPBACK = bytes([127, 0, 0, 1])
MX = "mx.example.test"


class Domain(Case):
    """example.test, whose one server is mx.example.test, on this machine."""

    @classmethod
    def setUpClass(cls):
        cls.authority = Authority(Path(cls.enterClassContext(tempfile.TemporaryDirectory())))
        cls.right = cls.authority.issue(MX)
        cls.of_policy_host = cls.authority.issue("mta-sts.example.test")

    def setUp(self):
        self.names = dns.NameServer({("example.test", dns.MX): [dns.mx(10, MX)], (MX, dns.A): [LOOPBACK]}, authenticated=True)
        self.addCleanup(self.names.server_close)
        self.addCleanup(self.names.shutdown)
        self.records = self.names.records

    def server(self, certificate=None, *arguments):
        """Catches what is for example.test, with this certificate; without one, in clear."""
        if certificate:
            self.catch = self.catcher("--tls-certificate", certificate[0], "--tls-key", certificate[1], *arguments)
        else:
            self.catch = ClearServer()
            self.addCleanup(self.catch.server_close)
            self.addCleanup(self.catch.shutdown)
        self.port = self.catch.smtp.split(":")[1]
        return self.catch

    def dane(self, *records, host=MX):
        self.records[f"_{self.port}._tcp.{host}", dns.TLSA] = list(records)

    def policy(self, mode, *patterns, certificate=None, identity="1", max_age=86400):
        self.records["_mta-sts.example.test", dns.TXT] = [dns.txt(f"v=STSv1; id={identity}")]
        self.records["mta-sts.example.test", dns.A] = [LOOPBACK]
        self.policies = PolicyServer(*(certificate or self.of_policy_host))
        self.addCleanup(self.policies.server_close)
        self.addCleanup(self.policies.shutdown)
        self.policies.body = f"version: STSv1\nmode: {mode}\nmax_age: {max_age}\n" + "".join(f"mx: {one}\n" for one in patterns)
        return self.policies

    def arguments(self):
        policy_port = ("--policy-port", self.policies.port) if hasattr(self, "policies") else ()
        return ("--resolver", self.names.place, "--port", self.port, "--ca-file", self.authority.file, "--allow-loopback",
                "--timeout", "2", *policy_port)


class Check(Domain):
    def check(self, *arguments, expect=0):
        done = run("check", "--json", *self.arguments(), *arguments, "example.test")
        self.assertEqual(done.returncode, expect, done.stdout + done.stderr)
        self.stderr = done.stderr.decode()
        return json.loads(done.stdout)

    def text(self):
        return run("check", *self.arguments(), "example.test").stdout.decode()

    def test_a_server_that_its_tlsa_record_names_is_used_under_dane(self):
        self.server(self.right)
        self.dane(tlsa(3, self.right[0]))
        report = self.check()
        server = report["mx"][0]["server"]
        self.assertEqual(server["dane"], {"holds": True, "why": "the certificate is the right one"})
        self.assertEqual((server["error"], server["mta_sts"], server["certificate"]["names"]), (None, None, [MX]))
        self.assertIn("pipelining", server["extensions"])
        self.assertEqual((report["used"]["host"], report["used"]["tls"]), (MX, "tlsa"))
        self.assertIn("RFC 7672", report["used"]["why"])
        names = [step["name"] for step in report["steps"]]
        for step in (f"MX example.test", f"A {MX}", f"TLSA _{self.port}._tcp.{MX}", f"{MX} STARTTLS", f"{MX} DANE TLS"):
            self.assertIn(step, names)
        text = self.text()
        for words in ("holds: the certificate is the right one", "Certificate   CN=mx.example.test",
                      f"Used          {MX}:{self.port}; DANE: 1 of 1 TLSA records"):
            self.assertIn(words, text)

    def test_a_certificate_that_no_tlsa_record_names_is_refused_whoever_signed_it(self):
        self.server(self.right)
        self.dane(tlsa(3, self.of_policy_host[0]))
        report = self.check(expect=76)
        self.assertFalse(report["mx"][0]["server"]["dane"]["holds"])
        self.assertIsNone(report["used"])
        self.assertIn("no server of example.test would get its mail", self.stderr)
        self.assertRegex(self.text(), r"Passed over +mx.example.test: tls: ")

    def test_dane_ee_asks_neither_for_a_name_nor_for_dates(self):
        other = self.authority.issue("other.test", expired=True)
        self.server(other)
        self.dane(tlsa(3, other[0]))
        self.assertEqual(self.check()["used"]["tls"], "tlsa")

    def test_dane_ta_takes_the_name_of_the_server_or_of_the_domain_and_no_other(self):
        for name, expect in ((MX, 0), ("example.test", 0), ("other.test", 76)):
            self.server(self.authority.issue(name))
            self.dane(tlsa(2, self.authority.file))
            self.assertEqual(self.check(expect=expect)["mx"][0]["server"]["dane"]["holds"], expect == 0, name)
        self.server(self.authority.issue(MX, expired=True))
        self.dane(tlsa(2, self.authority.file))
        self.assertIn("expired", self.check(expect=76)["mx"][0]["server"]["dane"]["why"])

    def test_tlsa_records_that_cannot_be_used_ask_for_tls_alone(self):
        self.server(self.authority.issue("other.test"))
        self.dane(bytes([0, 0, 1]) + bytes(32))
        self.assertEqual(self.check()["used"]["tls"], "encrypted")
        self.server()
        self.dane(bytes([0, 0, 1]) + bytes(32))
        self.assertEqual(self.check(expect=76)["mx"][0]["server"]["error"]["type"], "tls_error")

    def test_tlsa_records_without_dnssec_ask_for_nothing(self):
        self.server(self.right)
        self.dane(tlsa(3, self.of_policy_host[0]))
        self.names.insecure.add(MX)
        report = self.check()
        self.assertEqual((report["used"]["tls"], report["mx"][0]["dane"]), ("opportunistic", False))

    def test_tlsa_records_that_cannot_be_asked_for_keep_the_server_from_the_mail(self):
        """An attacker who holds them back gains nothing."""
        self.server(self.right)
        self.names.mute.add(f"_{self.port}._tcp.{MX}")
        self.assertIn("DNS does not answer", self.check(expect=75)["mx"][0]["why"])

    def test_an_alias_has_the_tlsa_records_of_its_end(self):
        self.records[MX, dns.CNAME] = ["host.provider.test"]
        del self.records[MX, dns.A]
        self.records["host.provider.test", dns.A] = [LOOPBACK]
        self.server(self.authority.issue("host.provider.test"))
        self.dane(tlsa(2, self.authority.file), host="host.provider.test")
        report = self.check()
        self.assertEqual((report["used"]["tls"], report["mx"][0]["alias"]), ("tlsa", True))
        self.assertIn("is an alias, which an MX record must not name", " ".join(report["remarks"]))

    def test_aliases_that_lead_in_circles_are_no_answer(self):
        """hazard 87"""
        del self.records[MX, dns.A]
        self.records[MX, dns.CNAME], self.records["b.test", dns.CNAME] = ["b.test"], [MX]
        self.server(self.right)
        self.check(expect=75)

    def test_an_enforced_policy_asks_for_a_name_that_it_lists_and_a_valid_certificate(self):
        self.server(self.right)
        self.policy("enforce", "*.example.test")
        report = self.check()
        self.assertEqual(report["policy"], {"mode": "enforce", "id": "1", "max_age": 86400, "mx": ["*.example.test"], "error": None})
        self.assertEqual((report["used"]["tls"], report["mx"][0]["server"]["mta_sts"]["holds"]), ("valid_certificate", True))
        self.assertEqual(self.policies.asked, [("mta-sts.example.test", "/.well-known/mta-sts.txt")])
        self.assertIn("MTA-STS       mode enforce for *.example.test", self.text())

    def test_an_enforced_policy_forbids_servers_with_a_wrong_certificate_or_name_or_no_tls(self):
        self.policy("enforce", MX)
        for certificate, words in ((self.authority.issue("other.test"), "mismatch"),
                                   (self.authority.issue(MX, expired=True), "expired"), (None, "TLS is required")):
            self.server(certificate)
            report = self.check(expect=76)
            self.assertIsNone(report["used"])
            self.assertIn(words, report["mx"][0]["server"]["mta_sts"]["why"])
        self.server(self.right)
        self.policy("enforce", "*.mx.example.test", "example.test")
        self.assertIn("enforced and does not name it", self.check(expect=75)["mx"][0]["why"])

    def test_a_policy_in_testing_forbids_nothing_and_says_what_it_would(self):
        self.server(self.authority.issue("other.test"))
        self.policy("testing", "elsewhere.test")
        report = self.check()
        self.assertEqual(report["used"]["tls"], "opportunistic")
        self.assertEqual(report["mx"][0]["server"]["mta_sts"], {"holds": False, "why": "the policy does not name this server"})
        self.assertIn("does not name it", " ".join(report["remarks"]))
        self.policy("none")
        self.assertEqual(self.check()["policy"]["mode"], "none")

    def test_a_policy_that_cannot_be_had_is_none_and_that_is_said(self):
        self.server(self.right)
        self.policy("enforce", "elsewhere.test")

        def refused(words):
            report = self.check()
            self.assertIsNone(report["policy"]["mode"])
            self.assertRegex(report["policy"]["error"], words)
            self.assertEqual(report["used"]["tls"], "opportunistic")

        server = self.policies
        server.status, server.location = 302, f"https://mta-sts.example.test:{server.port}/elsewhere"
        refused("redirect")
        self.assertEqual(len(server.asked), 1)
        server.status, server.location, server.content_type = 200, None, "text/html"
        refused("text/plain")
        server.status = 404
        refused("404")
        server.status, server.content_type, whole = 200, "text/plain", server.body
        server.body = whole + "x: y\n" * 20000
        refused("more than 65536 octets")
        server.body, server.delay = whole + "x: y\n" * 100, 0.1
        refused("the deadline passed")
        server.body, server.delay = "version: STSv1\nmode: strict\n", 0
        refused("neither enforce")
        self.policy("enforce", "elsewhere.test", certificate=self.right)
        refused("mismatch")
        self.policy("enforce", "elsewhere.test", certificate=self.authority.issue("mta-sts.example.test", expired=True))
        refused("expired")

    def test_dane_goes_before_mta_sts(self):
        """RFC 8461 §2"""
        self.server(self.right)
        self.policy("enforce", MX)
        self.dane(tlsa(3, self.of_policy_host[0]))
        report = self.check(expect=76)
        self.assertTrue(report["mx"][0]["server"]["mta_sts"]["holds"])
        self.assertIsNone(report["used"])

    def test_the_next_server_is_used_where_the_first_fails(self):
        self.server(self.right)
        self.records["example.test", dns.MX].append(dns.mx(5, "down.example.test"))
        self.records["down.example.test", dns.A] = [bytes([127, 0, 0, 9])]
        report = self.check()
        self.assertEqual([one["host"] for one in report["mx"]], ["down.example.test", MX])
        self.assertEqual(report["used"]["host"], MX)
        self.assertIn("refused", report["mx"][0]["server"]["error"]["text"])

    def test_servers_on_this_machine_are_passed_over(self):
        """hazard 87"""
        self.server(self.right)
        done = run("check", "--json", "--resolver", self.names.place, "--port", self.port, "example.test")
        self.assertEqual(done.returncode, 68)
        self.assertIn("lead back to this machine", json.loads(done.stdout)["mx"][0]["why"])

    def test_a_server_in_clear_is_told_as_such(self):
        self.server()
        report = self.check()
        self.assertEqual((report["used"]["tls"], report["mx"][0]["server"]["tls"]), ("opportunistic", None))
        self.assertIn("TLS           none", self.text())

    def test_words_of_a_server_cannot_steer_a_terminal(self):
        server = Script("220 x", "250-x\r\n250 X\x1b[2J", "221 bye")
        self.port = server.url.split(":")[2]
        self.assertNotIn("\x1b", self.text())


class Send(Domain):
    def setUp(self):
        super().setUp()
        self.policy_file = self.folder() / "known" / "policies"

    def send(self, *to, expect=0):
        recipients = [one for address in to or ["you@example.test"] for one in ("--to", address)]
        done = run("send", "--direct", "--json", *self.arguments(), "--policy-file", self.policy_file, "--from",
                   "me@example.com", *recipients, "--text", "Hi")
        self.assertEqual(done.returncode, expect, done.stdout + done.stderr)
        self.stderr = done.stderr.decode()
        return json.loads(done.stdout)

    def test_goes_to_the_servers_of_the_domain_under_dane(self):
        self.server(self.right)
        self.dane(tlsa(3, self.right[0]))
        report = self.send("you@example.test", "two@Example.Test")
        self.assertEqual([one["address"] for one in report["accepted"]], ["you@example.test", "two@Example.Test"])
        self.assertEqual((report["server"], report["error"]), (f"{MX}:{self.port}", None))
        domain, = report["domains"]
        self.assertEqual((domain["domain"], domain["tls"]), ("example.test", "tlsa"))
        self.assertEqual(self.catch.messages()[0]["to"], ["you@example.test", "two@Example.Test"])

    def test_says_which_policy_a_server_does_not_meet_and_never_goes_on_in_clear(self):
        self.server(self.right)
        self.dane(tlsa(3, self.of_policy_host[0]))
        self.assertRegex(self.send(expect=76)["error"]["text"], f"^{MX}: .*; DANE: 1 of 1 TLSA records")
        self.assertEqual(self.catch.messages(), [])
        self.server()
        self.dane(tlsa(3, self.right[0]))
        self.assertIn("DANE", self.send(expect=76)["domains"][0]["error"]["text"])
        self.policy("enforce", MX)
        self.dane()
        self.assertIn("; MTA-STS: the domain's policy is enforced", self.send(expect=76)["error"]["text"])
        self.assertEqual(self.catch.mails, [])

    def test_takes_tls_where_it_is_offered_and_goes_in_clear_where_it_is_not_or_fails(self):
        self.server(self.authority.issue("other.test", expired=True))
        self.assertEqual(self.send()["domains"][0]["tls"], "opportunistic")
        self.assertEqual(len(self.catch.messages()), 1)
        self.server()
        self.catch.extensions = ["STARTTLS"]
        self.catch.replies["STARTTLS"] = "454 4.7.0 not now"
        self.send()
        self.assertIn("STARTTLS", self.catch.heard)
        self.assertEqual(len(self.catch.mails), 1)

    def test_an_enforced_policy_holds_until_it_is_over_whatever_dns_says_meanwhile(self):
        """RFC 8461 §5.1, §10.2"""
        self.server(self.right)
        self.policy("enforce", MX)
        self.assertEqual(self.send()["domains"][0]["tls"], "valid_certificate")
        self.assertIn(f"example.test 1 ", self.policy_file.read_text())
        self.assertEqual(self.policy_file.stat().st_mode & 0o777, 0o600)
        del self.records["_mta-sts.example.test", dns.TXT]
        self.server(self.authority.issue("other.test"))
        self.assertIn("MTA-STS", self.send(expect=76)["error"]["text"])
        self.policy("enforce", "other.test", identity="2").status = 500
        self.server(self.right)
        self.assertEqual(self.send()["domains"][0]["tls"], "valid_certificate")
        self.policies.status = 200
        self.records["_mta-sts.example.test", dns.TXT] = [dns.txt("v=STSv1; id=3")]
        self.assertIn("names none of its mail servers", self.send(expect=75)["error"]["text"])

    def test_tries_the_next_server_and_the_same_mail_reaches_nobody_twice(self):
        self.server()
        self.records["example.test", dns.MX].insert(0, dns.mx(5, "down.example.test"))
        self.records["down.example.test", dns.A] = [bytes([127, 0, 0, 9])]
        self.assertEqual(self.send()["server"], f"{MX}:{self.port}")
        self.assertEqual(len(self.catch.mails), 1)

    def test_recipients_who_are_put_off_get_it_from_the_next_server(self):
        self.server()
        self.catch.replies["RCPT"] = "450 4.2.1 later"
        self.records["example.test", dns.MX].append(dns.mx(20, "second.example.test"))
        self.records["second.example.test", dns.A] = [LOOPBACK]
        report = self.send(expect=75)
        self.assertTrue(report["refused"][0]["transient"])
        self.assertEqual(sum(line.startswith("RCPT") for line in self.catch.heard), 2)
        self.catch.replies["RCPT"] = "550 5.1.1 nobody"
        self.catch.heard.clear()
        self.send(expect=67)
        self.assertEqual(sum(line.startswith("RCPT") for line in self.catch.heard), 1)

    def test_each_domain_has_its_own_outcome(self):
        self.server()
        self.records["null.test", dns.MX] = [dns.mx(0, ".")]
        report = self.send("you@example.test", "a@null.test", "b@nowhere.test", expect=1)
        self.assertEqual([one["address"] for one in report["accepted"]], ["you@example.test"])
        self.assertEqual(report["unsent"], ["a@null.test", "b@nowhere.test"])
        self.assertEqual([one["error"] and one["error"]["text"] for one in report["domains"]],
                         [None, "null.test says that it takes no mail (RFC 7505); nobody there reads mail",
                          "nowhere.test has no mail server; check the address"])
        self.send("a@null.test", expect=69)
        self.send("b@nowhere.test", expect=68)
        self.names.silent = True
        self.send(expect=75)

    def send_folder(self, messages, *arguments, expect=0):
        folder = self.folder()
        for number, to in enumerate(messages):
            (folder / f"{number:04}.eml").write_text(f"From: me@example.com\nTo: {to}\nMessage-ID: <{number}@x>\n\nText\n")
        done = run("send", "--direct", "--json", *self.arguments(), "--policy-file", self.policy_file, "--eml", folder, *arguments)
        self.assertEqual(done.returncode, expect, done.stdout + done.stderr)
        return json.loads(done.stdout)

    def test_a_folder_goes_to_the_servers_of_each_domain_under_dane(self):
        self.server(self.right)
        self.dane(tlsa(3, self.right[0]))
        report = self.send_folder([f"r{n}@example.test" for n in range(40)], "--connections", 4)
        self.assertEqual((report["sent"], report["error"]), (40, None))
        self.assertEqual({one["domains"][0]["tls"] for one in report["messages"]}, {"tlsa"})
        self.assertEqual(sorted(mail["to"][0] for mail in self.catch.messages()), sorted(f"r{n}@example.test" for n in range(40)))

    def test_a_folder_takes_as_few_sessions_and_questions_as_it_may(self):
        for connections in (1, 4):
            self.server()
            self.names.asked.clear()
            report = self.send_folder([f"r{n}@example.test" for n in range(40)], "--connections", connections)
            self.assertEqual((report["sent"], len(self.catch.mails)), (40, 40))
            self.assertLessEqual(sum(line.startswith("EHLO") for line in self.catch.heard), connections)
            self.assertLessEqual(self.names.asked.count(("example.test", dns.MX)), connections)

    def test_of_a_folder_each_message_has_its_own_outcome(self):
        self.server()
        self.records["null.test", dns.MX] = [dns.mx(0, ".")]
        self.records["down.test", dns.MX] = [dns.mx(0, "down.example.test")]
        self.records["down.example.test", dns.A] = [bytes([127, 0, 0, 9])]
        to = ["you@example.test", "a@null.test", "b@down.test", "you@example.test, a@null.test"]
        report = self.send_folder(to, expect=75)
        outcomes = {one["file"][-8:-4]: one["outcome"] for one in report["messages"]}
        self.assertEqual(outcomes, {"0000": "sent", "0001": "refused", "0002": "unsent", "0003": "partly"})
        self.assertEqual(len(self.catch.mails), 2)

    def test_a_session_that_was_kept_and_is_gone_costs_no_message_of_a_folder(self):
        self.server()
        self.catch.mails_a_session = 2
        report = self.send_folder([f"r{n}@example.test" for n in range(5)])
        self.assertEqual((report["sent"], len(self.catch.mails)), (5, 5))

    def test_a_domain_beyond_ascii_is_asked_for_in_a_labels(self):
        self.server()
        self.records["xn--bcher-kva.test", dns.A] = [LOOPBACK]
        self.assertEqual(self.send("you@bücher.test")["domains"][0]["domain"], "xn--bcher-kva.test")

    def test_takes_no_server_beside_it(self):
        self.port = "25"
        done = run("send", "--direct", "--server", "smtp://x", "--from", "a@b.test", "--to", "c@d.test", "--text", "x")
        self.assertEqual(done.returncode, 64)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
