"""Collect all faults of a payload, each with its place and in the words of the form."""

from collections.abc import Collection, Iterable, Iterator
from heapq import nsmallest
from typing import Any, TypeVar

from attrs import evolve

from gkformat.base.address import Address, json_pointer
from gkformat.base.errors import Fault, Inconsistent, Malformed, excerpt, meant
from gkformat.base.findings import Discrepancy, Finding, Findings, Mark, Number
from gkformat.base.words import NO_WORDS, Words
from gkformat.codec.tree import ABSENT, MISPLACED, Steps, value_at
from gkformat.judgement.judge import judge
from gkformat.judgement.marks import UNCLEAR
from gkformat.notation.declare import is_box
from gkformat.notation.domains import WRONG_TYPE
from gkformat.notation.outline import Node, labels, nearest, nodes, number_getter, numbers, positions

T = TypeVar("T")

MAX_FAULTS = 1000
"""The most faults that one error lists; it says how many it omits. No form has so many places."""

_MAX_POINTERS = 1_000_000
"""The most characters of all pointers together: an object of one long key may have many faults inside."""


class FaultCollector:
    """Collector of what one walk through a payload finds: faults, broken equations, and numbers that are `null`."""

    def __init__(self, cls: Any, tree: Any, *, as_found: bool = False) -> None:
        self.cls = cls
        self.tree = tree
        self.as_found = as_found
        self.count = 0
        """The number of faults, listed or not."""
        self.faults: list[Fault] = []
        self.findings: list[Finding] = []
        self.numbers: dict[Address, Number] = {}
        """The numbers that could be read."""
        self.nulls: list[Node] = []
        self.items: list[Mark | Discrepancy] = []
        """The marks and discrepancies that could be read."""
        self._room = _MAX_POINTERS
        self.cause: BaseException | None = None

    def add(
        self, rule: str, steps: Steps, found: str = "", expected: Words = NO_WORDS, *, inner_label: str = ""
    ) -> None:
        """Record a fault at the value to which the steps lead. `inner_label` is that of a box in a class of a user."""
        in_form = is_box(self.cls)
        at = nearest(self.cls, steps) if in_form else Address.of(tuple(map(_printable, steps)))
        label = labels(self.cls)[at] if in_form else inner_label
        self._add(Fault(rule, at, label, found, expected, _printable(json_pointer(steps))))

    def add_at(self, node: Node, rule: str, found: str = "") -> None:
        """Record a fault at a place of the form."""
        self._add(Fault(rule, node.at, labels(self.cls)[node.at], found, node.expected, node.pointer))

    def _add(self, fault: Fault) -> None:
        self.count += 1
        if not self._is_full:
            self._room -= len(fault.pointer)
            self.faults.append(fault)

    @property
    def _is_full(self) -> bool:
        return len(self.faults) >= MAX_FAULTS or self._room < 0

    def note_box(self, node: Node, box: T) -> T:
        """Note the numbers of a box that the payload has in place of an object; return the box."""
        cells = (inner.at for inner in node.walk() if inner.is_cell)
        self.numbers |= zip(cells, number_getter(type(box))(box), strict=True)
        return box

    def add_missing(self, steps: Steps, expected: Words = NO_WORDS) -> None:
        """Record that a required value is missing; what a form expects there it says itself."""
        node = nodes(self.cls).get(Address.of(steps)) if is_box(self.cls) else None
        self.add("missing", steps, expected=node.expected if node else expected)

    def add_keys(self, rule: str, places: Iterable[Steps]) -> None:
        """Record a fault for each of these keys; when the list is full they are only counted."""
        for steps in places:
            if self._is_full:
                self.count += 1
            else:
                self.add(rule, steps, excerpt(steps[-1]))

    def add_unknown(self, keys: Collection[object], steps: Steps, free: Collection[str] = ()) -> None:
        """Record keys that should not be in the object at these steps; `free` are those that it may have and lacks."""
        first = nsmallest(MAX_FAULTS, [key if isinstance(key, str) else excerpt(key) for key in keys])
        for key in first:
            if self._is_full:
                self.count += 1
            else:
                self.add("unknown-key", (*steps, key), excerpt(key), meant(key, free))
        self.count += len(keys) - len(first)

    def add_faults(self, faults: Iterable[Fault], steps: Steps = ()) -> None:
        """Record faults that a box at these steps reported, except those that are already recorded."""
        known = {(fault.rule, fault.pointer) for fault in self.faults}
        for fault in faults:
            if (fault.rule, fault.pointer) not in known:
                known.add((fault.rule, fault.pointer))
                inner = pointer_steps(fault.pointer)
                self.add(fault.rule, (*steps, *inner), fault.found, fault.expected, inner_label=fault.label)

    def add_findings(self, findings: Iterable[Finding], steps: Steps = ()) -> None:
        """Record the judgement of a report at these steps."""
        around = Address.of(steps)
        for finding in findings:
            terms = tuple(evolve(term, at=around.child(term.at)) for term in finding.terms)
            self.findings.append(evolve(finding, at=around.child(finding.at), terms=terms))

    def add_error(self, error: BaseException, steps: Steps) -> None:
        """Record the error of a user's hook; keep the exception itself, because it may be a bug in the hook."""
        self.cause = error
        words = _printable(f"{type(error).__name__}: {_said(error)}".removesuffix(": "))
        expected = Words(f"可读出的值（{words}）", f"a value that can be read ({words})")
        value = value_at(self.tree, steps)
        self.add(WRONG_TYPE, steps, "" if value is ABSENT or value is MISPLACED else excerpt(value), expected)

    def raise_for_problems(self) -> None:
        """Raise `Malformed` if there is any fault, `Inconsistent` if there is any broken equation."""
        if self.count:
            raise self._malformed() from self.cause
        if self.findings:
            raise Inconsistent(Findings(self.findings))

    def _malformed(self) -> Malformed:
        """Make the error with all faults, and the broken equations among the cells that could be read."""
        faults, findings = self.faults, self.findings
        if is_box(self.cls):
            place = positions(self.cls)
            faults = sorted(faults, key=lambda fault: place[fault.at])
            readable = [*self._readable_findings()]
            findings = [*readable, *(finding for finding in findings if finding not in readable)]
        return Malformed(faults, findings, self.count - len(faults))

    def _readable_findings(self) -> Iterator[Finding]:
        """Yield the broken equations among the readable numbers of a box that would refuse it even without faults."""
        if self.as_found:
            return
        values = [self.numbers.get(at, 0) for at in numbers(self.cls)]
        unread = [at for at in numbers(self.cls) if at not in self.numbers]
        marks = [item for item in self.items if isinstance(item, Mark)]
        blank = {mark.at for mark in marks if mark.kind == "blank"}
        unclear = {mark.at for mark in marks if mark.kind in UNCLEAR}
        declared = [(item.rule, item.at, item.left, item.right) for item in self.items if isinstance(item, Discrepancy)]
        for finding in judge(self.cls, values, blank, unclear, skipped=unread):
            stated = (finding.rule, finding.at, finding.left, finding.right)
            if finding.severity == "broken" and stated not in declared:
                yield finding


def pointer_steps(json_pointer: str) -> Steps:
    """Return the steps that a JSON Pointer takes."""
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in json_pointer.split("/")[1:])


def _printable(text: str) -> str:
    """Escape what UTF-8 cannot hold: a key may contain half a surrogate pair."""
    return text.encode("utf-8", "backslashreplace").decode()


def _said(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # noqa: BLE001 - the error of a user's hook may be broken, too
        return ""
