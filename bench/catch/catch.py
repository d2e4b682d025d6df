#!/usr/bin/env python3
"""How many messages a second the dev server takes, and how soon each is seen, beside aiosmtpd that keeps them.

    catch.py BUILD [--rounds N] [--messages N] [--cpu N]

BUILD is a build folder of the preset release. Wants smtp-source (postfix) and python3-aiosmtpd. The server has one
processor to itself and the generator what is left. See bench/README.md.
"""
import argparse
import contextlib
import http.client
import json
import os
import smtplib
import socket
import statistics
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SESSIONS, OCTETS = 20, 4096


@contextlib.contextmanager
def served_by(command, cpu):
    """A server that says on its first line where it listens; gives that line."""
    process = subprocess.Popen(["taskset", "-c", str(cpu), *command], stdout=subprocess.PIPE, text=True)
    try:
        yield process.stdout.readline()
    finally:
        process.terminate()
        process.wait()


def postrider(build, cpu):
    return served_by([f"{build}/apps/postrider/postrider", "catch", "--json", "--smtp", "127.0.0.1:0", "--http", "127.0.0.1:0",
                      "--keep", "0"], cpu)


def aiosmtpd(cpu):
    return served_by(["/usr/bin/python3", f"{HERE}/keeping.py"], cpu)


def ask(where, path):
    connection = http.client.HTTPConnection(where["http"], timeout=120)
    connection.request("GET", f"/api/v1/{path}")
    answer = connection.getresponse().read()
    connection.close()
    return json.loads(answer)


def generate(port, messages):
    """Messages a second, by smtp-source's sessions."""
    begin = time.monotonic()
    subprocess.run(["smtp-source", "-d", "-s", str(SESSIONS), "-l", str(OCTETS), "-m", str(messages),
                    f"inet:127.0.0.1:{port}"], check=True, stderr=subprocess.DEVNULL)
    return messages / (time.monotonic() - begin)


def rates(build, rounds, messages, cpu):
    ours, theirs = [], []
    for _ in range(rounds):
        with postrider(build, cpu) as line:
            where = json.loads(line)
            ours.append(generate(where["smtp"].rsplit(":", 1)[1], messages))
            shown = ask(where, "messages?limit=1")["total"]
            if shown != messages:
                sys.exit(f"the API shows {shown} of {messages} messages")
        with aiosmtpd(cpu) as line:
            theirs.append(generate(line.strip(), messages // 4))
    return ours, theirs


class Events(threading.Thread):
    """When each message was told, by its id."""

    def __init__(self, where):
        super().__init__(daemon=True)
        self.told, self.news = {}, threading.Condition()
        connection = http.client.HTTPConnection(where["http"], timeout=120)
        connection.request("GET", "/api/v1/events")
        self.stream = connection.getresponse()
        self.start()

    def run(self):
        for line in self.stream:
            if line.startswith(b"data: {\"id\""):
                with self.news:
                    self.told[json.loads(line[6:])["id"]] = time.monotonic()
                    self.news.notify_all()

    def when(self, message):
        with self.news:
            self.news.wait_for(lambda: message in self.told, 30)
            return self.told[message]


def delays(build, messages, cpu):
    """Seconds from the end of data, as the client wrote it, to the event."""
    found = []
    with postrider(build, cpu) as line:
        where = json.loads(line)
        events = Events(where)
        host, port = where["smtp"].rsplit(":", 1)
        with smtplib.SMTP(host, int(port)) as client:
            # Otherwise the end of data would wait for the acknowledgement of what stands before it.
            client.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            client.ehlo()
            for number in range(messages):
                client.mail("me@example.com")
                client.rcpt("you@example.net")
                client.docmd("DATA")
                client.send(b"Subject: %d\r\n\r\n" % number + b"x" * OCTETS + b"\r\n")
                end = time.monotonic()
                client.send(b".\r\n")
                _, said = client.getreply()
                found.append(events.when(said.decode().rsplit(" ", 1)[1]) - end)
    return found


def pages(build, messages, cpu):
    """Seconds for the first page, the last one, a search by subject and one through every text."""
    with postrider(build, cpu) as line:
        where = json.loads(line)
        generate(where["smtp"].rsplit(":", 1)[1], messages)
        asked = {"first page": "messages?limit=50", "last page": f"messages?limit=50&offset={messages - 50}",
                 "search in text": "messages?limit=50&query=nowhere"}
        times = {}
        for name, path in asked.items():
            taken = []
            for _ in range(5):
                begin = time.monotonic()
                ask(where, path)
                taken.append(time.monotonic() - begin)
            times[name] = statistics.median(taken)
        return times


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--messages", type=int, default=20000)
    parser.add_argument("--kept", type=int, default=100000, help="messages over which pages are asked for")
    parser.add_argument("--cpu", type=int, default=1)
    given = parser.parse_args()
    ours, theirs = rates(given.build, given.rounds, given.messages, given.cpu)
    print(f"messages of {OCTETS} octets from smtp-source, {SESSIONS} sessions, the server on one processor")
    mine, other = statistics.median(ours), statistics.median(theirs)
    print(f"  postrider catch {mine:9.0f} a second    {mine / other:5.1f} x  (the bar is 4)")
    print(f"  aiosmtpd        {other:9.0f} a second")
    waited = [1000 * delay for delay in delays(given.build, 500, given.cpu)]
    print(f"from the end of data to the event: median {statistics.median(waited):.2f} ms, "
          f"worst of {len(waited)} {max(waited):.1f} ms  (the bar is 50)")
    for name, seconds in pages(given.build, given.kept, given.cpu).items():
        print(f"{name} over {given.kept} messages: {1000 * seconds:.1f} ms")


main()
