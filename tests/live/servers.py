"""Private mail servers on loopback, on free ports, stopped by their pid: Dovecot (submission, LMTP, SASL) and Postfix.

Both keep everything below one temporary folder. Postfix must be root; Dovecot must not, and runs as `nobody`.
"""

import contextlib
import os
import pwd
import select
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from mailboxes import Mailboxes
from system_log import SystemLog

USER = "nobody"
ACCOUNT, PASSWORD = "alice@example.test", "sesame öffne dich"


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


def wait_for_port(port, process=None, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process is not None and process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode} before it listened on {port}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on port {port}")


def stop(process):
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def stop_by_pid(pid):
    """The same for a process that is not our child."""
    with contextlib.suppress(ProcessLookupError):
        process = os.pidfd_open(pid)
        signal.pidfd_send_signal(process, signal.SIGTERM)
        if not select.select([process], [], [], 20)[0]:
            signal.pidfd_send_signal(process, signal.SIGKILL)
        os.close(process)


def make_certificate(folder, *names):
    names = ",".join(f"DNS:{name}" for name in names) or "DNS:localhost,IP:127.0.0.1"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                    "-days", "30", "-subj", "/CN=localhost", "-addext", f"subjectAltName={names}",
                    "-keyout", folder / "key.pem", "-out", folder / "cert.pem"], check=True, capture_output=True)


def dovecot_configuration(folder, ports, relay_port):
    group = subprocess.run(["id", "-gn", USER], check=True, capture_output=True, text=True).stdout.strip()

    def service(name, *listeners):
        text = f"service {name} {{\n chroot =\n"
        for listener, port, extra in listeners:
            text += f" inet_listener {listener} {{\n  port = {port}\n{extra} }}\n"
        return text + "}\n"

    settings = {
        "base_dir": folder / "run", "state_dir": folder / "state", "log_path": folder / "dovecot.log",
        "default_internal_user": USER, "default_internal_group": group, "default_login_user": USER,
        "listen": "127.0.0.1", "ssl": "yes", "ssl_cert": f"<{folder}/cert.pem", "ssl_key": f"<{folder}/key.pem",
        "disable_plaintext_auth": "yes", "protocols": "lmtp submission", "auth_mechanisms": "plain login cram-md5",
        "mail_location": "maildir:~/Maildir", "first_valid_uid": "1", "hostname": "localhost",
        "auth_failure_delay": "0", "shutdown_clients": "yes",
        "submission_relay_host": "127.0.0.1", "submission_relay_port": relay_port, "submission_relay_trusted": "yes",
    }
    return "".join(f"{key} = {value}\n" for key, value in settings.items()) + f"""
passdb {{
 driver = passwd-file
 args = {folder}/passwd
}}
userdb {{
 driver = static
 args = uid={USER} gid={group} home={folder}/mail/%u
}}
# Without its penalties: every test comes from one address, and some give wrong passwords on purpose.
service anvil {{
 chroot =
 unix_listener anvil-auth-penalty {{
  mode = 0
 }}
}}
""" + service("stats") + service("auth", ("postfix", ports["auth"], "")) \
        + service("lmtp", ("lmtp", ports["lmtp"], "")) \
        + service("submission-login", ("submission", ports["submission"], ""),
                  ("submissions", ports["submissions"], "  ssl = yes\n"))


def postfix_main(folder, certificates, ports):
    return "".join(f"{line}\n" for line in f"""
compatibility_level = 3.7
queue_directory = {folder}/queue
data_directory = {folder}/data
myhostname = localhost
mydestination =
mynetworks =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
smtputf8_enable = yes
virtual_mailbox_domains = example.test
virtual_mailbox_maps = inline:{{ {ACCOUNT}=1, bob@example.test=1, hidden@example.test=1 }}
virtual_transport = lmtp:inet:127.0.0.1:{ports["lmtp"]}
default_transport = error:5.1.2 no outside delivery
smtpd_recipient_restrictions = reject_unlisted_recipient, permit_sasl_authenticated, reject
smtpd_tls_cert_file = {certificates}/cert.pem
smtpd_tls_key_file = {certificates}/key.pem
smtpd_tls_security_level = encrypt
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{ports["auth"]}
message_size_limit = 67108864
""".strip().splitlines())


