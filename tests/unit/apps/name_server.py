"""A DNS server for tests: answers what it is told, over UDP on loopback."""

import socketserver
import struct
import threading

A, MX, TXT, SRV, TLSA = 1, 15, 16, 33, 52


def name(text):
    return b"".join(bytes([len(label)]) + label.encode() for label in text.split(".") if label) + b"\0"


def txt(text):
    octets = text.encode()
    return b"".join(bytes([len(octets[at:at + 100])]) + octets[at:at + 100] for at in range(0, len(octets), 100))


def mx(preference, host):
    return struct.pack("!H", preference) + name(host)


def srv(priority, weight, port, host):
    return struct.pack("!HHH", priority, weight, port) + name(host)


class NameServer(socketserver.ThreadingUDPServer):
    """`records` maps (name, type) to a list of data; a name without any does not exist. `silent` answers SERVFAIL."""

    def __init__(self, records, authenticated=False):
        super().__init__(("127.0.0.1", 0), Answer)
        self.records, self.authenticated, self.silent, self.asked = records, authenticated, False, []
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
        data = self.server.records.get((asked, kind), [])
        known = any(owner == asked for owner, _ in self.server.records)
        flags = 0x8182 if self.server.silent else (0x8180 if known else 0x8183) | (0x20 if self.server.authenticated else 0)
        if self.server.silent:
            data = []
        answers = b"".join(b"\xc0\x0c" + struct.pack("!HHIH", kind, 1, 60, len(one)) + one for one in data)
        socket.sendto(query[:2] + struct.pack("!HHHHH", flags, 1, len(data), 0, 0) + question + answers, self.client_address)
