"""/metrics: read as strictly as Prometheus reads it, and held against what was done."""

import re
import smtplib
import ssl
import tempfile
import time
import unittest
import urllib.error
import urllib.request
from pathlib import Path

import program

NAME, LABEL = r"[a-zA-Z_:][a-zA-Z0-9_:]*", r'[a-zA-Z_][a-zA-Z0-9_]*="[^"\\\n]*"'


def parse(text):
    """{(name, labels): value}; every line has the format's form, and every metric its HELP and TYPE once, before it."""
    samples, types, current = {}, {}, None
    assert text.endswith("\n")
    for line in text[:-1].split("\n"):
        if found := re.fullmatch(rf"# HELP ({NAME}) (\S.*)", line):
            current = found[1]
            assert current not in types, line
        elif found := re.fullmatch(rf"# TYPE ({NAME}) (counter|gauge)", line):
            assert found[1] == current and current not in types, line
            types[current] = found[2]
            assert (types[current] == "counter") == current.endswith("_total"), line
        else:
            found = re.fullmatch(rf"({NAME})(?:\{{({LABEL}(?:,{LABEL})*)\}})? (\d+)", line)
            assert found and found[1] == current and current in types, line
            assert (found[1], found[2]) not in samples, line
            samples[found[1], found[2]] = int(found[3])
    return samples


class Metrics(unittest.TestCase):
    def read(self, where):
        with urllib.request.urlopen(f"http://{where['http']}/metrics", timeout=30) as answer:
            self.assertEqual(answer.headers["Content-Type"], "text/plain; version=0.0.4; charset=utf-8")
            return answer.read().decode()

    def test_hazard_200_they_are_off_unless_asked_for(self):
        with program.catching_anywhere() as (_, where), self.assertRaises(urllib.error.HTTPError) as refused:
            self.read(where)
        self.assertEqual(refused.exception.code, 404)
        refused.exception.close()

    def test_they_tell_what_was_done_and_of_nobody(self):
        with tempfile.TemporaryDirectory() as folder:
            ca = Path(folder) / "ca.pem"
            with program.catching_anywhere("--metrics", "--refuse", "no@*=550 5.1.1 no", "--user", "anna:s3cret",
                                           "--certificate-file", ca) as (_, where):
                host, port = where["smtp"].rsplit(":", 1)
                octets = b"Subject: private\r\n\r\nhi\r\n"
                with smtplib.SMTP(host, int(port), timeout=30) as client:
                    client.starttls(context=ssl.create_default_context(cafile=ca))
                    client.login("anna", "s3cret")
                    client.sendmail("ann@example.com", ["no@example.net", "bob@example.net"], octets)
                    client.sendmail("ann@example.com", ["bob@example.net"], octets)
                with smtplib.SMTP(host, int(port), timeout=30) as client:
                    with self.assertRaises(smtplib.SMTPAuthenticationError):
                        client.login("anna", "wrong")
                program.get(f"http://{where['http']}/api/v1/messages")
                text = self.read(where)
                value = parse(text)
                for (name, label), expected in {
                        ("messages_total", 'outcome="kept"'): 2, ("messages_total", 'outcome="refused"'): 0,
                        ("message_octets_total", None): 2 * len(octets), ("recipients_refused_total", None): 1,
                        ("smtp_sessions_total", None): 2, ("smtp_tls_sessions_total", None): 1,
                        ("logins_total", 'outcome="accepted"'): 1, ("stored_messages", None): 2,
                        ("stored_unread_messages", None): 2, ("fault_rules", None): 1,
                        ("event_listeners", None): 0}.items():
                    self.assertEqual(value["postrider_" + name, label], expected, name)
                self.assertGreaterEqual(value["postrider_logins_total", 'outcome="refused"'], 1)
                self.assertGreaterEqual(value["postrider_http_responses_total", 'code="200"'], 1)
                self.assertLess(abs(value["postrider_process_start_time_seconds", None] - time.time()), 60)
                for secret in ("ann", "bob", "example", "private", "s3cret", "127.0.0.1", where.get("token", "ann")):
                    self.assertNotIn(secret, text)

    def test_discarded_messages_and_listeners_are_counted(self):
        with program.catching_anywhere("--metrics", "--discard") as (_, where):
            host, port = where["smtp"].rsplit(":", 1)
            with smtplib.SMTP(host, int(port), timeout=30) as client:
                client.sendmail("a@example.com", ["b@example.net"], b"x" * 1000 + b"\r\n")
            with urllib.request.urlopen(f"http://{where['http']}/api/v1/events", timeout=30):
                value = parse(self.read(where))
            self.assertEqual(value["postrider_messages_total", 'outcome="discarded"'], 1)
            self.assertEqual(value["postrider_message_octets_total", None], 1002)
            self.assertEqual(value["postrider_event_listeners", None], 1)


if __name__ == "__main__":
    unittest.main()
