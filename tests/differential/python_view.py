"""What Python's email says of a message, in the shape in which it is compared."""
import email
import email.header
import email.policy
import hashlib
import re

from our_view import SHARED_DEFECTS

POLICIES = {"default": email.policy.default, "compat32": email.policy.compat32}
FAILED = "Python fails here"
NOT_READ = "not compared"


def _or_failed(ask):
    try:
        return ask()
    except Exception:  # noqa: BLE001 - its parsers of header values raise all kinds of errors
        return FAILED


def _octets(part):
    return part.get_payload(decode=True)


def _text(part, policy):
    if policy == "default":
        return part.get_content()
    return _octets(part).decode(part.get_content_charset("ascii"), "replace")


def _name(part):
    return (part.get_filename() or "").strip() or None


def _decoded(value):
    unfolded = re.sub(r"\r?\n", "", str(value))
    decoded = _or_failed(lambda: str(email.header.make_header(email.header.decode_header(unfolded))))
    return decoded.encode("utf-8", "surrogateescape").decode("utf-8", "replace")  # raw octets as UTF-8


def _view(part, policy):
    children = octets = digest = text = None
    if part.get_content_type() in ("message/rfc822", "message/global"):
        children = [_view(child, policy) for child in part.get_payload()]
    elif part.get_content_maintype() == "multipart" and part.is_multipart():
        children = [_view(child, policy) for child in part.get_payload()]
    elif part.is_multipart():
        digest = NOT_READ  # Python reads every message/* as a message; we read those two
    else:
        octets = _octets(part)
        digest = hashlib.sha256(octets).hexdigest()
        if part.get_content_maintype() == "text":
            text = _or_failed(lambda: _text(part, policy))
    return {
        "headers": [(name, _decoded(value)) for name, value in part.raw_items()] if policy == "compat32" else [],
        "type": part.get_content_type(),
        "filename": _or_failed(lambda: _name(part)),
        "charset": _or_failed(part.get_content_charset),
        "encoding": str(part.get("content-transfer-encoding", "")).lower(),
        "size": len(octets or b""),
        "sha256": digest,
        "text": text,
        "parts": children,
        "defects": sorted(SHARED_DEFECTS & {type(one).__name__.removesuffix("Defect") for one in part.defects}),
    }


def view(octets, policy):
    """`policy` is a name of POLICIES."""
    return _view(email.message_from_bytes(octets, policy=POLICIES[policy]), policy)


def _raw_leaves(part):
    if not part.is_multipart():
        # get_payload() would decode 8-bit octets; what the parser kept is what stands in the message.
        yield part._payload.encode("ascii", "surrogateescape")
    elif part.get_content_maintype() == "multipart" or part.get_content_type() in ("message/rfc822", "message/global"):
        for child in part.get_payload():
            yield from _raw_leaves(child)
    else:
        yield NOT_READ


def raw_leaves(octets):
    """The undecoded body of each leaf, depth first; NOT_READ for what Python reads as a message and we do not."""
    return list(_raw_leaves(email.message_from_bytes(octets)))
