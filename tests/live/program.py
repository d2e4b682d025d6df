"""The program under test, and the message that every test sends: Chinese subject and names, text and HTML, an inline
image, attachments, a Bcc."""

import contextlib
import email
import email.policy
import json
import os
import random
import subprocess
import urllib.request
from pathlib import Path

POSTRIDER = os.environ["POSTRIDER"]
SEND_MESSAGE = os.environ["LIVE_SEND_MESSAGE"]

SUBJECT = "C++ 邮件测试：第一封信, with a comma and a \"quote\""
TEXT = "纯文本，第一行\n.a line that begins with a dot\nFrom here on\n\nlast line"
HTML = "<p>你好 <b>world</b> <img src='cid:image1'></p>\n"
IMAGE = b"\x89PNG\r\n\x1a\n" + random.Random(1).randbytes(5000)
REPORT = b"%PDF-1.4\n" + random.Random(2).randbytes(70001)
LIST = "序号,名称\r\n1,苹果\r\n".encode()


def run(*arguments, environment=None, stdin=None):
    return subprocess.run([POSTRIDER, *map(str, arguments)], capture_output=True, timeout=120, input=stdin,
                          env={**os.environ, **(environment or {})})


def write_parts(folder):
    folder = Path(folder)
    files = {"text.txt": TEXT.encode(), "page.html": HTML.encode(), "图片.png": IMAGE, "报告.pdf": REPORT, "list.csv": LIST}
    for name, octets in files.items():
        (folder / name).write_bytes(octets)
    return folder


def message_arguments(folder, to, bcc=()):
    return ["--from", "爱丽丝 <alice@example.test>", *[a for t in to for a in ("--to", t)],
            *[a for b in bcc for a in ("--bcc", b)], "--subject", SUBJECT,
            "--text-file", folder / "text.txt", "--html-file", folder / "page.html",
            "--inline", f"image1={folder / '图片.png'}", "--attach", folder / "报告.pdf", "--attach", folder / "list.csv"]


def check_message(test, octets):
    """That Python's own parser reads back what was sent, octet by octet."""
    mail = email.message_from_bytes(octets, policy=email.policy.default)
    test.assertEqual(mail["Subject"], SUBJECT)
    author = mail["From"].addresses[0]
    test.assertEqual((author.display_name, author.addr_spec), ("爱丽丝", "alice@example.test"))
    test.assertIsNone(mail["Bcc"])
    test.assertNotIn(b"hidden@", octets)
    for field in ("Date", "Message-ID", "MIME-Version"):
        test.assertIsNotNone(mail[field], field)

    lines = lambda text: text.replace("\r\n", "\n").rstrip("\n")
    test.assertEqual(lines(mail.get_body(("plain",)).get_content()), TEXT)
    test.assertEqual(lines(mail.get_body(("html",)).get_content()), HTML.rstrip("\n"))
    image = next(p for p in mail.walk() if p["Content-ID"] == "<image1>")
    test.assertEqual(image.get_content_type(), "image/png")
    test.assertEqual(image.get_payload(decode=True), IMAGE)
    attachments = {p.get_filename(): p.get_payload(decode=True) for p in mail.iter_attachments()}
    test.assertEqual(attachments, {"报告.pdf": REPORT, "list.csv": LIST})
    for part in mail.walk():
        test.assertEqual(part.defects, [], part.get_content_type())


@contextlib.contextmanager
def catching(*arguments):
    """`postrider catch` on free ports: yields (process, smtp host, smtp port, API base)."""
    with catching_anywhere(*arguments) as (server, where):
        host, port = where["smtp"].rsplit(":", 1)
        yield server, host, int(port), f"http://{where['http']}/api/v1"


@contextlib.contextmanager
def catching_anywhere(*arguments):
    """The same, yielding the process and where it listens: {"smtp": "HOST:PORT", "http": ..., ...}."""
    server = subprocess.Popen([POSTRIDER, "catch", "--json", "--smtp", "127.0.0.1:0", "--http", "127.0.0.1:0",
                               *map(str, arguments)], stdout=subprocess.PIPE)
    try:
        yield server, json.loads(server.stdout.readline())
    finally:
        if server.poll() is None:
            server.terminate()
        server.wait(20)
        server.stdout.close()


def get(url):
    with urllib.request.urlopen(url, timeout=30) as answer:
        return answer.read()


def change(api, method, path, body=None):
    """A request that changes something: it shows the token that the API tells."""
    request = urllib.request.Request(f"{api}/{path}", method=method, data=None if body is None else json.dumps(body).encode(),
                                     headers={"Postrider-Token": json.loads(get(f"{api}/status"))["token"],
                                              "Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.loads(answer.read())


def newest_raw(api):
    newest = json.loads(get(f"{api}/messages"))["messages"][0]
    return get(f"{api}/messages/{newest['id']}/raw")
