"""How far amounts of money may differ because each of them was rounded before it was printed."""

from collections.abc import Sequence
from decimal import Decimal

from gkformat.base.findings import Number
from gkformat.notation.domains import Money
from gkformat.notation.outline import nodes, numbers, per_class


@per_class
def amount_indexes(cls: type) -> Sequence[int]:
    """Return the places of the amounts of money among the numbers of a form."""
    return tuple(index for index, at in enumerate(numbers(cls)) if isinstance(nodes(cls)[at].domain, Money))


def last_place(amount: Number) -> Decimal:
    """Return one unit in the last printed place of an amount, or 0 for a 0, which nobody rounds."""
    exponent = Decimal(amount).as_tuple().exponent
    return Decimal(1).scaleb(int(exponent)) if amount else Decimal(0)


def is_rounding(total: Number, whole: Number, error: Decimal) -> bool:
    """Return whether rounding explains that a whole is not the total of its parts, if theirs made up to `error`.

    The whole may have been rounded or cut off where the total has more decimals.
    """
    unit = last_place(whole)
    return Decimal(total - whole).copy_abs() < error + (unit if unit and total % unit else Decimal(0))


def rounding_error(part: Number, whole: Number) -> Decimal:
    """Return what the rounding of a part can add to a difference: half a unit, if the whole has more decimals."""
    unit = last_place(part)
    return unit / 2 if last_place(whole) < unit < 1 else Decimal(0)
