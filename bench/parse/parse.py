"""Answers the same questions with Python's email (the API called compat32, the faster of its two).

    parse.py corpus|mbox FILE COUNT      prints the CPU seconds that each of COUNT turns took
    parse.py corpus|mbox FILE 0          prints what was read instead: a line of JSON for each message

A corpus is messages one behind the other, each below a line that holds its size.
"""
import email
import email.header
import email.utils
import json
import re
import sys
import time

what, file, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
with open(file, "rb") as opened:
    octets = opened.read()


def corpus():
    at = 0
    while at < len(octets):
        end = octets.index(b"\n", at)
        size = int(octets[at:end])
        yield octets[end + 1:end + 1 + size]
        at = end + 1 + size


def mbox():
    starts = [match.start() for match in re.finditer(rb"^From ", octets, re.MULTILINE)]
    for begin, end in zip(starts, starts[1:] + [len(octets)]):
        yield octets[begin:end]


def decoded(value):
    if value is None:
        return ""
    value = re.sub("\r?\n", "", str(value))
    try:
        return str(email.header.make_header(email.header.decode_header(value)))
    except Exception:  # noqa: BLE001 - broken words and unknown charsets raise all kinds of errors
        return value


def leaf(part):
    payload = part.get_payload(decode=True) or b""
    if part.get_content_maintype() != "text":
        return payload.decode("latin-1")
    try:
        return payload.decode(part.get_content_charset("ascii"), "replace")
    except LookupError:
        return payload.decode("utf-8", "replace")


def read(message):
    parts = list(email.message_from_bytes(message).walk())
    headers = [decoded(value) for part in parts for value in part.values()]
    subject = decoded(parts[0]["subject"])
    return {"subject": subject, "headers": len(headers), "leaves": [leaf(p) for p in parts if not p.is_multipart()]}


def addresses(value):
    pairs = email.utils.getaddresses([value or ""])
    return ", ".join(f"{decoded(name)} <{address}>" for name, address in pairs)


def list_line(message):
    parsed = email.message_from_bytes(message)
    return {
        "from": addresses(parsed["from"]),
        "to": addresses(parsed["to"]),
        "subject": decoded(parsed["subject"]),
        "date": int(email.utils.parsedate_to_datetime(parsed["date"]).timestamp()),
        "message_id": parsed["message-id"],
    }


messages = list(corpus() if what == "corpus" else mbox())
answer = read if what == "corpus" else list_line
if count == 0:
    for message in messages:
        print(json.dumps(answer(message), ensure_ascii=True))
    sys.exit()
began = time.process_time()
for _ in range(count):
    for message in messages:
        answer(message)
print((time.process_time() - began) / count)