def postfix_master(ports):
    lines = [f"127.0.0.1:{ports['smtp']} inet n - n - - smtpd",
             # Dovecot's submission relays to us: trusted, in clear, on this port alone.
             f"127.0.0.1:{ports['relay']} inet n - n - - smtpd -o smtpd_tls_security_level=none "
             "-o smtpd_sasl_auth_enable=no -o smtpd_recipient_restrictions=reject_unlisted_recipient,permit"]
    for name, wake, limit in (("pickup", "60", "1"), ("cleanup", "-", "0"), ("qmgr", "300", "1")):
        lines.append(f"{name} unix n - n {wake} {limit} {name}")
    for command, limit, name in [("tlsmgr", "1", ""), ("trivial-rewrite", "-", "rewrite"), ("bounce", "0", ""),
                                 ("bounce", "0", "defer"), ("bounce", "0", "trace"), ("verify", "1", ""),
                                 ("flush", "0", ""), ("proxymap", "-", ""), ("smtp", "-", ""), ("showq", "-", ""),
                                 ("error", "-", ""), ("error", "-", "retry"), ("lmtp", "-", ""), ("anvil", "1", ""),
                                 ("scache", "1", "")]:
        lines.append(f"{name or command} unix - - n - {limit} {command}")
    return "\n".join(lines) + "\n"


class Servers:
    """Postfix and Dovecot, wired to each other: `with Servers() as servers:`"""

    ports_named = ("auth", "lmtp", "submission", "submissions", "smtp", "relay")

    def __enter__(self):
        if os.geteuid() != 0:
            raise PermissionError("Postfix starts only as root")
        self.folder = Path(tempfile.mkdtemp(prefix="postrider-live-"))
        self.folder.chmod(0o755)
        self.dovecot = None
        self.system_log = SystemLog(self.folder / "dev")
        try:
            self.ports = dict(zip(self.ports_named, free_ports(len(self.ports_named))))
            self._start_dovecot()
            self._start_postfix()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        # Not by `postfix stop`, which now and then waits for ever for a lock that nobody holds.
        with contextlib.suppress(FileNotFoundError):
            stop_by_pid(int((self.folder / "postfix/queue/pid/master.pid").read_text()))
        if self.dovecot is not None:
            stop(self.dovecot)
        self.system_log.close()
        if not os.environ.get("POSTRIDER_KEEP_SERVERS"):
            shutil.rmtree(self.folder, ignore_errors=True)

    def more_of_dovecot(self, folder):
        """Settings behind the usual ones, for those who need others; files beside them go into `folder`."""
        return ""

    def more_of_postfix(self):
        return ""

    def more_of_master(self):
        """Lines for master.cf."""
        return ""

    def mounts_for_postfix(self):
        """What lies over the system's paths for it, as in_namespace takes it."""
        return {}

    def _start_dovecot(self):
        d = self.folder / "dovecot"
        for part in ("run", "state", "mail"):
            (d / part).mkdir(parents=True)
        make_certificate(d)
        (d / "passwd").write_text("".join(f"{user}@example.test:{{PLAIN}}{PASSWORD}::::::\n"
                                          for user in ("alice", "bob", "hidden")))
        (d / "dovecot.conf").write_text(dovecot_configuration(d, self.ports, self.ports["relay"])
                                        + self.more_of_dovecot(d))
        owner = pwd.getpwnam(USER)
        for path in [d, *d.rglob("*")]:
            os.chown(path, owner.pw_uid, owner.pw_gid)
        self.dovecot = subprocess.Popen(["setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}",
                                         "--clear-groups", "dovecot", "-F", "-c", str(d / "dovecot.conf")])
        for name in ("auth", "lmtp", "submission", "submissions"):
            wait_for_port(self.ports[name], self.dovecot)

    def _start_postfix(self):
        p = self.folder / "postfix"
        for part in ("etc", "queue", "data", "log"):
            (p / part).mkdir(parents=True)
        os.chown(p / "data", pwd.getpwnam("postfix").pw_uid, 0)
        for name in ("cert.pem", "key.pem"):
            shutil.copy(self.folder / "dovecot" / name, p / "etc" / name)
        (p / "etc/main.cf").write_text(postfix_main(p, p / "etc", self.ports) + self.more_of_postfix())
        (p / "etc/master.cf").write_text(postfix_master(self.ports) + self.more_of_master())
        start = self.system_log.arguments_for(["postfix", "-c", p / "etc", "start"], self.mounts_for_postfix())
        subprocess.run(start, check=True, capture_output=True)
        wait_for_port(self.ports["smtp"])
        wait_for_port(self.ports["relay"])

    @property
    def ca_file(self):
        return str(self.folder / "dovecot/cert.pem")

    @property
    def mailboxes(self):
        return Mailboxes(self.folder / "dovecot/mail")

    def wait_for_mail(self, address, count=1):
        """The messages in a mailbox, as octets, once there are `count`."""
        try:
            return self.mailboxes.wait(address, count)
        except TimeoutError as error:
            error.add_note(self.logs())
            raise

    def empty_mailboxes(self):
        self.mailboxes.empty()

    def logs(self):
        """Dovecot's, and what Postfix told the system's log: all of it would wait for a log daemon of its own, which master
        may not start."""
        log = self.folder / "dovecot/dovecot.log"
        dovecot = log.read_text(errors="replace")[-4000:] if log.exists() else ""
        return f"--- Dovecot\n{dovecot}\n--- Postfix\n{self.system_log.text()}\n"
