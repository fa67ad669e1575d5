"""Marks and discrepancies of a report: the addresses they may refer to, and the faults in them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, get_args

from gkformat.base.address import Address
from gkformat.base.errors import Fault, excerpt
from gkformat.base.findings import Discrepancy, Mark, MarkKind
from gkformat.base.words import Words
from gkformat.notation.domains import EQUATION_SIDE, OUT_OF_RANGE, String
from gkformat.notation.equations import equations
from gkformat.notation.outline import Node, label, nodes, number_indexes, numbers, per_class, positions


def blanks(box: Any) -> frozenset[Address]:
    """Return the addresses of the cells that the document left blank."""
    return frozenset(mark.at for mark in _marks(box) if mark.kind == "blank")


def unclear_cells(box: Any) -> frozenset[Address]:
    """Return the addresses of the cells of which nobody can say what they hold: unreadable, out of range or absent."""
    return frozenset(mark.at for mark in _marks(box) if mark.kind in UNCLEAR)


UNCLEAR: frozenset[MarkKind] = frozenset({"unreadable", "out-of-range", "absent"})


def is_empty(box: Any) -> bool:
    """Return True for a report in which no number was filled in: every cell is blank, or is not there."""
    unfilled = {mark.at for mark in _marks(box) if mark.kind in ("blank", "absent")}
    return bool(unfilled) and unfilled.union(upper_cells(box)).issuperset(numbers(type(box)))


def merged_groups(box: Any) -> frozenset[Address]:
    """Return the addresses of the groups that the document filled as one row."""
    return frozenset(mark.at for mark in _marks(box) if mark.kind == "merged")


def upper_cells(box: Any) -> frozenset[Address]:
    """Return the cells that the document does not have: those of merged groups, except in their last rows."""
    merged = (mark for mark in _marks(box) if mark.kind == "merged")
    return frozenset(at for mark in merged for at in implied_zeros(type(box), mark))


def _marks(box: Any) -> tuple[Mark, ...]:
    """Return the marks of a report; a smaller box has none."""
    return getattr(box, "marks", ())


@per_class
def row_groups(cls: type) -> tuple[Address, ...]:
    """Return the addresses of the groups of rows in a form, to which a `merged` mark may refer."""
    return tuple(at for at, node in nodes(cls).items() if node.printed.kind == "row" and _is_group(node))


def _is_group(node: Node) -> bool:
    return bool(node.children) and all(
        row.printed.kind == "row" and any(cell.is_cell for cell in row.children) for row in node.children
    )


def canonical_marks(cls: type, marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Return marks in printed order, without repeats."""
    return tuple(sorted(dict.fromkeys(marks), key=lambda mark: positions(cls)[mark.at]))


def canonical_discrepancies(cls: type, items: Iterable[Discrepancy]) -> tuple[Discrepancy, ...]:
    """Return discrepancies in the order of the equations they name, without repeats."""
    order = {(equation.rule, equation.at): index for index, equation in enumerate(equations(cls))}
    return tuple(sorted(dict.fromkeys(items), key=lambda item: (order[item.rule, item.at], item.left, item.right)))


def mark_and_discrepancy_faults(
    cls: type, marks: Sequence[Mark], discrepancies: Sequence[Discrepancy], number_at: Callable[[Address], object]
) -> list[Fault]:
    """Return the faults in marks and discrepancies: each by itself, against each other, and against the numbers."""
    return [*_mark_faults(cls, marks, number_at), *_discrepancy_faults(cls, discrepancies)]


def _mark_faults(cls: type, marks: Sequence[Mark], number_at: Callable[[Address], object]) -> Iterable[Fault]:
    seen: dict[Address, Mark] = {}
    for index, mark in enumerate(marks):
        if mark.kind not in get_args(MarkKind):
            yield _item_fault(OUT_OF_RANGE, "marks", index, "kind", mark.kind, _KINDS)
        elif mark.at not in (row_groups(cls) if mark.kind == "merged" else number_indexes(cls)):
            yield _item_fault(OUT_OF_RANGE, "marks", index, "at", mark.at, _GROUP if mark.kind == "merged" else _NUMBER)
        elif rule := String().violation(mark.text):
            yield _item_fault(rule, "marks", index, "text", mark.text, String().expected)
        elif seen.setdefault(mark.at, mark) != mark:
            yield _item_fault(OUT_OF_RANGE, "marks", index, "at", mark.at, _ONE_MARK)
        else:
            if expected := _other_text(cls, mark, number_at(mark.at)):
                yield _item_fault(OUT_OF_RANGE, "marks", index, "text", mark.text, expected)
            yield from _contradictions(cls, mark, number_at)


