"""Messages changed a little, where it hurts. The same seed gives the same messages."""
import random
import re

SPECIAL = b" \t-=:;,\"'()<>*%?_\\/abZ09\x00\xe4\xff"


def _delete(lines, dice, _):
    del lines[dice.randrange(len(lines))]


def _repeat(lines, dice, _):
    lines.insert(dice.randrange(len(lines)), dice.choice(lines))


def _swap(lines, dice, _):
    a, b = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[a], lines[b] = lines[b], lines[a]


def _empty(lines, dice, _):
    lines[dice.randrange(len(lines))] = b"\n"


def _splice(lines, dice, others):
    """Some lines of another message between ours."""
    theirs = dice.choice(others).splitlines(keepends=True) or [b""]
    begin = dice.randrange(len(theirs))
    at = dice.randrange(len(lines))
    lines[at:at] = theirs[begin:begin + dice.randint(1, 8)]


def _change_octet(lines, dice, _):
    at = dice.randrange(len(lines))
    if len(lines[at]) > 1:
        where = dice.randrange(len(lines[at]) - 1)
        lines[at] = lines[at][:where] + bytes([dice.choice(SPECIAL)]) + lines[at][where + 1:]


def _flip_bit(lines, dice, _):
    at = dice.randrange(len(lines))
    line = bytearray(lines[at])
    if line:
        line[dice.randrange(len(line))] ^= 1 << dice.randrange(8)
    lines[at] = bytes(line)


def _tamper_boundary(lines, dice, _):
    """A delimiter line, or a line that speaks of one, becomes nearly right."""
    candidates = [i for i, line in enumerate(lines) if line.startswith(b"--") or b"boundary" in line.lower()]
    if not candidates:
        return
    at = dice.choice(candidates)
    line = lines[at].rstrip(b"\r\n")
    end = lines[at][len(line):]
    lines[at] = dice.choice([line + b"--", line.removesuffix(b"--"), line + b"  \t", b" " + line, line[1:], line[:-1],
                             b"--" + line, line + b"x", line.upper(), line.replace(b'"', b"")]) + end


def _change_line_end(lines, dice, _):
    at = dice.randrange(len(lines))
    text = lines[at].rstrip(b"\r\n")
    lines[at] = text + (b"\r\n" if lines[at] == text + b"\n" else b"\n")


def _truncate(lines, dice, _):
    del lines[dice.randrange(len(lines)):]
    if lines and dice.random() < 0.5:
        lines[-1] = lines[-1][:dice.randrange(len(lines[-1]) + 1)]


CHANGES = [_delete, _repeat, _swap, _empty, _splice, _change_octet, _change_octet, _flip_bit, _tamper_boundary,
           _change_line_end, _truncate]


def mutate(octets, dice, others):
    lines = octets.splitlines(keepends=True) if b"\r" not in octets else re.findall(rb"[^\n]*\n|[^\n]+$", octets)
    for _ in range(dice.randint(1, 3)):
        if lines:
            dice.choice(CHANGES)(lines, dice, others)
    changed = b"".join(lines)
    end = dice.random()
    if end < 0.2:
        changed = changed.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    elif end < 0.4:
        changed = changed.replace(b"\r\n", b"\n")
    return changed


def mutations(sources, count, seed):
    """`count` pairs of a name and octets, made of `sources`: pairs of a name and octets."""
    dice = random.Random(seed)
    others = [octets for _, octets in sources]
    for number in range(count):
        name, octets = dice.choice(sources)
        yield f"{name}, mutation {number}", mutate(octets, dice, others)
