"""A baseline: the findings that a project has accepted, each with the exact values at which it was accepted.

Do not confuse it with the `discrepancies` of a report. Those are part of the payload and declare what its publisher
admits; a baseline is a file beside the reports and lists what the people who check them have already seen.
"""

import json
from collections.abc import Iterable, Mapping
from operator import attrgetter
from pathlib import Path
from typing import Any

from gkformat.base.errors import Fault
from gkformat.base.frozen import frozen
from gkformat.base.words import Words
from gkformat.cli.errors import CliError, os_message, with_prefix
from gkformat.examination.result import Note

_LARGEST_BASELINE = 1 << 26
"""The maximum size in bytes: room for some 300,000 entries."""


@frozen
class BaselineEntry:
    """An accepted finding: the report, the address, the rule, and the values on both sides.

    A report is identified by agency and year, so that its file may move. `at` is an address, or the JSON Pointer of a
    fault. If a value changes, the finding is a new one, and the entry expires.
    """

    report: str
    at: str
    rule: str
    values: str


def entry_of(note: Note) -> BaselineEntry:
    """Return the entry that accepts a note."""
    report, item = note.report_title, note.item
    if isinstance(item, Fault):
        return BaselineEntry(report, item.pointer, item.rule, item.found)
    sides = (side for side in (item.left, item.right) if side is not None)
    return BaselineEntry(report, item.at, item.rule, " ≠ ".join(map(str, sides)))


def _in_order(entries: Iterable[BaselineEntry]) -> list[BaselineEntry]:
    return sorted(entries, key=attrgetter("report", "at", "rule", "values"))


@frozen
class Baseline:
    """A set of accepted findings."""

    entries: frozenset[BaselineEntry] = frozenset()

    def expired(self, reports: Iterable[str], occurring: Iterable[BaselineEntry]) -> list[BaselineEntry]:
        """Return the entries of these reports that are not among `occurring`, the findings they have now."""
        known, occurring = frozenset(reports), frozenset(occurring)
        return _in_order(entry for entry in self.entries - occurring if entry.report in known)

    def renewed(self, reports: Iterable[str], occurring: Iterable[BaselineEntry]) -> "Baseline":
        """Return a baseline that accepts the `occurring` findings of these reports and keeps the entries of others."""
        known = frozenset(reports)
        return Baseline(frozenset(occurring) | {entry for entry in self.entries if entry.report not in known})


def load_baseline(file: str) -> Baseline:
    """Read a baseline. Raises `CliError` if it cannot be read or is not a baseline."""
    try:
        with Path(file).open("rb") as opened:
            data = opened.read(_LARGEST_BASELINE + 1)
        if len(data) > _LARGEST_BASELINE:  # possibly a device without an end
            raise CliError(with_prefix(file, _NO_BASELINE))
        listed = json.loads(data.decode("utf-8-sig"))["accepted"]  # editors on Windows put a mark before it
        return Baseline(frozenset(_parse_entry(item) for item in listed))
    except OSError as error:
        raise CliError(with_prefix(file, os_message(error))) from None
    except (ValueError, LookupError, TypeError, RecursionError):
        raise CliError(with_prefix(file, _NO_BASELINE)) from None


def _parse_entry(item: Mapping[str, Any]) -> BaselineEntry:
    parsed = BaselineEntry(**item)
    if not all(isinstance(value, str) for value in (parsed.report, parsed.at, parsed.rule, parsed.values)):
        raise TypeError
    return parsed


def save_baseline(baseline: Baseline, file: str) -> None:
    """Write a baseline, sorted and with one entry per line, so that a diff of two versions shows what changed.

    Raises `CliError` if the file cannot be written.
    """
    plain = ({"report": e.report, "at": e.at, "rule": e.rule, "values": e.values} for e in _in_order(baseline.entries))
    lines = ",\n".join(f"    {json.dumps(item, ensure_ascii=False)}" for item in plain)
    text = f'{{\n  "accepted": [\n{lines}\n  ]\n}}\n'
    from gkformat.base.atomic import open_atomic  # noqa: PLC0415 - rarely needed

    try:
        with open_atomic(file) as whole:
            whole.write(text.encode(errors="backslashreplace"))  # in JSON that is an escape, and is read again
    except OSError as error:
        raise CliError(with_prefix(file, os_message(error))) from None


_NO_BASELINE = Words("不是 --write-baseline 所写的基线文件", "not a baseline as --write-baseline writes it")
