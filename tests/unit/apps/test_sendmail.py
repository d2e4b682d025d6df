#!/usr/bin/python3
"""test_sendmail.py POSTRIDER: `postrider sendmail` in the place of /usr/sbin/sendmail, called as programs call it."""

import email
import email.policy
import os
import pwd
import smtplib
import socket
import subprocess
import sys
import threading
import unittest
from pathlib import Path

from test_program import NO_CONFIG, POSTRIDER, Case

MAIL = b"From: Ann <ann@example.com>\nTo: bob@example.net\nSubject: hi\n\nHello.\n"
PROGRAM = Path(POSTRIDER).resolve()
USER = pwd.getpwuid(os.getuid()).pw_name


class PlainServer:
    """SMTP without any extension, one connection after the other."""

    def __enter__(self):
        self.paths, self.listener = [], socket.create_server(("127.0.0.1", 0))
        self.url = f"smtp://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.serve, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listener.close()

    def serve(self):
        try:
            while True:
                link, _ = self.listener.accept()
                with link, link.makefile("rwb", buffering=0) as file:
                    self.talk(file)
        except OSError:
            pass  # closed

    def talk(self, file):
        file.write(b"220 plain\r\n")
        while line := file.readline():
            verb = line[:4].upper()
            if verb in (b"MAIL", b"RCPT"):
                self.paths.append(line.decode().strip())
            file.write(b"354 go on\r\n" if verb == b"DATA" else b"250 plain\r\n")
            while verb == b"DATA" and file.readline() not in (b".\r\n", b""):
                pass
            if verb == b"DATA":
                file.write(b"250 ok\r\n")


class Sendmail(Case):
    def setUp(self):
        self.home = self.folder()
        (self.home / "postrider").mkdir()
        self.server = self.catcher()

    def configure(self, *lines, server=None):
        (self.home / "postrider/config.toml").write_text("\n".join(
            ["default_account = 'a'", "[account.a]", f"server = '{server or self.server.url}'", *lines]) + "\n")

    @property
    def environment(self):
        return {**os.environ, **NO_CONFIG, "XDG_CONFIG_HOME": str(self.home)}

    def sendmail(self, *arguments, stdin=MAIL, expect=0):
        done = subprocess.run([POSTRIDER, "sendmail", *map(str, arguments)], input=stdin, capture_output=True, timeout=60,
                              env=self.environment)
        self.assertEqual(done.returncode, expect, done.stderr.decode())
        self.stdout, self.stderr = done.stdout.decode(), done.stderr.decode()

    def by_name(self):
        """The program under the name sendmail."""
        name = self.home / "sendmail"
        if not name.exists():
            name.symlink_to(PROGRAM)
        return name

    def newest(self):
        """Envelope sender, recipients, message."""
        about = self.server.messages()[0]
        return about["from"], about["to"], email.message_from_bytes(self.server.newest_raw(), policy=email.policy.SMTP)


