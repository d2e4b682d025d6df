"""Messages as octets, for those who compare what was sent with what arrived."""

SENDER, READER = "alice@example.test", "bob@example.test"

HEADER = f"From: {SENDER}\r\nTo: {READER}\r\nDate: Sat, 21 Nov 2026 12:00:00 +0000\r\nMessage-ID: <live@example.test>\r\n"
MIME = "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: {}\r\n"
MESSAGES = {
    "dots and blanks": (HEADER + "Subject: dots\r\n\r\n.\r\n..\r\n.one\r\n" + "." * 998 + "\r\nFrom here \t\r\n\r\n"
                        + "x" * 998 + "\r\n.\r\n\r\n").encode(),
    "eight bits": (HEADER + MIME.format("8bit") + "Subject: 8 bit\r\n\r\n.你好，世界\r\n" + "ä" * 499 + "\r\n").encode(),
    "no body": (HEADER + "Subject: nothing\r\n\r\n").encode(),
}
LARGE = (HEADER + "Subject: large\r\n\r\n").encode() + (b"." * 75 + b"\r\n") * (50_000_000 // 77)
