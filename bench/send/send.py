#!/usr/bin/env python3
"""Sends the same mail by Postrider and by what a user would take instead, in alternation, and prints ratios.

    send.py BUILD [--rounds N] [--cpu N] [--only NAME]

BUILD is a build folder of the preset release. Peers that are not installed are left out and named: smtp-source and
smtp-sink (postfix), curl, /usr/bin/python3. Client and server are pinned to one processor, so that the server's cost is
in the rate; what the client alone costs stands beside it. See bench/README.md.
"""
import argparse
import contextlib
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))


class Result:
    def __init__(self, messages, seconds, usage, peak_kib):
        self.messages = messages
        self.seconds = seconds
        self.cpu = usage.ru_utime + usage.ru_stime
        self.peak_kib = peak_kib


class PeakMemory(threading.Thread):
    """Asks now and then: what the system tells of a process that has ended counts the one that started it too."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.kib, self.over = pid, 0, threading.Event()
        self.start()

    def run(self):
        while not self.over.wait(0.05):
            with contextlib.suppress(OSError), open(f"/proc/{self.pid}/status") as status:
                self.kib = max([self.kib, *(int(line.split()[1]) for line in status if line.startswith("VmHWM"))])


def run(command, messages, cpu):
    """Runs a client to its end; the seconds are those of the whole process."""
    begin = time.monotonic()
    client = subprocess.Popen(["taskset", "-c", str(cpu), *map(str, command)], stdout=subprocess.DEVNULL)
    peak = PeakMemory(client.pid)
    _, status, usage = os.wait4(client.pid, 0)
    seconds = time.monotonic() - begin
    peak.over.set()
    client.returncode = os.waitstatus_to_exitcode(status)
    if client.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: ended with {client.returncode}")
    return Result(messages, seconds, usage, peak.kib)


@contextlib.contextmanager
def stopped_at_the_end(process):
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


@contextlib.contextmanager
def sink(build, cpu, *options):
    """The project's own sink; gives its port."""
    command = ["taskset", "-c", str(cpu), f"{build}/bench/sink/bench_sink", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    with stopped_at_the_end(process):
        yield int(process.stdout.readline())


@contextlib.contextmanager
def smtp_sink(cpu):
    """Postfix's."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    command = ["taskset", "-c", str(cpu), tool("smtp-sink"), *user, f"127.0.0.1:{port}", "1024"]
    with stopped_at_the_end(subprocess.Popen(command, stderr=subprocess.DEVNULL)):
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.05)
        yield port


def tool(name):
    return shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin:/usr/local/sbin")


class Clients:
    """Commands that send `messages` of `octets` to `recipients` over `connections`."""

    def __init__(self, build):
        self.build = build

    def postrider(self, port, messages, octets=1024, recipients=1, connections=1, certificate=None):
        url = f"smtps://localhost:{port}" if certificate else f"smtp://127.0.0.1:{port}?starttls=off"
        return [f"{self.build}/bench/send/bench_send_many", url, messages, octets, recipients, connections,
                *([certificate] if certificate else [])]

    def smtp_source(self, port, messages, octets=1024, recipients=1, connections=1):
        return [tool("smtp-source"), "-d", "-s", connections, "-m", messages, "-l", octets, "-r", recipients,
                "-f", "sender@example.com", "-t", "recipient@example.net", f"inet:127.0.0.1:{port}"]

    def curl(self, port, messages, octets):
        """One process, one connection, as many uploads as messages."""
        with tempfile.NamedTemporaryFile("w", delete=False, suffix=".eml") as mail:
            mail.write("Subject: test\r\n\r\n" + ("x" * 70 + "\r\n") * (octets // 72))
        self.leftover = mail.name
        one = ["--mail-from", "sender@example.com", "--mail-rcpt", "recipient@example.net", "-T", mail.name,
               f"smtp://127.0.0.1:{port}/client.example", "-s", "-S", "-o", "/dev/null"]
        command = [tool("curl")]
        for number in range(messages):
            command += (["--next"] if number else []) + one
        return command

    def smtplib(self, port, messages, octets=1024, certificate=None):
        return ["/usr/bin/python3", f"{HERE}/with_smtplib.py", port, messages, octets, *([certificate] if certificate else [])]


def compare(title, bar, pairs, rounds, cpu):
    """pairs: (name, command, messages); the first is Postrider, the last the one that the bar is about."""
    taken = {name: [] for name, _, _ in pairs}
    for _ in range(rounds):
        for name, command, messages in pairs:
            taken[name].append(run(command, messages, cpu))
    median = {name: statistics.median(one.seconds / one.messages for one in all) for name, all in taken.items()}
    ours = median[pairs[0][0]]
    print(title)
    for name, all in taken.items():
        cpu_each = statistics.median(one.cpu / one.messages for one in all)
        peak = max(one.peak_kib for one in all)
        print(f"  {name:12} {1 / median[name]:12,.0f} messages/s {cpu_each * 1e6:10.2f} us of CPU each"
              f" {peak / 1024:7.1f} MiB {median[name] / ours:8.1f} x")
    print(f"  the bar is {bar}")


def one_connection(clients, build, rounds, cpu):
    with smtp_sink(cpu) as port:
        compare("1 KB, one connection, into smtp-sink", "2.5 times smtp-source", [
            ("postrider", clients.postrider(port, 100_000), 100_000),
            ("smtp-source", clients.smtp_source(port, 50_000), 50_000)], rounds, cpu)
    with sink(build, cpu) as port:
        compare("1 KB, one connection, into a server with CHUNKING",
                "6 times smtp-source, at a third of its CPU", [
                    ("postrider", clients.postrider(port, 400_000), 400_000),
                    ("smtplib", clients.smtplib(port, 20_000), 20_000),
                    ("smtp-source", clients.smtp_source(port, 50_000), 50_000)], rounds, cpu)


def far_away(clients, build, rounds, cpu):
    with sink(build, cpu, "--delay", "10000") as port:
        compare("1 KB, one connection, 10 ms away", "30 times smtp-source", [
            ("postrider", clients.postrider(port, 2_000), 2_000),
            ("smtp-source", clients.smtp_source(port, 50), 50)], min(rounds, 3), cpu)


def many_connections(clients, build, rounds, cpu):
    with sink(build, cpu) as port:
        compare("1 KB, 100 connections", "4 times smtp-source, in 10 MiB", [
            ("postrider", clients.postrider(port, 400_000, connections=100), 400_000),
            ("smtp-source", clients.smtp_source(port, 50_000, connections=100), 50_000)], rounds, cpu)


def many_recipients(clients, build, rounds, cpu):
    with sink(build, cpu) as port:
        compare("1 KB to 100 recipients, into a server with CHUNKING", "30 times smtp-source", [
            ("postrider", clients.postrider(port, 40_000, recipients=100), 40_000),
            ("smtp-source", clients.smtp_source(port, 1_000, recipients=100), 1_000)], rounds, cpu)
    with smtp_sink(cpu) as port:
        compare("1 KB to 100 recipients, into smtp-sink", "8 times smtp-source", [
            ("postrider", clients.postrider(port, 10_000, recipients=100), 10_000),
            ("smtp-source", clients.smtp_source(port, 1_000, recipients=100), 1_000)], rounds, cpu)


def large(clients, build, rounds, cpu):
    octets = 10_000_000
    with sink(build, cpu) as port:
        compare("10 MB", "2 times libcurl", [
            ("postrider", clients.postrider(port, 300, octets), 300),
            ("smtp-source", clients.smtp_source(port, 100, octets), 100),
            ("libcurl", clients.curl(port, 100, octets), 100)], rounds, cpu)
    os.unlink(clients.leftover)


def within_tls(clients, build, rounds, cpu):
    with tempfile.NamedTemporaryFile() as certificate, sink(build, cpu, "--tls", certificate.name) as port:
        compare("1 KB, one connection, TLS from the first octet", "5 times smtplib", [
            ("postrider", clients.postrider(port, 200_000, certificate=certificate.name), 200_000),
            ("smtplib", clients.smtplib(port, 20_000, certificate=certificate.name), 20_000)], rounds, cpu)


QUESTIONS = {"one": one_connection, "far": far_away, "connections": many_connections, "recipients": many_recipients,
             "large": large, "tls": within_tls}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--cpu", type=int, default=1)
    parser.add_argument("--only", choices=QUESTIONS)
    asked = parser.parse_args()
    missing = [name for name in ("smtp-source", "smtp-sink", "curl", "taskset") if not tool(name)]
    if missing:
        sys.exit(f"send.py: not installed: {', '.join(missing)} (packages postfix, curl, util-linux)")
    for name, question in QUESTIONS.items():
        if asked.only in (None, name):
            question(Clients(asked.build), asked.build, asked.rounds, asked.cpu)


main()
