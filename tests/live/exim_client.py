"""Exim as a client: hands one message to one server and is done. It sends BDAT where CHUNKING is offered."""

import subprocess
import tempfile
from pathlib import Path

from exim import prepare


def configuration(folder, protocol, port, ca, starttls, login):
    user, password = login or ("", "")
    return f"""
primary_hostname = localhost
spool_directory = {folder}/spool
log_file_path = {folder}/exim-%s.log
keep_environment =
disable_ipv6
deliver_drop_privilege = true
received_header_text =

begin routers
out:
  driver = manualroute
  route_list = * localhost byname
  self = send
  transport = out

begin transports
out:
  driver = smtp
  protocol = {protocol}
  port = {port}
  allow_localhost
  hosts_try_chunking = *
  tls_verify_certificates = {ca}
  {"hosts_require_tls = *" if starttls else "hosts_avoid_tls = *" if protocol != "smtps" else ""}
  {"hosts_require_auth = *" if login else ""}

begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  client_send = ^{user}^{password}
"""


def send(protocol, port, ca, *, starttls, login, sender, reader, octets):
    with tempfile.TemporaryDirectory(prefix="postrider-live-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "ca.pem").write_bytes(Path(ca).read_bytes())
        program = prepare(folder, configuration(folder, protocol, port, folder / "ca.pem", starttls, login))
        # Foreground delivery; what is submitted to it has the line ends of the system.
        done = subprocess.run([*program, "-odf", "-i", "-f", sender, reader], capture_output=True, timeout=60,
                              input=octets.replace(b"\r\n", b"\n"))
        log = (folder / "exim-main.log").read_text(errors="replace")
        if done.returncode or " => " not in log:
            raise RuntimeError(f"Exim ended with {done.returncode}: {done.stderr.decode()}{log}")
