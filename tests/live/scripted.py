"""A small server of our own, SMTP over TCP or LMTP over a unix socket, for behaviour that real servers have rarely and
tests want always. Strict where RFC 5321 and 3030 let a server be strict: a transaction that has begun stays open until
its message is taken, RSET, or the end of its content, and MAIL inside it is 503.
"""

import array
import contextlib
import fcntl
import re
import socket
import termios
import threading
import time


class Gone(Exception):
    """The peer has closed, or we have."""


class Session:
    """One connection. Tests override what they want to be otherwise."""

    extensions = ("PIPELINING", "CHUNKING", "8BITMIME", "ENHANCEDSTATUSCODES")

    def __init__(self, server, link, lmtp):
        self.server, self.link, self.lmtp = server, link, lmtp
        self.buffer = b""
        self.open = False
        self.recipients, self.content = [], b""
        self.broken = False  # a BDAT failed: nothing but RSET mends it.                            RFC 3030 §2

    def run(self):
        self.say("220 scripted ready")
        while True:
            line = self.line()
            self.server.commands.append(line)
            verb, _, argument = line.partition(" ")
            handler = getattr(self, "do_" + verb.upper(), None)
            handler(argument) if handler else self.say("500 5.5.1 what?")

    # Reading and writing

    def fill(self):
        octets = self.link.recv(65536)
        if not octets:
            raise Gone
        self.buffer += octets

    def line(self):
        while b"\r\n" not in self.buffer:
            self.fill()
        line, self.buffer = self.buffer.split(b"\r\n", 1)
        return line.decode(errors="replace")

    def octets(self, count):
        while len(self.buffer) < count:
            self.fill()
        octets, self.buffer = self.buffer[:count], self.buffer[count:]
        return octets

    def say(self, *lines):
        text = "".join(f"{line}\r\n" for line in lines)
        self.link.sendall(text.encode())

    # The dialogue

    def do_EHLO(self, _):
        lines = ["scripted", *self.extensions]
        self.say(*(f"250-{line}" for line in lines[:-1]), f"250 {lines[-1]}")

    do_LHLO = do_EHLO

    def do_MAIL(self, argument):
        if self.open:
            return self.say("503 5.5.1 a transaction is open: RSET comes first")
        self.open, self.recipients, self.content = True, [], b""
        self.say("250 2.1.0 ok")

    def do_RCPT(self, argument):
        address = re.match(r"TO:<([^>]*)>", argument, re.I)[1]
        if not self.open:
            return self.say("503 5.5.1 MAIL comes first")
        if self.refuses(address):
            return self.say("550 5.1.1 no such user")
        self.recipients.append(address)
        self.say("250 2.1.5 ok")

    def refuses(self, address):
        return address.startswith("stranger")

    def do_DATA(self, _):
        if not self.recipients:
            return self.say("554 5.5.1 no valid recipients")
        self.say("354 go on")
        while not self.buffer.startswith(b".\r\n") and b"\r\n.\r\n" not in self.buffer:
            self.fill()
        content, self.buffer = (b"\r\n" + self.buffer).split(b"\r\n.\r\n", 1)
        self.end_content(re.sub(rb"\r\n\.", b"\r\n", content)[2:] + b"\r\n")

    def do_BDAT(self, argument):
        size, *last = argument.split()
        octets = self.octets(int(size))
        if self.broken or not self.recipients:
            return self.say("503 5.5.1 no transaction that could take this")
        if self.refuses_chunk(octets):
            self.broken = True
            return self.say("552 5.3.4 not this")
        self.content += octets
        if not last:
            return self.say(f"250 2.0.0 {size} octets")
        self.end_content(self.content)

    def refuses_chunk(self, octets):
        return False

    def end_content(self, octets):
        self.server.kept.append((self.recipients, octets))
        self.open = False
        recipients, self.recipients = self.recipients, []
        for _ in recipients if self.lmtp else [None]:
            self.say("250 2.0.0 kept")

    def do_RSET(self, _):
        self.open = self.broken = False
        self.recipients = []
        self.say("250 2.0.0 ok")

    def do_QUIT(self, _):
        self.say("221 2.0.0 bye")
        raise Gone


class Scripted:
    """`with Scripted(kind, path) as server:` serves sessions of that kind, one after the other. A path: LMTP there."""

    def __init__(self, kind, path=None):
        self.kind, self.path = kind, path
        self.commands, self.kept, self.connections = [], [], 0

    def __enter__(self):
        if self.path:
            self.listener = socket.socket(socket.AF_UNIX)
            self.listener.bind(str(self.path))
            self.listener.listen()
            self.url = f"lmtp://{self.path}"
        else:
            self.listener = socket.create_server(("127.0.0.1", 0))
            self.url = f"smtp://127.0.0.1:{self.listener.getsockname()[1]}?starttls=off"
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join(20)

    def serve(self):
        with contextlib.suppress(OSError):
            while True:
                link, _ = self.listener.accept()
                self.connections += 1
                link.settimeout(20)
                with link, contextlib.suppress(Gone, OSError):
                    self.kind(self, link, self.path is not None).run()


class ReadsNothingUntilItsRepliesAreRead(Session):
    """On a unix socket the kernel tells what the peer has not read yet, to the octet."""

    def say(self, *lines):
        super().say(*lines)
        unread = array.array("i", [1])
        end = time.monotonic() + 20
        while unread[0]:
            if time.monotonic() > end:
                self.server.commands.append("the client did not read its reply")
                raise Gone
            fcntl.ioctl(self.link, termios.TIOCOUTQ, unread)
            time.sleep(0.0005)


class SaysALot(Session):
    """Its replies fill whatever the kernel holds for a peer who does not read; it reads on when they are written."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.link.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 16384)
        self.link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16384)

    def say(self, *lines):
        if lines[-1].startswith("250 2."):
            words = lines[-1][:10] + "words " * 70
            lines = [words.replace("250 ", "250-")] * 10 + [words]
        super().say(*lines)


class RefusesAChunk(Session):
    """The content of every third message; then it wants RSET."""

    def refuses_chunk(self, octets):
        number = re.search(rb"message (\d+)\r\n", octets)
        return number is not None and int(number[1]) % 3 == 2


class RefusesLargeChunks(Session):
    """On a unix socket, which holds less than a chunk: its word is there before the next chunk can have been written."""

    def refuses_chunk(self, octets):
        return len(octets) > 100_000


class ClosesOnAGroup(Session):
    """Says that it knows PIPELINING, and hangs up on whoever believes it."""

    extensions = ("PIPELINING", "8BITMIME")

    def line(self):
        line = super().line()
        if self.buffer:
            raise Gone
        return line