class Message(Sendmail):
    def test_goes_to_those_on_the_command_line(self):
        self.configure()
        self.sendmail("-i", "-f", "bounces@example.com", "one@example.net", "two@example.net,three@example.net")
        sender, to, mail = self.newest()
        self.assertEqual(sender, "bounces@example.com")
        self.assertEqual(to, ["one@example.net", "two@example.net", "three@example.net"])
        self.assertEqual((mail["Subject"], mail["To"], mail.get_content()), ("hi", "bob@example.net", "Hello.\r\n"))

    def test_goes_to_whom_the_header_names_and_bcc_is_removed(self):
        """hazard 61"""
        self.configure()
        self.sendmail("-ti", "more@example.net", stdin=MAIL.replace(
            b"Subject", b"Cc: Us: c@example.net,\n d@example.net;\nBCC: hidden@example.net\nTo: second@example.net\nSubject"))
        self.assertEqual(self.newest()[1], ["more@example.net", "bob@example.net", "c@example.net", "d@example.net",
                                            "hidden@example.net", "second@example.net"])
        self.assertNotIn(b"hidden", self.server.newest_raw())

    def test_sent_on_goes_to_whom_it_is_sent_on(self):
        self.configure()
        self.sendmail("-t", stdin=b"Resent-From: me@example.com\nResent-To: x@example.net\n" + MAIL)
        self.assertEqual(self.newest()[1], ["x@example.net"])

    def test_gets_what_its_program_left_out(self):
        self.configure("local_hostname = 'box.example.com'")
        self.sendmail("-F", "Jürgen of the Box", "bob@example.net", stdin=b"Subject: bare\n\nx\n")
        sender, _, mail = self.newest()
        self.assertEqual(sender, f"{USER}@box.example.com")
        self.assertEqual(mail["From"].addresses[0].addr_spec, f"{USER}@box.example.com")
        self.assertEqual(mail["From"].addresses[0].display_name, "Jürgen of the Box")
        self.assertIsNotNone(mail["Date"].datetime)
        self.assertRegex(mail["Message-ID"], r"^<\S+@box\.example\.com>$")

    def test_keeps_what_its_program_said(self):
        self.configure("from = 'Box <box@example.com>'", "user = ''")
        whole = b"Date: Fri, 20 Nov 2026 10:11:12 +0000\nMessage-ID: <1@x>\n" + MAIL
        self.sendmail("bob@example.net", stdin=whole)
        self.assertEqual(self.server.newest_raw().split(b"\r\n", 1)[1].replace(b"\r\n", b"\n"), whole.split(b"\n", 1)[1])

    def test_without_a_header_is_a_body(self):
        self.configure("from = 'Box <box@example.com>'", "user = ''")
        self.sendmail("bob@example.net", stdin=b"just words\nand: more\n")
        _, _, mail = self.newest()
        self.assertEqual((mail["From"], mail.get_content()), ("Box <box@example.com>", "just words\r\nand: more\r\n"))

    def test_ends_at_a_dot_unless_that_is_content(self):
        self.configure()
        for option, left in (("-m", "one\r\n"), ("-i", "one\r\n.\r\ntwo\r\n"), ("-oi", "one\r\n.\r\ntwo\r\n")):
            self.sendmail(option, "bob@example.net", stdin=MAIL.replace(b"Hello.", b"one\n.\ntwo"))
            self.assertEqual(self.newest()[2].get_content(), left, option)

    def test_is_sent_by_the_account_and_for_bare_names_to_its_keeper(self):
        self.configure("from = 'Box <box@example.com>'", "user = ''", "local_mail_to = 'admin@example.com'")
        self.sendmail("-i", "root", stdin=b"From: root (Cron Daemon)\nTo: root\nSubject: Cron\n\nx\n")
        sender, to, mail = self.newest()
        self.assertEqual((sender, to), ("box@example.com", ["admin@example.com"]))
        self.assertEqual(mail["From"], "Cron Daemon <box@example.com>")

    def test_bare_names_get_this_host(self):
        self.configure("local_hostname = 'box.example.com'")
        self.sendmail("-f", "daemon", "root", stdin=MAIL)
        self.assertEqual(self.newest()[:2], ("daemon@box.example.com", ["root@box.example.com"]))

    def test_of_nobody_has_the_null_reverse_path(self):
        self.configure("from = 'box@example.com'", "user = ''")
        for sender in ("<>", ""):
            self.sendmail("-f", sender, "bob@example.net")
            self.assertEqual(self.newest()[0], "")

    def test_is_sent_by_the_account_of_its_author(self):
        other = self.catcher()
        self.configure("[account.b]", "from = 'ann@example.com'", "user = ''", f"server = '{other.url}'")
        self.sendmail("-t")
        self.assertEqual([m["subject"] for m in other.messages()], ["hi"])
        self.assertEqual(self.server.messages(), [])

    def test_is_sent_by_the_configuration_of_the_machine(self):
        self.configure()
        done = subprocess.run([POSTRIDER, "sendmail", "-t"], input=MAIL, capture_output=True, timeout=60,
                              env={**os.environ, **NO_CONFIG, "XDG_CONFIG_DIRS": f"/nonexistent:{self.home}"})
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(len(self.server.messages()), 1)

    def test_goes_to_a_server_that_is_named(self):
        self.sendmail("--server", self.server.url, "--timeout=20", "--no-pipelining", "-t")
        self.assertEqual(len(self.server.messages()), 1)


