"""aiosmtpd as a server: aio_program.py FOLDER PLAIN_PORT STARTTLS_PORT TLS_PORT

SMTP on three ports and LMTP on a unix socket in FOLDER, each message kept as the library hands it over.
"""

import asyncio
import itertools
import ssl
import sys
from pathlib import Path

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, AuthResult

SIZE_LIMIT = 64 << 20


class Keep:
    def __init__(self, folder):
        self.folder, self.numbers = folder, itertools.count()
        self.known = set((folder / "known").read_text().splitlines())

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address not in self.known:
            return "550 5.1.1 User unknown"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server, session, envelope):
        for address in envelope.rcpt_tos:
            new = self.folder / "mail" / address / "Maildir/new"
            new.mkdir(parents=True, exist_ok=True)
            unfinished = self.folder / "unfinished"
            unfinished.write_bytes(envelope.content)
            unfinished.rename(new / f"{next(self.numbers):06}")
        # LMTP has an answer for each recipient, and aiosmtpd leaves that to its handler.
        answers = len(envelope.rcpt_tos) if isinstance(server, LMTP) else 1
        return "\r\n".join(["250 2.0.0 kept"] * answers)


async def serve(folder, ports):
    account, password = (folder / "account").read_bytes().split(b"\n")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    keep, loop = Keep(folder), asyncio.get_running_loop()

    def authenticate(server, session, envelope, mechanism, data):
        return AuthResult(success=(data.login, data.password) == (account, password), handled=False)

    def door(kind, **options):
        return lambda: kind(keep, hostname="localhost", data_size_limit=SIZE_LIMIT, enable_SMTPUTF8=True, loop=loop,
                            **options)

    login = {"authenticator": authenticate}
    plain, starttls, tls = ports
    doors = [await loop.create_server(door(SMTP, **login, auth_require_tls=False), "127.0.0.1", plain),
             await loop.create_server(door(SMTP, **login, tls_context=context), "127.0.0.1", starttls),
             await loop.create_server(door(SMTP, **login, auth_require_tls=False), "127.0.0.1", tls, ssl=context),
             await loop.create_unix_server(door(LMTP), folder / "lmtp")]
    await asyncio.gather(*(one.serve_forever() for one in doors))


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), [int(port) for port in sys.argv[2:]]))
