"""What a report says about itself, marks and discrepancies: which places they may speak of, and what cannot be."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, get_args

from gkformat.base.address import Address
from gkformat.base.errors import Fault, excerpt
from gkformat.base.findings import Discrepancy, Mark, MarkKind
from gkformat.base.words import Words
from gkformat.notation.domains import OUT_OF_RANGE, SUM, String
from gkformat.notation.equations import equations
from gkformat.notation.outline import Node, label, nodes, numbers, per_class, positions


def blanks(report: Any) -> frozenset[Address]:
    """The addresses that the paper left blank."""
    return frozenset(mark.at for mark in report.marks if mark.kind == "blank")


@per_class
def groups(cls: type) -> tuple[Address, ...]:
    """The groups of rows in a form: what a `merged` mark may speak of."""
    return tuple(at for at, node in nodes(cls).items() if node.printed.word == "row" and _is_group(node))


def _is_group(node: Node) -> bool:
    return bool(node.children) and all(
        line.printed.word == "row" and any(cell.is_cell for cell in line.children) for line in node.children
    )


def settled_marks(cls: type, marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Marks in printed order, without repeats."""
    return tuple(sorted(dict.fromkeys(marks), key=lambda mark: positions(cls)[mark.at]))


def settled_discrepancies(cls: type, items: Iterable[Discrepancy]) -> tuple[Discrepancy, ...]:
    """Declarations in the order of the equations they name, without repeats."""
    order = {(equation.rule, equation.at): place for place, equation in enumerate(equations(cls))}
    return tuple(sorted(dict.fromkeys(items), key=lambda item: (order[item.rule, item.at], item.left, item.right)))


def remark_faults(
    cls: type, marks: Sequence[Mark], discrepancies: Sequence[Discrepancy], number: Callable[[Address], object]
) -> list[Fault]:
    """What is wrong with marks and discrepancies: of themselves, with each other, or with the numbers they mark."""
    return [*_mark_faults(cls, marks, number), *_discrepancy_faults(cls, discrepancies)]


def _mark_faults(cls: type, marks: Sequence[Mark], number: Callable[[Address], object]) -> Iterable[Fault]:
    seen: dict[Address, Mark] = {}
    for place, mark in enumerate(marks):
        if mark.kind not in get_args(MarkKind):
            yield _item_fault(OUT_OF_RANGE, "marks", place, "kind", mark.kind, _KINDS)
        elif mark.at not in (groups(cls) if mark.kind == "merged" else numbers(cls)):
            yield _item_fault(OUT_OF_RANGE, "marks", place, "at", mark.at, _PLACES[mark.kind])
        elif rule := String().refusal(mark.text):
            yield _item_fault(rule, "marks", place, "text", mark.text, String().expected)
        elif seen.setdefault(mark.at, mark) != mark:
            yield _item_fault(OUT_OF_RANGE, "marks", place, "at", mark.at, _ONE_MARK)
        else:
            yield from _contradictions(cls, mark, number)


def _item_fault(rule: str, name: str, place: int, key: str, value: object, expected: Words) -> Fault:
    return Fault(rule, Address(name), "", excerpt(value), expected, f"/{name}/{place}/{key}")


def _contradictions(cls: type, mark: Mark, number: Callable[[Address], object]) -> Iterable[Fault]:
    """The numbers that should be 0 by what the mark says, and are not."""
    for at in zeros(cls, mark):
        if isinstance(value := number(at), int | Decimal) and value:
            yield Fault(OUT_OF_RANGE, at, label(cls, at), excerpt(value), _ZERO[mark.kind])


def zeros(cls: type, mark: Mark) -> Iterable[Address]:
    """The numbers that must be 0 by what a mark says."""
    if mark.kind == "blank":
        return [mark.at]
    if mark.kind == "merged":
        *lines, _ = nodes(cls)[mark.at].children
        return [cell.at for line in lines for cell in line.walk() if cell.is_cell]
    return []


def _discrepancy_faults(cls: type, discrepancies: Sequence[Discrepancy]) -> Iterable[Fault]:
    known = {(equation.rule, equation.at) for equation in equations(cls)} if discrepancies else ()
    for place, item in enumerate(discrepancies):
        if (item.rule, item.at) not in known:
            yield _item_fault(OUT_OF_RANGE, "discrepancies", place, "at", f"{item.rule} {item.at}", _EQUATION)
        for key, value in (("left", item.left), ("right", item.right)):
            if rule := SUM.refusal(value):
                yield _item_fault(rule, "discrepancies", place, key, value, SUM.expected)


_KINDS = Words("、".join(get_args(MarkKind)) + " 之一", "one of " + ", ".join(get_args(MarkKind)))
_NUMBER = Words("表内数字的地址", "the address of a number in the tables")
_GROUP = Words("一组行的地址", "the address of a group of rows")
_PLACES: Mapping[str, Words] = {"blank": _NUMBER, "annotated": _NUMBER, "merged": _GROUP}
_ONE_MARK = Words("每处至多一个标记", "at most one mark for a place")
_ZERO = {
    "blank": Words("0（此格标记为空白）", "0 (the cell is marked blank)"),
    "merged": Words("0（此组标记为合填一行，数字在末行）", "0 (the group is marked as filled in one row, its last)"),
}
_EQUATION = Words("本格式的一条勾稽关系（rule 与 at）", "an equation of the form (rule and at)")
