"""The checks of a message, as the program prints them and as the dev server answers with them."""

import http.server
import json
import subprocess
import threading
import unittest

import program
from api import Api

SOUND = (b"From: Ann <ann@example.com>\r\nTo: bob@example.net\r\nSubject: dots\r\nMessage-ID: <1@example.com>\r\n"
         b"Date: Fri, 20 Nov 2026 10:11:12 +0000\r\n\r\nGood morning.\r\n")
FAULTY = SOUND.replace(b"Date:", b"X-Date:")


def lint(octets, *arguments):
    done = subprocess.run([program.POSTRIDER, "lint", "-", *arguments], input=octets, capture_output=True)
    return done.returncode, done.stdout.decode()


class Secret(http.server.BaseHTTPRequestHandler):
    """A page on this machine that nobody may be led to."""
    asked = 0

    def do_HEAD(self):
        Secret.asked += 1
        self.send_response(200)
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, *_):
        pass


class Lint(unittest.TestCase):
    def test_an_error_is_told_with_its_rule_and_ends_with_65(self):
        code, page = lint(FAULTY)
        self.assertEqual(code, 65)
        self.assertIn("No Date", page)
        self.assertIn("https://www.rfc-editor.org/rfc/rfc5322.html#section-3.6.1", page)
        self.assertEqual(lint(SOUND)[0], 0)

    def test_level_hides_what_weighs_less(self):
        self.assertIn("dkim-present", lint(SOUND)[1])
        self.assertNotIn("dkim-present", lint(SOUND, "--level", "error")[1])

    def test_json_counts_what_it_lists(self):
        code, text = lint(FAULTY, "--json", "--mail-from", "x@other.example")
        report = json.loads(text)
        self.assertEqual(code, 65)
        levels = [one["level"] for one in report["checks"]]
        self.assertEqual(report["counts"], {name: levels.count(name) for name in report["counts"]})
        self.assertEqual({one["id"]: one for one in report["checks"]}["align-envelope-relaxed"]["args"]["domain"],
                         "other.example")

    def test_a_missing_file_is_told(self):
        self.assertEqual(subprocess.run([program.POSTRIDER, "lint", "/no/such"], capture_output=True).returncode, 66)


class Checks(unittest.TestCase):
    def test_a_caught_message_is_checked(self):
        with program.catching_anywhere() as (_, where):
            api = Api(where)
            _, message = api.load(FAULTY)
            status, report = api.json("GET", f"messages/{message['id']}/checks")
            self.assertEqual(status, 200)
            self.assertEqual({one["id"]: one["level"] for one in report["checks"]}["date-present"], "error")
            self.assertEqual(api.ask("GET", f"messages/{message['id']}/checks?links=1")[0], 403)

    def test_a_link_to_this_machine_is_not_asked_even_where_lookups_are_allowed(self):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Secret)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        letter = SOUND.replace(b"\r\n\r\nGood", b"\r\nContent-Type: text/html\r\n\r\n"
                               + b"".join(b"<a href='http://%s:%d/'>a</a>" % (host, server.server_port)
                                          for host in (b"127.0.0.1", b"localhost", b"0x7f000001", b"[::ffff:127.0.0.1]"))
                               + b"Good")
        with program.catching_anywhere("--allow-lookups") as (_, where):
            api = Api(where)
            _, message = api.load(letter)
            _, report = api.json("GET", f"messages/{message['id']}/checks?links=1")
            (found,) = [one for one in report["checks"] if one["id"] == "link-reachable"]
            self.assertEqual(found["count"], 4, found)
            self.assertIn("not of the public internet", found["detail"])
        self.assertEqual(Secret.asked, 0)


if __name__ == "__main__":
    unittest.main()
