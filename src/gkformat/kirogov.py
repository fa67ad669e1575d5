"""Convert reports from and to the JSON of KIROGOVCOMPARE (`parsed_json`), the other known vocabulary of this form.

That format covers the edition of 2021 only. It is an array of six sections, of which `table_2`, `table_3` and `table_4`
hold the tables under their own keys. A cell is a number, a string or `null`; declared discrepancies and merged groups
of rows cannot be expressed. Of the envelope that an application keeps around it (`report_id`, `visual_audit` …), only
the agency and the year are read.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from difflib import get_close_matches
from itertools import product
from operator import attrgetter
from typing import Any, cast

from attrs import evolve

from gkformat.base.address import Address, json_pointer
from gkformat.base.errors import Fault, Malformed, excerpt
from gkformat.base.findings import Mark, Number
from gkformat.base.frozen import frozen
from gkformat.base.words import NO_WORDS, Words
from gkformat.codec import loads, unstructure
from gkformat.codec.parsing import parse_exact
from gkformat.codec.structure import json_violation
from gkformat.codec.tree import ABSENT, MISPLACED, Steps, put, value_at
from gkformat.forms.editions import edition_of
from gkformat.forms.y2021 import Report
from gkformat.judgement.marks import UNCLEAR
from gkformat.notation.cell_text import classify
from gkformat.notation.domains import Domain, String
from gkformat.notation.outline import Node, label_faults, nodes, numbers, outline

__all__ = ["from_kirogov", "to_kirogov"]


def __dir__() -> list[str]:
    return __all__


# -- their vocabulary ----------------------------------------------------------------------------------


@frozen
class _Table:
    """A section with a table: its type, the key of its cells, and the paths to them in printed order."""

    type: str
    key: str
    paths: tuple[str, ...]


def _paths(outer: Sequence[str], inner: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{front}.{back}" for front, back in product(outer, inner))


_DOCUMENTS = ("made", "repealed", "valid")
_DECISIONS = ("licensing.processed", "punishment.processed", "coercion.processed", "fees.amount")
_LEGAL_PERSONS = ("commercial", "research", "social", "legal", "other")
_APPLICANTS = ("naturalPerson", *_paths(("legalPerson",), _LEGAL_PERSONS), "total")
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
    *_paths(("denied",), _DENIED),
    *_paths(("unableToProvide",), ("noInfo", "needCreation", "unclear")),
    *_paths(("notProcessed",), ("complaint", "repeat", "publication", "massiveRequests", "confirmInfo")),
    *_paths(("other",), ("overdueCorrection", "overdueFee", "otherReasons")),
    "totalProcessed",
    "carriedForward",
)
_ROWS = ("newReceived", "carriedOver", *_paths(("results",), _RESULTS))
_CASES = ("review", "litigationDirect", "litigationPostReview")

_TABLES = (
    _Table(
        "table_2",
        "activeDisclosureData",
        (*_paths(("regulations", "normativeDocuments"), _DOCUMENTS), *_DECISIONS),
    ),
    _Table("table_3", "tableData", tuple(f"{applicant}.{row}" for row, applicant in product(_ROWS, _APPLICANTS))),
    _Table("table_4", "reviewLitigationData", _paths(_CASES, ("maintain", "correct", "other", "unfinished", "total"))),
)
_TEXT = "text"
_ENVELOPES = ((), ("parsed_json",), ("active_version", "parsed_json"))
"""The paths at which applications keep the document: it is the whole payload, or inside it."""

_ENVELOPE_FIELDS: Mapping[str, tuple[Steps, ...]] = {
    "agency": (("unit_name",), ("source", "organization_name")),
    "year": (("year",), ("source", "report_year")),
}
"""The paths at which applications keep the fields that the document itself does not have."""

_CELLS: Mapping[str, Address] = dict(
    zip((f"{table.type}.{path}" for table in _TABLES for path in table.paths), numbers(Report), strict=True)
)
"""Our address for each of their cells: both are in printed order."""

_SECTIONS = tuple(node for node in outline(Report).children if node.printed.kind in ("section", "prose"))
"""The preface and the six sections, as the form prints them."""

# -- reading -------------------------------------------------------------------------------------------


def from_kirogov(
    data: str | bytes | Mapping[str, Any], *, agency: str | None = None, year: int | None = None
) -> Report:
    """Read a report of the edition of 2021 from a document of KIROGOVCOMPARE, as it was found.

    `data` is its `parsed_json`, or an envelope of an application or a package with that inside; the agency and the year
    are taken from there (`unit_name`, `year`; `source`) unless they are given. A cell that is `null` becomes a blank;
    one that is missing is marked `absent`. A string is read like the cell of a document (`"12"`, `"/"`, `"#REF!"`,
    `"22（其中修订16件）"`), and so is a number that the cell cannot hold. Broken equations are declared in
    `discrepancies`.

    Raises `Malformed` with every fault: a cell that is neither a number nor a text, an unknown key, a table or a text
    that is missing, repeated or not part of the form. Pointers are those of *their* document.
    """
    tree, repeated = parse_exact(data) if isinstance(data, str | bytes) else (data, iter(()))
    importer = _Importer(tree)
    for steps in repeated:
        importer.add_fault("duplicate-key", steps)
    payload = importer.payload({"agency": agency, "year": year})
    try:
        report = loads(payload, Report, as_found=True)
    except Malformed as error:
        importer.add_codec_faults(error.faults)
        raise Malformed(label_faults(Report, importer.faults), error.findings) from None
    if importer.faults:
        raise Malformed(label_faults(Report, importer.faults))
    return report


class _Importer:
    """A converter from one of their documents to a payload of ours, which collects faults and marks on the way."""

    def __init__(self, tree: Any) -> None:
        self.tree = tree
        self.faults: list[Fault] = []
        self.marks: list[Mark] = []
        self.pointers: dict[Address, str] = {}
        self.envelope = next((steps for steps in _ENVELOPES if "sections" in _mapping(value_at(tree, steps))), ())

    def add_fault(
        self, rule: str, steps: Steps, at: str = "", found: object = ABSENT, expected: Words = NO_WORDS
    ) -> None:
        """Add a fault with its path in their document, and with our address if there is one."""
        shown = "" if found is ABSENT else excerpt(found)
        self.faults.append(Fault(rule, Address(at), "", shown, expected, json_pointer(steps)))

    def add_codec_faults(self, faults: Iterable[Fault]) -> None:
        """Add faults of our codec, re-pointed into their document; drop those caused by a fault reported already."""
        reported = [fault.at for fault in self.faults if fault.at]
        self.faults += [
            evolve(fault, pointer=self.pointers.get(fault.at, json_pointer(self.envelope)))
            for fault in faults
            if not any(fault.at.within(at) for at in reported)
        ]

    def payload(self, given: Mapping[str, object]) -> dict[str, Any]:
        """Return the payload in our keys: numbers, marks and texts."""
        payload: dict[str, Any] = {"edition": edition_of(Report).name}
        for name, value in given.items():
            payload[name] = self._envelope_value(name) if value is None else value
        read: set[str] = set()
        texts: dict[str, list[str]] = {}
        name = _SECTIONS[0].name
        for steps, section in self._sections():
            table = next((table for table in _TABLES if table.type == section.get("type")), None)
            if table is None:
                name = self._read_text(steps, section, texts, name)
            elif table.type in read:
                self.add_fault("duplicate-key", (*steps, table.key))
            else:
                read.add(table.type)
                self._read_table(table, (*steps, table.key), payload)
        for table in _TABLES:
            if table.type not in read:
                section_type = f'"type": "{table.type}"'
                expected = Words(section_type, section_type)
                self.add_fault("missing", (*self.envelope, "sections"), _first_cell(table).steps[0], expected=expected)
        return {
            **payload,
            **{field: "\n".join(lines) for field, lines in texts.items()},
            "marks": unstructure(self.marks),
        }

    def _envelope_value(self, name: str) -> Any:
        """Return the agency or the year from around the document; a year may be a string of four digits."""
        for steps in _ENVELOPE_FIELDS[name]:
            value: Any = value_at(self.tree, steps)
            if not (value is ABSENT or value is MISPLACED or value is None):
                self.pointers[Address(name)] = json_pointer(steps)
                return int(value) if name == "year" and _YEAR.fullmatch(str(value)) else value
        self.add_fault("missing", _ENVELOPE_FIELDS[name][0], name, expected=nodes(Report)[Address(name)].expected)
        return None

    def _sections(self) -> Iterator[tuple[Steps, Mapping[str, Any]]]:
        """Yield the sections that are objects, each with its path."""
        path = (*self.envelope, "sections")
        sections = value_at(self.tree, path)
        if not isinstance(sections, list | tuple):
            self._add_missing_or_wrong_type(path, sections, "", _ARRAY)
            return
        for index, section in enumerate(sections):
            if isinstance(section, Mapping):
                yield (*path, str(index)), section
            else:
                self.add_fault("wrong-type", (*path, str(index)), found=section, expected=_OBJECT)

    def _add_missing_or_wrong_type(self, steps: Steps, value: object, at: str, expected: Words) -> None:
        """Add a fault for a container that is missing or of the wrong type."""
        if value is ABSENT or value is MISPLACED:
            self.add_fault("missing", steps, at, expected=expected)
        else:
            self.add_fault("wrong-type", steps, at, value, expected)

    def _read_table(self, table: _Table, front: Steps, payload: dict[str, Any]) -> None:
        cells = value_at(self.tree, front)
        if not isinstance(cells, Mapping):
            self._add_missing_or_wrong_type(front, cells, _first_cell(table).steps[0], _OBJECT)
            return
        self._add_unknown_keys(cells, front, [path.split(".") for path in table.paths])
        for path in table.paths:
            at, steps = _CELLS[f"{table.type}.{path}"], (*front, *path.split("."))
            self.pointers[at] = json_pointer(steps)
            put(payload, at.steps, self._cell(nodes(Report)[at], value_at(self.tree, steps)))

    def _add_unknown_keys(self, box: Mapping[str, Any], front: Steps, paths: Sequence[Sequence[str]]) -> None:
        """Add a fault for every key that is on none of these paths, and for every value that blocks one."""
        inside: dict[str, list[list[str]]] = {}
        for first, *rest in paths:
            inside.setdefault(first, []).append(rest)
        for name, value in box.items():
            steps = (*front, str(name))
            if name not in inside:
                self.add_fault("unknown-key", steps)
            elif further := [path for path in inside[name] if path]:
                if isinstance(value, Mapping):
                    self._add_unknown_keys(value, steps, further)
                elif value is not None:
                    self.add_fault("wrong-type", steps, found=value, expected=_OBJECT)

    def _cell(self, node: Node, value: object) -> object:
        """Return the number of a cell, 0 if there is none, and add a mark if the number alone does not say it all.

        A value that is neither a number nor a text is returned unchanged; `loads` reports it.
        """
        if value is ABSENT or value is MISPLACED:
            self.marks.append(Mark(node.at, "absent"))
            return 0
        text = "" if value is None else _text_to_read(node, value)
        if text is None:
            return value
        state, number = classify(node, text)
        if state != "number":
            self.marks.append(Mark(node.at, state, text))
        return number or 0

    def _read_text(self, steps: Steps, section: Mapping[str, Any], texts: dict[str, list[str]], name: str) -> str:
        """Read a text into the section that its title names, and return the name of that section.

        A text whose title names no section, or one that was read already, continues the section `name`.
        """
        kind, title, content = (section.get(key) for key in ("type", "title", "content"))
        if kind != _TEXT:
            self.add_fault("out-of-range", (*steps, "type"), found=kind, expected=_TYPES)
            return name
        if not isinstance(content, str | None):
            self.add_fault("wrong-type", (*steps, "content"), name, content, nodes(Report)[Address(name)].expected)
            return name
        named = _section_named(title) if isinstance(title, str) else None
        if named is None or named in texts:
            texts.setdefault(name, []).extend(filter(None, (title if isinstance(title, str) else None, content)))
            return name
        texts[named] = [content or ""]
        return named


def _text_to_read(node: Node, value: object) -> str | None:
    """Return the text to read for a value: a string, or a number that the cell cannot hold; `None` for any other."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return None
    if not isinstance(value, str) and json_violation(cast("Domain", node.domain), value) is None:
        return None
    text = str(Decimal(value) if isinstance(value, int) else value)  # Python refuses to write very long integers
    return None if String().violation(text) else text


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _first_cell(table: _Table) -> Address:
    return _CELLS[f"{table.type}.{table.paths[0]}"]


