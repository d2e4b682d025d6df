"""`postrider catch` as a row beside the others: our own client at our own server, by every door."""

import contextlib
import json
import tempfile
import time
import urllib.parse

import program
from private_server import WAYS
from servers import ACCOUNT, PASSWORD


class CaughtMail:
    """What mailboxes.Mailboxes is for servers that keep Maildirs."""

    def __init__(self, api):
        self.api = api

    def wait(self, address, count=1, seconds=60):
        end = time.monotonic() + seconds
        while len(caught := self.of(address)) < count:
            if time.monotonic() > end:
                raise TimeoutError(f"{address} has {len(caught)} messages, not {count}")
            time.sleep(0.05)
        return [program.get(f"{self.api}/messages/{message['id']}/raw") for message in reversed(caught)]

    def of(self, address):
        listed = json.loads(program.get(f"{self.api}/messages?limit=200&query={urllib.parse.quote(address)}"))
        return [message for message in listed["messages"] if address in message["to"]]

    def empty(self):
        program.change(self.api, "DELETE", "messages")


class Catch:
    account, password = ACCOUNT, PASSWORD

    def __init__(self, known=()):
        pass

    def __enter__(self):
        with contextlib.ExitStack() as stack:
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            self.ca_file = folder + "/ca.pem"
            _, where = stack.enter_context(program.catching_anywhere(
                "--smtps", "127.0.0.1:0", "--lmtp", "127.0.0.1:0", "--certificate-file", self.ca_file,
                "--user", f"{ACCOUNT}:{PASSWORD}", "--refuse", "stranger@*=550 5.1.1 User unknown"))
            port = {door: address.rsplit(":", 1)[1] for door, address in where.items() if door != "token"}
            self.urls = {**{way: url.format(port["smtps" if way == "implicit TLS" else "smtp"]) for way, url in WAYS.items()},
                         "LMTP": f"lmtp://localhost:{port['lmtp']}"}
            self.mailboxes = CaughtMail(f"http://{where['http']}/api/v1")
            self.stack = stack.pop_all()
        return self

    def __exit__(self, *_):
        self.stack.close()

    def logs(self):
        return ""
