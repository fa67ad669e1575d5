"""Tables as lines of CSV, for spreadsheets and for programs."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

_ACTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a text begins that spreadsheets take for a formula; where Chinese is written, wide signs, too."""


def csv_lines(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield a line for each row. `None` is empty; before a text that spreadsheets would run stands an apostrophe."""
    for row in rows:
        line = StringIO()
        csv.writer(line, lineterminator="").writerow(map(_harmless, row))
        yield line.getvalue()


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and acts(value) else value


def acts(text: str) -> bool:
    """Return whether spreadsheets may take a text for a formula. A sign by itself, as in an empty cell, is none."""
    return len(text) > 1 and text.startswith(_ACTS)
