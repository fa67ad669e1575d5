"""Narratives of our own, in the turns that agencies use: what is read of them, and what is passed over.

Each stands beside the table of a real report. A number in braces is that of the table, in short names of cells; any
other number speaks of something else. The page docs/reference/narrative.md is made from here.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

from gkformat import AnyReport, cells, check, load, replace
from gkformat.checks.narrative.vocabulary import topics

HERE = Path(__file__).parent
_PLACE = re.compile(r"\{([^}]+)\}")


@frozen
class Narrative:
    """A text, with where the numbers from the table stand in it, and which of them are told when they are changed."""

    agency: str
    text: str
    numbers: tuple[tuple[int, int], ...]
    read: tuple[bool, ...]
    told: int


def narratives() -> Iterator[Narrative]:
    """Every narrative, held against the table as it is, and with each number changed."""
    report = load(HERE / "corpus" / "suqian-2023.json")
    for written in json.loads((HERE / "narratives.json").read_text(encoding="utf-8")):
        own = replace(report, agency=written["agency"])
        text, places = _filled(own, written["text"])
        read = tuple(
            _tells(own, f"{text[:start]}{int(text[start:end]) + 7}{text[end:]}", start) for start, end in places
        )
        yield Narrative(written["agency"], text, tuple(places), read, len(_told(own, text)))


def _filled(report: AnyReport, template: str) -> tuple[str, list[tuple[int, int]]]:
    text, places, reached = "", [], 0
    for match in _PLACE.finditer(template):
        text += template[reached : match.start()]
        number = str(sum(_number(report, name) for name in match[1].split("+")))
        places.append((len(text), len(text) + len(number)))
        text, reached = text + number, match.end()
    return text + template[reached:], places


def _number(report: AnyReport, name: str) -> int:
    """The number of a short name: a row or a cell of the balance, an outcome, a kind of cases, a document."""
    form = topics(type(report))
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


def _told(report: AnyReport, text: str) -> list[tuple[int, int]]:
    findings = check(replace(report, overview=text))
    return [(finding.quote.start, finding.quote.end) for finding in findings if finding.quote]


def _tells(report: AnyReport, text: str, place: int) -> bool:
    return any(start <= place < end for start, end in _told(report, text))
