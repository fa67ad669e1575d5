"""Compare two reports, or two boxes of one class, cell by cell."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any, Literal

from gkformat.base.address import Address
from gkformat.base.findings import Number
from gkformat.base.frozen import frozen
from gkformat.comparison.crosswalk import shared_addresses, shared_cells
from gkformat.comparison.folding import foldable_groups, folded_cells, folded_values
from gkformat.judgement.marks import merged_groups
from gkformat.judgement.root import REPORT
from gkformat.notation.outline import label, nodes, outline

DifferenceKind = Literal["changed", "filled", "blanked"]

_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)
"""Precise enough for any two amounts, whatever the decimal context of the caller."""


@frozen
class Difference:
    """A cell in which two boxes differ: `left` in the first, `right` in the second, `None` where there is no number."""

    at: Address
    label: str
    left: Number | None
    right: Number | None

    @property
    def kind(self) -> DifferenceKind:
        """`changed`: one number to another. `filled`: no number to one, even 0. `blanked`: the reverse."""
        if self.left is None:
            return "filled"
        return "blanked" if self.right is None else "changed"

    @property
    def change(self) -> Number | None:
        """The second number minus the first; `None` if there is none on one side."""
        if self.left is None or self.right is None:
            return None
        if isinstance(self.left, int) and isinstance(self.right, int):
            return self.right - self.left
        return _EXACT.subtract(Decimal(self.right), Decimal(self.left))

    @property
    def percent(self) -> Decimal | None:
        """The change in percent of the first number, to two decimals, with the sign of the change.

        `None` if there is none on one side or the first is 0.
        """
        if not self.left or self.change is None:
            return None
        share = _EXACT.divide(Decimal(self.change), Decimal(self.left).copy_abs())
        return _EXACT.multiply(share, Decimal(100)).quantize(Decimal("0.01"), context=_EXACT)


def diff(a: Any, b: Any) -> tuple[Difference, ...]:
    """Return the cells in which two reports, or two tables or rows of the same class, differ, in printed order.

    Only numbers are compared: not texts, names or years, nor how an amount is written (`1.50` equals `1.5`). A group of
    rows that either report filled as one row is compared as one row. Reports of two editions are compared where the
    editions ask for the same item; `shared_addresses(a.edition, b.edition).unmatched` lists the other cells with the
    reasons. Raises `TypeError` for boxes of different classes, or for anything that is not a box.
    """
    labels, left, right = _one_kind(a, b) if type(a) is type(b) else _two_editions(a, b)
    return tuple(Difference(at, labels[at], left[at], right[at]) for at in left if left[at] != right[at])


_Values = Mapping[Address, Number | None]
_Sides = tuple[Mapping[Address, str], _Values, _Values]
"""The labels of the cells that are compared, and the numbers on both sides."""


def _one_kind(a: Any, b: Any) -> _Sides:
    cls = type(a)
    outline(cls)  # raises TypeError unless it is a box
    folded = foldable_groups(cls) & (merged_groups(a) | merged_groups(b))
    labels = {at: cell.label for at, cell in folded_cells(cls, folded).items()}
    return labels, folded_values(a, folded), folded_values(b, folded)


def _two_editions(a: Any, b: Any) -> _Sides:
    if not (_is_report(a) and _is_report(b)):
        raise TypeError(
            f"不能逐格比较 {type(a).__qualname__} 与 {type(b).__qualname__}：须为两份报告或同类的表"
            f" / cannot compare {type(a).__qualname__} with {type(b).__qualname__} cell by cell:"
            " two reports, or two boxes of the same class, are needed"
        )
    one, other = type(a), type(b)
    # Only one of the editions has the row of a folded group; elsewhere the labels are the same in both.
    labels = {at: label(one if at in nodes(one) else other, at) for at in shared_addresses(a.edition, b.edition)}
    return labels, shared_cells(a, b.edition), shared_cells(b, a.edition)


def _is_report(box: Any) -> bool:
    return REPORT.fits(box)
