#!/usr/bin/python3
"""test_packaging.py POSTRIDER BUILD: what is installed beside the program, and how it is run as a service."""

import contextlib
import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

POSTRIDER, BUILD = sys.argv[1:3]
DOCKERFILE = Path("Dockerfile").read_text().replace("\\\n", " ")


def said(*arguments):
    return subprocess.run([POSTRIDER, *arguments], capture_output=True, text=True, timeout=30, check=True).stdout


def commands():
    return said("manual").split()


def options_in(text):
    return set(re.findall(r"(?<![\w-])--[a-z][a-z0-9-]+", text))


def options_of(command):
    """Those that --help lists: the first words of its lines."""
    return {option for line in said(command, "--help").splitlines() if line.startswith("  -")
            for option in options_in(re.split(r"  +", line.strip())[0])}


class Completion(unittest.TestCase):
    def complete(self, *words):
        script = ('source /dev/stdin; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _postrider; '
                  'printf "%s\\n" "${COMPREPLY[@]}"')
        done = subprocess.run(["bash", "-c", script, "bash", *words], input=said("completion", "bash"),
                              capture_output=True, text=True, timeout=30)
        self.assertEqual(done.stderr, "")
        return done.stdout.split()

    def test_bash_knows_the_commands(self):
        self.assertEqual(set(commands()), set(self.complete("postrider", "")) - {"--help", "--version"})
        self.assertEqual(self.complete("postrider", "cat"), ["catch"])

    def test_bash_knows_every_option_of_every_command(self):
        for command in commands():
            with self.subTest(command=command):
                self.assertEqual(options_of(command), {word for word in self.complete("postrider", command, "--")})

    def test_bash_offers_files_where_an_option_takes_one(self):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "letter.eml").touch()
            start = f"{folder}/let"
            self.assertEqual(self.complete("postrider", "send", "--eml", start), [f"{folder}/letter.eml"])
            self.assertEqual(self.complete("postrider", "send", "--subject", start), [])

    def check_syntax(self, shell, *how):
        if not shutil.which(shell):
            self.skipTest(f"there is no {shell} here")
        done = subprocess.run([shell, *how], input=said("completion", shell), capture_output=True, text=True, timeout=30)
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_zsh_takes_the_script(self):
        self.check_syntax("zsh", "-n", "/dev/stdin")

    def test_fish_takes_the_script(self):
        self.check_syntax("fish", "--no-execute", "/dev/stdin")

    def test_every_script_names_every_option(self):
        for shell in ("zsh", "fish"):
            script = said("completion", shell)
            for command in commands():
                for option in options_of(command):
                    self.assertRegex(script, rf"(-l {option[2:]}\b|{option}\[)", f"{shell} {command}")


class Manual(unittest.TestCase):
    def pages(self):
        for command in commands():
            written = Path(f"docs/man/postrider-{command}.1")
            if not written.exists():
                yield command, Path(BUILD, "described", "man1", written.name).read_text()

    def test_every_command_has_a_page_with_its_options_and_no_other(self):
        for command, page in self.pages():
            with self.subTest(command=command):
                self.assertEqual(page, said("manual", command))
                headings = "\n".join(re.findall(r"^\.TP\n(.*)$", page, re.M)).replace("\\-", "-").replace("\\fR", " ")
                self.assertEqual(options_in(headings.replace("\\fB", " ")), options_of(command))

    def test_groff_has_nothing_to_complain_of(self):
        if not shutil.which("groff"):
            self.skipTest("there is no groff here")
        for command, page in self.pages():
            done = subprocess.run(["groff", "-man", "-ww", "-z", "-Kutf8", "-Tutf8"], input=page, capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stderr), (0, ""), command)


class Installed(unittest.TestCase):
    def test_everything_is_where_others_look_for_it(self):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(["cmake", "--install", BUILD, "--component", "program", "--prefix", folder],
                                  capture_output=True, text=True, timeout=60)
            self.assertEqual(done.returncode, 0, done.stderr)
            for file in ("bin/postrider", "share/man/man1/postrider.1", "share/man/man1/postrider-catch.1",
                         "share/man/man1/postrider-sendmail.1", "share/bash-completion/completions/postrider",
                         "share/zsh/site-functions/_postrider", "share/fish/vendor_completions.d/postrider.fish",
                         "lib/systemd/system/postrider-catch.service"):
                self.assertTrue(Path(folder, file).is_file(), file)


