#!/usr/bin/python3
"""test_parse.py POSTRIDER: `postrider parse` end to end, over messages, mboxes and Maildirs."""

import email
import json
import mailbox
import os
import pty
import resource
import subprocess
import sys
import tempfile
import unittest
from email.message import EmailMessage
from pathlib import Path

POSTRIDER = sys.argv[1]
ESCAPE = b"\x1b["


def run(*arguments, stdin=b"", environment=None, **more):
    return subprocess.run([POSTRIDER, "parse", *map(str, arguments)], input=stdin, capture_output=True, timeout=120,
                          env={**os.environ, **(environment or {})}, **more)


def run_on_terminal(*arguments, environment=None):
    """The same with a terminal as stdout; returns what it shows."""
    reader, writer = pty.openpty()
    with subprocess.Popen([POSTRIDER, "parse", *map(str, arguments)], stdout=writer,
                          env={**os.environ, "TERM": "xterm", "NO_COLOR": "", **(environment or {})}) as process:
        os.close(writer)
        shown = b""
        while True:
            try:
                piece = os.read(reader, 65536)
            except OSError:
                break
            if not piece:
                break
            shown += piece
        process.wait(60)
    os.close(reader)
    return shown


def letter(subject="测试", text="你好\n", html=None, files=()):
    mail = EmailMessage()
    mail["From"] = "Ann <ann@example.com>"
    mail["To"] = "测试 <you@example.net>"
    mail["Subject"] = subject
    mail["Date"] = "Sat, 21 Nov 2026 14:21:28 +0800"
    if text is not None:
        mail.set_content(text)
    if html is not None:
        mail.add_alternative(html, subtype="html") if text is not None else mail.set_content(html, subtype="html")
    for name, octets in files:
        mail.add_attachment(octets, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


class Case(unittest.TestCase):
    def folder(self):
        return Path(self.enterContext(tempfile.TemporaryDirectory()))

    def file(self, octets, name="mail.eml"):
        path = self.folder() / name
        path.write_bytes(octets)
        return path

    def ok(self, *arguments, **more):
        done = run(*arguments, **more)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        return done.stdout

    def mbox(self, count=3):
        octets = b"".join(b"From a@b Sat Nov 21 06:21:%02d 2026\n" % i + letter(f"number {i}") + b"\n" for i in range(count))
        return self.file(octets, "mbox")

    def maildir(self):
        path = self.folder() / "Mail"
        box = mailbox.Maildir(path)
        box.add(letter("first"))
        seen = mailbox.MaildirMessage(letter("second"))
        seen.set_subdir("cur")
        seen.set_flags("FS")
        box.add(seen)
        return path


class OneMessage(Case):
    def test_the_page_tells_who_what_and_when_above_the_parts(self):
        page = self.ok(self.file(letter(html="<p>你好", files=[("报告.pdf", b"%PDF")]))).decode()
        self.assertIn("From:    Ann <ann@example.com>\n", page)
        self.assertIn("To:      测试 <you@example.net>\n", page)
        self.assertIn("Subject: 测试\n", page)
        self.assertIn("Date:    2026-11-21 14:21:28 +0800\n", page)
        for line in ("0  multipart/mixed", "1  ├─ multipart/alternative", "2  │  ├─ text/plain  utf-8  7 B",
                     '4  └─ application/octet-stream  "报告.pdf"  4 B'):
            self.assertIn(line, page)
        self.assertNotIn("\x1b", page)

    def test_defects_are_shown_with_their_place(self):
        broken = b"Content-Type: multipart/mixed; boundary=x\n\n--x\n\nHi\n"
        self.assertRegex(self.ok("-", stdin=broken).decode(), r"! CloseBoundaryNotFound at \d+\n")

    def test_json_is_one_object(self):
        document = json.loads(self.ok("--json", self.file(letter(files=[("a.bin", b"octets")]))))
        self.assertEqual(document["content_type"], "multipart/mixed")
        self.assertEqual(document["parts"][1]["filename"], "a.bin")
        self.assertNotIn("source", document)

    def test_a_lone_message_may_begin_with_a_from_line(self):
        for line in (b"From a@b Sat Nov 21 06:21:28 2026\n", b"From nobody\n"):
            document = json.loads(self.ok("--json", "-", stdin=line + letter() + b"\nFrom here on, all is text.\n"))
            self.assertEqual(document["content_type"], "text/plain")

    def test_text_is_utf8_whatever_the_mail_says(self):
        mail = "Content-Type: text/plain; charset=gb2312\n\n".encode() + "你好\n".encode("gb2312")
        self.assertEqual(self.ok("--text", "-", stdin=mail).decode(), "你好\n")
        html_alone = self.ok("--text", "-", stdin=letter(text=None, html="<p>one</p><script>no</script><p>two")).decode()
        self.assertIn("one", html_alone)
        self.assertIn("two", html_alone)
        self.assertNotIn("<p>", html_alone)
        self.assertNotIn("no", html_alone)

    def test_html_headers_parts_and_raw_octets(self):
        mail = letter(html="<p>Hi</p>\n", files=[("a.bin", bytes(range(256)))])
        path = self.file(mail)
        self.assertEqual(self.ok("--html", path), b"<p>Hi</p>\n")
        self.assertIn("Subject: 测试\n", self.ok("--headers", path).decode())
        self.assertEqual(self.ok("--part", 4, path), bytes(range(256)))
        self.assertIn(b"Content-Type: text/html", self.ok("--part", 3, "--headers", path))
        self.assertIn(b"base64", self.ok("--part", 4, "--raw", path))
        self.assertEqual(self.ok("--raw", path), mail)
        self.assertTrue(self.ok("--headers", "--raw", path).startswith(b"From: Ann <ann@example.com>\n"))
        self.assertEqual(json.loads(self.ok("--json", "--part", 3, path))["content_type"], "text/html")
        wrong = run("--part", 5, path)
        self.assertEqual(wrong.returncode, 64)
        self.assertIn(b"no part 5", wrong.stderr)

    def test_stdin_pipes_and_files_without_a_size(self):
        self.assertIn("测试", self.ok("-", stdin=letter()).decode())
        done = subprocess.run(["bash", "-c", f'cat | "{POSTRIDER}" parse --headers <(cat)'], input=letter(),
                              capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(run("/proc/self/status").returncode, 0)
        self.assertEqual(run(self.file(b"")).returncode, 0)

    def test_exit_codes(self):
        self.assertEqual(run("/nonexistent").returncode, 66)
        self.assertEqual(run(self.folder()).returncode, 66)
        self.assertEqual(json.loads(run("--json", "/nonexistent").stdout)["error"]["type"], "no_input")
        for wrong in ((), ("--json", "--text", "-"), ("--format", "pst", "-"), ("--color", "blue", "-"), ("--message", "0", "-")):
            self.assertEqual(run(*wrong).returncode, 64, wrong)
        broken = self.file(b"Content-Type: multipart/mixed\n\nHi\n")
        self.assertEqual(run(broken).returncode, 0)
        self.assertEqual(run("--strict", broken).returncode, 65)
        self.assertEqual(run("--strict", self.file(letter())).returncode, 0)
        told = run("--defects", broken)
        self.assertEqual(told.returncode, 65)
        self.assertIn(b": part 0: NoBoundaryInMultipart at ", told.stdout)
        with open("/dev/full", "wb") as full:
            self.assertEqual(subprocess.run([POSTRIDER, "parse", broken], stdout=full, stderr=subprocess.PIPE).returncode, 74)


class Terminal(Case):
    def test_colours_are_for_terminals_and_for_who_wants_them(self):
        path = self.file(letter())
        self.assertNotIn(ESCAPE, self.ok(path))
        self.assertIn(ESCAPE, self.ok("--color=always", path))
        self.assertIn(ESCAPE, run_on_terminal(path))
        self.assertNotIn(ESCAPE, run_on_terminal("--color=never", path))
        self.assertNotIn(ESCAPE, run_on_terminal(path, environment={"NO_COLOR": "1"}))
        self.assertNotIn(ESCAPE, run_on_terminal(path, environment={"TERM": "dumb"}))
        self.assertIn(ESCAPE, run_on_terminal("--color=always", path, environment={"NO_COLOR": "1"}))

    def test_a_stranger_does_not_speak_to_the_terminal(self):
        evil = b"Subject: =?utf-8?q?a=1B=5B2Jb=E2=80=AE?=\nContent-Type: text/plain; charset=utf-8\n\n\x1b[2Jtext \xc2\x9b\xff\n"
        path = self.file(evil)
        for view in ((), ("--text",), ("--headers",), ("--part", "0"), ("--raw",)):
            shown = run_on_terminal("--color=never", *view, path)
            for octets in (b"\x1b", b"\xc2\x9b", b"\xe2\x80\xae"):
                self.assertNotIn(octets, shown, view)
        self.assertEqual(self.ok("--raw", path), evil)


class Extract(Case):
    def test_attachments_get_safe_names_and_overwrite_nothing(self):
        out = self.folder() / "out"
        path = self.file(letter(files=[("../../evil", b"1"), ("a.txt", b"2"), ("a.txt", b"3"), ("/etc/passwd", b"4"),
                                       ("报告.pdf", b"5"), ("..", b"6")]))
        listed = self.ok("--extract", out, path).decode().splitlines()
        self.assertEqual(len(listed), 6)
        self.assertEqual(sorted(listed), sorted(str(file) for file in out.iterdir()))
        self.assertEqual(sorted(Path(file).read_bytes() for file in listed), [b"1", b"2", b"3", b"4", b"5", b"6"])
        self.assertIn("报告.pdf", [Path(file).name for file in listed])
        before = {file: file.read_bytes() for file in out.iterdir()}
        self.ok("--extract", out, path)
        self.assertEqual(len(list(out.iterdir())), 12)
        for file, octets in before.items():
            self.assertEqual(file.read_bytes(), octets)

    def test_hazard_108_names_that_differ_and_hazard_191_links_that_wait(self):
        folder = self.folder()
        (folder / "out").mkdir()
        (folder / "mine").write_bytes(b"mine")
        (folder / "out" / "a.txt").symlink_to(folder / "mine")
        mail = (b"Content-Type: application/x; name=\"../b.txt\"\n"
                b"Content-Disposition: attachment; filename=c.txt; filename*=utf-8''a.txt\n\nnew\n")
        self.ok("--extract", folder / "out", "-", stdin=mail)
        self.assertEqual((folder / "mine").read_bytes(), b"mine")
        self.assertEqual(sorted(file.name for file in (folder / "out").iterdir()), ["a-2.txt", "a.txt"])

    def test_a_message_inside_is_saved_as_a_message(self):
        outer = EmailMessage()
        outer["Subject"] = "outer"
        outer.set_content("see below\n")
        outer.add_attachment(email.message_from_bytes(letter("inner"), policy=email.policy.default))
        out = self.folder() / "out"
        listed = self.ok("--extract", out, "-", stdin=outer.as_bytes()).decode().splitlines()
        self.assertEqual(len(listed), 1)
        self.assertTrue(listed[0].endswith(".eml"))
        self.assertEqual(email.message_from_bytes(Path(listed[0]).read_bytes(), policy=email.policy.default)["To"],
                         "测试 <you@example.net>")

    def test_a_folder_that_cannot_be_made_is_told(self):
        done = run("--extract", self.folder() / "none" / "out", "-", stdin=letter())
        self.assertEqual((done.returncode, len(done.stderr.splitlines())), (74, 1))


class Collections(Case):
    def subjects(self, documents):
        return [next(h["value"] for h in one["headers"] if h["name"] == "Subject") for one in documents]

    def test_an_mbox_is_an_array_with_the_places(self):
        path = self.mbox()
        for how in ((), ("--format", "mbox"), ("--format", "mboxrd")):
            documents = json.loads(self.ok("--json", *how, path))
            self.assertEqual(self.subjects(documents), ["number 0", "number 1", "number 2"])
            self.assertEqual([one["source"]["file"] for one in documents], [str(path)] * 3)
            for one in documents:
                self.assertTrue(path.read_bytes()[one["source"]["offset"]:].startswith(b"From a@b"))
        lines = self.ok("--json-lines", path).splitlines()
        self.assertEqual(self.subjects(map(json.loads, lines)), ["number 0", "number 1", "number 2"])
        self.assertEqual(json.loads(self.ok("--json", "--format", "mbox", self.mbox(1)))[0]["content_type"], "text/plain")
        self.assertEqual(json.loads(self.ok("--json", "--format", "mbox", self.file(b""))), [])

    def test_from_lines_inside_messages(self):
        mbox = (b"From a@b Sat Nov 21 06:21:28 2026\nSubject: x\n\n>From me\n\nFrom here on\n\n"
                b"From a@b Sat Nov 21 06:21:29 2026\nSubject: y\n\n\n")
        texts = [one["text"] for one in json.loads(self.ok("--json", "-", stdin=mbox))]
        self.assertEqual(texts, ["From me\n\nFrom here on\n", ""])
        self.assertEqual(len(json.loads(self.ok("--json", "--format", "mboxo", "-", stdin=mbox))), 3)
        self.assertEqual(json.loads(self.ok("--json", "--format", "mboxo", "-", stdin=mbox))[0]["text"], ">From me\n")

    def test_one_message_of_many(self):
        path = self.mbox()
        self.assertEqual(self.subjects([json.loads(self.ok("--json", "--message", 2, path))]), ["number 1"])
        self.assertEqual(self.ok("--text", "--message", 3, path).decode(), "你好\n")
        done = run("--message", 4, path)
        self.assertEqual(done.returncode, 66)

    def test_a_maildir_in_the_order_of_delivery(self):
        path = self.maildir()
        documents = json.loads(self.ok("--json", path))
        self.assertEqual(self.subjects(documents), ["first", "second"])
        self.assertEqual([one["source"]["flags"] for one in documents], ["", "FS"])
        page = self.ok(path).decode()
        self.assertEqual(page.count("==> "), 2)

    def test_many_files_and_one_that_is_missing(self):
        good, mbox = self.file(letter("one")), self.mbox()
        done = run("--json", good, "/nonexistent", mbox, self.maildir())
        self.assertEqual(done.returncode, 66)
        self.assertEqual(len(done.stderr.splitlines()), 1)
        self.assertEqual(self.subjects(json.loads(done.stdout)),
                         ["one", "number 0", "number 1", "number 2", "first", "second"])

    def test_text_of_many_has_headings(self):
        shown = self.ok("--text", self.mbox(2)).decode()
        self.assertEqual(shown.count("==> "), 2)
        self.assertEqual(shown.count("你好\n"), 2)

    @unittest.skipIf(b"__asan_init" in Path(POSTRIDER).read_bytes(), "AddressSanitizer needs memory of its own")
    def test_an_mbox_larger_than_the_memory_allowed(self):
        one = b"From a@b Sat Nov 21 06:21:28 2026\n" + letter("big", "x" * 70 + "\n") + b"\n"
        path = self.file(b"", "mbox")
        with open(path, "wb") as file:
            for _ in range(100):
                file.write(one + b"From a@b Sat Nov 21 06:21:28 2026\nSubject: big\n\n" + b"y" * 2_000_000 + b"\n\n")
        limit = 96 << 20
        done = run("--headers", path, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (limit, limit)))
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertEqual(done.stdout.count(b"Subject: big"), 200)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
