"""Header values, read by the library and by Python's email on thousands of seeded inputs.

usage: differential.py PRINT_VALUES

Both must say the same. Where they do not, the input has to show one of the deviations that are named here, each of
which is on purpose.
"""

import base64
import random
import re
import subprocess
import sys
from email import header, utils

SEED = 20261121
program = sys.argv[1]


def octets(text):
    return text if isinstance(text, bytes) else text.encode("utf-8")


def ask(questions):
    """The library's answers, each a list of octet strings."""
    lines = [" ".join([verb] + [base64.b64encode(octets(g)).decode() for g in given]) for verb, *given in questions]
    run = subprocess.run([program], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True)
    answers = run.stdout.split("\n")[:-1]
    assert len(answers) == len(questions)
    return [[base64.b64decode(word) for word in line.split(" ")[1:]] for line in answers]


failures = []


def compare(what, given, ours, theirs, deviations=()):
    if ours == theirs or any(applies(given, ours, theirs) for applies in deviations):
        return
    failures.append(f"{what}: {given!r}\n    ours   {ours!r}\n    Python {theirs!r}")


def mutated(rng, text, alphabet):
    text = list(text)
    for _ in range(rng.randrange(4)):
        at = rng.randrange(len(text) + 1)
        kind = rng.randrange(3)
        if kind == 0:
            text.insert(at, rng.choice(alphabet))
        elif at < len(text):
            text[at : at + 1] = [] if kind == 1 else [rng.choice(alphabet)]
    return "".join(text)


# Addresses: what we accept strictly, Python accepts with the same addresses. The rest both may refuse in their own way.

ADDRESSES = [
    "Ann <ann@example.net>",
    "ann@example.net, Bob Example <bob@example.com>",
    '"Doe, John" <john@doe.example>',
    '"a \\"b\\" c" <a@b>',
    "a@b (Ann)",
    "Friends: a@b, Carl <c@d>;, e@f",
    '"quoted local"@example.org',
    "a.b.c@d.e.f",
    "a@[192.0.2.1]",
    "J. R. Hacker <j@r>",
    "<x@y>",
]


def routes_are_read(given, ours, theirs):  # Python 3.11 makes three entries of <@a,@b:c@d>
    return "<@" in given.replace(" ", "") or re.search(r"<\s*(\(.*\))?\s*@", given)


def python_refuses_more(given, ours, theirs):
    """Its strict check counts commas: a quote or comment in an odd place, an empty member or a group fails all."""
    return theirs == [b""]


def empty_members_are_none(given, ours, theirs):
    if not ours or theirs == [b""] * len(theirs):
        return re.search(r"^[ ,]*,|,[ ,]*$|,\s*,", given)
    return [one for one in theirs if one] == ours


def comments_leave_no_trace(given, ours, theirs):  # Python keeps a comment's parenthesis in odd addresses
    return "(" in given or ")" in given


def names_of_groups_are_no_addresses(given, ours, theirs):
    return ":" in given or ";" in given


def backslash_is_no_atext(given, ours, theirs):
    return "\\" in given


def check_addresses(rng):
    texts = [mutated(rng, rng.choice(ADDRESSES), '@<>,;:"()\\ .abé[]') for _ in range(4000)] + ADDRESSES
    for text, ours in zip(texts, ask([("strict", text) for text in texts])):
        if ours == [b"none"]:
            continue
        theirs = [octets(address) for _, address in utils.getaddresses([text])]
        compare("strict addresses", text, ours[1::2], theirs,
                [routes_are_read, python_refuses_more, empty_members_are_none, comments_leave_no_trace, names_of_groups_are_no_addresses,
                 backslash_is_no_atext])
    # What we read in spite of its faults is an address that stands in the text, whole, and one only.
    for text, ours in zip(texts, ask([("lenient", text) for text in texts])):
        bare = re.sub(r"\s", "", text)
        for address in ours[1::2]:
            plain = address.decode().replace('"', "").replace(" ", "")
            if "(" not in text and plain not in bare.replace('"', ""):
                failures.append(f"lenient addresses: {text!r} gave {address!r}, which does not stand there")


# Dates

