"""A program's mail under Python's unittest: `postrider catch` beside the test, asked by its API."""

import json
import os
import smtplib
import subprocess
import unittest
import urllib.parse
import urllib.request
from email.message import EmailMessage


def invite(guest, host, port):
    """What is tested."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "shop@example.com", guest, "Welcome, 欢迎"
    mail.set_content("Your code is 1234.\n")
    with smtplib.SMTP(host, port) as server:
        server.send_message(mail)


class Catcher:
    """The mail server of a test, on free ports."""

    def __init__(self):
        self.process = subprocess.Popen([os.environ.get("POSTRIDER", "postrider"), "catch", "--json",
                                         "--smtp", "127.0.0.1:0", "--http", "127.0.0.1:0"], stdout=subprocess.PIPE)
        where = json.loads(self.process.stdout.readline())
        self.host, port = where["smtp"].rsplit(":", 1)
        self.port, self.token = int(port), where["token"]
        self.api = f"http://{where['http']}/api/v1/"

    def ask(self, method, path, **query):
        request = urllib.request.Request(self.api + path + "?" + urllib.parse.urlencode(query), method=method,
                                         headers={"Postrider-Token": self.token})
        with urllib.request.urlopen(request) as answer:
            return answer.read()

    def wait(self, **query):
        """The message that comes; HTTPError 404 when none comes within ten seconds."""
        return json.loads(self.ask("GET", "wait", timeout=10, **query))

    def clear(self):
        self.ask("DELETE", "messages")

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


class Invitations(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.mail = Catcher()
        cls.addClassCleanup(cls.mail.stop)

    def setUp(self):
        self.mail.clear()

    def test_a_guest_is_told_the_code(self):
        invite("ann@example.net", self.mail.host, self.mail.port)
        message = self.mail.wait(to="ann@example.net")
        self.assertEqual(message["subject"], "Welcome, 欢迎")
        whole = json.loads(self.mail.ask("GET", f"messages/{message['id']}"))
        self.assertEqual(whole["text"].strip(), "Your code is 1234.")

    def test_nobody_else_gets_anything(self):
        invite("ann@example.net", self.mail.host, self.mail.port)
        self.mail.wait(to="ann@example.net")
        self.assertEqual(json.loads(self.mail.ask("GET", "messages", query="-to:ann@example.net"))["total"], 0)


if __name__ == "__main__":
    unittest.main()