class Options(Sendmail):
    def test_notifications_are_asked_for_where_the_server_has_them(self):
        self.configure()
        self.sendmail("-v", "-N", "failure,delay", "-R", "hdrs", "-V", "id7", "bob@example.net")
        self.assertIn("RET=HDRS ENVID=id7", self.stderr)
        self.assertIn("NOTIFY=FAILURE,DELAY", self.stderr)
        with PlainServer() as plain:
            self.sendmail("--server", plain.url, "-N", "never", "bob@example.net")
        self.assertEqual(plain.paths, ["MAIL FROM:<ann@example.com>", "RCPT TO:<bob@example.net>"])

    def test_letters_for_what_is_not_there_are_taken(self):
        self.configure()
        self.sendmail("-Am", "-B", "8BITMIME", "-C", "/x", "-G", "-L", "tag", "-O", "Timeout=1", "-U", "-X", "/tmp/log", "-d0",
                      "-em", "-h", "3", "-n", "-oem", "-odb", "-o7", "-p", "SMTP", "-x", "bob@example.net")
        self.assertEqual(len(self.server.messages()), 1)

    def test_hazard_86_a_recipient_is_no_option_and_no_option_opens_a_file(self):
        """hazard 86"""
        self.configure()
        self.sendmail("-i", "-f", "a@example.com", "--", "-oQ/tmp@example.net", "-t@example.net")
        self.assertEqual(self.newest()[1], ["-oQ/tmp@example.net", "-t@example.net"])
        self.sendmail("bob@example.net", "-X/tmp/postrider.log", expect=65)  # behind a recipient all are recipients
        self.sendmail("--", "-oQ/tmp", expect=65)
        self.assertIn("-oQ/tmp", self.stderr)
        for hostile in ("|/bin/sh", "/etc/passwd", ":include:/etc/passwd", "a@example.net\r\nRCPT TO:<b@example.net>"):
            self.sendmail("-i", "--", hostile, expect=65)
        log, proof = self.home / "log", self.home / "proof"
        self.sendmail("-X", log, f"-oQ{self.home}/q", "-C", self.home / "other.cf", "bob@example.net")
        self.assertEqual(sorted(one.name for one in self.home.iterdir()), ["postrider"])
        self.sendmail("-t", "-i", f"--password-command=touch {proof}", "--user=x", expect=64)  # added by a stranger
        done = subprocess.run([self.by_name(), "--user=x", f"--password-command=touch {proof}", "bob@example.net"], input=MAIL,
                              capture_output=True, env=self.environment)
        self.assertEqual(done.returncode, 64, done.stderr)
        self.assertFalse(proof.exists())

    def test_there_is_no_queue_and_there_are_no_aliases(self):
        for option in ("-q", "-q30m", "-bp", "-bi", "-I"):
            self.sendmail(option)
        self.sendmail("-bd", expect=64)
        self.assertIn("-bd", self.stderr)


class ExitCodes(Sendmail):
    def test_are_those_of_sysexits(self):
        self.sendmail("--resolver", "127.0.0.1:1", "bob@example.net", expect=64)  # no server
        self.configure()
        self.sendmail(expect=64)
        self.sendmail("-Z", "bob@example.net", expect=64)
        self.sendmail("-f", expect=64)
        self.sendmail("nobody at all", expect=65)
        self.sendmail("-t", stdin=b"To: a@example.net, <<>>x\n\nHello\n", expect=65)
        self.sendmail("-t", stdin=b"Subject: x\n\nHello\n", expect=64)
        self.configure("typo = 1")
        self.sendmail("bob@example.net", expect=78)
        self.assertRegex(self.stderr, r"^sendmail: .*typo.*\n$")

    def test_tell_who_was_refused(self):
        server = self.catcher("--refuse", "b@*=550 5.1.1 no such user", "--refuse", "l@*=450 4.2.1 later")
        self.configure(server=server.url)
        self.sendmail("a@example.net", "b@example.net", expect=67)
        self.assertIn("no such user", self.stderr)
        self.sendmail("b@example.net", expect=67)
        self.sendmail("l@example.net", expect=75)

    def test_tell_that_later_may_do(self):
        with socket.create_server(("127.0.0.1", 0)) as gone:
            port = gone.getsockname()[1]
        self.configure(server=f"smtp://127.0.0.1:{port}")
        self.sendmail("bob@example.net", expect=75)


