#!/usr/bin/python3
"""golden_test.py PRINT_MESSAGE GOLDEN_DIR [--write]

Each message of the golden folder, in LF and in CRLF, is read as the .json beside it says: structure with octet offsets,
and everything that `to_json` tells. With --write the .json files are written anew; look at the difference before you keep it.
"""
import json
import pathlib
import subprocess
import sys

printer, golden = sys.argv[1], pathlib.Path(sys.argv[2])
failed = 0
files = sorted(golden.glob("*/*.eml"))
for file in files:
    printed = subprocess.run([printer, file], check=True, capture_output=True).stdout
    text = json.dumps(json.loads(printed), ensure_ascii=False, indent=1) + "\n"
    expected = file.with_suffix(".json")
    if "--write" in sys.argv:
        expected.write_text(text, encoding="utf-8")
    elif not expected.exists() or expected.read_text(encoding="utf-8") != text:
        print(f"{file.relative_to(golden)} is not read as {expected.name} says; it is read as\n{text}")
        failed += 1
print(f"{len(files) - failed} of {len(files)} golden messages read as they should be")
sys.exit(1 if failed or not files else 0)
