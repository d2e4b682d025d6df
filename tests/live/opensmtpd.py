"""A private OpenSMTPD: its spool, socket and helpers lie below one folder, where it sees them at their built-in paths.

QUIRK: Debian 12's OpenSMTPD 6.8 cannot sign a handshake with OpenSSL 3 (its issues 1171 and 1239): every TLS session ends
there with an internal error, and without TLS it offers no AUTH. So mail goes in clear, and its STARTTLS is a server
that breaks in the handshake.
"""

import namespace
from private_server import WAYS, PrivateServer

USERS = ["opensmtpd", "opensmtpq"]  # built in


def configuration(folder, ports):
    return f"""
pki localhost cert "{folder}/cert.pem"
pki localhost key "{folder}/key.pem"
table known file:{folder}/known
listen on 127.0.0.1 port {ports["plain"]} hostname localhost
listen on 127.0.0.1 port {ports["broken STARTTLS"]} tls pki localhost hostname localhost
smtp max-message-size 64M
action "keep" maildir "{folder}/mail/%{{rcpt}}/Maildir" user "nobody" virtual <known>
match from any for domain "example.test" action "keep"
"""


class OpenSmtpd(PrivateServer):
    ways = {"plain": WAYS["plain"], "broken STARTTLS": WAYS["STARTTLS"]}

    def arguments(self):
        package = namespace.unpacked("opensmtpd")
        program = package / "usr/sbin/smtpd"
        namespace.need_libraries_of(program)
        namespace.need_namespaces()
        (self.folder / "known").write_text("".join(f"{address} nobody\n" for address in self.known))
        (self.folder / "smtpd.conf").write_text(configuration(self.folder, self.ports))
        for name in ("lib/opensmtpd/empty", "run", "spool/smtpd"):
            (self.folder / name).mkdir(parents=True)
        (self.folder / "spool/smtpd").chmod(0o711)
        self.mailboxes.folder.chmod(0o777)
        mounts = {**namespace.own_accounts(self.folder, USERS), self.folder / "lib": "/var/lib",
                  self.folder / "run": "/run", self.folder / "spool": "/var/spool",
                  package / "usr/libexec": "/usr/libexec"}
        return namespace.in_namespace(mounts, [program, "-d", "-f", self.folder / "smtpd.conf"])
