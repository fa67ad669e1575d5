"""Holding a report as it was published, reading its numbers honestly, and changing it without excusing anything."""

from collections.abc import Mapping, Sequence
from operator import attrgetter
from types import MappingProxyType, SimpleNamespace
from typing import Any, TypeVar, cast

import attrs

from gkformat.base.address import Address
from gkformat.base.errors import Fault, Inconsistent, Malformed
from gkformat.base.findings import Mark, Number
from gkformat.judgement.marks import blanks, zeros
from gkformat.judgement.root import discrepancies_of, is_root, judged_root
from gkformat.notation.outline import find, labelled, numbers, reader

T = TypeVar("T")


def as_found(cls: type[T], **fields: Any) -> T:
    """Hold a report as it was published: its broken equations are written into `discrepancies`, from scratch.

    A box that is not a root records whatever it is given, so it is simply made. Raises like the class: `Malformed` for
    a value of the wrong kind, `TypeError` for a field that is missing or unknown.
    """
    if not is_root(cls):
        return cls(**fields)
    fields.pop("discrepancies", None)
    try:
        return cls(**fields)
    except Inconsistent as error:
        return cls(**{**fields, "discrepancies": discrepancies_of(error.findings)})


def cells(box: Any) -> dict[Address, Number | None]:
    """The honest view of a box: each number of its tables by address, `None` where the paper was blank.

    The lines of a `merged` group are open, for the paper did not fill them.
    """
    cls = type(box)
    values: dict[Address, Number | None] = dict(zip(numbers(cls), reader(cls)(box), strict=True))
    if is_root(cls):
        values |= dict.fromkeys(blanks(box))
        for mark in box.marks:
            if mark.kind == "merged":
                values |= {at: None for at in values if at.within(mark.at)}
    return values


def replace(box: T, changes: Mapping[str, Any] = MappingProxyType({}), /, **fields: Any) -> T:
    """The same box with other values, by address (`changes`) or by field.

    A mark goes where the number that it marks is changed, or is given anew; a declaration goes where its failure no
    longer occurs. New failures are refused: raises `Inconsistent`, or `Malformed` for an unknown address or a value
    of the wrong kind, with every such fault.
    """
    cls = type(box)
    faults: list[Fault] = []
    accepted: dict[Address, Any] = {}
    for at, value in (*fields.items(), *changes.items()):
        try:
            accepted[find(cls, at).accept(value)] = value
        except Malformed as error:
            faults += error.faults
    if faults:
        raise Malformed(labelled(cls, faults))
    values: dict[str, Any] = {}
    for at, value in accepted.items():
        name, *inner = at.steps
        values[name] = _changed(values.get(name, getattr(box, name)), inner, value)
    return _changed_root(box, changes, values) if is_root(cls) else attrs.evolve(cast("Any", box), **values)


def _changed(inner: Any, steps: Sequence[str], value: Any) -> Any:
    """What stands somewhere, with one value changed inside of it."""
    if not steps:
        return value
    name, *further = steps
    return attrs.evolve(inner, **{name: _changed(getattr(inner, name), further, value)})


def _changed_root(report: T, changes: Mapping[str, Any], fields: dict[str, Any]) -> T:
    old: Any = report
    if "marks" not in fields:
        new = SimpleNamespace(**{name: getattr(report, name) for name in attrs.fields_dict(type(old))} | fields)
        fields["marks"] = tuple(mark for mark in old.marks if mark.at not in changes and _still_true(mark, old, new))
    changed: Any = attrs.evolve(old, **fields)
    if "discrepancies" not in fields:
        occurring = discrepancies_of(judged_root(changed))
        if occurring != changed.discrepancies:
            changed = attrs.evolve(changed, discrepancies=occurring)
    return cast("T", changed)


def _still_true(mark: Mark, old: Any, new: Any) -> bool:
    if mark.kind == "merged":
        return not any(attrgetter(at)(new) for at in zeros(type(old), mark))
    return bool(attrgetter(mark.at)(old) == attrgetter(mark.at)(new))
