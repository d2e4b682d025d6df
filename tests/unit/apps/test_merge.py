#!/usr/bin/python3
"""test_merge.py POSTRIDER: `postrider merge` end to end, against `postrider catch` and against servers that misbehave."""

import datetime
import email
import email.policy
import json
import socket
import sys
import threading
import time
import unittest

from test_program import Case, Script, run


def table(*rows):
    return "name,email,code\n" + "".join(",".join(row) + "\n" for row in rows)


class Patient:
    """A server that takes so many messages a connection, and says 421 to the next."""

    def __init__(self, limit, *extensions):
        self.limit, self.extensions, self.recipients, self.connections = limit, extensions, [], 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"smtp://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        while True:
            link, _ = self.listener.accept()
            self.connections += 1
            with link, link.makefile("rwb") as file:
                self.serve(file)
                link.shutdown(socket.SHUT_WR)
                while file.read(65536):
                    pass

    def serve(self, file):
        def say(line):
            file.write(line.encode() + b"\r\n")
            file.flush()

        taken, now = 0, None
        say("220 patient")
        while line := file.readline():
            verb = line.upper().split(b" ")[0].strip()
            if verb == b"EHLO":
                say("\r\n".join(f"250-{one}" for one in ("patient", *self.extensions)) + "\r\n250 HELP")
            elif verb == b"QUIT":
                return say("221 bye")
            elif verb == b"MAIL" and taken == self.limit:
                return say("421 4.7.0 enough for one connection")
            elif verb == b"RCPT":
                now = line.decode().split("<")[1].split(">")[0]
                say("250 ok")
            elif verb in (b"DATA", b"BDAT"):
                if verb == b"DATA":
                    say("354 go on")
                    while file.readline() != b".\r\n":
                        pass
                else:
                    file.read(int(line.split()[1]))
                taken += 1
                self.recipients.append(now)
                say("250 taken")
            else:
                say("250 ok")


