"""Where we read a message otherwise than Python's email, on purpose.

Each has a name, which docs/deviations.md explains, and a rule that says whether it accounts for a difference.
"""
import re

from python_view import FAILED

DELIMITER_THEN_CLOSE = re.compile(rb"^--(.+?)[ \t]*\r?\n--\1--", re.MULTILINE)
STRAY_ENVELOPE_LINE = re.compile(rb"^From ", re.MULTILINE)
LONE_CR = re.compile(rb"\r(?!\n)")
OPEN_BOUNDARY = re.compile(rb'boundary\s*=\s*"[^"\r\n]*\r?(\n(?![ \t])|$)', re.IGNORECASE)
BLANK_BEFORE_LINE_END = re.compile(rb"[ \t]\r?(\n|$)")
WRITTEN_FOR_A_LARGER_ONE = {"gb2312", "gbk", "shift_jis", "euc-kr", "ks_c_5601-1987"}
OF_SEVERAL_OCTETS = {"big5", "euc-jp", "gb18030", "hz-gb-2312", "iso-2022-jp", "utf-7", "utf-16"}
UUENCODE = {"x-uuencode", "uuencode", "x-uue", "uue"}


class difference:
    """`key` of a part differs."""

    def __init__(self, key, ours, theirs, octets, policy):
        self.key, self.octets, self.policy = key, octets, policy
        self.ours, self.theirs = ours[key], theirs[key]
        self.defects = ours["all_defects"]
        self.our_part, self.their_part = ours, theirs

    def __str__(self):
        return f"{self.key} ({self.policy}), defects {sorted(self.defects)}: ours {self.ours!r}, Python's {self.theirs!r}"

    def among(self, *keys):
        return self.key in keys

    def tells(self, *defects):
        return bool(self.defects & set(defects))

    @property
    def of_content(self):
        return self.among("sha256", "text")

    @property
    def of_parameter(self):
        return self.among("filename", "charset")

    @property
    def of_structure(self):
        return self.among("parts", "sha256", "defects") and self.our_part["type"].startswith("multipart/")

    @property
    def in_compat32(self):
        return self.policy == "compat32"

    @property
    def of_8bit_parameter(self):
        return (self.key == "charset" and not (self.ours or "").isascii()
                or self.of_parameter and "\ufffd" in (self.ours or "") + (self.theirs or ""))


def one_for_many(text):
    return re.sub("\ufffd+", "\ufffd", text or "")


def without_blanks_and_quotes(text):
    return re.sub(r'[\s"\\]', "", text)


def is_called_ascii(part):
    return part["charset"] in (None, "us-ascii", "ascii")


def is_broken_text(d):
    return d.tells("UndecodableBytes") or "\ufffd" in d.theirs


RULES = {
    "python-fails": lambda d: d.theirs == FAILED,
    "lone-cr": lambda d: LONE_CR.search(d.octets),

    "field-8bit": lambda d: d.key == "value" and re.search(r"\ufffd|\\udc", d.theirs),
    "field-controls": lambda d: d.key == "value" and re.search(r"\\[xu]", d.ours),
    "field-words": lambda d: d.key == "value" and without_blanks_and_quotes(d.ours) == without_blanks_and_quotes(d.theirs),
    "field-words-broken": lambda d: d.key == "value"
    and ("=?" in d.ours or d.tells("InvalidEncodedWord", "UnknownCharset")),

    "type-invalid": lambda d: d.key == "type" and d.tells("InvalidContentType"),
    "type-rest": lambda d: d.key == "type" and re.search(r"[\s()]", d.theirs),
    "multipart-encoded": lambda d: d.tells("InvalidMultipartContentTransferEncoding"),
    "message-encoded": lambda d: d.tells("EncodedMessage"),
    "multipart-without-parts": lambda d: d.key == "sha256" and abs(d.our_part["size"] - d.their_part["size"]) <= 2
    and d.tells("NoBoundaryInMultipart", "StartBoundaryNotFound"),
    "multipart-closed-at-once": lambda d: d.key == "sha256" and d.their_part["size"] < d.our_part["size"]
    and d.tells("StartBoundaryNotFound"),
    "delimiter-then-close": lambda d: DELIMITER_THEN_CLOSE.search(d.octets),
    "envelope-line": lambda d: STRAY_ENVELOPE_LINE.search(d.octets),

    "base64-end": lambda d: d.of_content and d.tells("InvalidBase64Length", "DataAfterPadding"),
    "quoted-printable-equals": lambda d: d.of_content and d.tells("InvalidQuotedPrintable"),
    "quoted-printable-blanks": lambda d: d.of_content and d.their_part["encoding"] == "quoted-printable"
    and BLANK_BEFORE_LINE_END.search(d.octets),

    "uuencode-broken": lambda d: d.of_content and d.their_part["encoding"].strip() in UUENCODE,
    "encoding-blanks": lambda d: d.of_content and d.their_part["encoding"] != d.their_part["encoding"].strip(),

    "text-undeclared": lambda d: d.key == "text" and is_called_ascii(d.their_part)
    and d.tells("UndeclaredCharset", "UndecodableBytes"),
    "text-larger-charset": lambda d: d.key == "text" and d.our_part["charset"] in WRITTEN_FOR_A_LARGER_ONE
    and "\ufffd" in d.theirs,
    "text-broken": lambda d: d.key == "text" and d.our_part["charset"] in OF_SEVERAL_OCTETS and is_broken_text(d),
    "text-replacements": lambda d: d.key == "text" and d.tells("UndecodableBytes")
    and one_for_many(d.ours) == one_for_many(d.theirs),

    "parameter-8bit": lambda d: d.of_8bit_parameter,
    "parameter-twice": lambda d: d.of_parameter and d.tells("DuplicateParameter"),
    "parameter-words": lambda d: d.in_compat32 and d.of_parameter and "=?" in (d.theirs or ""),
    "parameter-broken": lambda d: (d.of_parameter or d.of_structure) and d.tells("InvalidParameter"),
    "parameter-quote": lambda d: d.in_compat32 and (d.of_structure and OPEN_BOUNDARY.search(d.octets)
                                                    or d.of_parameter and re.search(r'^"|\\', d.theirs or "")),
    "parameter-apostrophe": lambda d: not d.in_compat32 and d.of_parameter and "'" in d.ours,
    "parameter-comment": lambda d: d.in_compat32 and b"(" in d.octets
    and (d.of_parameter or d.of_structure and d.tells("NoBoundaryInMultipart")),
}


def name_of(difference):
    """The first deviation that accounts for it, or None."""
    for name, rule in RULES.items():
        if rule(difference):
            return name
    return None
