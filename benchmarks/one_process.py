"""Measure the costs of a process: importing the library, running a command, a first report, keeping many in memory."""

import os
import resource
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from benchmarks import peers
from benchmarks.harness import Ratio, Section, Target, interleaved
from benchmarks.workload import reports
from gkformat import dump, load, loads

KEPT = 10_000


def importing(rounds: int) -> Section:
    """Time interpreters that import something and exit."""
    ours, base, empty = "`import gkformat`", "`import attrs`", "an empty interpreter"
    statements = {
        empty: "",
        base: "import attrs",
        ours: "import gkformat",
        "`from gkformat import Report2021`": "from gkformat import Report2021",
        "`import gkformat`, and a first `loads`": f"import gkformat; gkformat.loads({reports(1)[0]!r})",
        "`import cattrs, msgspec`": "import cattrs, msgspec",
        "`import pydantic`": "import pydantic",
    }
    found = interleaved({name: _interpreter(code) for name, code in statements.items()}, rounds, clock=_of_children)
    above = {name: timing.above(found[empty]) for name, timing in found.items() if name != empty}
    table = [
        ("", "ms", f"× {base}", "median (most rounds)"),
        *(
            (name, f"{timing.best * 1e3:.1f}", f"{timing.over(above[base])}", timing.over(above[base]).spread)
            for name, timing in above.items()
        ),
    ]
    text = (
        f"The time of a fresh interpreter above that of an empty one ({found[empty].best * 1e3:.0f} ms). "
        "Importing gkformat loads nothing; each of its names loads what it needs when it is first used."
    )
    return Section("Starting", text, table, [Target(f"{ours}, over {base}", above[ours].over(above[base]), 1.4, 1.6)])


def commanding(rounds: int) -> Section:
    """Time commands from start to end."""
    base, version, check = "`import click`", "`gkformat --version`", "`gkformat check one.json`"
    command = "import sys; from gkformat.cli import main; sys.exit(main())"
    with TemporaryDirectory() as folder:
        file = Path(folder, "one.json")
        dump(load(_EXAMPLE), file)
        variants = {
            base: _interpreter("import click"),
            version: _interpreter(command, "--version"),
            check: _interpreter(command, "check", str(file)),
        }
        found = interleaved(variants, rounds, clock=_of_children)
    table = [
        ("", "ms", f"× {base}", "median (most rounds)"),
        *(
            (name, f"{timing.best * 1e3:.1f}", f"{timing.over(found[base])}", timing.over(found[base]).spread)
            for name, timing in found.items()
        ),
    ]
    text = (
        "The time of a whole process, that of the interpreter included, over one that imports click and ends. "
        "The report has some prose that speaks of its tables, and is sound."
    )
    goals = [
        Target(f"{version}, over {base}", found[version].over(found[base]), 1.5, 1.5),
        Target(f"{check}, over {base}", found[check].over(found[base]), 2.5, 2.5),
    ]
    return Section("Commands", text, table, goals)


_EXAMPLE = Path(__file__).parents[1] / "examples" / "complete.json"


def _interpreter(code: str, *arguments: str) -> Callable[[], object]:
    command = [sys.executable, "-c", code, *arguments]
    # With written bytecode, as an installed package has it.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=env)  # noqa: S603 - our own interpreter


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def keeping(_: int) -> Section:
    """Measure the memory of ten thousand reports in a list."""
    readers: dict[str, Callable[[bytes], object]] = {
        "**gkformat** `loads`": loads,
        "msgspec Structs": msgspec.json.Decoder(peers.struct_report()).decode,
        "pydantic": peers.pydantic_report().model_validate_json,
    }
    payloads = reports(500)
    sizes = {name: _kept(read, payloads) for name, read in readers.items()}
    measured = Ratio.exact(sizes["**gkformat** `loads`"])
    return Section(
        "Keeping",
        f"The memory of {KEPT:,} reports in a list, of the kind `tables`.",
        [("", "kB each"), *((name, f"{size:.1f}") for name, size in sizes.items())],
        [Target(f"{KEPT:,} reports kept", measured, 5, 6, unit="kB each")],
    )


def _kept(read: Callable[[bytes], object], payloads: list[bytes]) -> float:
    """Return the kilobytes that each report takes, as the allocator counts them."""
    read(payloads[0])
    tracemalloc.start()
    kept = [read(payload) for payload in islice(cycle(payloads), KEPT)]
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return size / len(kept) / 1000