DATES = [
    "Fri, 20 Nov 2026 10:11:12 +0800",
    "20 Nov 2026 10:11:12 GMT",
    "20 Nov 97 10:11 EST",
    "Fri Nov 20 10:11:12 2026",
    "Friday, 20-Nov-26 10:11:12 GMT",
    "Fri, 20 Nov 2026 10.11.12 -0330",
    "20 Nov 2026 10:11:12 -0000 (comment)",
]


def date_is_stricter(given, ours, theirs):
    """What has a part that is none is no date: Python guesses, skips or lets it overflow."""
    return ours == [b"none"]


def more_forms_are_read(given, ours, theirs):
    return theirs == [b"none"]


def years_of_three_digits(given, ours, theirs):  # count from 1900: RFC 5322 §4.3
    return re.search(r"(?<![0-9])[0-9]{3}(?![0-9])", given)


def zones_are_found(given, ours, theirs):
    """ "+08:00", a zone behind a stray hyphen or comma, or with letters behind it: Python knows none."""
    return theirs[1] == b"unknown" and ours[1] != b"unknown"


def hyphens_part_words(given, ours, theirs):  # "20 Nov -2026": Python takes the year for a zone
    return re.search(r" -[0-9]{2,4} ", given)


def tell_python_date(text):
    try:
        when = utils.parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return [b"none"]
    offset = when.utcoffset()
    if offset is None:
        when = when.replace(tzinfo=utils.datetime.timezone.utc)
    return [b"%d" % int(when.timestamp()), b"unknown" if offset is None else b"%d" % int(offset.total_seconds())]


def check_dates(rng):
    for text, ours in zip(DATES, ask([("date", text) for text in DATES])):
        compare("date", text, ours, tell_python_date(text))
    texts = [mutated(rng, rng.choice(DATES), "0123456789:+-. ,JanZ()") for _ in range(4000)]
    for text, ours in zip(texts, ask([("date", text) for text in texts])):
        compare("date", text, ours, tell_python_date(text),
                [date_is_stricter, more_forms_are_read, years_of_three_digits, zones_are_found, hyphens_part_words])


# Encoded-words

WORDS = [
    "=?utf-8?q?Gr=C3=BC=C3=9Fe?=",
    "Re: =?utf-8?b?5rWL6K+V?= =?utf-8?b?6YKu5Lu2?= end",
    "=?iso-8859-1?Q?a?= b =?gb2312?B?1tDOxA==?=",
    "=?ISO-8859-1?Q?a_b?=\r\n =?ISO-8859-1?Q?c?=",
    "plain =?x",
]


def bad_base64_is_decoded_as_far_as_it_goes(given, ours, theirs):
    return theirs == ["HeaderParseError"] or re.search(r"\?[bB]\?(?![A-Za-z0-9+/]*={0,2}\?=)", given)


def split_groups_are_joined(given, ours, theirs):
    return any(len(group) % 4 for group in re.findall(r"\?[bB]\?([A-Za-z0-9+/]*)\?=", given))


def labels_are_names(given, ours, theirs):
    """A charset with a blank or "=" in it, or none, is no word; a language is no part of the charset."""
    return re.search(r"=\?[^?]*[ =*\r\n][^?]*\?[bBqQ]\?", given) or "=??" in given


def words_go_on_over_a_fold(given, ours, theirs):  # Python looks at each line by itself
    return any(word.group(0).splitlines()[1:] for word in re.finditer(r"=\?[^?]*\?[bBqQ]\?.*?\?=", given, re.S))


def python_runs(text):
    """decode_header's pieces as runs of octets and charset, text with an empty one, without its guesses at blanks."""
    try:
        pieces = header.decode_header(text)
    except header.HeaderParseError:
        return ["HeaderParseError"]
    return [(octets(piece) if isinstance(piece, bytes) else piece.encode("utf-8"), (charset or "").encode())
            for piece, charset in pieces]


def squeezed(runs):
    """Blanks at the seams are cut differently: Python strips them off unencoded text."""
    if runs == ["HeaderParseError"]:
        return runs
    out = []
    for piece, charset in runs:
        piece = b"".join(piece.split()) if not charset else piece
        if out and out[-1][1] == charset:
            out[-1] = (out[-1][0] + piece, charset)
        elif piece:
            out.append((piece, charset))
    return out


