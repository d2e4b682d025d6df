"""What programs ask of `postrider catch` over HTTP: to wait, to be told, how a message came, and for how long it is kept."""

import json
import signal
import smtplib
import ssl
import tempfile
import threading
import time
import unittest
import urllib.parse
import urllib.request
from pathlib import Path

import program
from api import Api

LETTER = b"From: Ann <ann@example.com>\r\nTo: bob@example.net\r\nSubject: %s\r\n\r\nhello\r\n"


def send(where, *recipients, subject=b"hello", user=None):
    host, port = where["smtp"].rsplit(":", 1)
    with smtplib.SMTP(host, int(port), "client.example", timeout=30) as client:
        client.ehlo()
        if user:
            client.login(user, "any")
        client.sendmail("ann@example.com", recipients, LETTER % subject)


class Events:
    """What GET events tells, as (event, document)."""

    def __init__(self, where, query=""):
        self.stream = urllib.request.urlopen(f"http://{where['http']}/api/v1/events{query}", timeout=30)
        assert self.stream.readline() == b"retry: 1000\n"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stream.close()

    def next(self):
        event = None
        for line in self.stream:
            if line.startswith(b"event: "):
                event = line[7:-1].decode()
            elif line.startswith(b"data: "):
                return event, json.loads(line[6:])
        raise EOFError


class Caught(unittest.TestCase):
    arguments = ()

    def setUp(self):
        self.server, self.where = self.enterContext(program.catching_anywhere(*self.arguments))
        self.api = Api(self.where)


class Waiting(Caught):
    arguments = ("--inbox", "team-a", "--inbox", "team-b")

    def wait(self, **asked):
        return self.api.json("GET", "wait?" + urllib.parse.urlencode(asked))

    def test_by_query_for_what_is_there(self):
        send(self.where, "bob@example.net", subject=b"one")
        send(self.where, "bob@example.net", subject=b"two")
        self.assertEqual(self.wait(query="to:bob -subject:two", timeout=20)[1]["subject"], "one")

    def test_by_query_for_what_comes(self):
        def later():
            time.sleep(0.2)
            for subject in (b"draft of the report", b"report", b"late report"):
                send(self.where, "bob@example.net", subject=subject)

        sender = threading.Thread(target=later)
        sender.start()
        begin = time.monotonic()
        status, message = self.wait(query="subject:report -draft", timeout=60)
        self.assertEqual((status, message["subject"]), (200, "report"))
        self.assertLess(time.monotonic() - begin, 30)
        sender.join()

    def test_by_query_inbox_and_subject_at_once(self):
        for user in ("team-a", "team-b"):
            send(self.where, "bob@example.net", subject=b"for " + user.encode(), user=user)
        self.assertEqual(self.wait(query="to:bob", inbox="team-a", timeout=0)[1]["subject"], "for team-a")
        self.assertEqual(self.wait(query="to:bob", inbox="team-a", subject="team-b", timeout=1)[0], 404)

    def test_a_query_or_a_time_that_makes_no_sense_is_told_at_once(self):
        for asked in ({"query": "has:wings", "timeout": 20}, {"query": "larger:huge", "timeout": 20},
                      {"timeout": "soon"}, {"timeout": 301}, {"timeout": -1}):
            begin = time.monotonic()
            status, answer = self.wait(**asked)
            self.assertEqual(status, 400, asked)
            self.assertTrue(answer["error"])
            self.assertLess(time.monotonic() - begin, 10)


class Told(Caught):
    arguments = ("--inbox", "team-a", "--inbox", "team-b")

    def test_events_of_an_inbox_are_its_own_alone_and_those_of_all(self):
        with Events(self.where, "?inbox=team-a") as own, Events(self.where, "?inbox=") as nameless, Events(self.where) as every:
            for user, subject in (("team-b", b"b"), ("team-a", b"a"), (None, b"of nobody")):
                send(self.where, "bob@example.net", subject=subject, user=user)
            for events, subjects in ((own, ["a"]), (nameless, ["of nobody"]), (every, ["b", "a", "of nobody"])):
                told = [events.next() for _ in subjects]
                self.assertEqual([event for event, _ in told], ["added"] * len(subjects))
                self.assertEqual([message["subject"] for _, message in told], subjects)
            for message in self.api.messages():
                self.api.ask("DELETE", f"messages/{message['id']}")
            self.assertEqual(own.next()[0], "removed")
            self.api.ask("DELETE", "messages")
            for events in (own, nameless):
                event = events.next()[0]
                self.assertEqual(event if event == "cleared" else events.next()[0], "cleared")


