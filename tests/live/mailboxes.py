"""What a server has stored: a Maildir for each address, below one folder."""

import re
import time

# What servers put in front of a message. All behind it is what was sent, octet for octet.
TRACE_FIELDS = {b"return-path", b"delivered-to", b"x-original-to", b"envelope-to", b"delivery-date", b"received",
                b"x-peer", b"x-mailfrom", b"x-rcptto"}


class Mailboxes:
    def __init__(self, folder):
        self.folder = folder

    def files(self, address):
        new = self.folder / address / "Maildir/new"
        return sorted(new.glob("*")) if new.exists() else []

    def wait(self, address, count=1, seconds=60):
        """The messages for `address`, as octets, once there are `count`."""
        end = time.monotonic() + seconds
        while len(files := self.files(address)) < count:
            if time.monotonic() > end:
                raise TimeoutError(f"{address} has {len(files)} messages, not {count}")
            time.sleep(0.05)
        return [f.read_bytes() for f in files]

    def empty(self):
        for message in self.folder.glob("*/Maildir/new/*"):
            message.unlink()


def with_crlf(octets):
    return re.sub(rb"\r?\n", b"\r\n", octets)


def check_arrived(test, stored, sent):
    """That `stored` is `sent`, with trace fields in front and the line ends of the disk."""
    stored = with_crlf(stored)
    if not stored.endswith(sent):
        begin = max(stored.find(sent[:40]), 0)
        at = next((i for i, (a, b) in enumerate(zip(stored[begin:], sent)) if a != b), min(len(stored) - begin, len(sent)))
        test.fail(f"of {len(sent)} octets sent {len(stored) - begin} are stored, and they differ at {at}: "
                  f"{stored[begin + at - 20:begin + at + 40]!r} for {sent[at - 20:at + 40]!r}")
    trace = re.sub(rb"\r\n[ \t]+", b" ", stored[:len(stored) - len(sent)])
    names = {line.partition(b":")[0].lower() for line in trace.split(b"\r\n") if line}
    test.assertLessEqual(names, TRACE_FIELDS)
