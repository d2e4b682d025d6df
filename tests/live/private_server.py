"""What every private server has in common: a folder that goes with it, a certificate, free ports, a pid to stop it by."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from mailboxes import Mailboxes
from servers import ACCOUNT, PASSWORD, free_ports, make_certificate, stop, wait_for_port

WAYS = {"plain": "smtp://localhost:{}?starttls=off", "STARTTLS": "smtp://localhost:{}?starttls=required",
        "implicit TLS": "smtps://localhost:{}"}


class PrivateServer:
    """`with Exim(known) as server:` where `known` are the addresses that it takes mail for.

    Those that derive say how they are started: `arguments()`, once the folder, certificate and ports are there.
    """

    ways = WAYS
    account, password = ACCOUNT, PASSWORD

    def __init__(self, known=()):
        self.known = list(known)
        self.process = None

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="postrider-live-"))
        try:
            self.folder.chmod(0o755)
            self.mailboxes = Mailboxes(self.folder / "mail")
            self.mailboxes.folder.mkdir()
            make_certificate(self.folder)
            self.ports = dict(zip(self.ways, free_ports(len(self.ways))))
            with (self.folder / "log").open("wb") as log:
                self.process = subprocess.Popen(self.arguments(), stdout=log, stderr=log, stdin=subprocess.DEVNULL)
            for port in self.ports.values():
                wait_for_port(port, self.process)
            return self
        except BaseException as error:
            error.add_note(self.logs())
            self.__exit__()
            raise

    def __exit__(self, *_):
        if self.process is not None:
            stop(self.process)
        if not os.environ.get("POSTRIDER_KEEP_SERVERS"):
            shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def urls(self):
        return {way: url.format(self.ports[way]) for way, url in self.ways.items()}

    @property
    def ca_file(self):
        return str(self.folder / "cert.pem")

    def logs(self):
        logs = [path for path in (self.folder / "log", *self.folder.glob("*.log")) if path.exists()]
        return "".join(f"--- {path.name}\n" + path.read_text(errors="replace")[-4000:] for path in logs)