class Envelope(Caught):
    def of_newest(self):
        return self.api.json("GET", f"messages/{self.api.messages()[0]['id']}?peek=1")[1]["envelope"]

    def test_it_says_what_the_dialogue_said_and_the_header_does_not(self):
        host, port = self.where["smtp"].rsplit(":", 1)
        with smtplib.SMTP(host, int(port), "client.example", timeout=30) as client:
            client.ehlo()
            client.mail("bounces@example.com", ["SIZE=100", "RET=HDRS", "ENVID=QQ314159"])
            client.rcpt("hidden@example.net", ["NOTIFY=NEVER"])
            client.rcpt("bob+tag@example.net", ["NOTIFY=SUCCESS,FAILURE", "ORCPT=rfc822;bob@example.net"])
            client.data(LETTER % b"hello")
            peer = client.sock.getsockname()
        envelope = self.of_newest()
        self.assertEqual(envelope["from"], "bounces@example.com")
        self.assertEqual(envelope["parameters"], ["SIZE=100", "RET=HDRS", "ENVID=QQ314159"])
        self.assertEqual(envelope["to"], [
            {"address": "hidden@example.net", "parameters": ["NOTIFY=NEVER"]},
            {"address": "bob+tag@example.net", "parameters": ["NOTIFY=SUCCESS,FAILURE", "ORCPT=rfc822;bob@example.net"]}])
        self.assertEqual((envelope["helo"], envelope["peer"]), ("client.example", "%s:%d" % peer))
        self.assertEqual((envelope["login"], envelope["tls"], envelope["protocol"]), (None, None, "ESMTP"))

    def test_it_tells_login_tls_and_the_old_greeting(self):
        host, port = self.where["smtp"].rsplit(":", 1)
        with smtplib.SMTP(host, int(port), timeout=30) as client:
            client.helo("old.example")
            client.sendmail("", ["bob@example.net"], LETTER % b"bounce")
        envelope = self.of_newest()
        self.assertEqual((envelope["from"], envelope["helo"], envelope["protocol"]), ("", "old.example", "SMTP"))
        with smtplib.SMTP(host, int(port), timeout=30) as client:
            client.starttls(context=ssl._create_unverified_context())
            client.login("ann", "any")
            client.sendmail("ann@example.com", ["bob@example.net"], LETTER % b"secret")
        envelope = self.of_newest()
        self.assertEqual((envelope["login"], envelope["protocol"]), ("ann", "ESMTPSA"))
        self.assertIn("TLSv1.3", envelope["tls"])


class Keeping(Caught):
    arguments = ("--keep-for", "6s")

    def test_what_is_older_goes_by_itself_and_who_listens_is_told(self):
        with Events(self.where) as events:
            send(self.where, "bob@example.net", subject=b"early")
            early = events.next()[1]
            time.sleep(3)
            send(self.where, "bob@example.net", subject=b"late")
            events.next()
            self.assertEqual(len(self.api.messages()), 2)
            self.assertEqual(events.next(), ("removed", {"id": early["id"]}))
            self.assertEqual([message["subject"] for message in self.api.messages()], ["late"])
            self.assertEqual(self.api.ask("GET", f"messages/{early['id']}/raw")[0], 404)
            self.assertEqual(events.next()[0], "removed")
            self.assertEqual(self.api.messages(), [])

    def test_an_age_that_is_none_is_refused(self):
        for wrong in ("2", "s", "2w", "-1d", "0s", "2 s"):
            done = program.run("catch", "--smtp", "127.0.0.1:0", "--http", "127.0.0.1:0", f"--keep-for={wrong}")
            self.assertNotEqual(done.returncode, 0, wrong)


class KeptInAFile(unittest.TestCase):
    def test_what_is_too_old_when_the_server_comes_back_is_gone(self):
        with tempfile.TemporaryDirectory() as folder:
            store = ("--store", Path(folder) / "mail.db")
            with program.catching_anywhere(*store) as (_, where):
                send(where, "bob@example.net")
            with program.catching_anywhere(*store, "--keep-for", "1h") as (_, where):
                self.assertEqual(len(Api(where).messages()), 1)
            time.sleep(1.1)
            with program.catching_anywhere(*store, "--keep-for", "1s") as (_, where):
                self.assertEqual(Api(where).messages(), [])

    def test_a_server_that_is_killed_after_its_reply_has_kept_the_message_and_how_it_came(self):
        with tempfile.TemporaryDirectory() as folder:
            store = ("--store", Path(folder) / "mail.db")
            for number in range(5):
                with program.catching_anywhere(*store) as (server, where):
                    host, port = where["smtp"].rsplit(":", 1)
                    client = smtplib.SMTP(host, int(port), "client.example", timeout=30)
                    client.sendmail("ann@example.com", ["bob@example.net"], LETTER % b"%d" % number)
                    server.send_signal(signal.SIGKILL)
                    client.close()
            with program.catching_anywhere(*store) as (_, where):
                api = Api(where)
                kept = api.messages()
                self.assertEqual([message["subject"] for message in kept], ["4", "3", "2", "1", "0"])
                for message in kept:
                    dialogue = [line["line"] for line in api.json("GET", f"messages/{message['id']}/transcript")[1]]
                    self.assertIn("ehlo client.example", dialogue)
                    self.assertIn("rcpt TO:<bob@example.net>", dialogue)
                    self.assertTrue(any(line.startswith("354 ") for line in dialogue), dialogue)


if __name__ == "__main__":
    unittest.main()
