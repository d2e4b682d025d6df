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


    def test_the_clients_that_do_not_support_its_html_are_listed(self):
        letter = SOUND.replace(b"\r\n\r\nGood", b"\r\nContent-Type: text/html\r\n\r\n"
                               b"<div style='display:grid;border-radius:3px'>a</div>Good")
        page, report = lint(letter)[1], json.loads(lint(letter, "--json")[1])
        self.assertIn("Support by mail clients", page)
        told = [line for line in page.splitlines() if " not: " in line or " partly: " in line]
        wanting = [one for one in report["clients"] if one["unsupported"] or one["partial"]]
        self.assertEqual(len(told), len(wanting))
        self.assertIn(f"{len(report['clients']) - len(wanting)} of {len(report['clients'])} clients support all of it", page)
        worst = max(len(one["unsupported"]) for one in wanting)
        self.assertIn(told[0].split(",")[0].strip(), [one["name"] for one in wanting if len(one["unsupported"]) == worst])
        self.assertNotIn("Support by mail clients", lint(SOUND)[1])

    def test_links_are_followed_where_that_is_asked_for_and_never_to_this_machine(self):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Secret)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        letter = SOUND.replace(b"\r\n\r\nGood", b"\r\nContent-Type: text/html\r\n\r\n"
                               b"<a href='http://127.0.0.1:%d/'>a</a>Good" % server.server_port)
        checks = lambda *arguments: {one["id"]: one for one in json.loads(lint(letter, "--json", *arguments)[1])["checks"]}
        self.assertNotIn("link-reachable", checks())
        self.assertIn("not of the public internet", checks("--links")["link-reachable"]["detail"])
        self.assertEqual(Secret.asked, 0)

    def test_a_spamd_that_is_not_there_is_no_reason_to_fail(self):
        code, text = lint(SOUND, "--json", "--spamd", "127.0.0.1:1")
        self.assertEqual((code, json.loads(text)["spam"]), (0, None))
        self.assertEqual(lint(SOUND, "--spamd", "nowhere")[0], 64)


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
