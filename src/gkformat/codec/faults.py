"""From the exceptions that cattrs gathered to the list of all faults, each placed and in the words of the form.

cattrs keeps a note with the name of the attribute, or the index of the item, on every exception; its own formatter
would drop the words of a `ValueError` and stop at the object around it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from heapq import nsmallest
from itertools import islice
from typing import Any

from attrs import evolve
from cattrs.errors import ClassValidationError, ForbiddenExtraKeysError, IterableValidationError

from gkformat.base.address import Address, pointer
from gkformat.base.errors import Fault, Inconsistent, Malformed, excerpt
from gkformat.base.findings import Finding
from gkformat.base.words import NOTHING, Words
from gkformat.codec.parsing import Steps
from gkformat.judgement.judge import judge
from gkformat.notation.declare import is_box
from gkformat.notation.domains import WRONG_TYPE
from gkformat.notation.outline import Node, labels, nearest, nodes, numbers, positions

MOST_FAULTS = 1000
"""One error lists no more faults than this, and says how many it left out. No form has as many places."""

ABSENT = object()
"""What stands where a payload has nothing; `MISPLACED` where something that is no object stands in the way."""

MISPLACED = object()


class Refused(Exception):
    """A hook's word that a value is not of its kind."""

    def __init__(self, rule: str, value: object, expected: Words) -> None:
        super().__init__(rule)
        self.rule, self.found, self.expected = rule, excerpt(value), expected


class Complaint:
    """What is wrong with one payload, gathered as it is met: faults, and the findings of reports that refused."""

    def __init__(self, cls: Any, tree: Any) -> None:
        self.cls = cls
        self.tree = tree
        self.faults: list[Fault] = []
        self.findings: list[Finding] = []
        self.omitted = 0
        self.cause: BaseException | None = None
        self.numbers: Sequence[int] | None = None
        """The numbers that an inspection read, in printed order, 0 for each that is `unread`."""
        self.unread: list[Address] = []

    def add(self, rule: str, steps: Steps, found: str = "", expected: Words = NOTHING) -> None:
        """Note a fault at the value to which the steps lead."""
        in_form = is_box(self.cls)
        at = nearest(self.cls, steps) if in_form else Address.of(steps)
        label = labels(self.cls)[at] if in_form else ""
        self._add(Fault(rule, at, label, found, expected, _printable(pointer(steps))))

    def add_at(self, node: Node, rule: str, found: str = "") -> None:
        """Note a fault at a place of the form."""
        self._add(Fault(rule, node.at, labels(self.cls)[node.at], found, node.expected, node.pointer))

    def _add(self, fault: Fault) -> None:
        if len(self.faults) == MOST_FAULTS:
            self.omitted += 1
        else:
            self.faults.append(fault)

    def add_keys(self, rule: str, places: Iterable[Steps]) -> None:
        """Note a fault for each of these keys; where there are more than are listed, the others are only counted."""
        places = iter(places)
        for steps in islice(places, MOST_FAULTS - len(self.faults)):
            self.add(rule, steps, excerpt(steps[-1]))
        self.omitted += sum(1 for _ in places)

    def add_unknown(self, keys: Collection[object], steps: Steps) -> None:
        """Note keys that are not in the form, in the object at these steps."""
        first = nsmallest(MOST_FAULTS, [*map(str, keys)])
        self.add_keys("unknown-key", ((*steps, key) for key in first))
        self.omitted += len(keys) - len(first)

    def add_faults(self, faults: Iterable[Fault], steps: Steps = ()) -> None:
        """Note faults that were found by a box at these steps; a fault that is known already is not noted again."""
        known = {(fault.rule, fault.pointer) for fault in self.faults}
        for fault in faults:
            if (fault.rule, fault.pointer) not in known:
                self.add(fault.rule, (*steps, *_steps(fault.pointer)), fault.found, fault.expected)

    def explain(self, error: BaseException, steps: Steps = ()) -> None:  # noqa: C901 - a case a kind of error
        """Note all faults that an exception from cattrs stands for."""
        match error:
            case ClassValidationError():
                placed, others = error.group_exceptions()
                for inner, note in placed:
                    self.explain(inner, (*steps, note.name))
                for inner in others:
                    self.explain(inner, steps)
            case IterableValidationError():
                for inner, item in error.group_exceptions()[0]:
                    self.explain(inner, (*steps, str(item.index)))
            case ForbiddenExtraKeysError():
                self.add_unknown(error.extra_fields, steps)
            case KeyError() if error.args == steps[-1:]:
                self.add("missing", steps, expected=self._expected(steps))
            case Refused():
                self.add(error.rule, steps, error.found, error.expected)
            case Malformed():
                self.add_faults(error.faults, steps)
            case Inconsistent():
                around = Address.of(steps)
                self.findings += [evolve(finding, at=around.child(finding.at)) for finding in error.findings]
            case _:
                self._quote(error, steps)

    def _quote(self, error: BaseException, steps: Steps) -> None:
        """Note what a hook of the user's said; the exception itself is kept, for it may be a mistake in the hook."""
        self.cause = error
        words = f"{type(error).__name__}: {error}"
        expected = Words(f"可读出的值（{words}）", f"a value that can be read ({words})")
        self.add(WRONG_TYPE, steps, excerpt(value_at(self.tree, steps)), expected)

    def malformed(self) -> Malformed:
        """The error that says it all, with the broken equations among the cells that could be read."""
        if not is_box(self.cls):
            return Malformed(self.faults, self.findings, self.omitted)
        place = positions(self.cls)
        faults = sorted(self.faults, key=lambda fault: place[fault.at])
        numbers, unread = (self.numbers, self.unread) if self.numbers else _readable(self.cls, self.tree)
        return Malformed(faults, readable_findings(self.cls, self.tree, numbers, unread), self.omitted)

    def _expected(self, steps: Steps) -> Words:
        node = nodes(self.cls).get(Address.of(steps)) if is_box(self.cls) else None
        return node.expected if node else Words("必填", "required")


