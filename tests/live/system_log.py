"""A system log of one's own: what a server tells syslog, for the text of a test that fails."""

import collections
import os
import re
import socket
import subprocess
import threading

import namespace

NODES = ("null", "zero", "full", "random", "urandom", "tty")


class SystemLog:
    """A socket that is /dev/log to whoever is started by `arguments_for`. Somebody always reads it: syslog() waits for who
    does not."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()
        for node in NODES:
            (folder / node).touch()
        self.lines = collections.deque(maxlen=500)
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(folder / "log"))
        os.chmod(folder / "log", 0o666)
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        while line := self.socket.recv(65536):
            self.lines.append(re.sub(r"^<\d+>", "", line.decode(errors="replace").strip("\0\n")))

    def close(self):
        end = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        with end:
            end.sendto(b"", str(self.folder / "log"))

    def arguments_for(self, arguments, mounts):
        """`arguments`, run where /dev is our own, and `mounts` lie over other paths; as they are where nobody may have mounts
        of his own."""
        if subprocess.run(["unshare", "--mount", "true"], capture_output=True).returncode:
            return list(arguments)
        return namespace.in_namespace({**{f"/dev/{node}": self.folder / node for node in NODES}, self.folder: "/dev",
                                       **mounts}, arguments)

    def text(self):
        return "\n".join(self.lines)[-6000:]
