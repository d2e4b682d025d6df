"""Requests that change something at `postrider catch`: with its token, answered as (status, document)."""

import json
import urllib.error
import urllib.request


class Api:
    """`where` is the first line of `catch --json`."""

    def __init__(self, where):
        self.base = f"http://{where['http']}/api/v1"
        self.token = where.get("token", "")

    def ask(self, method, path, body=None, content_type="application/json"):
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
        request = urllib.request.Request(f"{self.base}/{path}", body, method=method,
                                         headers={"Postrider-Token": self.token, "Content-Type": content_type})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code, refusal.read()

    def json(self, method, path, body=None):
        status, octets = self.ask(method, path, body)
        return status, json.loads(octets)

    def load(self, octets, query=""):
        status, answer = self.ask("POST", f"messages{query}", octets, "message/rfc822")
        return status, json.loads(answer)

    def messages(self, query=""):
        return self.json("GET", f"messages{query}")[1]["messages"]

    def raw(self, id):
        return self.ask("GET", f"messages/{id}/raw")[1]
