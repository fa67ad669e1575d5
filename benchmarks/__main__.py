"""Measure everything and write docs/reference/speed.md: `python -m benchmarks`.

`--quick` takes a quarter of the rounds and prints the page instead; names (`reading failing`) keep to these groups.
"""

import argparse
import importlib.metadata
import platform
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from benchmarks import bulk, documents, one_process, one_report
from benchmarks.harness import Section, markdown

GROUPS: Sequence[Callable[[int], Section]] = (
    one_report.reading,
    one_report.contents,
    one_report.structuring,
    one_report.failing,
    one_report.writing,
    documents.reading_documents,
    documents.writing_documents,
    one_process.importing,
    one_process.commanding,
    one_process.keeping,
    bulk.judging_lines,
    bulk.judging_columns,
    bulk.growing,
)
"""The groups of tasks, in the order of the page; each takes the number of rounds."""

PEERS_OF_DOCUMENTS = ("pandas", "python-docx", "openpyxl", "xlsxwriter", "pdfplumber")
ROUNDS = 20
PAGE = Path(__file__).parents[1] / "docs" / "reference" / "speed.md"
PACKAGES = (
    "attrs",
    "cattrs",
    "msgspec",
    "orjson",
    "pydantic",
    "mashumaro",
    "jsonschema-rs",
    "pyarrow",
    "numpy",
    *PEERS_OF_DOCUMENTS,
)
HEAD = """\
<!-- Written by python -m benchmarks. Change what it is made from, not this page. -->

# How fast it is

Times are ratios, for a ratio can be compared with what another machine says and a microsecond cannot. All variants of
a task run in turn in one process, on the same reports; the ratio is that of the best rounds, and beside it stand the
median and where 80 % of the rounds lie. The reports are made up: sound, half of them all zero in the tables 三 and 四,
half of them busy; as `tables` with ten characters of prose in each section (6 kB), and `full` with about as much prose
as published ones have (15 kB). Each peer has the same fields, bounds and equations, as its users would write them
(`benchmarks/peers.py`). Ours alone refuses keys that are repeated.
"""


def page(sections: Sequence[Section]) -> str:
    """Return the page of all results: the goals first, then each table."""
    targets = [target.row for section in sections for target in section.targets]
    goals = markdown([("task", "goal", "gate", "measured", "median (most rounds)", "state"), *targets])
    parts: Iterable[str] = (
        HEAD,
        f"Measured with {_versions()}.\n",
        "## Goals\n",
        f"{goals}\n",
        *(f"## {section.title}\n\n{section.text}\n\n{markdown(section.table)}\n" for section in sections),
    )
    return "\n".join(parts)


def _versions() -> str:
    packages = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES)
    return f"{platform.python_implementation()} {platform.python_version()} on {platform.machine()}, {packages}"


def main() -> None:
    """Run the groups named on the command line, or all of them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rounds, and print the page")
    parser.add_argument("groups", nargs="*", help="groups to run, all unless named; the page is then printed")
    options = parser.parse_args()
    chosen = [group for group in GROUPS if group.__name__ in (options.groups or [group.__name__])]
    text = page([group(ROUNDS // 4 if options.quick else ROUNDS) for group in chosen])
    if options.quick or options.groups:
        sys.stdout.write(text)
    else:
        PAGE.write_text(text, encoding="utf-8")


main()
