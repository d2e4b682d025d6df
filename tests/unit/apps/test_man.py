#!/usr/bin/python3
"""test_man.py POSTRIDER: the pages of the manual name what is there."""

import re
import subprocess
import sys
import unittest
from pathlib import Path

POSTRIDER = sys.argv[1]
PAGES = {page.stem: page.read_text().replace("\\-", "-") for page in Path("docs/man").glob("*.1")}


class Manual(unittest.TestCase):
    def test_names_every_command(self):
        said = subprocess.run([POSTRIDER, "--help"], capture_output=True, text=True).stdout
        commands = re.findall(r"^  ([a-z-]+) {2,}", said.split("Subcommands:")[1], re.M)
        self.assertGreater(len(commands), 7)
        for command in commands:
            self.assertIn(f"\n.B {command}\n", PAGES["postrider"], command)

    def test_names_no_option_that_is_not_there(self):
        helps = "".join(subprocess.run([POSTRIDER, command, "--help"], capture_output=True, text=True).stdout
                        for command in ("send", "merge", "check", "token"))
        for option in set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", PAGES["postrider"])) - {"--global", "--help"}:
            self.assertRegex(helps, re.escape(option) + r"\b", option)

    def test_names_every_key_of_an_account(self):
        source = Path("apps/postrider/config.cpp").read_text().split("account read_account")[1].split("\n}\n")[0]
        keys = set(re.findall(r'\{"(\w+)", reader', source)) - {"password", "token"}
        self.assertGreater(len(keys), 15)
        for key in keys:
            self.assertRegex(PAGES["postrider"], rf"\.IR? {key}\b", key)

    def test_names_every_letter_of_sendmail(self):
        source = Path("apps/postrider/sendmail/arguments.cpp").read_text()
        letters = "".join(re.findall(r'letters_\w+ = "(\w+)"', source))
        self.assertGreater(len(letters), 25)
        for letter in letters:
            self.assertRegex(PAGES["postrider-sendmail"], rf"(?<![\w-])-{letter}", letter)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
