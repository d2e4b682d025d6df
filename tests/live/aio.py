"""A private aiosmtpd, which is a library: aio_program.py makes a server of it."""

import sys
from pathlib import Path

from private_server import PrivateServer


class AioSmtpd(PrivateServer):
    def arguments(self):
        (self.folder / "known").write_text("\n".join(self.known))
        (self.folder / "account").write_bytes(f"{self.account}\n{self.password}".encode())
        return [sys.executable, "-W", "ignore", Path(__file__).with_name("aio_program.py"),
                self.folder, *map(str, self.ports.values())]

    @property
    def urls(self):
        return {**super().urls, "unix socket": f"lmtp://{self.folder}/lmtp"}