class Container(unittest.TestCase):
    def packages(self, stage):
        return set(re.search(r"--no-install-recommends\s+(.*?)&&", DOCKERFILE.split("\nFROM ")[stage + 1], re.S)[1].split())

    def test_it_is_built_from_the_packages_that_quickstart_installs(self):
        listed = subprocess.run(["bash", "-c", "source scripts/packages.sh; echo ${build_packages[@]}"],
                                capture_output=True, text=True, check=True).stdout.split()
        self.assertEqual(self.packages(0) | {"ccache"}, set(listed))

    def test_it_holds_every_library_that_the_program_needs(self):
        there = self.packages(1) | {"libc6", "libstdc++6", "libgcc-s1"}  # Debian's own image has these
        there |= {"libunistring2"}  # libidn2-0 brings it
        linked = re.findall(r"=> (/\S+)", subprocess.run(["ldd", POSTRIDER], capture_output=True, text=True).stdout)
        self.assertGreater(len(linked), 8)
        for library in linked:
            if re.search(r"lib[atu]b?san", library):
                continue
            found = subprocess.run(["dpkg", "-S", "*/" + Path(library).name], capture_output=True, text=True).stdout
            owners = {line.split(":")[0] for line in found.splitlines()}
            self.assertTrue(owners & there, f"{library} of {owners}")

    def line(self, name):
        return json.loads(re.search(rf"^\s*{name}\s+(\[.*\])$", DOCKERFILE, re.M)[1])

    def test_its_command_starts_and_its_check_of_health_succeeds(self):
        health = json.loads(re.search(r"HEALTHCHECK.*?CMD (\[.*?\])", DOCKERFILE)[1])
        with tempfile.TemporaryDirectory() as folder, contextlib.closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
            free.close()
            started = [POSTRIDER] + [word.replace("0.0.0.0:1025", "127.0.0.1:0").replace("0.0.0.0:8025", f"127.0.0.1:{port}")
                                     .replace("/var/lib/postrider", folder)
                                     for word in (self.line("ENTRYPOINT") + self.line("CMD"))[1:]]
            server = subprocess.Popen(started, stdout=subprocess.DEVNULL)
            try:
                check = [word.replace("8025", str(port)) for word in health]
                deadline = time.monotonic() + 20
                while subprocess.run(check, timeout=10).returncode != 0:
                    self.assertLess(time.monotonic(), deadline, shlex.join(check))
                    time.sleep(0.05)
            finally:
                server.terminate()
                self.assertEqual(server.wait(20), 0)


class Service(unittest.TestCase):
    def setUp(self):
        if not shutil.which("systemd-analyze"):
            self.skipTest("there is no systemd-analyze here")
        folder = self.enterContext(tempfile.TemporaryDirectory())
        self.unit = Path(folder, "postrider-catch.service")
        text = Path(BUILD, "postrider-catch.service").read_text()
        self.unit.write_text(re.sub(r"^ExecStart=\S+", f"ExecStart={os.path.abspath(POSTRIDER)}", text, flags=re.M))

    def test_systemd_understands_every_line(self):
        done = subprocess.run(["systemd-analyze", "verify", "--man=no", self.unit], capture_output=True, text=True)
        complaints = [line for line in done.stderr.splitlines() if self.unit.name in line]
        self.assertEqual((complaints, done.returncode), ([], 0), done.stderr)

    def test_it_can_do_little_beyond_its_task(self):
        done = subprocess.run(["systemd-analyze", "security", "--offline=yes", "--no-pager", self.unit],
                              capture_output=True, text=True)
        exposure = re.search(r"Overall exposure level for \S+: ([\d.]+)", done.stdout)
        self.assertIsNotNone(exposure, done.stdout + done.stderr)
        self.assertLess(float(exposure[1]), 1.5, done.stdout)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