class Session(Sendmail):
    def talk(self, *lines):
        return subprocess.run([POSTRIDER, "sendmail", "-bs"], input="".join(f"{line}\r\n" for line in lines).encode(),
                              capture_output=True, timeout=60, env=self.environment)

    def test_on_stdin_sends_what_it_takes(self):
        self.configure()
        ours, theirs = socket.socketpair()
        with subprocess.Popen([POSTRIDER, "sendmail", "-bs"], stdin=theirs, stdout=theirs, env=self.environment) as process:
            theirs.close()
            client = smtplib.SMTP()
            client.sock, client.file = ours, None
            self.assertEqual(client.getreply()[0], 220)
            self.assertEqual(client.sendmail("ann@example.com", ["bob@example.net", "c@example.net"], MAIL.decode()), {})
            self.assertEqual(client.sendmail("ann@example.com", ["d@example.net"], MAIL.decode() + ".\n..\n"), {})
            client.quit()
            self.assertEqual(process.wait(20), 0)
        sender, to, mail = self.newest()
        self.assertEqual((sender, to, mail.get_content()), ("ann@example.com", ["d@example.net"], "Hello.\r\n.\r\n..\r\n"))
        self.assertIsNotNone(mail["Date"])
        self.assertEqual(self.server.messages()[1]["to"], ["bob@example.net", "c@example.net"])

    def test_says_what_the_server_said(self):
        self.configure(server=self.catcher("--refuse", "b@*=550 5.1.1 no such user").url)
        done = self.talk("EHLO x", "MAIL FROM:<a@example.com>", "RCPT TO:<b@example.net>", "DATA", "Subject: x", "", ".", "QUIT")
        self.assertEqual(done.returncode, 0)
        self.assertIn(b"554 5.0.0 every recipient refused (rcpt_to): b@example.net: 550 5.1.1 no such user", done.stdout)

    def test_cut_before_the_dot_sends_nothing(self):
        self.configure()
        self.talk("EHLO x", "MAIL FROM:<a@example.com>", "RCPT TO:<b@example.net>", "DATA", "Subject: x", "", "half")
        self.assertEqual(self.server.messages(), [])