def check_words(rng):
    texts = [mutated(rng, rng.choice(WORDS), "=?bqQB_ aA1/+") for _ in range(4000)] + WORDS
    for text, told in zip(texts, ask([("words", text) for text in texts])):
        ours = squeezed(list(zip(told[0::2], told[1::2])))
        compare("encoded-words", text, ours, squeezed(python_runs(text)),
                [bad_base64_is_decoded_as_far_as_it_goes, split_groups_are_joined, labels_are_names, words_go_on_over_a_fold])


# Header.encode: Python reads back what was appended.

def check_headers(rng):
    pieces = ["Hello", "Grüße", "测试邮件", "a, b; c", "word " * 30, "ü" * 90, "x" * 120]
    charsets = {"": pieces, "utf-8": pieces, "gb18030": pieces[:1] + pieces[2:3], "iso-8859-1": pieces[:2] + pieces[3:]}
    questions = []
    for _ in range(1000):
        charset = rng.choice(list(charsets))
        questions.append(("header", rng.choice(pieces).strip(), rng.choice(charsets[charset]).strip(), charset))
    for question, told in zip(questions, ask(questions)):
        _, first, second, charset = question
        folded = told[0].decode()
        if any(len(line) > 78 for line in ("Subject: " + folded).split("\n")) and "x" * 120 not in folded:
            failures.append(f"header: {question!r} has a line above 78: {folded!r}")
        compare("header", question, str(header.make_header(header.decode_header(folded.replace("\n", "")))).split(),
                (first + " " + second).split(), [lambda g, o, t: "".join(o) == "".join(t)])


# RFC 2231 and the small ones

def check_small(rng):
    texts = ["".join(rng.choice('ab "\\<>\'%éü') for _ in range(rng.randrange(8))) for _ in range(500)]
    for text, ours in zip(texts, ask([("quote", text) for text in texts])):
        compare("quote", text, ours, [octets(utils.quote(text))])
    for text, ours in zip(texts, ask([("unquote", text) for text in texts])):
        one_pass = lambda given, o, t: "\\" in given  # Python replaces twice: \\" becomes a quote
        compare("unquote", text, ours, [octets(utils.unquote(text))], [one_pass])
    for text, ours in zip(texts, ask([("encode_rfc2231", text, "utf-8", "en") for text in texts])):
        compare("encode_rfc2231", text, ours, [octets(utils.encode_rfc2231(text, "utf-8", "en"))])
    names = ["", "Ann", "Doe, John", 'a "b"', "x.y", "a@b", "back\\slash"]
    for name, ours in zip(names, ask([("formataddr", name, "a@b.c") for name in names])):
        compare("formataddr", name, ours, [octets(utils.formataddr((name, "a@b.c")))])


def unknown_charsets_leave_no_guess(given, ours, theirs):
    """Octets under a charset that nobody knows are U+FFFD beyond ASCII; Python shows them as Latin-1."""
    return any(b"\xef\xbf\xbd" in one for one in ours)


def check_parameters(rng):
    questions = []
    for _ in range(1000):
        pairs = [("x/y", "")]
        for number in range(rng.randrange(4)):
            name = rng.choice(["name", "title"]) + rng.choice(["", f"*{number}", f"*{number}*"])
            value = rng.choice(['"plain"', "utf-8''%C3%BC", "bare", "%41", "us-ascii'en'a%20b"])
            pairs.append((name, value))
        questions.append(pairs)
    asked = [("params", *(word for pair in pairs for word in pair)) for pairs in questions]
    for pairs, ours in zip(questions, ask(asked)):
        decoded = utils.decode_params([tuple(pair) for pair in pairs])
        theirs = []
        for name, value in decoded:
            text = utils.unquote(value[2]) if isinstance(value, tuple) else value
            text = utils.collapse_rfc2231_value((value[0], value[1], text)) if isinstance(value, tuple) else utils.unquote(text)
            theirs += [octets(name), octets(text)]
        compare("decode_params", pairs, ours, theirs, [unknown_charsets_leave_no_guess])


for check in (check_addresses, check_dates, check_words, check_headers, check_small, check_parameters):
    before = len(failures)
    check(random.Random(SEED))
    print(f"{check.__name__}: {len(failures) - before} differences")
print("\n".join(failures[:80]))
sys.exit(bool(failures))
