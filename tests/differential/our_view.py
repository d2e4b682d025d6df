"""What Postrider says of messages: the lines that print_message prints, and the shape in which they are compared."""
import json
import subprocess

# Defects of the structure, which Python knows by the same names.
SHARED_DEFECTS = {
    "NoBoundaryInMultipart", "StartBoundaryNotFound", "CloseBoundaryNotFound", "FirstHeaderLineIsContinuation",
    "MissingHeaderBodySeparator", "MisplacedEnvelopeHeader", "InvalidMultipartContentTransferEncoding",
    "MultipartInvariantViolation",
}


def print_messages(printer, messages):
    """For each message what print_message says of it, read by one process."""
    octets = b"".join(b"%d\n" % len(message) + message for message in messages)
    lines = subprocess.run([printer], input=octets, check=True, capture_output=True).stdout.split(b"\n")
    assert lines.pop() == b"" and len(lines) == len(messages), "a line for each message"
    return [json.loads(line) for line in lines]


def view(part):
    """A part as json tells it, in the shape of python_view.view."""
    names = [defect["name"] for defect in part["defects"]]
    return {
        "headers": [(header["name"], header["value"]) for header in part["headers"]],
        "type": part["content_type"],
        "filename": part["filename"],
        "charset": part["charset"],
        "size": part["size"] or 0,
        "sha256": part["sha256"],
        "text": part["text"],
        "parts": None if part["parts"] is None else [view(child) for child in part["parts"]],
        "defects": sorted(SHARED_DEFECTS & set(names)),
        "all_defects": set(names),
    }


def raw_leaves(printed, octets):
    """The undecoded body of each leaf, depth first, cut out of the message by its range."""
    parts = printed["parts"]
    depths = [part["depth"] for part in parts] + [0]
    for part, next_depth in zip(parts, depths[1:]):
        if next_depth <= part["depth"]:
            begin, end = map(int, part["body"].split("-"))
            yield octets[begin:end]
