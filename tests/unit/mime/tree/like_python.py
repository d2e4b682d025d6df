#!/usr/bin/python3
"""like_python.py LIKE_PYTHON: the same verbs on our message and on Python's make messages that Python reads alike.

Each function of Builders does what the one of its name in like_python.cpp does. Compared are the structure, the fields,
each part's type, parameters, disposition, file name and identifier, and the decoded contents.
"""
import email
import email.policy
import subprocess
import sys
from email.message import EmailMessage

ORIGINAL = """From: Ann <ann@example.net>
Subject: original
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

preamble
--b
Content-Type: text/plain; charset="iso-8859-1"; format=flowed
Content-Transfer-Encoding: quoted-printable

caf=E9
--b
Content-Type: application/pdf; name="a.pdf"
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename="a.pdf"

AAEC
--b--
epilogue
"""


def read(octets):
    return email.message_from_bytes(octets, policy=email.policy.default)


def original():
    return read(ORIGINAL.encode())


def with_text():
    mail = EmailMessage()
    mail["Subject"] = "s"
    mail.set_content("text\n")
    return mail


def with_content(*args, **how):
    mail = EmailMessage()
    mail.set_content(*args, **how)
    return mail


class Builders:
    def text():
        return with_text()

    def text_beyond_ascii():
        return with_content("Grüße, 报告\r\nzwei\n\n")

    def text_in_latin_1():
        return with_content("Grüße", charset="iso-8859-1")

    def text_of_long_lines():
        return with_content("x" * 3000 + "\n" + "é" * 3000)

    def html_as_base64():
        return with_content("<p>é", subtype="html", cte="base64")

    def octets():
        return with_content(b"\0\1\xff\r\n\n", "image", "png", disposition="inline", filename="报告 1.png",
                            cid="<image1>", params={"x-param": "a b"})

    def octets_as_quoted_printable():
        return with_content(b"a=b\xff\n\r", "application", "x-thing", cte="quoted-printable")

    def enclosed():
        return with_content(with_text(), disposition="attachment")

    def alternative():
        mail = with_text()
        mail.add_alternative("<p>html</p>", subtype="html")
        return mail

    def related():
        mail = with_text()
        mail.add_alternative("<img src='cid:i'>", subtype="html")
        mail.get_payload(1).add_related(b"GIF89a", "image", "gif", cid="<i>")
        return mail

    def attachments():
        mail = with_text()
        mail.add_attachment(b"octets", "application", "octet-stream", filename="a b.bin")
        mail.add_attachment("more text", filename="long name " * 12 + "é.txt")
        mail.add_attachment(with_text())
        return mail

    def upward():
        mail = with_text()
        mail.make_related()
        mail.make_alternative()
        mail.make_mixed("given")
        return mail

    def fields():
        mail = with_text()
        mail["From"] = '"Doe, Jörg" <joerg@example.com>'
        mail["To"] = 'Ann <ann@example.net>, Us: a@b.example, "C; é" <c@d.example>;, e@f.example'
        mail["X-Text"] = "words and Wörter " * 20 + "end"
        mail["References"] = "<0123456789@example.com> " * 8 + "<last@example.com>"
        mail["Date"] = "Sat, 21 Nov 2026 06:21:28 +0000"
        return mail

    def parameters():
        mail = with_text()
        mail.set_param("format", "flowed")
        mail.set_param("title", 'Grüße; "é"')
        mail.set_param("charset", "us-ascii")
        mail.set_param("gone", "x")
        mail.del_param("gone")
        mail.set_type("text/html")
        return mail

    def changed_fields():
        mail = original()
        mail.replace_header("Subject", "Änderung")
        del mail["From"]
        mail["X-New"] = "new"
        return mail

    def changed_text():
        mail = original()
        mail.get_payload(0).set_content("neu: é\n")
        return mail

    def changed_structure():
        mail = original()
        mail.get_payload(0).add_alternative("<p>", subtype="html")
        mail.add_attachment(b"x", "text", "csv", filename="x.csv")
        return mail

    def changed_boundary():
        mail = original()
        mail.set_boundary("new boundary")
        mail.preamble = "new preamble"
        mail.epilogue = "new epilogue\n"
        return mail

    def cleared():
        mail = original()
        mail.clear_content()
        mail.set_content("only text\n")
        return mail


def content_of(part):
    if part.is_multipart():
        return [told(child) for child in part.get_payload()]
    octets = part.get_payload(decode=True)
    return octets.replace(b"\r\n", b"\n") if part.get_content_maintype() == "text" else octets


def told(part):
    """What a reader learns of a message or part. The type of a related's root is what RFC 2387 has us add."""
    parameters = {} if part["Content-Type"] is None else dict(part["Content-Type"].params)
    given = {name: value for name, value in parameters.items() if name not in ("boundary", "type")}
    fields = [(name.lower(), " ".join(str(value).split())) for name, value in part.items()]
    return {
        "type": part.get_content_type(),
        "parameters": given,
        "disposition": part.get_content_disposition(),
        "name": part.get_filename(),
        "cid": part["Content-ID"],
        "fields": sorted(one for one in fields if not one[0].startswith("content-") and one[0] != "mime-version"),
        "around": (part.preamble or None, part.epilogue or None),
        "content": content_of(part),
    }


def main():
    program, failed = sys.argv[1], False
    run = lambda *name: subprocess.run([program, *name], capture_output=True, check=True, timeout=60).stdout
    names = run().decode().split()
    ours = {name: read(run(name)) for name in names}
    theirs = {name: read(build().as_bytes()) for name, build in vars(Builders).items() if not name.startswith("_")}
    if ours.keys() != theirs.keys():
        sys.exit(f"built by one alone: {sorted(ours.keys() ^ theirs.keys())}")
    for name in names:
        defects = [defect for part in ours[name].walk() for defect in part.defects]
        same = told(ours[name]) == told(theirs[name]) and not defects
        failed |= not same
        print(f"{name}: {'alike' if same else 'NOT ALIKE'}")
        if not same:
            print(f"  ours   {told(ours[name])} {defects}\n  theirs {told(theirs[name])}")
    sys.exit(failed)


main()