def _section_named(title: str) -> str | None:
    """Return the text section that a title names, by its printed number or else by similarity, or `None`."""
    prose = {node.label: node.name for node in _SECTIONS if node.printed.kind == "prose"}
    numbered = [name for label, name in prose.items() if label[1:2] == "、" and title.lstrip().startswith(label[:2])]
    similar = get_close_matches(title[:_MAX_TITLE_LENGTH], prose, n=1)
    return next(iter((*numbered, *(prose[label] for label in similar))), None)


_MAX_TITLE_LENGTH = 40
_YEAR = re.compile("[0-9]{4}")
_ARRAY = Words("数组", "an array")
_OBJECT = Words("对象", "an object")
_TYPES = Words(
    "、".join((_TEXT, *(table.type for table in _TABLES))) + " 之一",
    "one of " + ", ".join((_TEXT, *(table.type for table in _TABLES))),
)

# -- writing -------------------------------------------------------------------------------------------


def to_kirogov(report: Report) -> dict[str, Any]:
    """Return the report as a document of KIROGOVCOMPARE, in plain values for JSON.

    A blank is `null` or the text of its mark; an annotated, unreadable or out-of-range cell is that text. An absent
    cell has no key, nor has an unclear one whose text would be read as something else. The agency and the year are put
    beside the sections, as its application does, and the preface becomes a text before the first section. Discrepancies
    and `merged` marks cannot be expressed and are left out. Raises `TypeError` for a report of another edition.
    """
    if type(report) is not Report:
        raise TypeError(
            f"{type(report).__name__}：只能写出 2021 版的报告 / only reports of the edition of 2021 can be written"
        )
    marks = {mark.at: mark for mark in report.marks}
    sections: list[dict[str, Any]] = []
    for node in _SECTIONS:
        table = next((table for table in _TABLES if _first_cell(table).within(node.at)), None)
        if table:
            cells: dict[str, Any] = {}
            for path in table.paths:
                at = _CELLS[f"{table.type}.{path}"]
                value = _cell_value(nodes(Report)[at], attrgetter(at)(report), marks.get(at))
                if value is not ABSENT:
                    put(cells, path.split("."), value)
            sections.append({"title": node.label, "type": table.type, table.key: cells})
        elif node is not _SECTIONS[0] or report.preface:
            sections.append({"title": node.label, "type": _TEXT, "content": getattr(report, node.name)})
    return {"unit_name": report.agency, "year": report.year, "sections": sections}


def _cell_value(node: Node, number: Number, mark: Mark | None) -> object:
    """Return the value of a cell: a count, an amount, or the text of its mark if that reads back as the same.

    An unclear cell of another text is `ABSENT`. An amount is a JSON number if that keeps its digits, else a string.
    """
    if mark and mark.kind != "absent":
        state, read = classify(node, mark.text)
        if (state, read or 0) == (mark.kind, number) and (mark.text or state != "blank"):
            return mark.text
    if mark and mark.kind in UNCLEAR:
        return ABSENT
    if mark and mark.kind == "blank":
        return None
    if isinstance(number, int):
        return number
    return float(number) if str(float(number)) == str(number) else str(number)
