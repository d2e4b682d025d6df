"""`send --direct` to a real Postfix as the mail exchanger of several domains, in a DNS of the test's own: servers that are
down or put mail off, DANE for Postfix's own certificate, and many messages over few sessions."""

import json
import re
import sys
import tempfile
import unittest
from pathlib import Path

import program
from postfix_and_dovecot import Postfix

sys.path.append(str(Path(__file__).resolve().parents[1] / "unit/apps"))
import name_server as dns
from policy_server import tlsa

PEOPLE = ["bob@example.test", "carol@example.test", "dora@second.test"]
RIGHT, LATER, DOWN = (bytes([127, 0, 0, last]) for last in (1, 2, 3))


class MailExchanger(Postfix):
    """At one port of three addresses: one takes mail for its domains, one puts all of it off, and nobody is at the third."""

    ports_named = Postfix.ports_named + ("mx",)

    def more_of_postfix(self):
        return super().more_of_postfix() + "virtual_mailbox_domains = example.test, second.test\n"

    def more_of_master(self):
        exchanger = ("{}:" + str(self.ports["mx"]) + " inet n - n - - smtpd -o smtpd_tls_security_level=may "
                     "-o syslog_name=postfix/mx -o smtpd_sasl_auth_enable=no -o smtpd_recipient_restrictions={}\n")
        return (super().more_of_master() + exchanger.format("127.0.0.1", "reject_unauth_destination,permit")
                + exchanger.format("127.0.0.2", "defer"))


class Direct(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.servers = cls.enterClassContext(MailExchanger(PEOPLE))
        cls.certificate = cls.servers.folder / "dovecot/cert.pem"

    def setUp(self):
        self.servers.empty_mailboxes()
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.names = dns.NameServer({}, authenticated=True)
        self.addCleanup(self.names.server_close)
        self.addCleanup(self.names.shutdown)
        self.has("example.test", mx=RIGHT)
        self.has("second.test", mx=RIGHT)

    def has(self, domain, **servers):
        """The servers of a domain, the preferred one first, each at its address."""
        self.names.records[domain, dns.MX] = [dns.mx(at, f"{name}.{domain}") for at, name in enumerate(servers)]
        for name, address in servers.items():
            self.names.records[f"{name}.{domain}", dns.A] = [address]

    def dane(self, host, *records):
        self.names.records[f"_{self.servers.ports['mx']}._tcp.{host}", dns.TLSA] = list(records)

    def send(self, *arguments, expect=0):
        done = program.run("send", "--direct", "--json", "--resolver", self.names.place, "--port", self.servers.ports["mx"],
                           "--allow-loopback", "--timeout", 20, "--policy-file", self.folder / "policies", *arguments)
        self.assertEqual(done.returncode, expect, done.stderr.decode() + done.stdout.decode() + self.servers.logs())
        return json.loads(done.stdout)

    def send_to(self, *people, expect=0):
        return self.send("--from", "alice@elsewhere.test", *[a for one in people for a in ("--to", one)], "--text", "Hi",
                         expect=expect)

    def test_the_next_server_gets_what_the_first_does_not_take(self):
        for first in (DOWN, LATER):
            with self.subTest(first=first):
                self.servers.empty_mailboxes()
                self.has("example.test", first=first, second=RIGHT)
                report = self.send_to(*PEOPLE[:2])
                self.assertEqual(report["server"], f"second.example.test:{self.servers.ports['mx']}")
                self.assertEqual([one["code"] for one in report["accepted"]], [250, 250])
                for person in PEOPLE[:2]:
                    self.assertEqual(len(self.servers.wait_for_mail(person)), 1)

    def test_where_all_put_it_off_it_may_be_sent_later(self):
        self.has("example.test", down=DOWN, later=LATER)
        report = self.send_to(PEOPLE[0], expect=75)
        self.assertEqual((report["refused"][0]["code"], report["refused"][0]["transient"]), (450, True))

    def test_its_own_certificate_in_dns_is_proof_and_another_is_none(self):
        self.dane("mx.example.test", tlsa(3, self.certificate))
        report = self.send_to(PEOPLE[0])
        self.assertEqual((report["domains"][0]["tls"], report["error"]), ("tlsa", None))
        (stored,) = self.servers.wait_for_mail(PEOPLE[0])
        self.assertIn(b"Hi", stored)
        self.dane("mx.example.test", tlsa(3, self.certificate)[:-1] + b"!")
        self.assertIn("DANE", self.send_to(PEOPLE[0], expect=76)["error"]["text"])

    def test_each_domain_gets_its_part_and_has_its_outcome(self):
        self.names.records["null.test", dns.MX] = [dns.mx(0, ".")]
        report = self.send_to(*PEOPLE, "stranger@second.test", "x@null.test", expect=1)
        self.assertEqual([one["address"] for one in report["accepted"]], PEOPLE)
        self.assertEqual([one["address"] for one in report["refused"]], ["stranger@second.test"])
        self.assertEqual(report["unsent"], ["x@null.test"])
        self.assertEqual([one["domain"] for one in report["domains"]], ["example.test", "second.test", "null.test"])
        for person in PEOPLE:
            self.assertEqual(len(self.servers.wait_for_mail(person)), 1)

    def sessions(self):
        return sum("mx/smtpd" in line and "]: connect from" in line for line in self.servers.system_log.lines)

    def test_a_folder_goes_over_a_few_sessions_and_arrives_once(self):
        folder = self.folder / "messages"
        folder.mkdir()
        for number in range(30):
            text = f"From: alice@elsewhere.test\nTo: {PEOPLE[number % 3]}\nMessage-ID: <{number}@x>\n\nText {number}\n"
            (folder / f"{number:02}.eml").write_text(text)
        self.dane("mx.example.test", tlsa(3, self.certificate))
        before = self.sessions()
        report = self.send("--eml", folder, "--connections", 3)
        self.assertLessEqual(self.sessions() - before, 3 * 2)  # for each of two servers
        self.assertEqual((report["sent"], len(report["messages"]), report["error"]), (30, 30, None))
        numbers = [re.search(rb"Text (\d+)", one)[1] for person in PEOPLE for one in self.servers.wait_for_mail(person, 10)]
        self.assertEqual(sorted(map(int, numbers)), list(range(30)))
        self.assertEqual(len({one["domains"][0]["server"] for one in report["messages"]}), 2)


if __name__ == "__main__":
    unittest.main()