def _steps(json_pointer: str) -> Steps:
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in json_pointer.split("/")[1:])


def _printable(text: str) -> str:
    """Text that can be written as UTF-8: a key may hold half a surrogate pair."""
    return text.encode("utf-8", "backslashreplace").decode()


def value_at(tree: Any, steps: Steps) -> object:
    """The plain value to which the steps lead in a payload, or `ABSENT`, or `MISPLACED`."""
    for step in steps:
        if tree is ABSENT:
            break
        if isinstance(tree, list | tuple) and step.isdecimal():
            tree = tree[int(step)]
        elif isinstance(tree, Mapping):
            tree = tree.get(step, ABSENT)
        else:
            return MISPLACED
    return tree


def readable_findings(cls: type, tree: Any, values: Sequence[int], unread: Sequence[Address]) -> Iterable[Finding]:
    """The undeclared broken equations among the cells that can be read, in a payload that cannot be read as a whole."""
    blank = {Address(mark["at"]) for mark in _items(tree, "marks", "at", "kind") if mark["kind"] == "blank"}
    declared = [tuple(item.values()) for item in _items(tree, "discrepancies", "rule", "at", "left", "right")]
    return (
        finding
        for finding in judge(cls, values, blank, unread)
        if finding.severity == "broken" and (finding.rule, finding.at, finding.left, finding.right) not in declared
    )


def _readable(cls: type, tree: Any) -> tuple[Sequence[Any], Sequence[Address]]:
    """The numbers of a payload in printed order, 0 for each that no cell accepts, and where these are."""
    values = {at: value_at(tree, at.steps) for at in numbers(cls)}
    unread = [at for at, value in values.items() if not nodes(cls)[at].accepts(value)]
    return [*(values | dict.fromkeys(unread, 0)).values()], unread


def _items(tree: Any, name: str, *keys: str) -> list[dict[str, Any]]:
    """The items of an array of a payload that are objects, with what they say under these keys."""
    items = tree.get(name) if isinstance(tree, Mapping) else None
    objects = [item for item in items if isinstance(item, Mapping)] if isinstance(items, list | tuple) else []
    return [{key: item.get(key, "") for key in keys} for item in objects]
