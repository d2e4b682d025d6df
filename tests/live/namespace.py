"""Servers that Debian lets nobody install side by side: their packages unpacked into a folder, and run in a mount
namespace of their own, where they find their users, spool and configuration at the paths they were built with."""

import os
import subprocess
import unittest
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
UNPACKED = Path(os.environ.get("LIVE_UNPACKED", SOURCE / "build/unpacked"))
FIRST_ID = 64900  # of the users that own_accounts adds


def unpacked(package):
    """The folder with the files of `package`, fetched when it is not there. Skips the test where that cannot be."""
    done = subprocess.run(["bash", "-ec", 'source "$1/scripts/packages.sh"; unpack_packages "$2" "$3"', "bash",
                           SOURCE, UNPACKED, package], capture_output=True, text=True)
    if done.returncode:
        raise unittest.SkipTest(f"{package} cannot be had: {(done.stderr or done.stdout).strip()}")
    return UNPACKED / package


def need_libraries_of(program):
    said = subprocess.run(["ldd", program], capture_output=True, text=True).stdout
    missing = [line.split()[0] for line in said.splitlines() if "not found" in line]
    if missing:
        raise unittest.SkipTest(f"{program.name} needs {', '.join(missing)}")


def need_namespaces():
    done = subprocess.run(["unshare", "--mount", "true"], capture_output=True, text=True)
    if done.returncode:
        raise unittest.SkipTest(f"no mount namespaces here: {done.stderr.strip()}")


def own_accounts(folder, names):
    """Copies of passwd and group that know `names` too, as what `in_namespace` takes."""
    passwd, group = Path("/etc/passwd").read_text(), Path("/etc/group").read_text()
    for number, name in enumerate(names, FIRST_ID):
        passwd += f"{name}:x:{number}:{number}::/nonexistent:/usr/sbin/nologin\n"
        group += f"{name}:x:{number}:\n"
    (folder / "passwd").write_text(passwd)
    (folder / "group").write_text(group)
    return {folder / "passwd": "/etc/passwd", folder / "group": "/etc/group"}


def in_namespace(mounts, arguments):
    """`arguments`, run where each of `mounts` lies over a path of the system. It becomes that process: a pid to stop."""
    script = "".join(f"mount --rbind '{own}' '{place}'\n" for own, place in mounts.items()) + 'exec "$@"'
    return ["unshare", "--mount", "--propagation", "private", "sh", "-ec", script, "sh", *map(str, arguments)]
