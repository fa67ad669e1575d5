"""Collect all faults of a payload, each with its place and in the words of the form.

The faults come from the exceptions that cattrs gathered. cattrs keeps a note with the name of the attribute, or the
index of the item, on every exception; its own formatter would drop the words of a `ValueError` and stop at the object
around it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from heapq import nsmallest
from itertools import islice
from typing import Any

from attrs import evolve
from cattrs.errors import ClassValidationError, ForbiddenExtraKeysError, IterableValidationError

from gkformat.base.address import Address, json_pointer
from gkformat.base.errors import Fault, Inconsistent, Malformed, excerpt
from gkformat.base.findings import Finding
from gkformat.base.words import NO_WORDS, Words
from gkformat.codec.tree import Steps, value_at
from gkformat.judgement.judge import judge
from gkformat.notation.declare import is_box
from gkformat.notation.domains import WRONG_TYPE
from gkformat.notation.outline import Node, labels, nearest, nodes, numbers, positions

MAX_FAULTS = 1000
"""The most faults that one error lists; it says how many it omits. No form has so many places."""


class InvalidValue(Exception):
    """Raised by a hook for a value that its domain does not accept."""

    def __init__(self, rule: str, value: object, expected: Words) -> None:
        super().__init__(rule)
        self.rule, self.found, self.expected = rule, excerpt(value), expected


class FaultCollector:
    """Collector of the faults of one payload, and of the findings of reports that were refused."""

    def __init__(self, cls: Any, tree: Any) -> None:
        self.cls = cls
        self.tree = tree
        self.faults: list[Fault] = []
        self.findings: list[Finding] = []
        self.omitted = 0
        self.cause: BaseException | None = None
        self.numbers: Sequence[int] | None = None
        """The numbers that `inspect` read, in printed order, 0 for each that is `unread`."""
        self.unread: list[Address] = []

    def add(self, rule: str, steps: Steps, found: str = "", expected: Words = NO_WORDS) -> None:
        """Record a fault at the value to which the steps lead."""
        in_form = is_box(self.cls)
        at = nearest(self.cls, steps) if in_form else Address.of(steps)
        label = labels(self.cls)[at] if in_form else ""
        self._add(Fault(rule, at, label, found, expected, _printable(json_pointer(steps))))

    def add_at(self, node: Node, rule: str, found: str = "") -> None:
        """Record a fault at a place of the form."""
        self._add(Fault(rule, node.at, labels(self.cls)[node.at], found, node.expected, node.pointer))

    def _add(self, fault: Fault) -> None:
        if len(self.faults) == MAX_FAULTS:
            self.omitted += 1
        else:
            self.faults.append(fault)

    def add_keys(self, rule: str, places: Iterable[Steps]) -> None:
        """Record a fault for each of these keys; beyond `MAX_FAULTS` they are only counted."""
        places = iter(places)
        for steps in islice(places, MAX_FAULTS - len(self.faults)):
            self.add(rule, steps, excerpt(steps[-1]))
        self.omitted += sum(1 for _ in places)

    def add_unknown(self, keys: Collection[object], steps: Steps) -> None:
        """Record keys that the form does not have, in the object at these steps."""
        first = nsmallest(MAX_FAULTS, [*map(str, keys)])
        self.add_keys("unknown-key", ((*steps, key) for key in first))
        self.omitted += len(keys) - len(first)

    def add_faults(self, faults: Iterable[Fault], steps: Steps = ()) -> None:
        """Record faults that a box at these steps reported, except those that are already recorded."""
        known = {(fault.rule, fault.pointer) for fault in self.faults}
        for fault in faults:
            if (fault.rule, fault.pointer) not in known:
                self.add(fault.rule, (*steps, *_pointer_steps(fault.pointer)), fault.found, fault.expected)

    def add_exception(self, error: BaseException, steps: Steps = ()) -> None:  # noqa: C901 - one case per kind of error
        """Record all faults in an exception from cattrs."""
        match error:
            case ClassValidationError():
                placed, others = error.group_exceptions()
                for inner, note in placed:
                    self.add_exception(inner, (*steps, note.name))
                for inner in others:
                    self.add_exception(inner, steps)
            case IterableValidationError():
                for inner, item in error.group_exceptions()[0]:
                    self.add_exception(inner, (*steps, str(item.index)))
            case ForbiddenExtraKeysError():
                self.add_unknown(error.extra_fields, steps)
            case KeyError() if error.args == steps[-1:]:
                self.add("missing", steps, expected=self._expected(steps))
            case InvalidValue():
                self.add(error.rule, steps, error.found, error.expected)
            case Malformed():
                self.add_faults(error.faults, steps)
            case Inconsistent():
                around = Address.of(steps)
                self.findings += [evolve(finding, at=around.child(finding.at)) for finding in error.findings]
            case _:
                self._add_hook_error(error, steps)

    def _add_hook_error(self, error: BaseException, steps: Steps) -> None:
        """Record the error of a user's hook; keep the exception itself, because it may be a bug in the hook."""
        self.cause = error
        words = f"{type(error).__name__}: {error}"
        expected = Words(f"可读出的值（{words}）", f"a value that can be read ({words})")
        self.add(WRONG_TYPE, steps, excerpt(value_at(self.tree, steps)), expected)

    def malformed(self) -> Malformed:
        """Make the error with all faults, and the broken equations among the cells that could be read."""
        if not is_box(self.cls):
            return Malformed(self.faults, self.findings, self.omitted)
        place = positions(self.cls)
        faults = sorted(self.faults, key=lambda fault: place[fault.at])
        numbers, unread = (self.numbers, self.unread) if self.numbers else _readable_numbers(self.cls, self.tree)
        return Malformed(faults, readable_findings(self.cls, self.tree, numbers, unread), self.omitted)

    def _expected(self, steps: Steps) -> Words:
        node = nodes(self.cls).get(Address.of(steps)) if is_box(self.cls) else None
        return node.expected if node else Words("必填", "required")


