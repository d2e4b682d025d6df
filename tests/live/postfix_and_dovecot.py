"""Postfix and Dovecot with every door open: in clear too, TLS from the start at both, LMTP over TCP and a unix socket.

What Postfix takes it stores itself, so that no LMTP server's lack (SMTPUTF8 is one of Dovecot's) stands in its way.
"""

import os

from mailboxes import Mailboxes
from private_server import WAYS
from servers import ACCOUNT, PASSWORD, Servers


class PostfixAndDovecot(Servers):
    account, password = ACCOUNT, PASSWORD
    ports_named = Servers.ports_named + ("clear", "smtps")

    def __init__(self, known=()):
        self.known = list(known)

    def more_of_dovecot(self, folder):
        with (folder / "passwd").open("a") as passwd:
            passwd.writelines(f"{address}:{{PLAIN}}{PASSWORD}::::::\n" for address in self.known)
        return f"""
submission_max_mail_size = 64M
mail_fsync = never
service lmtp {{
 unix_listener {folder}/lmtp {{
  mode = 0666
 }}
}}
"""

    def more_of_postfix(self):
        folder = self.folder / "postfix"
        (folder / "mail").mkdir()
        os.chmod(folder / "mail", 0o777)
        (folder / "known").write_text("".join(f"{address} {address}/Maildir/\n" for address in self.known))
        return f"""
virtual_mailbox_maps = texthash:{folder}/known
virtual_mailbox_base = {folder}/mail
virtual_mailbox_limit = 0
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
virtual_transport = virtual
"""

    def more_of_master(self):
        return (f"127.0.0.1:{self.ports['clear']} inet n - n - - smtpd -o smtpd_tls_security_level=none "
                "-o smtpd_tls_auth_only=no\n"
                f"127.0.0.1:{self.ports['smtps']} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes\n"
                "virtual unix - n n - - virtual\n")


class Postfix(PostfixAndDovecot):
    ports_behind = {"plain": "clear", "STARTTLS": "smtp", "implicit TLS": "smtps"}

    @property
    def urls(self):
        return {way: WAYS[way].format(self.ports[port]) for way, port in self.ports_behind.items()}

    @property
    def mailboxes(self):
        return Mailboxes(self.folder / "postfix/mail")


class DovecotSubmission(Postfix):
    """Which relays to Postfix."""

    ports_behind = {"plain": "submission", "STARTTLS": "submission", "implicit TLS": "submissions"}


class DovecotLmtp(PostfixAndDovecot):
    @property
    def urls(self):
        tcp = f"lmtp://localhost:{self.ports['lmtp']}"
        return {"plain": f"{tcp}?starttls=off", "STARTTLS": f"{tcp}?starttls=required",
                "unix socket": f"lmtp://{self.folder}/dovecot/lmtp"}
