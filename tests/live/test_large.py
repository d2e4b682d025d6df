"""A 1 GiB attachment is sent to `postrider catch --discard` while client and server stay small; a file that shrinks on
the way closes the link before the final dot."""

import json
import os

import subprocess
import tempfile
import threading
import time
import unittest
from pathlib import Path

import program

MIB = 1 << 20


def peak_memory_of(arguments):
    """Runs the program; its report, exit code and peak resident memory in octets."""
    done = subprocess.run(["/usr/bin/env", "-i", "HOME=/", "/usr/bin/python3", "-c", """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:]).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024, file=sys.stderr)
sys.exit(code)
""", program.POSTRIDER, *map(str, arguments)], capture_output=True, timeout=300)
    return json.loads(done.stdout), done.returncode, int(done.stderr.split()[-1])


def peak_memory_of_process(pid):
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(l for l in status.splitlines() if l.startswith("VmHWM")).split()[1]) * 1024


class Large(unittest.TestCase):
    def send_a_gibibyte(self, *arguments):
        """The report of a message with a gibibyte attached; memory stays flat on both sides."""
        with tempfile.TemporaryDirectory() as folder, program.catching("--discard", *arguments) as (server, host, port, _):
            attachment = Path(folder) / "large.bin"
            with attachment.open("wb") as file:
                block = os.urandom(MIB)
                for _ in range(1024):
                    file.write(block)
            report, code, peak = peak_memory_of(
                ["send", "--json", "--server", f"smtp://{host}:{port}", "--from", "a@example.com", "--to",
                 "b@example.net", "--subject", "large", "--text", "see the attachment", "--attach", attachment])
            self.assertEqual(code, 0, report)
            self.assertLess(peak, 32 * MIB)
            self.assertLess(peak_memory_of_process(server.pid), 64 * MIB)
            return report

    def test_a_gibibyte_attachment_goes_out_with_flat_memory(self):
        self.assertGreater(self.send_a_gibibyte("--hide", "BINARYMIME")["size"], 1024 * MIB * 4 // 3)

    def test_a_gibibyte_attachment_goes_out_unencoded_where_the_server_takes_it(self):
        size = self.send_a_gibibyte()["size"]
        self.assertGreater(size, 1024 * MIB)
        self.assertLess(size, 1025 * MIB)

    def test_a_file_that_shrinks_is_not_sent_as_if_it_were_whole(self):
        with tempfile.TemporaryDirectory() as folder, program.catching() as (_, host, port, api):
            attachment = Path(folder) / "shrinks.bin"
            with attachment.open("wb") as file:
                file.truncate(32 * MIB)  # below the server's limit, far above what one read takes
            os.utime(attachment)
            # The peer reads nothing until the file has shrunk: a small proxy holds the content back.
            held, go = threading.Event(), threading.Event()
            proxy = Hold(host, port, held, go)
            shrink = threading.Thread(target=lambda: (held.wait(60), os.truncate(attachment, MIB), go.set()))
            shrink.start()
            done = program.run("send", "--json", "--server", f"smtp://127.0.0.1:{proxy.port}", "--from", "a@example.com",
                               "--to", "b@example.net", "--subject", "s", "--text", "t", "--attach", attachment)
            shrink.join()
            proxy.close()
            report = json.loads(done.stdout)
            self.assertEqual(done.returncode, 74, report)
            self.assertEqual((report["accepted"], report["unsent"], report["in_doubt"]), ([], ["b@example.net"], False))
            time.sleep(0.2)
            self.assertEqual(json.loads(program.get(f"{api}/messages"))["total"], 0)


class Hold:
    """Passes octets both ways, but stops reading from the client once a megabyte came, until `go` is set."""

    def __init__(self, host, port, held, go):
        import socket
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.held, self.go = held, go
        self.target = (host, port)
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        import socket
        client, _ = self.listener.accept()
        server = socket.create_connection(self.target)
        answers = threading.Thread(target=self.copy, args=(server, client))
        answers.start()
        count = 0
        while octets := client.recv(65536):
            count += len(octets)
            if count > MIB and not self.go.is_set():
                self.held.set()
                self.go.wait(60)
            server.sendall(octets)
        server.shutdown(socket.SHUT_WR)
        answers.join()
        client.close()
        server.close()

    @staticmethod
    def copy(source, target):
        try:
            while octets := source.recv(65536):
                target.sendall(octets)
        except OSError:
            pass

    def close(self):
        self.thread.join(60)
        self.listener.close()


if __name__ == "__main__":
    unittest.main()
