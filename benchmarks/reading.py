"""Measure how much of each document is read, and how fast: `python benchmarks/reading.py` writes the table of the docs.

Each document is compared with the transcribed payload of the same name in `tests/corpus`. The time is the best of
several rounds in one process. The maintainers' published reports are measured too, if they are there.
"""

import json
import time
from collections.abc import Iterator
from pathlib import Path

from gkformat import AnyReport, Unreadable, cells, load, read
from gkformat.readers.sheet import Sheet

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "tests" / "corpus"
REAL = ROOT.parent / "shared" / "corpus" / "raw"
PAGE = ROOT / "docs" / "reference" / "reading-measured.md"
ROUNDS = 7
HEAD = """# What is read, measured

Written by `benchmarks/reading.py`. A cell is *right* if its number, or its blank, is what the paper says; *open* if it
was left open with a finding; *wrong* if it says something else. The time is the best of {rounds} rounds, in
milliseconds, on the machine of the day.

| file | kind | right | wrong | open | ms |
|---|---|--:|--:|--:|--:|
"""


def measured(file: Path) -> str | None:
    """Return a row of the table; `None` for a file that has no transcription or cannot be read."""
    name = file.name.partition(".")[0]
    if not (CORPUS / f"{name}.json").exists():
        return None
    data = file.read_bytes()
    try:
        reading = read(data)
    except Unreadable:
        return None
    right, wrong, opened = _counted(reading.sheet, load(CORPUS / f"{name}.json", as_found=True))
    return f"| {file.name} | {reading.sheet.kind} | {right} | {wrong} | {opened} | {_milliseconds(data):.0f} |"


def _counted(sheet: Sheet, truth: AnyReport) -> tuple[int, int, int]:
    opened = sum(entry.is_unclear for entry in sheet.cells if entry.at not in _folded(sheet))
    wrong = 0
    for at, expected in cells(truth).items():
        entry = sheet.entries[at]
        if entry.state in {"number", "annotated", "blank"} and at not in _folded(sheet):
            wrong += str(entry.value) != str(expected)
    return len(sheet.cells) - wrong - opened, wrong, opened


def _folded(sheet: Sheet) -> set[str]:
    """Return the cells of the groups that the document filled as one row."""
    return {entry.at for entry in sheet.cells for group in sheet.merged if entry.at.within(group)}


def _milliseconds(data: bytes) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        read(data)
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def page() -> Iterator[str]:
    """Yield the lines of the page."""
    yield HEAD.format(rounds=ROUNDS).rstrip("\n")
    files = sorted((CORPUS / "documents").iterdir())
    yield from filter(None, map(measured, files))
    if REAL.is_dir():
        yield from ["", "## Reports as they were published", "", *HEAD.splitlines()[-2:]]
        yield from filter(None, map(measured, sorted(REAL.iterdir())))


if __name__ == "__main__":
    lines = list(page())
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(json.dumps({"lines": len(lines)}))
