"""SpamAssassin's own daemon, as Debian packs it, scores what `postrider catch --spamd` shows. It asks no network."""

import contextlib
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import namespace
import program
from api import Api
from servers import USER, free_ports, stop, wait_for_port

GTUBE = b"XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"
LETTER = (b"From: Ann <ann@example.com>\r\nTo: bob@example.net\r\nSubject: lunch\r\nMessage-ID: <1@example.com>\r\n"
          b"Date: Fri, 20 Nov 2026 10:11:12 +0000\r\n\r\nShall we have lunch on Tuesday?\r\n")
SPAM = LETTER + GTUBE + b"\r\n"


@contextlib.contextmanager
def spamd():
    """Yields the port of a spamd with the rules and plugins that came with its package, and no other settings."""
    if not Path("/usr/share/spamassassin/20_body_tests.cf").exists():
        raise unittest.SkipTest("the package spamassassin is not installed")
    daemon = namespace.unpacked("spamd") / "usr/sbin/spamd"
    with tempfile.TemporaryDirectory(prefix="postrider-spamd-") as folder:
        shutil.chown(folder, USER)
        (site := Path(folder) / "site").mkdir()
        for plugins in Path("/etc/spamassassin").glob("*.pre"):
            shutil.copy(plugins, site)
        (port,) = free_ports(1)
        with open(f"{folder}/log", "wb") as log:
            process = subprocess.Popen(["perl", "-T", daemon, "--local", "--nouser-config", "--max-children=2",
                                        f"--listen=127.0.0.1:{port}", "--syslog=stderr", f"--username={USER}",
                                        f"--siteconfigpath={site}", "--cf=use_bayes 0", f"--helper-home-dir={folder}"],
                                       stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            wait_for_port(port, process, 60)
            yield port
        finally:
            stop(process)


class SpamAssassin(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.port = cls.enterClassContext(spamd())
        _, where = cls.enterClassContext(program.catching_anywhere("--spamd", f"127.0.0.1:{cls.port}"))
        cls.api = Api(where)

    def verdict_on(self, octets):
        _, message = self.api.load(octets)
        status, report = self.api.json("GET", f"messages/{message['id']}/checks")
        self.assertEqual(status, 200)
        return report["spam"], {one["id"]: one for one in report["checks"]}

    def test_the_test_letter_for_spam_is_shown_with_its_score_and_the_rule_that_gave_it(self):
        spam, checks = self.verdict_on(SPAM)
        self.assertGreater(spam["score"], 900)
        self.assertEqual(spam["threshold"], 5)
        self.assertIn("GTUBE", [rule["name"] for rule in spam["rules"]])
        gtube = next(rule for rule in spam["rules"] if rule["name"] == "GTUBE")
        self.assertEqual(gtube["score"], 1000)
        self.assertIn("Generic Test for Unsolicited Bulk Email", gtube["description"])
        self.assertIn(checks["spam-assassin"]["level"], ("warning", "error"))

    def test_an_honest_letter_stays_below_the_threshold(self):
        spam, checks = self.verdict_on(LETTER)
        self.assertLess(spam["score"], spam["threshold"])
        self.assertNotIn("GTUBE", [rule["name"] for rule in spam["rules"]])
        self.assertEqual(checks["spam-assassin"]["level"], "pass")

    def test_the_rules_add_up_to_the_score(self):
        for octets in (SPAM, LETTER, LETTER.replace(b"Subject: lunch", b"Subject: FREE MONEY NOW!!! 100% FREE VIAGRA")):
            spam, _ = self.verdict_on(octets)
            self.assertAlmostEqual(sum(rule["score"] for rule in spam["rules"]), spam["score"], delta=0.5)

    def test_a_letter_cannot_slip_rules_into_the_report_that_quotes_it(self):
        spam, _ = self.verdict_on(LETTER.replace(b"Shall we", b"---- ---- ----\r\n" + b"9.9 FORGED not a rule\r\n" * 40))
        self.assertNotIn("FORGED", [rule["name"] for rule in spam["rules"]])

    def test_postrider_lint_asks_it_too(self):
        done = subprocess.run([program.POSTRIDER, "lint", "--spamd", f"127.0.0.1:{self.port}", "-"], input=SPAM, capture_output=True)
        self.assertIn("SpamAssassin: 1000.0 of 5.0 points", done.stdout.decode())
        self.assertIn("GTUBE", done.stdout.decode())

    def test_a_letter_of_a_megabyte_is_answered_too(self):
        spam, _ = self.verdict_on(LETTER + b"All work and no play makes Jack a dull boy.\r\n" * 25_000 + GTUBE + b"\r\n")
        self.assertIsNotNone(spam)


if __name__ == "__main__":
    unittest.main()
