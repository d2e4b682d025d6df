#!/usr/bin/python3
"""What the pages about the dev server show in fenced blocks is true: it compiles, it runs, it is quoted rightly.

    blocks.py compile OUT.cpp PAGE...          a program that runs each block of C++
    blocks.py run POSTRIDER PAGE               its Python, and its shell that asks the API, against a server of their own
    blocks.py quoted PAGE FOLDER               that each block of C++ stands in one of the examples, line by line
"""
import contextlib
import json
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# What a page leaves to its reader's own program.
LEFT_OUT = re.compile(r"^// \.\.\. .* \.\.\.$", re.MULTILINE)


def blocks(page, language):
    text = Path(page).read_text(encoding="utf-8")
    found = [(text.count("\n", 0, one.start(2)) + 1, one[2]) for one in BLOCK.finditer(text) if one[1] == language]
    if not found:
        sys.exit(f"{page} has no block of {language}")
    return found


def compile_blocks(out, *pages):
    """Each is a function, which main() of shown.cpp calls."""
    code = '#include "shown.hpp"\n\n'
    names = []
    for page in pages:
        for line, block in blocks(page, "cpp"):
            names.append(f"block_{len(names)}")
            block = LEFT_OUT.sub("program_under_test(server.smtp());", block)
            code += f'static void {names[-1]}() {{\n#line {line} "{page}"\n{block}}}\n\n'
    table = "".join(f"    {name},\n" for name in names)
    Path(out).write_text(f"{code}void (*const shown[])() = {{\n{table}    nullptr}};\n", encoding="utf-8")


@contextlib.contextmanager
def catching(postrider):
    server = subprocess.Popen([postrider, "catch", "--json", "--smtp", "127.0.0.1:0", "--http", "127.0.0.1:0"],
                              stdout=subprocess.PIPE, text=True)
    try:
        yield json.loads(server.stdout.readline())
    finally:
        server.terminate()
        server.wait(20)
        server.stdout.close()


def with_ports(block, where):
    """The block as its reader has it, with the server's ports in place of the usual ones."""
    smtp, http = (where[door].rsplit(":", 1)[1] for door in ("smtp", "http"))
    block = block.replace("127.0.0.1:8025", f"127.0.0.1:{http}").replace('"127.0.0.1", 1025', f'"127.0.0.1", {smtp}')
    if re.search(r"\b(8025|1025)\b", block):
        sys.exit(f"a port that this test does not know how to put another for:\n{block}")
    return block


def kept(where):
    with urllib.request.urlopen(f"http://{where['http']}/api/v1/messages", timeout=30) as answer:
        return json.load(answer)["messages"]


def run_python(postrider, page):
    for line, block in blocks(page, "python"):
        with catching(postrider) as where:
            exec(compile("\n" * (line - 1) + with_ports(block, where), page, "exec"), {"__name__": "__main__"})
            if kept(where):
                sys.exit(f"{page}:{line}: the block was to leave nothing behind")


def run_shell(postrider, page):
    """The block that asks the API; those that start servers without end are for people."""
    asking = [(line, block) for line, block in blocks(page, "sh") if "/api/v1" in block]
    if not asking:
        sys.exit(f"{page} has no shell that asks the API")
    for line, block in asking:
        with catching(postrider) as where:
            subprocess.run([postrider, "send", "--server", f"smtp://{where['smtp']}", "--from", "me@example.com",
                            "--to", "ann@example.com", "--subject", "welcome", "--text", "hello"], check=True)
            done = subprocess.run(["bash", "-euo", "pipefail", "-c", with_ports(block, where).replace("curl -s", "curl -sf")],
                                  capture_output=True, text=True, timeout=60)
            if done.returncode or kept(where):
                sys.exit(f"{page}:{line}: {done.returncode}\n{done.stdout}{done.stderr}")
            if '"subject":"welcome"' not in done.stdout:
                sys.exit(f"{page}:{line}: it shows no mail:\n{done.stdout}")


def run(postrider, page):
    run_python(postrider, page)
    run_shell(postrider, page)


def lines_of(code):
    return [line.strip() for line in code.splitlines() if line.strip()]


def quoted(page, folder):
    examples = {path: "\n".join(lines_of(path.read_text(encoding="utf-8"))) for path in Path(folder).rglob("*.cpp")}
    wrong = [f"{page}:{line}" for line, block in blocks(page, "cpp")
             if not any("\n".join(lines_of(block)) in example for example in examples.values())]
    if wrong:
        sys.exit(f"these stand in no example: {', '.join(wrong)}")


if __name__ == "__main__":
    {"compile": compile_blocks, "run": run, "quoted": quoted}[sys.argv[1]](*sys.argv[2:])