def _pointer_steps(json_pointer: str) -> Steps:
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in json_pointer.split("/")[1:])


def _printable(text: str) -> str:
    """Escape what UTF-8 cannot hold: a key may contain half a surrogate pair."""
    return text.encode("utf-8", "backslashreplace").decode()


def readable_findings(cls: type, tree: Any, values: Sequence[int], unread: Sequence[Address]) -> Iterable[Finding]:
    """Yield the undeclared broken equations among the readable cells of a payload that cannot be read as a whole."""
    blank = {Address(mark["at"]) for mark in _objects(tree, "marks", "at", "kind") if mark["kind"] == "blank"}
    declared = [tuple(item.values()) for item in _objects(tree, "discrepancies", "rule", "at", "left", "right")]
    return (
        finding
        for finding in judge(cls, values, blank, unread)
        if finding.severity == "broken" and (finding.rule, finding.at, finding.left, finding.right) not in declared
    )


def _readable_numbers(cls: type, tree: Any) -> tuple[Sequence[Any], Sequence[Address]]:
    """Return the numbers of a payload in printed order, 0 for each unreadable one, and the addresses of these."""
    values = {at: value_at(tree, at.steps) for at in numbers(cls)}
    unread = [at for at, value in values.items() if not nodes(cls)[at].accepts(value)]
    return [*(values | dict.fromkeys(unread, 0)).values()], unread


def _objects(tree: Any, name: str, *keys: str) -> list[dict[str, Any]]:
    """Return these keys of each object in an array of a payload."""
    items = tree.get(name) if isinstance(tree, Mapping) else None
    objects = [item for item in items if isinstance(item, Mapping)] if isinstance(items, list | tuple) else []
    return [{key: item.get(key, "") for key in keys} for item in objects]
