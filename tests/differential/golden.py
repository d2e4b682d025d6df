#!/usr/bin/python3
"""golden.py PRINT_MESSAGE GOLDEN_DIR [--write]

Each message of the golden folder, in LF and in CRLF, is read as the .json beside it says: structure with octet offsets,
and everything that `to_json` tells. Each is also read by Python's email: what it says must be the same, but for the
deviations that the .json names, and the octets of each leaf must be those that its range cuts out of the message.

With --write the .json files are written anew, after Python has agreed to them, and a missing .crlf.eml is made of its
.lf.eml. Look at the difference before you keep it.
"""
import json
import pathlib
import sys

import comparison
import our_view
import python_view

# Where a body ends is part of these.
OF_BODIES = {"multipart-without-parts", "multipart-closed-at-once", "multipart-encoded", "message-encoded",
             "delimiter-then-close", "envelope-line"}


def ranges_are_right(printed, octets):
    ours, theirs = list(our_view.raw_leaves(printed, octets)), python_view.raw_leaves(octets)
    return len(ours) == len(theirs) and all(b in (python_view.NOT_READ, a) for a, b in zip(ours, theirs))


def expectation(printed, octets):
    """What belongs into the .json; or what Python says otherwise without a name for it."""
    names, unexplained = comparison.compare(our_view.view(printed["message"]), octets)
    return {"deviations": sorted(names), **printed}, unexplained


def make_crlf(golden):
    for file in golden.glob("*/*.lf.eml"):
        other = file.with_name(file.name.replace(".lf.eml", ".crlf.eml"))
        if not other.exists():
            other.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))


def check(file, printed, write):
    """What is wrong with one message, or None."""
    found, unexplained = expectation(printed, file.read_bytes())
    if unexplained:
        return f"Python reads it otherwise: {unexplained}"
    if not OF_BODIES & set(found["deviations"]) and not ranges_are_right(printed, file.read_bytes()):
        return "Python finds its leaves at other places"
    text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    expected = file.with_suffix(".json")
    if write:
        expected.write_text(text, encoding="utf-8")
    elif not expected.exists() or expected.read_text(encoding="utf-8") != text:
        return f"it is not read as {expected.name} says; it is read as\n{text}"
    return None


def main():
    printer, golden, write = sys.argv[1], pathlib.Path(sys.argv[2]), "--write" in sys.argv
    if write:
        make_crlf(golden)
    files = sorted(golden.glob("*/*.eml"))
    printed = our_view.print_messages(printer, [file.read_bytes() for file in files])
    failed = 0
    for file, one in zip(files, printed, strict=True):
        wrong = check(file, one, write)
        if wrong:
            failed += 1
            print(f"{file.relative_to(golden)}: {wrong}")
    print(f"{len(files) - failed} of {len(files)} golden messages are read as they should be")
    sys.exit(1 if failed or not files else 0)


main()
