"""aiosmtpd with a handler that keeps what comes, as a list of envelopes: python3 keeping.py, then its port on a line."""
import asyncio

from aiosmtpd.smtp import SMTP


class Keeper:
    def __init__(self):
        self.kept = []

    async def handle_DATA(self, server, session, envelope):
        self.kept.append((envelope.mail_from, list(envelope.rcpt_tos), bytes(envelope.content)))
        return "250 OK"


async def serve():
    keeper = Keeper()
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(keeper), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(serve())