def _item_fault(rule: str, name: str, index: int, key: str, value: object, expected: Words) -> Fault:
    return Fault(rule, Address(name), "", excerpt(value), expected, f"/{name}/{index}/{key}")


def _contradictions(cls: type, mark: Mark, number_at: Callable[[Address], object]) -> Iterable[Fault]:
    """Yield a fault for each number that a mark implies to be 0 and that is not."""
    for at in implied_zeros(cls, mark):
        if isinstance(value := number_at(at), int | Decimal) and value:
            yield Fault(
                OUT_OF_RANGE, at, label(cls, at), excerpt(value), _MERGED_ZERO if mark.kind == "merged" else _ZERO
            )


def _other_text(cls: type, mark: Mark, number: object) -> Words | None:
    """Return which texts a mark may have, if its own says otherwise than its kind and the number of the cell.

    An empty text says nothing: the text of the document was not kept.
    """
    if mark.kind == "merged" or not mark.text:
        return None
    if mark.kind == "absent":
        return _TEXTS["absent"]
    from gkformat.notation.cell_text import classify  # noqa: PLC0415 - slow to import, and most reports have no marks

    state, value = classify(nodes(cls)[mark.at], mark.text)
    if mark.kind == "annotated":
        agrees = value is not None and (value == number or not isinstance(number, int | Decimal))
    else:
        agrees = state == mark.kind
    return None if agrees else _TEXTS[mark.kind]


def implied_zeros(cls: type, mark: Mark) -> Iterable[Address]:
    """Return the addresses of the numbers that a mark implies to be 0."""
    if mark.kind == "annotated":
        return []
    if mark.kind == "merged":
        *rows, _ = nodes(cls)[mark.at].children
        return [at for row in rows for at in row.cells]
    return [mark.at]


def _discrepancy_faults(cls: type, discrepancies: Sequence[Discrepancy]) -> Iterable[Fault]:
    known = {(equation.rule, equation.at) for equation in equations(cls)} if discrepancies else ()
    for index, item in enumerate(discrepancies):
        if (item.rule, item.at) not in known:
            yield _item_fault(OUT_OF_RANGE, "discrepancies", index, "at", f"{item.rule} {item.at}", _EQUATION)
        for key, value in (("left", item.left), ("right", item.right)):
            if rule := EQUATION_SIDE.violation(value):
                yield _item_fault(rule, "discrepancies", index, key, value, EQUATION_SIDE.expected)


_KINDS = Words("、".join(get_args(MarkKind)) + " 之一", "one of " + ", ".join(get_args(MarkKind)))
_NUMBER = Words("表内数字的地址", "the address of a number in the tables")
_GROUP = Words("一组行的地址", "the address of a group of rows")
_ONE_MARK = Words("每处至多一个标记", "at most one mark for a place")
_ZERO = Words("0（此格的标记说明格中没有可用的数字）", "0 (the mark of the cell says that there is no number in it)")
_MERGED_ZERO = Words("0（此组标记为合填一行，数字在末行）", "0 (the group is marked as filled in one row, its last)")
_TEXTS: Mapping[str, Words] = {
    "blank": Words("表示未填的文字，如 / 或 —", "a text that leaves the cell empty, such as / or —"),
    "annotated": Words("与此格数字一致的文字", "a text that agrees with the number of the cell"),
    "unreadable": Words("读不出数字的文字，如 #REF!", "a text that is no number, such as #REF!"),
    "out-of-range": Words("此格容不下的数字", "a number that the cell cannot hold"),
    "absent": Words("空文字（文件中没有此格）", "no text (the document has no such cell)"),
}
_EQUATION = Words("本格式的一条勾稽关系（rule 与 at）", "an equation of the form (rule and at)")
