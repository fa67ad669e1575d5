"""From a parsed payload to a box: one walk that builds the box and records every fault on the way.

A reader is made for each place of a form. It returns the value for its place, or records in the collector why there is
none. At some places a hook may take the place of the reader: so a converter honours the hooks of its user.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin

import attrs

from gkformat.base.address import Address
from gkformat.base.errors import Inconsistent, Malformed, excerpt
from gkformat.base.findings import Discrepancy, Mark
from gkformat.codec.faults import FaultCollector
from gkformat.codec.parsing import amount_text
from gkformat.codec.tree import ABSENT, Steps
from gkformat.forms import editions
from gkformat.forms.editions import EDITIONS, edition_of
from gkformat.judgement.marks import mark_and_discrepancy_faults
from gkformat.judgement.revision import as_found as make_as_found
from gkformat.judgement.root import is_report
from gkformat.notation.declare import Items, Nested, is_box
from gkformat.notation.domains import EQUATION_SIDE, OUT_OF_RANGE, WRONG_TYPE, Choice, Domain, Integer, Money, String
from gkformat.notation.outline import Node, outline, per_class

Reader = Callable[[Any, FaultCollector], Any]
"""A function that reads the value at one place of a payload. What it returns counts only if it records no fault."""

Hook = Callable[[Any, FaultCollector, Steps], Any]
"""A function that reads the value at some steps in a way of its own. What it returns is checked like any value."""

FindHook = Callable[[Any], Hook | None]
"""A function that returns the hook for a type, if there is one. For an array it is asked for the type of the items."""


def structure(
    tree: Any,
    cls: type | None = None,
    *,
    reader: Reader | None = None,
    repeated: Iterable[Steps] = (),
    as_found: bool = False,
) -> Any:
    """Make a box of a payload; without a class, a report of the edition that the payload states.

    Raises `Malformed` with every fault, and `Inconsistent` for a report with broken equations that it does not declare,
    unless it is read `as_found`: then they are declared, and each number that is `null` is marked as blank.
    """
    wanted = cls or edition_class(tree)
    collector = FaultCollector(wanted, tree, as_found=as_found and is_report(wanted))
    collector.add_keys("duplicate-key", repeated)
    if cls is None:
        tree = _with_known_edition(tree, wanted, collector)
    box = (reader or reader_of(wanted))(tree, collector)
    collector.raise_for_problems()
    return box


@per_class
def reader_of(cls: type) -> Reader:
    """Return the reader for a box in which there are no hooks."""
    return make_reader(outline(cls), lambda _: None)


def make_reader(node: Node, find_hook: FindHook) -> Reader:
    """Make the reader for a place and all places inside it; the place itself is not read by a hook."""
    match node.domain:
        case None:
            return _box_reader(node, find_hook)
        case Items():
            return _items_reader(node, node.domain, find_hook(node.domain.type))
        case _:
            return _value_reader(node, node.domain)


def hook_reader(node: Node, hook: Hook) -> Reader:
    """Make the reader for a place that a hook reads. A box that is there already is taken as it is."""

    def read(value: Any, collector: FaultCollector) -> Any:
        if node.type and type(value) is node.type:
            return collector.note_box(node, value)
        before, found = collector.count, hook(value, collector, node.at.steps)
        if collector.count == before and (rule := node.violation(found)):
            return collector.add_at(node, rule, excerpt(found))
        return found

    return read


# -- boxes ----------------------------------------------------------------------------------------------


def _box_reader(node: Node, find_hook: FindHook) -> Reader:
    """Make a reader that takes a mapping with exactly the keys of the box, or an object of its class."""
    cls: Any = node.type
    parts = [_part(child, attrs.fields_dict(cls)[child.name].type, find_hook) for child in node.children]
    size, finish = len(parts), _finish_report if is_report(cls) else None

    def read(tree: Any, collector: FaultCollector) -> Any:
        if type(tree) is not dict:
            if type(tree) is cls:
                return collector.note_box(node, tree)
            if not isinstance(tree, Mapping):
                return collector.add_at(node, WRONG_TYPE, excerpt(tree))
            tree = dict(tree)  # because a look-up in some mappings adds the missing key
        values, numbers = {}, collector.numbers
        for name, at, minimum, maximum, read_part in parts:
            value = tree.get(name, ABSENT)
            if type(value) is int and minimum <= value <= maximum:  # most values of a report are counts
                values[name] = numbers[at] = value
            elif value is not ABSENT:
                values[name] = read_part(value, collector)
        if not len(values) == len(tree) == size:
            _record_keys(node, tree, collector)
        if finish:
            return finish(node, values, collector)
        return None if collector.count else cls(**values)  # with any fault, nothing will come of the box

    return read


def _part(node: Node, kind: Any, find_hook: FindHook) -> tuple[str, Address, int, int, Reader]:
    """Return the name and address of a part of a box, the first and last of the integers that need no reader, and it.

    There are such integers only in cells, and none (from 1 to 0) where a hook wants to see them.
    """
    hook = None if isinstance(node.domain, Items | Choice) else find_hook(kind)
    if hook:
        return node.name, node.at, 1, 0, hook_reader(node, hook)
    if isinstance(node.domain, Integer) and node.is_cell:
        return node.name, node.at, node.domain.minimum, node.domain.maximum, make_reader(node, find_hook)
    return node.name, node.at, 1, 0, make_reader(node, find_hook)


def _record_keys(node: Node, tree: dict[str, Any], collector: FaultCollector) -> None:
    """Record missing and unknown keys."""
    for child in node.children:
        if child.name not in tree and child.is_key_required:
            collector.add_at(child, "missing")
    if unknown := [key for key in tree if key not in node.children_by_name]:
        collector.add_unknown(unknown, node.at.steps, [name for name in node.children_by_name if name not in tree])


def _finish_report(node: Node, values: dict[str, Any], collector: FaultCollector) -> Any:
    """Make a report; record the faults of its marks and discrepancies, and the equations that are broken."""
    cls: Any = node.type
    if collector.nulls:
        values["marks"] = _with_nulls_marked(values.get("marks") or (), collector)
    if collector.count:
        marks, discrepancies = values.get("marks") or (), values.get("discrepancies") or ()
        return collector.add_faults(mark_and_discrepancy_faults(cls, marks, discrepancies, collector.numbers.get))
    try:
        return make_as_found(cls, **values) if collector.as_found else cls(**values)
    except Malformed as error:
        return collector.add_faults(error.faults)
    except Inconsistent as error:
        return collector.add_findings(error.findings)


def _with_nulls_marked(marks: tuple[Mark, ...], collector: FaultCollector) -> tuple[Mark, ...]:
    """Return the marks with one more for each number that is `null`.

    An existing mark already says why there is no number; if it says that there is one, `null` is a fault.
    """
    kinds = {mark.at: mark.kind for mark in marks}
    for node in collector.nulls:
        if kinds.get(node.at) == "annotated":
            collector.add_at(node, WRONG_TYPE, excerpt(None))
    return (*marks, *(Mark(node.at, "blank") for node in collector.nulls if node.at not in kinds))


# -- cells, texts and arrays ----------------------------------------------------------------------------


def _value_reader(node: Node, domain: Domain) -> Reader:
    def read(value: Any, collector: FaultCollector) -> Any:
        if json_violation(domain, value) is None:
            value = decoded(domain, value)
            if node.is_cell:
                collector.numbers[node.at] = value
            return value
        return _refuse_or_note_null(node, domain, value, collector)

    return read


def json_violation(domain: Domain, value: object) -> str | None:
    """Return the structural rule that a value of a payload breaks: an amount may be a string or any number."""
    if not isinstance(domain, Money):
        return domain.violation(value)
    text = amount_text(value)
    return WRONG_TYPE if text is None else None if domain.matches(text) else OUT_OF_RANGE


def decoded(domain: Domain, value: Any) -> Any:
    """Return the value of a cell for a value of a payload that its domain accepts."""
    return Decimal(amount_text(value) or 0) if isinstance(domain, Money) else value


def _refuse_or_note_null(node: Node, domain: Domain, value: object, collector: FaultCollector) -> Any:
    """Record a fault, or in a report that is read as found, that a number is `null`; its value is 0 then."""
    if value is None and collector.as_found and node.is_cell:
        collector.nulls.append(node)
        return decoded(domain, 0)
    return collector.add_at(node, json_violation(domain, value) or WRONG_TYPE, excerpt(value))


def _items_reader(node: Node, items: Items, hook: Hook | None) -> Reader:
    """Make a reader of marks or discrepancies. Whether they fit the report is for the report to say."""

    def read(values: Any, collector: FaultCollector) -> Any:
        if collector.as_found and items.type is Discrepancy:  # they are written anew
            return ()
        if not isinstance(values, list | tuple):
            return collector.add_at(node, WRONG_TYPE, excerpt(values))
        if len(values) > items.max_items:
            return collector.add_at(node, OUT_OF_RANGE, excerpt(values))
        before, found = collector.count, []
        for index, value in enumerate(values):
            steps, count = (*node.at.steps, str(index)), collector.count
            item = hook(value, collector, steps) if hook else value
            found.append(read_item(items.type, item, collector, steps) if collector.count == count else None)
        collector.items += [item for item in found if item is not None]
        return tuple(found) if collector.count == before else None

    return read


def read_item(cls: Any, tree: Any, collector: FaultCollector, steps: Steps) -> Any:
    """Return the mark or the discrepancy that a payload has at these steps, or record the faults.

    Only types and kinds are checked here: whether the rest is possible is for the report to say.
    """
    if not isinstance(tree, Mapping | cls):
        return collector.add(WRONG_TYPE, steps, excerpt(tree), Nested(cls).expected)
    before, fields = collector.count, attrs.fields_dict(cls)
    values = dict(tree) if isinstance(tree, Mapping) else {name: getattr(tree, name) for name in fields}
    for name, field in fields.items():
        domain = item_domain(field.type)
        value = values.get(name, ABSENT)
        if value is ABSENT:
            if field.default is attrs.NOTHING:
                collector.add_missing((*steps, name), domain.expected)
            continue
        rule = domain.violation(str(value) if type(value) is Address else value)
        if rule == WRONG_TYPE or (rule and isinstance(domain, Choice)):
            collector.add(rule, (*steps, name), excerpt(value), domain.expected)
    if unknown := [key for key in values if key not in fields]:
        collector.add_unknown(unknown, steps, [name for name in fields if name not in values])
    return cls(**values) if collector.count == before else None


def item_domain(kind: Any) -> Domain:
    """Return the domain of a field of a mark or a discrepancy."""
    if get_origin(kind) is Literal:
        return Choice(get_args(kind))
    return EQUATION_SIDE if kind is int else String()


# -- the edition ----------------------------------------------------------------------------------------


def edition_class(tree: Any) -> "type[editions.AnyReport]":
    """Return the class for a payload by its edition, or else by its year, so that its faults can be reported."""
    if is_box(type(tree)) and is_report(type(tree)):
        return type(tree)
    stated, year = (tree.get("edition"), tree.get("year")) if isinstance(tree, Mapping) else (None, None)
    if isinstance(stated, str) and stated in EDITIONS:
        return EDITIONS[stated].report
    all_editions = [*EDITIONS.values()]
    of_the_year = [edition for edition in all_editions if type(year) is int and edition.covers(year)]
    return (of_the_year or all_editions)[-1].report


def _with_known_edition(tree: Any, cls: type, collector: FaultCollector) -> Any:
    """Return the payload with the edition of the class; record a fault if it states none or an unknown one."""
    known = Choice(tuple(EDITIONS), rule="unknown-edition")
    if not isinstance(tree, Mapping) or known.violation(stated := tree.get("edition")) is None:
        return tree
    if "edition" in tree:
        collector.add(known.violation(stated) or known.rule, ("edition",), excerpt(stated), known.expected)
    else:
        collector.add("missing", ("edition",), expected=known.expected)
    return {**tree, "edition": edition_of(cls).name}
