#!/usr/bin/python3
"""differential.py PRINT_MESSAGE GOLDEN_DIR DEVIATIONS_MD [MUTATIONS]

Reads the messages of Python's own tests, our golden ones, and seeded mutations of both, with our parser and with
Python's email under two policies, and compares trees, types, file names, charsets, decoded octets, texts, and defects
of the structure. Where we differ on purpose the difference has a name, which docs/deviations.md explains.
"""
import collections
import concurrent.futures
import pathlib
import re
import sys

import comparison
import deviations
import mutations
import our_view

SEED = 20261121
PYTHON_MESSAGES = pathlib.Path("/usr/lib/python3.11/test/test_email/data")


def sources(golden):
    files = sorted(PYTHON_MESSAGES.glob("msg_*.txt"))
    if not files:
        sys.exit(f"{PYTHON_MESSAGES} holds no messages: install libpython3.11-testsuite")
    files += sorted(golden.glob("*/*.eml"))
    return [(file.name, file.read_bytes()) for file in files]


def explained(document):
    """The names in the first column of the document's table."""
    return set(re.findall(r"^\| `([a-z0-9-]+)` \|", document.read_text(encoding="utf-8"), re.MULTILINE))


def compare(case):
    printed, octets = case
    return comparison.compare(our_view.view(printed["message"]), octets)


def main():
    printer, golden, document = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    count = int(sys.argv[4]) if len(sys.argv) > 4 else 10_000
    cases = sources(golden)
    cases = cases + list(mutations.mutations(cases, count, SEED))
    printed = our_view.print_messages(printer, [octets for _, octets in cases])

    seen, wrong = collections.Counter(), []
    with concurrent.futures.ProcessPoolExecutor() as pool:
        compared = pool.map(compare, zip(printed, (octets for _, octets in cases)), chunksize=100)
        for (name, octets), (names, unexplained) in zip(cases, compared, strict=True):
            seen.update(names or {"read alike"})
            if unexplained:
                wrong.append(f"{unexplained}, in {name}:\n{octets!r}")
    print(f"{len(cases)} messages: the {len(cases) - count} of Python's tests and our own, {count} mutations of them")
    for name, times in seen.most_common():
        print(f"{times:6} {name}")
    for one in wrong[:20]:
        print(one)
    if len(wrong) > 20:
        print(f"... and {len(wrong) - 20} more")

    undocumented = explained(document) ^ set(deviations.RULES)
    if undocumented:
        print(f"{document.name} and deviations.py do not name the same deviations: {sorted(undocumented)}")
    sys.exit(1 if wrong or undocumented else 0)


main()
