"""A DNS server for tests: answers what it is told, over UDP on loopback."""

import socketserver
import struct
import threading

A, CNAME, MX, TXT, SRV, TLSA = 1, 5, 15, 16, 33, 52


def name(text):
    return b"".join(bytes([len(label)]) + label.encode() for label in text.split(".") if label) + b"\0"


def txt(text):
    octets = text.encode()
    return b"".join(bytes([len(octets[at:at + 100])]) + octets[at:at + 100] for at in range(0, len(octets), 100))


def mx(preference, host):
    return struct.pack("!H", preference) + name(host)


def srv(priority, weight, port, host):
    return struct.pack("!HHH", priority, weight, port) + name(host)


def record(owner, kind, data):
    return name(owner) + struct.pack("!HHIH", kind, 1, 60, len(data)) + data


class NameServer(socketserver.ThreadingUDPServer):
    """`records` maps (name, type) to a list of data; a name without any does not exist, and one with CNAME leads to that.
    `silent` answers SERVFAIL; to names in `mute` alone it does so, too. Names in `insecure` are never authenticated."""

    def __init__(self, records, authenticated=False):
        super().__init__(("127.0.0.1", 0), Answer)
        self.records, self.authenticated, self.silent, self.asked = records, authenticated, False, []
        self.mute, self.insecure = set(), set()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def place(self):
        return f"127.0.0.1:{self.server_address[1]}"


class Answer(socketserver.BaseRequestHandler):
    def handle(self):
        query, socket = self.request
        labels, at = [], 12
        while query[at]:
            labels.append(query[at + 1:at + 1 + query[at]].decode())
            at += 1 + query[at]
        asked = ".".join(labels)
        question, kind = query[12:at + 5], struct.unpack("!H", query[at + 1:at + 3])[0]
        self.server.asked.append((asked, kind))
        aliases, owner = [], asked
        while (owner, CNAME) in self.server.records and len(aliases) < 20:
            target = self.server.records[owner, CNAME][0]
            aliases.append((owner, target))
            owner = target
        data = self.server.records.get((owner, kind), [])
        known = bool(aliases) or any(name == asked for name, _ in self.server.records)
        silent = self.server.silent or asked in self.server.mute
        secure = self.server.authenticated and asked not in self.server.insecure
        flags = 0x8182 if silent else (0x8180 if known else 0x8183) | (0x20 if secure else 0)
        answers = [] if silent else [record(one, CNAME, name(target)) for one, target in aliases]
        answers += [] if silent else [record(owner, kind, one) for one in data]
        head = query[:2] + struct.pack("!HHHHH", flags, 1, len(answers), 0, 0)
        socket.sendto(head + question + b"".join(answers), self.client_address)
