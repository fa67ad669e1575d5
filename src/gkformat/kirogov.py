"""Interchange with KIROGOVCOMPARE, whose JSON (`parsed_json`) is the one vocabulary of this form beside our own.

It knows the edition of 2021 alone: an array of six sections, of which `table_2`, `table_3` and `table_4` hold the
tables under keys of their own. A cell is a number, a string or `null`; it has no word for declared discrepancies or
for groups that were filled as one row. Of what an application keeps around it (`report_id`, `visual_audit` …) only the
agency and the year are read.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from difflib import get_close_matches
from itertools import product
from operator import attrgetter
from typing import Any, cast

from attrs import evolve, frozen

from gkformat.base.address import Address, pointer
from gkformat.base.errors import Fault, Malformed, excerpt
from gkformat.base.findings import Mark, MarkKind, Number
from gkformat.base.words import NOTHING, Words
from gkformat.codec import loads, unstructure
from gkformat.codec.faults import ABSENT, MISPLACED, value_at
from gkformat.codec.parsing import Steps, parse
from gkformat.forms.editions import EDITIONS
from gkformat.forms.y2021 import Report
from gkformat.notation.domains import Money
from gkformat.notation.outline import Node, labelled, nodes, numbers, outline

# -- their vocabulary ----------------------------------------------------------------------------------


@frozen
class _Table:
    """A section with a table: its type, the key of its cells, and the way to each of them in the printed order."""

    type: str
    key: str
    ways: tuple[str, ...]


def _ways(outer: Sequence[str], inner: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{front}.{back}" for front, back in product(outer, inner))


_DOCUMENTS = ("made", "repealed", "valid")
_DECISIONS = ("licensing.processed", "punishment.processed", "coercion.processed", "fees.amount")
_LEGAL_PERSONS = ("commercial", "research", "social", "legal", "other")
_APPLICANTS = ("naturalPerson", *_ways(("legalPerson",), _LEGAL_PERSONS), "total")
_DENIED = (
    "stateSecret",
    "lawForbidden",
    "safetyStability",
    "thirdPartyRights",
    "internalAffairs",
    "processInfo",
    "enforcementCase",
    "adminQuery",
)
_RESULTS = (
    "granted",
    "partialGrant",
    *_ways(("denied",), _DENIED),
    *_ways(("unableToProvide",), ("noInfo", "needCreation", "unclear")),
    *_ways(("notProcessed",), ("complaint", "repeat", "publication", "massiveRequests", "confirmInfo")),
    *_ways(("other",), ("overdueCorrection", "overdueFee", "otherReasons")),
    "totalProcessed",
    "carriedForward",
)
_ROWS = ("newReceived", "carriedOver", *_ways(("results",), _RESULTS))
_CASES = ("review", "litigationDirect", "litigationPostReview")

_TABLES = (
    _Table(
        "table_2",
        "activeDisclosureData",
        (*_ways(("regulations", "normativeDocuments"), _DOCUMENTS), *_DECISIONS),
    ),
    _Table("table_3", "tableData", tuple(f"{applicant}.{row}" for row, applicant in product(_ROWS, _APPLICANTS))),
    _Table("table_4", "reviewLitigationData", _ways(_CASES, ("maintain", "correct", "other", "unfinished", "total"))),
)
_TEXT = "text"
_EDITION = next(name for name, edition in EDITIONS.items() if edition.report is Report)
_ENVELOPES = ((), ("parsed_json",), ("active_version", "parsed_json"))
"""Where an application keeps the document: it is the whole, or stands inside."""

_AROUND: Mapping[str, tuple[Steps, ...]] = {
    "agency": (("unit_name",), ("source", "organization_name")),
    "year": (("year",), ("source", "report_year")),
}
"""Where it keeps what the document itself does not say."""

_CELLS: Mapping[str, Address] = dict(
    zip((f"{table.type}.{way}" for table in _TABLES for way in table.ways), numbers(Report), strict=True)
)
"""The number of ours that is each of theirs: both are in the printed order."""

_SECTIONS = tuple(node for node in outline(Report).children if node.printed.word in ("section", "prose"))
"""The preface and the six sections, as the form prints them."""

# -- reading -------------------------------------------------------------------------------------------


def from_kirogov(
    data: str | bytes | Mapping[str, Any], *, agency: str | None = None, year: int | None = None
) -> Report:
    """Read a report from a document of KIROGOVCOMPARE, as it was found.

    `data` is its `parsed_json`, or what an application or a package keeps around it; the agency and the year are taken
    from there (`unit_name`, `year`; `source`) unless they are given. A cell that is `null` or is not there becomes a
    blank; a string is read as a cell of a paper: `"12"`, `"/"`, `"22（其中修订16件）"`. Broken equations are declared.

    Raises `Malformed` with every fault: a number that is none, a key that the vocabulary has not, a table or a text
    that is missing, twice or not of the form, each with its pointer in *their* document.
    """
    tree, repeated = parse(data) if isinstance(data, str | bytes) else (data, iter(()))
    found = _Found(tree)
    for steps in repeated:
        found.note("duplicate-key", steps)
    payload = found.payload({"agency": agency, "year": year})
    try:
        report = loads(payload, Report, as_found=True)
    except Malformed as error:
        found.take_over(error.faults)
        raise Malformed(labelled(Report, found.faults), error.findings) from None
    if found.faults:
        raise Malformed(labelled(Report, found.faults))
    return report


class _Found:
    """What a document of theirs holds, and what is wrong with it."""

    def __init__(self, tree: Any) -> None:
        self.tree = tree
        self.faults: list[Fault] = []
        self.marks: list[Mark] = []
        self.pointers: dict[Address, str] = {}
        self.front = next((front for front in _ENVELOPES if "sections" in _object(value_at(tree, front))), ())

    def note(self, rule: str, steps: Steps, at: str = "", found: object = ABSENT, expected: Words = NOTHING) -> None:
        """Note a fault at a place of theirs, which is that of ours where there is one."""
        shown = "" if found is ABSENT else excerpt(found)
        self.faults.append(Fault(rule, Address(at), "", shown, expected, pointer(steps)))

    def take_over(self, faults: Iterable[Fault]) -> None:
        """Faults of ours with the pointers of theirs, without what is missing because it was not there to be read."""
        noted = [fault.at for fault in self.faults if fault.at]
        self.faults += [
            evolve(fault, pointer=self.pointers.get(fault.at, pointer(self.front)))
            for fault in faults
            if not any(fault.at.within(at) for at in noted)
        ]

    def payload(self, given: Mapping[str, object]) -> dict[str, Any]:
        """The same in our keys: numbers, marks, texts."""
        payload: dict[str, Any] = {"edition": _EDITION}
        for name, value in given.items():
            payload[name] = self._around(name) if value is None else value
        read: set[str] = set()
        texts: dict[str, list[str]] = {}
        name = _SECTIONS[0].name
        for steps, section in self._sections():
            table = next((table for table in _TABLES if table.type == section.get("type")), None)
            if table is None:
                name = self._read_text(steps, section, texts, name)
            elif table.type in read:
                self.note("duplicate-key", (*steps, table.key))
            else:
                read.add(table.type)
                self._read_table(table, (*steps, table.key), payload)
        for table in _TABLES:
            if table.type not in read:
                wanted = f'"type": "{table.type}"'
                self.note("missing", (*self.front, "sections"), _first(table).steps[0], expected=Words(wanted, wanted))
        return {
            **payload,
            **{field: "\n".join(lines) for field, lines in texts.items()},
            "marks": unstructure(self.marks),
        }

    def _around(self, name: str) -> Any:
        """What an application keeps around the document; of a year, a text of four digits will do."""
        for steps in _AROUND[name]:
            value: Any = value_at(self.tree, steps)
            if not (value is ABSENT or value is MISPLACED or value is None):
                self.pointers[Address(name)] = pointer(steps)
                return int(value) if name == "year" and _YEAR.fullmatch(str(value)) else value
        self.note("missing", _AROUND[name][0], name, expected=nodes(Report)[Address(name)].expected)
        return None

    def _sections(self) -> Iterator[tuple[Steps, Mapping[str, Any]]]:
        """The sections that are objects, each with the way to it."""
        way = (*self.front, "sections")
        sections = value_at(self.tree, way)
        if not isinstance(sections, list | tuple):
            self._misplaced(way, sections, "", _ARRAY)
            return
        for place, section in enumerate(sections):
            if isinstance(section, Mapping):
                yield (*way, str(place)), section
            else:
                self.note("wrong-type", (*way, str(place)), found=section, expected=_OBJECT)

    def _misplaced(self, steps: Steps, value: object, at: str, expected: Words) -> None:
        """Note what is not there, or is not of the kind that holds anything."""
        if value is ABSENT or value is MISPLACED:
            self.note("missing", steps, at, expected=expected)
        else:
            self.note("wrong-type", steps, at, value, expected)

    def _read_table(self, table: _Table, front: Steps, payload: dict[str, Any]) -> None:
        cells = value_at(self.tree, front)
        if not isinstance(cells, Mapping):
            self._misplaced(front, cells, _first(table).steps[0], _OBJECT)
            return
        self._note_strangers(cells, front, [way.split(".") for way in table.ways])
        for way in table.ways:
            at, steps = _CELLS[f"{table.type}.{way}"], (*front, *way.split("."))
            self.pointers[at] = pointer(steps)
            _put(payload, at.steps, self._cell(nodes(Report)[at], value_at(self.tree, steps)))

    def _note_strangers(self, box: Mapping[str, Any], front: Steps, ways: Sequence[Sequence[str]]) -> None:
        """Note every key that is not on one of these ways, and whatever is in the way."""
        inside: dict[str, list[list[str]]] = {}
        for first, *rest in ways:
            inside.setdefault(first, []).append(rest)
        for name, value in box.items():
            steps = (*front, str(name))
            if name not in inside:
                self.note("unknown-key", steps)
            elif further := [way for way in inside[name] if way]:
                if isinstance(value, Mapping):
                    self._note_strangers(value, steps, further)
                elif value is not None:
                    self.note("wrong-type", steps, found=value, expected=_OBJECT)

    def _cell(self, node: Node, value: object) -> object:
        """The number of a cell, with a mark for what stood beside it or instead of it. What is none is left."""
        text = "" if value is None or value is ABSENT or value is MISPLACED else value
        read = _read(node, text) if isinstance(text, str) else None
        if read is None:
            return value
        kind, number = read
        if kind:
            self.marks.append(Mark(node.at, kind, cast("str", text)))
        return number

    def _read_text(self, steps: Steps, section: Mapping[str, Any], texts: dict[str, list[str]], name: str) -> str:
        """Read a text into the section that its title names; a title that names none goes on in the one before."""
        kind, title, content = (section.get(key) for key in ("type", "title", "content"))
        if kind != _TEXT:
            self.note("out-of-range", (*steps, "type"), found=kind, expected=_TYPES)
            return name
        if not isinstance(content, str | None):
            self.note("wrong-type", (*steps, "content"), name, content, nodes(Report)[Address(name)].expected)
            return name
        named = _section_named(title) if isinstance(title, str) else None
        if named is None or named in texts:
            texts.setdefault(name, []).extend(filter(None, (title if isinstance(title, str) else None, content)))
            return name
        texts[named] = [content or ""]
        return named


def _read(node: Node, text: str) -> tuple[MarkKind | None, Number] | None:
    """What a string says as a cell of the form: the mark that it needs, if any, and its number."""
    if _BLANK.fullmatch(text.strip()):
        return "blank", 0
    money = isinstance(node.domain, Money)
    written = _WRITTEN.fullmatch(text.strip())
    if written is None or (written["fraction"] and not money) or (written["beside"] and money):
        return None
    whole = written["whole"].replace(",", "")
    number = Decimal(whole + (written["fraction"] or "")) if money else int(whole)
    return "annotated" if written["beside"] else None, number


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _first(table: _Table) -> Address:
    return _CELLS[f"{table.type}.{table.ways[0]}"]


def _put(tree: dict[str, Any], steps: Sequence[str], value: object) -> None:
    *outer, name = steps
    for step in outer:
        tree = tree.setdefault(step, {})
    tree[name] = value


def _section_named(title: str) -> str | None:
    """The text that a title names: by its number as the form has it, else by its likeness."""
    prose = {node.label: node.name for node in _SECTIONS if node.printed.word == "prose"}
    numbered = [name for label, name in prose.items() if label[1:2] == "、" and title.lstrip().startswith(label[:2])]
    alike = get_close_matches(title[:_LONGEST_TITLE], prose, n=1)
    return next(iter((*numbered, *(prose[label] for label in alike))), None)


_LONGEST_TITLE = 40
_YEAR = re.compile("[0-9]{4}")
_BLANK = re.compile(r"[-/\\—–―\s]*|无|不适用|不涉及")
_WRITTEN = re.compile(
    r"(?P<whole>0|[1-9][0-9]{0,15}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5})(?P<fraction>\.[0-9]{1,6})?(?P<beside>[^0-9.,].*)?",
    re.DOTALL,
)
_ARRAY = Words("数组", "an array")
_OBJECT = Words("对象", "an object")
_TYPES = Words(
    "、".join((_TEXT, *(table.type for table in _TABLES))) + " 之一",
    "one of " + ", ".join((_TEXT, *(table.type for table in _TABLES))),
)

# -- writing -------------------------------------------------------------------------------------------


def to_kirogov(report: Report) -> dict[str, Any]:
    """The report as a document of KIROGOVCOMPARE, of plain values for JSON.

    A blank is `null`, or the text that stood there; a cell with more than its number is that text. The agency and the
    year stand beside the sections, where its application has them, and the preface is a text before the first of them.
    What it has no word for is left out: discrepancies, and that a group was filled as one row.
    """
    marks = {mark.at: mark for mark in report.marks}
    sections: list[dict[str, Any]] = []
    for node in _SECTIONS:
        table = next((table for table in _TABLES if _first(table).within(node.at)), None)
        if table:
            cells: dict[str, Any] = {}
            for way in table.ways:
                at = _CELLS[f"{table.type}.{way}"]
                _put(cells, way.split("."), _written(nodes(Report)[at], attrgetter(at)(report), marks.get(at)))
            sections.append({"title": node.label, "type": table.type, table.key: cells})
        elif node is not _SECTIONS[0] or report.preface:
            sections.append({"title": node.label, "type": _TEXT, "content": getattr(report, node.name)})
    return {"unit_name": report.agency, "year": report.year, "sections": sections}


def _written(node: Node, number: Number, mark: Mark | None) -> int | float | str | None:
    """A count; an amount as a JSON number where that says it with the same digits, else as a string; a text as it was.

    A text that would not be read as the same is left out.
    """
    if mark and mark.text and _read(node, mark.text) == (mark.kind, number):
        return mark.text
    if mark and mark.kind == "blank":
        return None
    if isinstance(number, int):
        return number
    return float(number) if str(float(number)) == str(number) else str(number)
