#!/usr/bin/python3
"""rows.py compile TABLE OUT.cpp | rows.py complete TABLE

The table that says what each of Python's names is called here (docs/from-python.md). `compile` writes a program whose
functions are the table's lines of C++; `complete` asks Python for its public names and tells those that the table lacks,
and those rows that have neither C++ nor a reason why not.
"""
import importlib
import inspect
import re
import sys

ROW = re.compile(r"^\| `([^`]+)` \| (?:`(.*)`)? ?\| ?(.*) ?\|$")
MODULES = """email email.message email.mime.base email.mime.multipart email.mime.text email.mime.image email.mime.audio
email.mime.application email.mime.message email.mime.nonmultipart email.header email.utils email.encoders email.policy
email.headerregistry email.generator email.parser email.iterators email.charset email.errors email.contentmanager
smtplib""".split()
# How Python's own machinery is put together, not what a program calls.
INNER = {"init", "parse", "value_parser", "max_count"}


def rows(table):
    section = None
    for number, line in enumerate(open(table, encoding="utf-8"), 1):
        if line.startswith("## "):
            first, *more = re.split(r", ", line[3:].strip())
            section = [first] + [first.rpartition(".")[0] + name for name in more]
        elif line.startswith("| `"):
            row = ROW.match(line.rstrip("\n"))
            if not row:
                sys.exit(f"{table}:{number}: this is no row: {line}")
            yield number, section, *row.groups()


def own_members(thing):
    """Those that a class adds to what it stands on."""
    inherited = {name for base in thing.__mro__[1:] for name in vars(base)}
    return [name for name in vars(thing) if not name.startswith("_") and name not in INNER | inherited]


def names_of(module):
    loaded = importlib.import_module(module)
    public = getattr(loaded, "__all__", None) or [
        name for name in dir(loaded)
        if not name.startswith("_") and getattr(getattr(loaded, name), "__module__", None) == module]
    for name in public:
        yield name
        thing = getattr(loaded, name, None)
        if inspect.isclass(thing) and not issubclass(thing, Exception):
            for member in own_members(thing):
                yield f"{name}.{member}"


def attributes_of_smtplib():
    """What its __all__ leaves out: constants, LMTP, and what only an instance shows."""
    import smtplib
    for name, value in vars(smtplib).items():
        is_own = getattr(value, "__module__", "smtplib" if isinstance(value, (int, str, bytes, re.Pattern)) else None)
        if not name.startswith("_") and is_own == "smtplib":
            yield name
    made = {"SMTP": smtplib.SMTP(""), "LMTP": smtplib.LMTP(""),
            "SMTPResponseException": smtplib.SMTPResponseException(550, b"no"),
            "SMTPSenderRefused": smtplib.SMTPSenderRefused(550, b"no", "a@b.example"),
            "SMTPRecipientsRefused": smtplib.SMTPRecipientsRefused({})}
    inherited = set(vars(made["SMTP"]))
    for name, one in made.items():
        of_its_own = set(vars(one)) - (inherited if name == "LMTP" else set())
        yield from (f"{name}.{attribute}" for attribute in of_its_own if not attribute.startswith("_"))
    yield from (f"{kind.__name__}.{name}" for kind in (smtplib.LMTP, smtplib.SMTP_SSL)
                for name in vars(kind) if not name.startswith("_"))


def complete(table):
    told = {(module, name) for _, section, name, _, _ in rows(table) for module in section}
    missing = [f"{module}: {name}" for module in MODULES for name in names_of(module)
               if (module, name) not in told]
    missing += [f"smtplib: {name}" for name in attributes_of_smtplib() if ("smtplib", name) not in told]
    bare = [f"{table}:{number}: {name} has neither C++ nor a reason" for number, _, name, code, note in rows(table)
            if not code and not note and name != "HeaderRegistry.map_to_type"]
    print("\n".join(missing + bare) or f"{len(told)} names")
    return bool(missing + bare)


def compile_rows(table, out):
    with open(out, "w", encoding="utf-8") as to:
        to.write('#include "rows.hpp"\n\n')
        for number, _, _, code, _ in rows(table):
            if code:
                to.write(f'#line {number} "{table}"\nstruct row_{number} : names {{\n    void run() {{ {code} }}\n}};\n')


if __name__ == "__main__":
    sys.exit(compile_rows(*sys.argv[2:]) if sys.argv[1] == "compile" else complete(sys.argv[2]))
