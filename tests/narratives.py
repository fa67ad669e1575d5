"""Narratives of our own in the phrases that agencies use, and which of their numbers are read.

Each belongs to the tables of a published report. A number in braces is that of a table, by a short name of its cell; any
other number is about something else. The page docs/reference/narrative.md is generated from here.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

from gkformat import AnyReport, cells, check, load, replace
from gkformat.checks.narrative.vocabulary import referents

HERE = Path(__file__).parent
_PLACE = re.compile(r"\{([^}]+)\}")


@frozen
class Narrative:
    """A text, the spans of the numbers from the table, which of these are reported when changed, and findings as it is."""

    agency: str
    text: str
    numbers: tuple[tuple[int, int], ...]
    read: tuple[bool, ...]
    finding_count: int


def narratives() -> Iterator[Narrative]:
    """Yield every narrative, compared with the tables as it is and with each number changed."""
    report = load(HERE / "corpus" / "suqian-2023.json")
    for written in json.loads((HERE / "narratives.json").read_text(encoding="utf-8")):
        own = replace(report, agency=written["agency"])
        text, places = _filled(own, written["text"])
        read = tuple(
            _tells(own, f"{text[:start]}{int(text[start:end]) + 7}{text[end:]}", start) for start, end in places
        )
        yield Narrative(written["agency"], text, tuple(places), read, len(_finding_spans(own, text)))


def _filled(report: AnyReport, template: str) -> tuple[str, list[tuple[int, int]]]:
    text, places, reached = "", [], 0
    for match in _PLACE.finditer(template):
        text += template[reached : match.start()]
        number = str(sum(_number(report, name) for name in match[1].split("+")))
        places.append((len(text), len(text) + len(number)))
        text, reached = text + number, match.end()
    return text + template[reached:], places


def _number(report: AnyReport, name: str) -> int:
    """Return the number of a short name: of a row or cell of the balance, an outcome, a kind of case, or a document."""
    form = referents(type(report))
    balance = form.balance
    rows = {
        "newly": balance.newly_received,
        "brought": balance.brought_forward,
        "handled": balance.handled,
        "carried": balance.carried_forward,
    }
    first, _, rest = name.partition(".")
    values = cells(report)
    if first in rows:
        found = tuple(at for at in values if at.within(rows[first].child(rest or balance.column)))
    else:
        (found,) = {topic.cells for topic in form.named if f".{topic.at}.".removesuffix("total.").endswith(f".{name}.")}
    return sum(int(values[at] or 0) for at in found)


def _finding_spans(report: AnyReport, text: str) -> list[tuple[int, int]]:
    findings = check(replace(report, overview=text))
    return [(finding.quote.start, finding.quote.end) for finding in findings if finding.quote]


def _tells(report: AnyReport, text: str, place: int) -> bool:
    return any(start <= place < end for start, end in _finding_spans(report, text))