class Callers(Sendmail):
    """Programs of Debian that call sendmail, as they do it."""

    def setUp(self):
        super().setUp()
        self.configure("local_hostname = 'box.example.com'", "local_mail_to = 'admin@example.com'")

    def run_program(self, *command, stdin=b"", cwd=None, **environment):
        done = subprocess.run(list(map(str, command)), input=stdin, capture_output=True, timeout=60, cwd=cwd,
                              env={**self.environment, "HOME": str(self.home), **environment})
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_git_send_email(self):
        work = self.folder()
        me = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER")
              for what, value in (("NAME", "Ann Ünger"), ("EMAIL", "ann@example.com"))}
        self.run_program("git", "init", "-q", cwd=work)
        (work / "file").write_text("one\n.\nFrom here\n")
        self.run_program("git", "add", "file", cwd=work)
        self.run_program("git", "commit", "-q", "-m", "first: a thing", cwd=work, **me)
        self.run_program("git", "send-email", "--quiet", "--confirm=never", f"--sendmail-cmd={PROGRAM} sendmail",
                         "--to=list@example.net", "--cc=Maintainer <m@example.net>", "--bcc=hidden@example.net",
                         "--suppress-cc=all", "--8bit-encoding=UTF-8", "-1", cwd=work, **me)
        sender, to, mail = self.newest()
        self.assertEqual(sorted(to), ["hidden@example.net", "list@example.net", "m@example.net"])
        self.assertEqual((sender, mail["From"].addresses[0].display_name), ("ann@example.com", "Ann Ünger"))
        self.assertIn("+one\r\n+.\r\n+From here\r\n", mail.get_content())
        self.assertNotIn(b"hidden", self.server.newest_raw())

    def test_php_mail(self):
        script = ("if (!mail('\"Bob\" <bob@example.net>', '=?UTF-8?B?5rWL6K+V?=', \"Hello\\n.\\nBob\", "
                  "['From' => 'web@example.com', 'Cc' => 'c@example.net', 'Bcc' => 'hidden@example.net'], '-fweb@example.com'))"
                  " exit(1);")
        self.run_program("php", "-n", "-d", f"sendmail_path={PROGRAM} sendmail -t -i", "-r", script)
        sender, to, mail = self.newest()
        self.assertEqual((sender, sorted(to)), ("web@example.com", ["bob@example.net", "c@example.net", "hidden@example.net"]))
        self.assertEqual((mail["Subject"], mail.get_content()), ("测试", "Hello\r\n.\r\nBob\r\n"))
        self.assertNotIn(b"hidden", self.server.newest_raw())

    def test_mutt(self):
        settings = self.home / "muttrc"
        settings.write_text(f'set sendmail="{PROGRAM} sendmail -oem -oi"\nset use_envelope_from=yes\nset copy=no\n'
                            'set from="Ann <ann@example.com>"\nset charset=utf-8\n')
        (self.home / "note.txt").write_text("an attachment\n")
        self.run_program("mutt", "-n", "-F", settings, "-s", "报告", "-b", "hidden@example.net", "-a", self.home / "note.txt",
                         "--", "bob@example.net", stdin="你好\n".encode(), TERM="dumb", LANG="C.UTF-8")
        sender, to, mail = self.newest()
        self.assertEqual((sender, sorted(to)), ("ann@example.com", ["bob@example.net", "hidden@example.net"]))
        self.assertEqual(mail["Subject"], "报告")
        self.assertEqual(mail.get_body().get_content(), "你好\r\n")
        self.assertEqual([part.get_filename() for part in mail.iter_attachments()], ["note.txt"])
        self.assertNotIn(b"hidden", self.server.newest_raw())

    def test_cron(self):
        """Debian's cron, do_command.c: popen of "/usr/sbin/sendmail -i -FCronDaemon -B8BITMIME -oem user"."""
        written = (b"From: root (Cron Daemon)\nTo: root\nSubject: Cron <root@box> /usr/bin/backup\nMIME-Version: 1.0\n"
                   b"Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\nX-Cron-Env: <SHELL=/bin/sh>\n"
                   b"X-Cron-Env: <LOGNAME=root>\n\n" + "disk übervoll\n".encode())
        self.run_program(self.by_name(), "-i", "-FCronDaemon", "-B8BITMIME", "-oem", "root", stdin=written)
        sender, to, mail = self.newest()
        self.assertEqual((sender, to), (f"{USER}@box.example.com", ["admin@example.com"]))
        self.assertEqual(mail["From"].addresses[0].addr_spec, "root@box.example.com")
        self.assertEqual(mail.get_content(), "disk übervoll\r\n")

    def test_mailx_and_at(self):
        """bsd-mailx: sendmail -i USER, header without From; at: sendmail USER, with one."""
        self.run_program(self.by_name(), "-i", "bob@example.net", stdin=b"To: bob@example.net\nSubject: x\n\nHello\n")
        self.assertEqual(self.newest()[2]["From"].addresses[0].addr_spec, f"{USER}@box.example.com")
        self.run_program(self.by_name(), USER, stdin=b"Subject: Output from your job        1\nTo: x\n\ndone\n")
        self.assertEqual(self.newest()[1], ["admin@example.com"])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
