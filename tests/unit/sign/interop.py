#!/usr/bin/python3
"""Whether dkimpy and OpenDKIM verify what we sign, and we what dkimpy signs.

    interop.py SIGN_MESSAGE VERIFY_MESSAGE OPENDKIM_VERIFY
"""
import base64
import itertools
import pathlib
import subprocess
import sys
import tempfile
import unittest

import dkim

SIGN, VERIFY, OPENDKIM = sys.argv[1:4]
FORMS = ["/".join(pair) for pair in itertools.product(("simple", "relaxed"), repeat=2)]

HEADER = (b"From: Ann <ann@example.com>\r\nTo: Ben <ben@example.net>,\r\n\tCat <cat@example.net>\r\n"
          b"Subject: a  subject \r\n  that is\r\n\tfolded  \r\nDate: Sat, 21 Nov 2026 10:11:12 +0800\r\n"
          b"Message-ID: <1@example.com>\r\n")
MESSAGES = {
    "text": HEADER + b"\r\nDear Ben,\r\n\r\nhello.\r\n",
    "blanks": HEADER + b"\r\n a  b \t c \r\n\t\r\n \r\nd\r\n",
    "trailing blank lines": HEADER + b"\r\nhello\r\n\r\n\r\n\r\n",
    "blank lines alone": HEADER + b"\r\n\r\n\r\n",
    "lines of blanks alone": HEADER + b"\r\n  \r\n\t\r\n",
    "empty body": HEADER + b"\r\n",
    "no last line end": HEADER + b"\r\nhello",
    "8-bit": HEADER + "X-Name: 测试\r\n\r\nGrüße, 你好\r\n".encode(),
    "8-bit that is no UTF-8": HEADER + b"X-Name: \xff\xfe\r\n\r\n\x80\x81 \xff\r\n",
    "long lines": HEADER + b"\r\n" + b"x" * 5000 + b" " + b"y" * 5000 + b"\r\n",
    "large": HEADER + b"\r\n" + b"QUJD" * 18 + b"\r\n" + (b"line of text\r\n" * 50000),
    "dots": HEADER + b"\r\n.\r\n..\r\n.x\r\n",
    "repeated fields": b"Received: one\r\nReceived: two\r\n" + HEADER + b"Resent-From: a@b\r\nResent-From: c@d\r\n\r\nx\r\n",
    "odd fields": b"X-Empty:\r\nX-Blank: \r\nX-Fold:\r\n a\r\n" + HEADER + b"Reply-To:\tann@example.com\t\r\n\r\nx\r\n",
}


class Keys:
    """A key of each kind, and DNS records for them."""

    def __init__(self, folder):
        self.rsa, self.ed25519, self.seed = folder / "rsa.pem", folder / "ed25519.pem", folder / "seed"
        self.records_file = folder / "records"
        openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", self.rsa)
        openssl("genpkey", "-algorithm", "ED25519", "-out", self.ed25519)
        self.seed.write_bytes(base64.b64encode(openssl("pkey", "-in", self.ed25519, "-outform", "DER")[-32:]))
        rsa = openssl("pkey", "-in", self.rsa, "-pubout", "-outform", "DER")
        ed25519 = openssl("pkey", "-in", self.ed25519, "-pubout", "-outform", "DER")[-32:]
        self.records = {
            "rsa._domainkey.example.com": b"v=DKIM1; k=rsa; p=" + base64.b64encode(rsa),
            "ed25519._domainkey.example.com": b"v=DKIM1; k=ed25519; p=" + base64.b64encode(ed25519),
        }
        lines = [f"{name} {record.decode()}\n" for name, record in self.records.items()]
        self.records_file.write_text("".join(lines))

    def txt(self, name, timeout=5):
        return self.records.get(name.decode().rstrip("."))


def openssl(*arguments):
    return subprocess.run(["openssl", *arguments], check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE).stdout


def sign(message, form, *pairs):
    return subprocess.run([SIGN, "example.com", form, *map(str, pairs)], input=message, check=True,
                          stdout=subprocess.PIPE).stdout


def verdicts(message, program=VERIFY):
    told = subprocess.run([program, KEYS.records_file], input=message, check=True, stdout=subprocess.PIPE).stdout
    return [line.split(" ", 2)[:2] for line in told.decode().splitlines()]


class Interop(unittest.TestCase):
    def each(self):
        for (name, message), form in itertools.product(MESSAGES.items(), FORMS):
            with self.subTest(message=name, form=form):
                yield message, form

    def test_dkimpy_verifies_what_we_sign(self):
        for message, form in self.each():
            signed = sign(message, form, "rsa", KEYS.rsa, "ed25519", KEYS.ed25519)
            for which in (0, 1):
                self.assertTrue(dkim.DKIM(signed).verify(idx=which, dnsfunc=KEYS.txt))

    def test_we_verify_what_we_sign(self):
        for message, form in self.each():
            signed = sign(message, form, "rsa", KEYS.rsa, "ed25519", KEYS.ed25519)
            self.assertEqual(verdicts(signed), [["rsa", "pass"], ["ed25519", "pass"]])

    def test_we_verify_what_dkimpy_signs(self):
        for message, form in self.each():
            header, body = (part.encode() for part in form.split("/"))
            for selector, key, algorithm in ((b"rsa", KEYS.rsa, b"rsa-sha256"),
                                             (b"ed25519", KEYS.seed, b"ed25519-sha256")):
                field = dkim.sign(message, selector, b"example.com", key.read_bytes(), canonicalize=(header, body),
                                  signature_algorithm=algorithm)
                self.assertEqual(verdicts(field + message), [[selector.decode(), "pass"]])

    def test_opendkim_verifies_what_we_sign(self):
        for message, form in self.each():
            signed = sign(message, form, "rsa", KEYS.rsa, "ed25519", KEYS.ed25519)
            self.assertEqual(verdicts(signed, OPENDKIM), [["rsa", "pass"], ["ed25519", "pass"]])

    def test_opendkim_sees_a_change(self):
        signed = sign(MESSAGES["text"], "relaxed/relaxed", "rsa", KEYS.rsa)
        self.assertEqual(verdicts(signed.replace(b"hello", b"jello"), OPENDKIM), [["rsa", "fail"]])

    def test_what_opendkim_signs_with_sha1_does_not_count(self):
        signed = subprocess.run(["/usr/sbin/opendkim-testmsg", "-C", "-d", "example.com", "-s", "rsa", "-k", KEYS.rsa],
                                input=MESSAGES["text"], check=True, stdout=subprocess.PIPE).stdout
        self.assertIn(b"a=rsa-sha1", signed)
        self.assertEqual(verdicts(signed), [["rsa", "permerror"]])


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        KEYS = Keys(pathlib.Path(folder))
        unittest.main(argv=sys.argv[:1])
