"""Numbers that ran together → the one way to cut them that the arithmetic allows, if there is one."""

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import islice, product
from math import prod

from gkformat.base.address import Address
from gkformat.notation.cell_text import normalized
from gkformat.notation.equations import Equation

_MOST_CUTS = 20_000
"""How many ways to cut one text are tried."""

_MOST_TOGETHER = 2000
"""How many combinations of the cuts of all rows are tried."""

Cut = tuple[int, ...]


def possible_cuts(text: str, count: int) -> list[Cut] | None:
    """Return all ways to read a text of digits as `count` numbers.

    Blanks separate numbers, and no number begins with 0. Returns `None` if the text contains anything but digits and
    blanks, or if there are too many ways.
    """
    chunks = normalized(text).split()
    if not chunks or not all(chunk.isascii() and chunk.isdigit() for chunk in chunks) or len(chunks) > count:
        return None
    if sum(map(len, chunks)) > count * 9:
        return None
    found: list[Cut] = []
    for cut in _of_chunks(chunks, count):
        found.append(cut)
        if len(found) > _MOST_CUTS:
            return None
    return found


def _of_chunks(chunks: Sequence[str], count: int) -> Iterator[Cut]:
    first, *rest = chunks
    if not rest:
        yield from _of_digits(first, count)
        return
    for size in range(1, count - len(rest) + 1):
        tails = list(islice(_of_chunks(rest, count - size), _MOST_CUTS + 1))
        for head in _of_digits(first, size) if tails else ():
            yield from (head + tail for tail in tails)


def _of_digits(digits: str, count: int) -> Iterator[Cut]:
    """Yield the ways to read digits without blanks as `count` numbers."""
    if count == 1:
        if len(digits) == 1 or not digits.startswith("0"):
            yield (int(digits),)
        return
    longest = 1 if digits.startswith("0") else len(digits) - count + 1
    for size in range(1, longest + 1):
        if len(digits) - size >= count - 1:
            yield from ((int(digits[:size]), *tail) for tail in _of_digits(digits[size:], count - 1))


def agreed_numbers(
    ways: Mapping[tuple[Address, ...], Sequence[Cut]],
    known: Mapping[Address, int],
    equations: Sequence[Equation],
    whole: Container[tuple[Address, ...]] = (),
) -> dict[Address, int]:
    """Return the numbers on which all allowed combinations of cuts agree, by address.

    `ways` gives the possible cuts of each row of cells, `known` the numbers of other cells; `whole` are the rows of
    which no cell was left blank. Such a row with as many digits as cells is cut in the one possible way, whatever its
    arithmetic says: the paper may be wrong. Any other is first checked against its own equations, then all rows
    together against all equations whose cells are known or to be cut. If no combination satisfies those, the document
    contradicts itself, and a row counts only if it can be cut in one way.
    """
    certain = {
        at: value
        for row, possible in ways.items()
        if row in whole and len(possible) == 1
        for at, value in zip(row, possible[0], strict=True)
    }
    own: dict[tuple[Address, ...], list[Cut]] = {}
    for row, possible in ways.items():
        within = [equation for equation in equations if {*row}.issuperset((*equation.left, *equation.right))]
        allowed = [cut for cut in possible if _holds(dict(zip(row, cut, strict=True)), within)]
        if row[0] not in certain and allowed and (_is_bound(row, equations) or not any(allowed[0][:-1])):
            own[row] = allowed
    alone = {at: value for row, cuts in own.items() if len(cuts) == 1 for at, value in zip(row, cuts[0], strict=True)}
    together = _together(own, {**known, **certain}, equations)
    if not together:
        return {**certain, **alone}
    first, *others = together
    return certain | {at: value for at, value in first.items() if all(other[at] == value for other in others)}


def _is_bound(row: Sequence[Address], equations: Sequence[Equation]) -> bool:
    """Check whether an equation contains a cell of the row; if none does, only leading zeros can be cut off."""
    return any(at in row for equation in equations for at in (*equation.left, *equation.right))


def _together(
    own: Mapping[tuple[Address, ...], Sequence[Cut]], known: Mapping[Address, int], equations: Sequence[Equation]
) -> list[dict[Address, int]]:
    """Return all combinations of cuts that satisfy the equations whose cells are all there.

    Returns an empty list if there are too many to try.
    """
    if not own or prod(map(len, own.values())) > _MOST_TOGETHER:
        return []
    cut = {at for row in own for at in row}
    cells = cut | known.keys()
    known_equations = [
        equation
        for equation in equations
        if cells.issuperset(terms := (*equation.left, *equation.right)) and not cut.isdisjoint(terms)
    ]
    found = []
    for chosen in product(*own.values()):
        numbers = {at: value for row, cut in zip(own, chosen, strict=True) for at, value in zip(row, cut, strict=True)}
        if _holds({**known, **numbers}, known_equations):
            found.append(numbers)
    return found


def _holds(numbers: Mapping[Address, int], equations: Sequence[Equation]) -> bool:
    """Check whether all equations hold whose cells are all there."""
    return all(
        sum(numbers[at] for at in equation.left) == sum(numbers[at] for at in equation.right)
        for equation in equations
        if all(at in numbers for at in (*equation.left, *equation.right))
    )
