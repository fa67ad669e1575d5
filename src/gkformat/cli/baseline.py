"""A baseline: the findings that a project has accepted, each with the very values that it accepts.

It differs from the `discrepancies` of a report, which stand in the payload and travel with it: they say what the
publisher admits. A baseline stands beside the reports and says what those who check them have seen already.
"""

import json
from collections.abc import Iterable, Mapping
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gkformat.base.errors import Fault
from gkformat.base.findings import Finding
from gkformat.base.frozen import frozen
from gkformat.base.words import Words
from gkformat.cli.errors import Trouble, about, why

if TYPE_CHECKING:
    from gkformat.comparison.series import SeriesFinding


_LARGEST = 1 << 26
"""The most bytes that are read: some 300,000 entries."""


@frozen
class Entry:
    """One accepted finding: of which report, which rule, where, and with which values.

    A report is known by its agency and year, so that its file may move. `at` is an address or, of a fault, a pointer.
    Another value is another finding: the entry expires.
    """

    report: str
    at: str
    rule: str
    values: str


def entry(report: str, item: "Fault | Finding | SeriesFinding") -> Entry:
    """The entry that would accept a finding."""
    if isinstance(item, Fault):
        return Entry(report, item.pointer, item.rule, item.found)
    sides = (side for side in (item.left, item.right) if side is not None)
    return Entry(report, item.at, item.rule, " ≠ ".join(map(str, sides)))


def _sorted(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=attrgetter("report", "at", "rule", "values"))


@frozen
class Baseline:
    """Accepted findings."""

    entries: frozenset[Entry] = frozenset()

    def expired(self, reports: Iterable[str], met: Iterable[Entry]) -> list[Entry]:
        """The entries of these reports that accept nothing any more, given all that was met in them."""
        known, occurring = frozenset(reports), frozenset(met)
        return _sorted(entry for entry in self.entries - occurring if entry.report in known)

    def renewed(self, reports: Iterable[str], met: Iterable[Entry]) -> "Baseline":
        """The baseline that accepts all that was met in these reports, and what it accepts of others."""
        known = frozenset(reports)
        return Baseline(frozenset(met) | {entry for entry in self.entries if entry.report not in known})


def load_baseline(file: str) -> Baseline:
    """Read a baseline. Raises `Trouble`."""
    try:
        with Path(file).open("rb") as opened:
            data = opened.read(_LARGEST + 1)
        if len(data) > _LARGEST:  # a device, maybe, that has no end
            raise Trouble(about(file, _NO_BASELINE))
        listed = json.loads(data.decode())["accepted"]
        return Baseline(frozenset(_entry(item) for item in listed))
    except OSError as error:
        raise Trouble(about(file, why(error))) from None
    except (ValueError, LookupError, TypeError, RecursionError):
        raise Trouble(about(file, _NO_BASELINE)) from None


def _entry(item: Mapping[str, Any]) -> Entry:
    made = Entry(**item)
    if not all(isinstance(value, str) for value in (made.report, made.at, made.rule, made.values)):
        raise TypeError
    return made


def save_baseline(baseline: Baseline, file: str) -> None:
    """Write a baseline, an entry a line and in order, so that a comparison of two versions shows what changed."""
    plain = ({"report": e.report, "at": e.at, "rule": e.rule, "values": e.values} for e in _sorted(baseline.entries))
    lines = ",\n".join(f"    {json.dumps(item, ensure_ascii=False)}" for item in plain)
    text = f'{{\n  "accepted": [\n{lines}\n  ]\n}}\n'
    try:
        Path(file).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise Trouble(about(file, why(error))) from None


_NO_BASELINE = Words("不是 --write-baseline 所写的基线文件", "not a baseline as --write-baseline writes it")
