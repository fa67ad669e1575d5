"""Measure many reports: JSON Lines judged by one process and by two, columns judged at once, and growth."""

import subprocess
import sys
from collections.abc import Iterable, Iterator
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import orjson

from benchmarks.harness import Section, Target, Timing, each, interleaved
from benchmarks.workload import reports
from gkformat import check, loads
from gkformat.bulk import check_batches, check_lines, to_batches

LINES = 100_000
DIFFERENT = 2000
GROWTH = (1000, 10_000, 100_000, 1_000_000)
MANY = 30
"""The number of rounds from which the longest file is measured too."""
BODIES = 200_000
"""An estimate of the number of bodies that publish a report each year."""


def judging_lines(rounds: int) -> Section:
    """Read and judge a file of JSON Lines."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "reports.jsonl")
        _write(file, LINES)
        floor = {FLOOR: lambda: _exhaust(_parsed(file))}
        few = max(3, rounds // 10)
        one = interleaved({**floor, ONE: lambda: _exhaust(check_lines(file))}, few)
        two = interleaved({**floor, TWO: lambda: _exhaust(check_lines(file, processes=2))}, few, clock=perf_counter)
    table: list[tuple[str, ...]] = [("variant", "µs a line", "× `orjson.loads`")]
    table += [_row(name, timings[name], timings[FLOOR]) for name, timings in ((FLOOR, one), (ONE, one), (TWO, two))]
    country = [timings[name].best / LINES * BODIES for name, timings in ((ONE, one), (TWO, two))]
    text = (
        f"{LINES:,} reports of about 6 kB in a file. Of two processes it is the time on the wall that counts, "
        "and it is compared with the time on the wall of `orjson.loads` in one process. "
        f"The reports of a country for one year, about {BODIES:,} of them, take {country[0]:.1f} s with one process "
        f"and {country[1]:.1f} s with two."
    )
    targets = [
        Target(f"{LINES:,} lines, verdicts, 1 process", one[ONE].over(one[FLOOR]), 1.15, 1.3),
        Target(f"{LINES:,} lines, verdicts, 2 processes", two[TWO].over(two[FLOOR]), 0.62, 0.75),
    ]
    return Section("Many reports: lines", text, table, targets)


FLOOR, ONE, TWO = "`orjson.loads` of each line", "`check_lines(file)`", "`check_lines(file, processes=2)`"


def _row(name: str, timing: Timing, floor: Timing) -> tuple[str, ...]:
    return name, f"{timing.best / LINES * 1e6:.1f}", str(timing.over(floor))


def _parsed(file: Path) -> Iterator[object]:
    with file.open("rb", buffering=2**20) as stream:
        yield from map(orjson.loads, stream)


def judging_columns(rounds: int) -> Section:
    """Judge reports in columns, against the same reports as objects."""
    objects = [loads(text) for text in reports(DIFFERENT)] * 4
    batches = list(to_batches(objects))
    rows, columns = "`check` of each report", "`check_batches`"
    timings = interleaved(
        {rows: each(check, objects), columns: lambda: _exhaust(check_batches(batches))}, max(3, rounds // 3)
    )
    table = [("variant", "µs a report")]
    table += [(name, f"{timing.best / len(objects) * 1e6:.2f}") for name, timing in timings.items()]
    text = "Reports in memory, as objects and as record batches; verdicts, and what is broken or undecided."
    target = Target(
        "`check_batches` on Arrow, times as fast", timings[rows].over(timings[columns]), 10, 5, at_least=True
    )
    return Section("Many reports: columns", text, table, [target])


def growing(rounds: int) -> Section:
    """Measure time and memory by the number of reports."""
    sizes = GROWTH if rounds >= MANY else GROWTH[:-1]
    table = [("reports", "seconds", "µs a report", "memory, MB")]
    with TemporaryDirectory() as folder:
        file = Path(folder, "reports.jsonl")
        for size in sizes:
            _write(file, size)
            command = [sys.executable, "-c", _ALONE, str(file)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - ourselves
            seconds, memory = map(float, done.stdout.split())
            table.append((f"{size:,}", f"{seconds:.2f}", f"{seconds / size * 1e6:.1f}", f"{memory:.0f}"))
    return Section("Many reports: growth", "`check_lines(file)` in a process of its own, one run each.", table)


def _write(file: Path, count: int) -> None:
    with file.open("wb") as stream:
        stream.writelines(line + b"\n" for line in islice(cycle(reports(min(count, DIFFERENT))), count))


def _exhaust(items: Iterable[object]) -> None:
    for _ in items:
        pass


_ALONE = """
import pathlib, sys, time
from gkformat.bulk import check_lines
start = time.perf_counter()
for line in check_lines(sys.argv[1]):
    pass
taken = time.perf_counter() - start
most = pathlib.Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
print(taken, int(most) / 1024)
"""