class Merge(Case):
    def merge(self, url, data, *arguments, expect=0, suffix="csv", as_json=True):
        file = self.folder() / f"rows.{suffix}"
        file.write_text(data)
        done = run("merge", *(["--json"] if as_json else []), "--server", url, "--from", "Shop <shop@example.com>",
                   "--to", "{{name}} <{{email}}>", "--subject", "{{name}}, your code", "--text",
                   "Dear {{name}},\nyour code is {{code}}.", "--data", file, *arguments)
        self.stderr = done.stderr.decode()
        self.assertEqual(done.returncode, expect, self.stderr + done.stdout.decode()[:2000])
        return json.loads(done.stdout) if as_json else done.stdout.decode()

    def received(self, server, message):
        raw = server.get(f"messages/{message['id']}/raw")
        return email.message_from_bytes(raw, policy=email.policy.default)

    def test_a_thousand_rows_arrive_each_with_its_own(self):
        server = self.catcher()
        report = self.merge(server.url, table(*([f"Name {i}", f"u{i}@example.net", f"X-{i}"] for i in range(1000))))
        self.assertEqual((report["sent"], report["refused"], report["failed"]), (1000, 0, 0))
        self.assertEqual((report["in_doubt"], report["next_row"], report["error"]), ([], None, None))
        self.assertEqual([row["row"] for row in report["rows"]], list(range(1, 1001)))
        self.assertEqual(len({row["message_id"] for row in report["rows"]}), 1000)
        found = json.loads(server.get("messages?limit=1000"))
        self.assertEqual(found["total"], 1000)
        self.assertEqual({m["to"][0] for m in found["messages"]}, {f"u{i}@example.net" for i in range(1000)})
        mail = self.received(server, found["messages"][0])
        self.assertEqual(mail["Subject"], "Name 999, your code")
        self.assertIn("your code is X-999.", mail.get_content())
        self.assertEqual(str(mail["To"]), "Name 999 <u999@example.net>")

    def test_a_bad_row_is_told_and_the_rest_go(self):
        server = self.catcher()
        report = self.merge(server.url, table(["Ann", "ann@example.net", "1"], ["Bob", "no address", "2"],
                                              ["Cid", "cid@example.net", ""], ['"Dan\nBcc: x@y.example"', "dan@example.net", "4"],
                                              ["Eve", "eve@example.net"], ["Fay", "fay@example.net", "6"]), expect=1)
        self.assertEqual((report["sent"], report["failed"]), (2, 4))
        outcomes = [(row["row"], row["line"], row["outcome"]) for row in report["rows"]]
        self.assertEqual(outcomes, [(1, 2, "sent"), (2, 3, "failed"), (3, 4, "failed"), (4, 5, "failed"), (5, 7, "failed"),
                                    (6, 8, "sent")])
        self.assertIn("{{email}}", report["rows"][1]["error"]["text"])
        self.assertIn("{{code}}", report["rows"][2]["error"]["text"])
        self.assertEqual([m["to"] for m in server.messages()], [["fay@example.net"], ["ann@example.net"]])

    def test_a_refused_recipient_is_told_with_the_servers_words(self):
        server = self.catcher("--refuse", "bob@example.net=550 5.1.1 no such user")
        rows = table(["Ann", "ann@example.net", "1"], ["Bob", "bob@example.net", "2"], ["Cid", "cid@example.net", "3"])
        report = self.merge(server.url, rows, expect=1)
        self.assertEqual((report["sent"], report["refused"]), (2, 1))
        refused = report["rows"][1]["refused"][0]
        self.assertEqual((refused["address"], refused["code"], refused["text"]), ("bob@example.net", 550, "no such user"))
        told = self.merge(server.url, rows, expect=1, as_json=False)
        self.assertIn("row 2 (line 3)", told)
        self.assertIn("550 5.1.1 no such user", told)
        self.assertTrue(told.endswith("2 of 3 rows sent, 1 refused\n"), told)

    def test_everybody_refused_has_the_codes_of_send(self):
        rows = table(["Bob", "bob@example.net", "2"])
        for reply, code in (("550 5.1.1 no", 67), ("450 4.2.0 later", 75)):
            server = self.catcher("--refuse", f"bob@example.net={reply}")
            self.merge(server.url, rows, expect=code)

    def test_values_that_look_like_templates_or_markup_stay_values(self):
        server = self.catcher()
        self.merge(server.url, table(["{{code}}", "ann@example.net", "<b>&{{name}}"]), "--html", "<p>{{code}}</p>")
        mail = self.received(server, server.messages()[0])
        self.assertEqual(mail["Subject"], "{{code}}, your code")
        self.assertIn("your code is <b>&{{name}}.", mail.get_body(("plain",)).get_content())
        self.assertIn("<p>&lt;b&gt;&amp;{{name}}</p>", mail.get_body(("html",)).get_content())

    def test_a_value_is_escaped_for_its_place(self):
        server = self.catcher()
        self.merge(server.url, table(['"Doe, Ann"', "ann@example.net", "a b&<"]), "--header", "X-Code: {{code}}", "--html",
                   '<a href="https://shop.example/?code={{code}}" title="{{code}}">{{code}}</a>')
        mail = self.received(server, server.messages()[0])
        self.assertEqual((str(mail["To"]), mail["X-Code"]), ('"Doe, Ann" <ann@example.net>', "a b&<"))
        self.assertEqual(mail.get_body(("html",)).get_content().strip(),
                         '<a href="https://shop.example/?code=a%20b%26%3C" title="a b&amp;&lt;">a b&amp;&lt;</a>')

    def test_json_and_json_lines_are_rows_too(self):
        rows = [{"name": "Ann", "email": "ann@example.net", "code": 1}, {"email": "张@例子.example", "name": "张伟", "code": "2"}]
        for suffix, data in (("json", json.dumps(rows, indent=2)), ("jsonl", "\n".join(map(json.dumps, rows)))):
            server = self.catcher()
            report = self.merge(server.url, data, suffix=suffix)
            self.assertEqual(report["sent"], 2)
            self.assertEqual(self.received(server, server.messages()[0])["Subject"], "张伟, your code")

    def test_a_dry_run_prints_any_recipients_octets(self):
        rows = table(["Ann", "ann@example.net", "1"], ["Bob", "bob@example.net", "2"], ["Cid", "cid@", "3"])
        for arguments, name in (([], b"Ann"), (["--row", "2"], b"Bob"), (["--only", "bob@example.net"], b"Bob")):
            file = self.folder() / "rows.csv"
            file.write_text(rows)
            done = run("merge", "--dry-run", "--from", "shop@example.com", "--to", "{{name}} <{{email}}>", "--text", "{{code}}",
                       "--data", file, *arguments)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn(b"\r\nTo: " + name + b" <", done.stdout)
            self.assertEqual(done.stdout.count(b"\n"), done.stdout.count(b"\r\n"))
        done = run("merge", "--dry-run", "--from", "shop@example.com", "--to", "{{email}}", "--text", "x", "--data", file, "--row", 3)
        self.assertEqual((done.returncode, done.stdout), (65, b""))
        self.assertIn(b"row 3 (line 4)", done.stderr)

    def test_a_column_that_is_not_there_is_told_before_anything_is_sent(self):
        server = self.catcher()
        file = self.folder() / "rows.csv"
        file.write_text(table(["Ann", "ann@example.net", "1"]))
        done = run("merge", "--server", server.url, "--from", "a@example.com", "--to", "{{mail}}", "--text", "x", "--data", file)
        self.assertEqual(done.returncode, 65)
        self.assertIn(b'"{{mail}}" in To names no column', done.stderr)
        self.assertEqual(server.messages(), [])

    def test_data_that_breaks_off_ends_the_run_behind_what_was_sent(self):
        server = self.catcher()
        report = self.merge(server.url, table(["Ann", "ann@example.net", "1"]) + '"Bob', expect=65)
        self.assertEqual(report["sent"], 1)
        self.assertIn("line 3, column 1", report["error"]["text"])

    def test_in_doubt_stops_and_says_where_to_go_on(self):
        server = Script("220 hi", "250 mx", "250 ok", "250 ok")  # closes behind the final dot
        rows = table(["Ann", "ann@example.net", "1"], ["Bob", "bob@example.net", "2"])
        report = self.merge(server.url, rows, expect=75)
        self.assertEqual((report["in_doubt"], report["next_row"], report["sent"]), ([1], 2, 0))
        self.assertEqual(report["rows"][-1]["outcome"], "in_doubt")
        catcher = self.catcher()
        report = self.merge(catcher.url, rows, "--from-row", 2)
        self.assertEqual([m["to"] for m in catcher.messages()], [["bob@example.net"]])

    def test_a_server_that_has_had_enough_is_asked_again(self):
        rows = table(*([f"Name {i}", f"u{i}@example.net", f"X-{i}"] for i in range(8)))
        for extensions in ((), ("PIPELINING",), ("PIPELINING", "CHUNKING")):
            with self.subTest(extensions):
                server = Patient(3, *extensions)
                report = self.merge(server.url, rows)
                self.assertEqual((report["sent"], report["in_doubt"], report["next_row"]), (8, [], None))
                self.assertEqual([row["row"] for row in report["rows"]], list(range(1, 9)))
                self.assertEqual(server.recipients, [f"u{i}@example.net" for i in range(8)])
                self.assertEqual(server.connections, 3)

    def test_one_connection_is_enough_for_a_server_that_does_not_end_it(self):
        rows = table(*([f"Name {i}", f"u{i}@example.net", f"X-{i}"] for i in range(1000)))
        for extensions in ((), ("PIPELINING",), ("PIPELINING", "CHUNKING")):
            with self.subTest(extensions):
                server = Patient(1000, *extensions)
                self.assertEqual(self.merge(server.url, rows)["sent"], 1000)
                self.assertEqual(server.connections, 1)

    def test_a_server_that_takes_nothing_is_asked_once_and_where_it_was_told_much_at_once_again_one_by_one(self):
        for extensions, connections in ((), 1), (("PIPELINING",), 2), (("PIPELINING", "CHUNKING"), 2):
            with self.subTest(extensions):
                server = Patient(0, *extensions)
                report = self.merge(server.url, table(["Ann", "ann@example.net", "1"], ["Bob", "bob@example.net", "2"]), expect=75)
                self.assertEqual((report["sent"], report["in_doubt"], report["next_row"]), (0, [], 1))
                self.assertEqual(report["error"]["text"], "enough for one connection")
                self.assertEqual(server.connections, connections)

    def test_no_server_stops_before_the_first_row(self):
        report = self.merge("smtp://127.0.0.1:1", table(["Ann", "ann@example.net", "1"]), expect=75)
        self.assertEqual((report["sent"], report["next_row"], report["error"]["type"]), (0, 1, "connect_error"))

    def test_a_message_file_is_a_letter_too(self):
        folder, server = self.folder(), self.catcher()
        letter = email.message.EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = "shop@example.com", "{{name}} <{{email}}>", "Für {{name}}"
        letter["Message-ID"], letter["Date"] = "<old@example.com>", "Thu, 01 Jan 1970 00:00:00 +0000"
        letter.set_content("Code {{code}}, é\n")
        letter.add_alternative("<p>{{code}}</p>\n", subtype="html")
        letter.add_attachment(b"%PDF {{code}}", maintype="application", subtype="pdf", filename="a.pdf")
        (folder / "letter.eml").write_bytes(bytes(letter))
        (folder / "rows.csv").write_text(table(["Ann", "ann@example.net", "<1>"]))
        done = run("merge", "--json", "--server", server.url, "--eml", folder / "letter.eml", "--data", folder / "rows.csv")
        self.assertEqual(done.returncode, 0, done.stderr)
        mail = self.received(server, server.messages()[0])
        self.assertEqual((mail["Subject"], str(mail["To"])), ("Für Ann", "Ann <ann@example.net>"))
        self.assertEqual(mail.get_body(("plain",)).get_content().splitlines(), ["Code <1>, é"])
        self.assertEqual(mail.get_body(("html",)).get_content().splitlines(), ["<p>&lt;1&gt;</p>"])
        self.assertEqual(next(mail.iter_attachments()).get_content(), b"%PDF {{code}}")
        self.assertNotEqual(mail["Message-ID"], "<old@example.com>")
        self.assertNotIn("1970", mail["Date"])


