#!/usr/bin/python3
"""differential.py PRINT_MESSAGE GOLDEN_DIR [MUTATIONS]

Reads the golden messages and seeded mutations of them with our parser and with Python's email (policy.default), and
compares trees, content types, file names and decoded octets. Each way in which we differ on purpose has a name in
`deviation` below, with its reason.
"""
import email
import email.policy
import hashlib
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

SEED = 20261121
ANYTHING = "not compared"


def python_says(part):
    maintype = part.get_content_maintype()
    children = None
    digest = None
    if maintype == "multipart" and part.is_multipart():
        children = [python_says(child) for child in part.get_payload()]
    elif part.get_content_type() in ("message/rfc822", "message/global"):
        children = [python_says(child) for child in part.get_payload()]
    elif maintype == "message":
        digest = ANYTHING  # Python reads every message/* as a message; we read those two
    else:
        digest = hashlib.sha256(part.get_payload(decode=True)).hexdigest()
    try:
        name = (part.get_filename() or "").strip() or None
    except Exception:  # noqa: BLE001 - Python's parser of parameters fails on some of them
        name = ANYTHING
    return {"type": part.get_content_type(), "filename": name, "sha256": digest, "parts": children}


def we_say(part):
    parts = part["parts"]
    return {
        "type": part["content_type"],
        "filename": part["filename"],
        "sha256": part["sha256"],
        "parts": None if parts is None else [we_say(child) for child in parts],
        "defects": {defect["name"] for defect in part["defects"]},
    }


DELIMITER_THEN_CLOSE = re.compile(rb"^--(.+?)[ \t]*\r?\n--\1--", re.MULTILINE)
STRAY_ENVELOPE_LINE = re.compile(rb"^From ", re.MULTILINE)


def deviation(key, ours, theirs, octets):
    """Why we differ on purpose in `key` of this part, or None."""
    defects = ours["defects"]
    if key == "type" and "InvalidContentType" in defects:
        return "a type that is none is text/plain (RFC 2045 5.2)"
    if key == "type" and re.search(r"\s", theirs["type"]):
        return "what follows a blank is no part of the type"
    if "EncodedMessage" in defects:
        return "an encoded message is not read as if it were not (RFC 2046 5.2.1)"
    if "InvalidMultipartContentTransferEncoding" in defects:
        return "a multipart that says it is encoded is opaque (RFC 2045 6.4); it may be opened by itself"
    if key == "filename" and "UndeclaredCharset" in defects:
        return "raw octets in a header that are no UTF-8 are guessed"
    if key == "sha256" and defects & {"InvalidBase64Length", "DataAfterPadding"}:
        return "'=' ends base64, and a character left over is dropped; Python gives such content back undecoded"
    if key == "sha256" and "InvalidQuotedPrintable" in defects:
        return "'=' at the end of quoted-printable stays, as any other that is malformed"
    if key == "sha256" and defects & {"NoBoundaryInMultipart", "StartBoundaryNotFound"}:
        return "a multipart without parts is content up to the outer delimiter; Python adds or drops octets at its end"
    if key == "filename" and "DuplicateParameter" in defects:
        return "of several values the extended one counts"
    if key == "filename" and "InvalidParameter" in defects:
        return "parameters with gaps between sections, without needed quotes or without a charset are read as far as they go"
    if DELIMITER_THEN_CLOSE.search(octets):
        return "a close-delimiter right behind a delimiter closes; Python takes it for a repeated one"
    if STRAY_ENVELOPE_LINE.search(octets):
        return "a 'From ' line inside a header is passed over, also right before the blank line"
    return None


def first_difference(ours, theirs):
    """(key, our part, Python's part) where the two first differ, or None."""
    for key in ("type", "filename", "sha256"):
        if theirs[key] != ANYTHING and ours[key] != theirs[key]:
            return key, ours, theirs
    if theirs["sha256"] == ANYTHING:
        return None
    counts = [None if part["parts"] is None else len(part["parts"]) for part in (ours, theirs)]
    if counts[0] != counts[1]:
        return "parts", ours, theirs
    for mine, yours in zip(ours["parts"] or [], theirs["parts"] or []):
        difference = first_difference(mine, yours)
        if difference:
            return difference
    return None


def mutate(octets, dice):
    """Changes a message of LF lines a little, where it hurts: lines, boundaries, single octets, the end."""
    for _ in range(dice.randint(1, 3)):
        lines = octets.split(b"\n")
        at = dice.randrange(len(lines))
        kind = dice.randrange(6)
        if kind == 0:
            del lines[at]
        elif kind == 1:
            lines.insert(at, lines[dice.randrange(len(lines))])
        elif kind == 2:
            other = dice.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        elif kind == 3 and lines[at]:
            where = dice.randrange(len(lines[at]))
            lines[at] = lines[at][:where] + bytes([dice.choice(b" \t-=:;\"abZ0%\xe4")]) + lines[at][where + 1:]
        elif kind == 4:
            lines[at] = b""
        octets = b"\n".join(lines)
        if kind == 5:
            octets = octets[:dice.randrange(len(octets) + 1)]
    return octets


def messages(golden, count):
    files = sorted(golden.glob("*/*.eml"))
    for file in files:
        yield file.name, file.read_bytes()
    dice = random.Random(SEED)
    sources = [file for file in files if file.name.endswith(".lf.eml")]
    for number in range(count):
        file = dice.choice(sources)
        octets = mutate(file.read_bytes(), dice)
        if dice.random() < 0.5:
            octets = octets.replace(b"\n", b"\r\n")
        yield f"{file.name}, mutation {number}", octets


def main():
    printer, golden = sys.argv[1], pathlib.Path(sys.argv[2])
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 600
    cases = list(messages(golden, count))
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, (_, octets) in enumerate(cases):
            paths.append(pathlib.Path(folder, f"{number}.eml"))
            paths[-1].write_bytes(octets)
        printed = subprocess.run([printer, *paths], check=True, capture_output=True).stdout.splitlines()

    same, deviations, wrong = 0, {}, []
    for (name, octets), line in zip(cases, printed, strict=True):
        ours = we_say(json.loads(line)["message"])
        theirs = python_says(email.message_from_bytes(octets, policy=email.policy.default))
        difference = first_difference(ours, theirs)
        if difference is None:
            same += 1
            continue
        reason = deviation(*difference, octets)
        if reason:
            deviations[reason] = deviations.get(reason, 0) + 1
        else:
            key, mine, yours = difference
            wrong.append(f"{name}: {key}: ours {mine[key]!r}, Python's {yours[key]!r}\n{octets!r}")
    print(f"{same} messages read alike")
    for reason, times in sorted(deviations.items()):
        print(f"{times} read differently on purpose: {reason}")
    for one in wrong:
        print(one)
    sys.exit(1 if wrong else 0)


main()
