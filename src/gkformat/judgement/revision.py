"""Hold reports as they were published, view their numbers with blanks as `None`, and change them honestly."""

from collections.abc import Collection, Sequence
from operator import attrgetter
from types import MappingProxyType, SimpleNamespace
from typing import Any, TypeVar, cast

import attrs

from gkformat.base.address import Address, AddressDict, ByAddress, json_pointer
from gkformat.base.arguments import BY_ADDRESS, demand
from gkformat.base.errors import Fault, Inconsistent, Malformed, excerpt, meant
from gkformat.base.findings import Mark, Number
from gkformat.judgement.marks import blanks, implied_zeros, merged_groups, unclear_cells
from gkformat.judgement.root import discrepancies_of, is_report, judge_report
from gkformat.notation.outline import find, label_faults, nodes, number_getter, numbers, outline

T = TypeVar("T")


def as_found(cls: type[T], **fields: Any) -> T:
    """Make a report as it was published: its broken equations become its `discrepancies`, which are written anew.

    A smaller box is simply made, since it does not judge its numbers. Raises `Malformed` for a field that is missing or
    unknown, and like the class for a value outside its domain.
    """
    if is_report(cls):
        fields.pop("discrepancies", None)
    try:
        return cls(**fields)
    except Inconsistent as error:
        return cls(**{**fields, "discrepancies": discrepancies_of(error.findings)})
    except TypeError:
        if faults := _wrong_names(cls, fields):
            raise Malformed(label_faults(cls, faults)) from None
        raise


def _wrong_names(cls: type, names: Collection[str]) -> list[Fault]:
    """Return the faults of the names of fields: those that a box has not, and those that it must have."""
    form = outline(cls)
    faults = [
        Fault("unknown-key", Address(), "", excerpt(name), meant(name, form.children_by_name), json_pointer((name,)))
        for name in names
        if name not in form.children_by_name
    ]
    missing = (node for node in form.children if node.required and node.name not in names)
    return faults + [Fault("missing", node.at, expected=node.expected) for node in missing]


def cells(box: Any) -> AddressDict[Number | None]:
    """Return the numbers in the tables of a box by address, in printed order, with `None` where there is none.

    There is none in a cell that is blank, unreadable, out of range or absent, and in a `merged` group, whose rows the
    document did not fill in one by one. A report of 2021 has 200 numbers. Counts are `int`, amounts `Decimal` in the
    unit of their column (万元).

    Raises `TypeError` for anything but a box.
    """
    cls = type(box)
    values: AddressDict[Number | None] = AddressDict(zip(numbers(cls), number_getter(cls)(box), strict=True))
    unknown = blanks(box).union(unclear_cells(box), *(nodes(cls)[group].cells for group in merged_groups(box)))
    values.update(dict.fromkeys(unknown))
    return values


def replace(box: T, changes: ByAddress[Any] = MappingProxyType({}), /, **fields: Any) -> T:
    """Return a copy of a box with other values, given by address (`changes`) or by field.

    A mark is dropped if its number is changed, or given again by its own address, and a discrepancy if it no longer
    occurs. (A box given as a whole keeps the marks of its other cells: a blank is not 0 for that.) Raises
    `Inconsistent` for a newly broken equation, and `Malformed`, with every fault, for an unknown address or a value
    outside its domain.
    """
    demand(BY_ADDRESS, changes=changes)
    cls = type(box)
    faults: list[Fault] = []
    accepted: dict[Address, Any] = {}
    for at, value in (*fields.items(), *changes.items()):
        try:
            node = find(cls, at)
            node.validate(value)
            accepted[node.at] = value
        except Malformed as error:
            faults += error.faults
    if faults:
        raise Malformed(label_faults(cls, faults))
    values: dict[str, Any] = {}
    for at, value in accepted.items():
        name, *inner = at.steps
        values[name] = _with_value(values.get(name, getattr(box, name)), inner, value)
    return _replace_in_report(box, changes, values) if is_report(cls) else attrs.evolve(cast("Any", box), **values)


def _with_value(inner: Any, steps: Sequence[str], value: Any) -> Any:
    """Return a value with another one put in at a path inside it."""
    if not steps:
        return value
    name, *further = steps
    return attrs.evolve(inner, **{name: _with_value(getattr(inner, name), further, value)})


def _replace_in_report(report: T, changes: ByAddress[Any], fields: dict[str, Any]) -> T:
    old: Any = report
    if "marks" not in fields:
        new = SimpleNamespace(**{name: getattr(report, name) for name in attrs.fields_dict(type(old))} | fields)
        fields["marks"] = tuple(mark for mark in old.marks if mark.at not in changes and _still_true(mark, old, new))
    changed: Any = attrs.evolve(old, **fields)
    if "discrepancies" not in fields:
        occurring = discrepancies_of(judge_report(changed))
        if occurring != changed.discrepancies:
            changed = attrs.evolve(changed, discrepancies=occurring)
    return cast("T", changed)


def _still_true(mark: Mark, old: Any, new: Any) -> bool:
    if mark.kind == "merged":
        return not any(attrgetter(at)(new) for at in implied_zeros(type(old), mark))
    return bool(attrgetter(mark.at)(old) == attrgetter(mark.at)(new))
