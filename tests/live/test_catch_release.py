"""What was caught goes on to chosen people, through a second `postrider catch` that stands for their server."""

import contextlib
import tempfile
import unittest
from pathlib import Path

import program
from api import Api

LETTER = (b"From: Ann <ann@example.com>\r\nTo: bob@example.net\r\nSubject: dots\r\nMessage-ID: <1@example.com>\r\n\r\n"
          b".one\r\n..two\r\nFrom here\r\n.\r\nlast\r\n")


@contextlib.contextmanager
def two_servers(*arguments, target=()):
    """The API of the server that releases, and of the one that it releases to."""
    with program.catching_anywhere("--refuse", "stranger@*=550 5.1.1 who?", *target) as (_, there):
        url = f"smtp://{there['smtp']}"
        with program.catching_anywhere("--release-account", url, *arguments) as (_, here):
            yield Api(here), Api(there), url


class Release(unittest.TestCase):
    def release(self, here, body, letter=LETTER):
        status, message = here.load(letter)
        self.assertEqual(status, 201, message)
        return here.json("POST", f"messages/{message['id']}/release", body)

    def test_the_message_goes_on_unchanged_behind_its_resent_fields(self):
        with two_servers() as (here, there, url):
            status, told = self.release(here, {"to": ["carol@example.org"], "from": "tester@example.com"})
            self.assertEqual(status, 200, told)
            self.assertEqual([one["address"] for one in told["accepted"]], ["carol@example.org"])
            self.assertEqual((told["server"], told["error"], told["in_doubt"]), (url, None, False))
            (arrived,) = there.messages()
            self.assertEqual((arrived["from"], arrived["to"]), ("tester@example.com", ["carol@example.org"]))
            octets = there.raw(arrived["id"])
            self.assertTrue(octets.endswith(LETTER))
            resent = octets[:-len(LETTER)].decode()
            for field in ("Resent-From: tester@example.com", "Resent-To: carol@example.org", "Resent-Date: ",
                          "Resent-Message-ID: <"):
                self.assertIn(field, resent)

    def test_without_resent_fields_not_an_octet_changes(self):
        with two_servers() as (here, there, _):
            status, told = self.release(here, {"to": ["carol@example.org"], "resent": False})
            self.assertEqual(status, 200, told)
            (arrived,) = there.messages()
            self.assertEqual(there.raw(arrived["id"]), LETTER)
            self.assertEqual(arrived["from"], "ann@example.com")

    def test_refused_recipients_are_told_and_the_others_get_it(self):
        with two_servers() as (here, there, _):
            status, told = self.release(here, {"to": ["stranger@example.org", "carol@example.org"]})
            self.assertEqual(status, 200)
            self.assertEqual([(one["address"], one["code"], one["enhanced"]) for one in told["refused"]],
                             [("stranger@example.org", 550, "5.1.1")])
            self.assertEqual(there.messages()[0]["to"], ["carol@example.org"])

    def test_a_server_that_is_gone_is_told_as_an_error(self):
        with program.catching_anywhere("--release-account", "smtp://127.0.0.1:1") as (_, where):
            status, told = self.release(Api(where), {"to": ["carol@example.org"]})
            self.assertEqual((status, told["error"]["type"]), (200, "connect_error"))
            self.assertEqual(told["unsent"], ["carol@example.org"])

    def test_it_is_off_unless_an_account_is_named(self):
        with program.catching_anywhere() as (_, where):
            status, told = self.release(Api(where), {"to": ["carol@example.org"]})
            self.assertEqual(status, 403)
            self.assertIn("--release-account", told["error"])

    def test_who_is_not_on_the_list_gets_nothing_and_neither_does_anybody_beside(self):
        with two_servers("--release-to", "*@example.org", "--release-to", "boss@example.com") as (here, there, _):
            status, told = self.release(here, {"to": ["carol@example.org", "eve@example.org.evil.test"]})
            self.assertEqual(status, 403)
            self.assertIn("eve@example.org.evil.test", told["error"])
            self.assertEqual(there.messages(), [])
            self.assertEqual(self.release(here, {"to": ["carol@example.org", "boss@example.com"]})[0], 200)

    def test_what_makes_no_sense_is_refused_with_its_reason(self):
        with two_servers() as (here, there, url):
            for body, status in (({}, 400), ({"to": []}, 400), ({"to": "a@b"}, 400), ({"to": ["no address"]}, 400),
                                 ({"to": ["a@b\r\nRCPT TO:<x@y>"]}, 400), ({"to": ["a@b.example"], "from": "x y"}, 400),
                                 ({"to": ["a@b.example"], "resent": 1}, 400), ([1], 400), (b"{", 400),
                                 ({"to": ["a@b.example"], "account": "smtp://other.example"}, 403),
                                 ({"to": ["a@b.example"] * 1001}, 400)):
                with self.subTest(body=str(body)[:80]):
                    self.assertEqual(self.release(here, body)[0], status)
            self.assertEqual(here.json("POST", "messages/0000/release", {"to": ["a@b.example"]})[0], 404)
            self.assertEqual(there.messages(), [])

    def test_an_account_of_the_configuration_gives_server_and_sender(self):
        with tempfile.TemporaryDirectory() as folder, program.catching_anywhere() as (_, there):
            config = Path(folder) / "config.toml"
            config.write_text(f"""
                [account.work]
                server = "smtp://{there['smtp']}"
                from = "Test Desk <desk@example.com>"
                user = ""
            """)
            for name in ("work", "desk@example.com"):
                with self.subTest(account=name), program.catching_anywhere("--config", config, "--release-account",
                                                                           name) as (_, here):
                    status, told = self.release(Api(here), {"to": ["carol@example.org"], "account": name})
                    self.assertEqual((status, told["error"]), (200, None))
                    newest = Api(there).messages()[0]
                    self.assertEqual(newest["from"], "desk@example.com")
                    self.assertIn(b"Resent-From: Test Desk <desk@example.com>", Api(there).raw(newest["id"]))

    def test_a_password_in_a_url_is_told_to_nobody(self):
        with program.catching_anywhere("--user", "me:s3cret") as (_, there):
            url = f"smtp://me:s3cret@{there['smtp']}"
            with program.catching_anywhere("--release-account", url) as (_, where):
                here = Api(where)
                status, told = self.release(here, {"to": ["carol@example.org"]})
                self.assertEqual((status, told["error"]), (200, None))
                self.assertNotIn("s3cret", str(told))
                status, told = self.release(here, {"to": ["a@b.example"], "account": "none"})
                self.assertNotIn("s3cret", str(told))


if __name__ == "__main__":
    unittest.main()