class HoldRate(Case):
    def test_rows_go_at_a_steady_pace(self):
        server = self.catcher()
        data = self.folder() / "rows.csv"
        data.write_text(table(*[(f"N{i}", f"r{i}@example.net", str(i)) for i in range(4)]))
        begun = time.monotonic()
        done = run("merge", "--server", server.url, "--from", "shop@example.com", "--to", "{{email}}", "--text", "x", "--data", data,
                   "--hold-rate", "5/s")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertGreater(time.monotonic() - begun, 0.6)
        arrived = [json.loads(server.get(f"messages/{one['id']}"))["received"] for one in reversed(server.messages())]
        moments = [datetime.datetime.fromisoformat(one.replace("Z", "+00:00")) for one in arrived]
        for before, behind in zip(moments, moments[1:]):
            self.assertGreater((behind - before).total_seconds(), 0.15)

    def test_a_rate_that_is_none_is_a_usage_error(self):
        data = self.folder() / "rows.csv"
        data.write_text(table(("A", "a@example.net", "1")))
        done = run("merge", "--server", "smtp://127.0.0.1:1", "--from", "a@b.example", "--to", "{{email}}", "--text", "x", "--data",
                   data, "--hold-rate", "fast")
        self.assertEqual(done.returncode, 64, done.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
