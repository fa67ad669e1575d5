"""Guard against slowdowns without a clock: count the instructions of a task relative to those of `orjson.loads`.

`python benchmarks/guard.py` compares with guard.json and fails if a task needs a tenth more; `--write` rewrites it.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
STORED = HERE / "guard.json"
ALLOWED = 1.1
FEW, MANY = 1, 11
"""Passes over the reports: the difference between two runs excludes imports and the first, slow calls."""

FLOOR = "orjson.loads"
TASKS = {
    FLOOR: "import orjson; task, items = orjson.loads, payloads",
    "loads": "from gkformat import loads; task, items = loads, payloads",
    "verdict": "from gkformat.codec.compiled import is_sound; task, items = is_sound, payloads",
    "dumps": "from gkformat import dumps, loads; task, items = dumps, [*map(loads, payloads)]",
    "check": "from gkformat import check, loads; task, items = check, [*map(loads, payloads)]",
    "one fault": (
        "from benchmarks.one_report import faults_of; from benchmarks.workload import spoiled;"
        "from gkformat import loads; task, items = faults_of(loads), [spoiled(payload, 1) for payload in payloads]"
    ),
}
PROGRAM = """\
import sys
sys.path.insert(0, {root!r})
from benchmarks.workload import reports
payloads = reports(20)
{prepare}
for _ in range({passes}):
    for item in items:
        task(item)
"""


def instructions(prepare: str, passes: int) -> int:
    """Return the number of instructions that an interpreter executes for this many passes."""
    valgrind = shutil.which("valgrind")
    if valgrind is None:
        sys.exit("valgrind is not installed")
    code = PROGRAM.format(root=str(HERE.parent), prepare=prepare, passes=passes)
    with tempfile.TemporaryDirectory() as folder:
        tool = [valgrind, "--tool=callgrind", f"--callgrind-out-file={folder}/out"]
        done = subprocess.run(  # noqa: S603 - our own interpreter, under valgrind
            [*tool, sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            # Without written bytecode, both runs compile the same modules, which the difference cancels.
            env={"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"},
        )
    found = re.search(r"Collected : (\d+)", done.stderr)
    if found is None:
        sys.exit(done.stderr)
    return int(found[1])


def ratios() -> dict[str, float]:
    """Return the instructions of each task over those of the floor."""
    needed = {name: instructions(task, MANY) - instructions(task, FEW) for name, task in TASKS.items()}
    return {name: round(count / needed[FLOOR], 3) for name, count in needed.items() if name != FLOOR}


def main() -> None:
    """Measure, and compare or write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write guard.json")
    write = parser.parse_args().write
    now = ratios()
    if write:
        STORED.write_text(json.dumps(now, indent=2) + "\n", encoding="utf-8")
        return
    before = json.loads(STORED.read_text(encoding="utf-8"))
    slower = [name for name, ratio in now.items() if ratio > before[name] * ALLOWED]
    for name, ratio in now.items():
        print(f"{name}: {ratio} × {FLOOR}, was {before[name]}{'  SLOWER' if name in slower else ''}")
    sys.exit(bool(slower))


if __name__ == "__main__":
    main()
