"""The arithmetic of a form: equations, derived from what is declared as a `total` or a `@balance`."""

from collections.abc import Iterable, Sequence
from itertools import takewhile

from gkformat.base.address import Address
from gkformat.base.families import FAMILIES, Authority
from gkformat.base.frozen import frozen
from gkformat.notation.outline import Node, label, nodes, outline, per_class, positions


@frozen
class Equation:
    """The sum of the cells on the left equals the sum of the cells on the right.

    Addresses are relative to `box`. `at` is where a failure is reported: a total's cell, or the first term of a
    balance. `says` is the relation as the form prints it, where it does.
    """

    box: type
    rule: str
    at: Address
    left: tuple[Address, ...]
    right: tuple[Address, ...]
    says: str = ""

    @property
    def authority(self) -> Authority:
        """Whether the form states the relation, or arithmetic derives it from a printed total."""
        return FAMILIES[self.rule].authority

    @property
    def is_total(self) -> bool:
        """Whether it says that a total is the sum of its parts."""
        return self.right == (self.at,)

    def __str__(self) -> str:
        return f"{' + '.join(self.left)} == {' + '.join(self.right)}"

    @property
    def chinese(self) -> str:
        """The equation in the labels of the form; what all its terms share is said once."""
        terms = [at.steps for at in (*self.left, *self.right)]
        front = _shared(terms)
        back = _shared([steps[:front:-1] for steps in terms])
        names = [nodes(self.box)[Address.of(steps[: len(steps) - back])].label for steps in terms]
        left, right = " + ".join(names[: len(self.left)]), " + ".join(names[len(self.left) :])
        row = label(self.box, Address.of(terms[0][:front]))
        column = nodes(self.box)[self.at].label if back else ""
        return f"{row}{'：' * bool(row)}{left} = {right}{f'（{column}）' * bool(column)}"


def _shared(sequences: Sequence[tuple[str, ...]]) -> int:
    """How many steps all sequences have in common from their beginning."""
    return sum(1 for _ in takewhile(lambda steps: len(set(steps)) == 1, zip(*sequences, strict=False)))


# -- the equations of a box ----------------------------------------------------------------------------


@per_class
def equations(cls: type) -> tuple[Equation, ...]:
    """All equations of a box, derived from its totals and balances, in the order of the printed form."""
    found = list(_derived(cls, outline(cls)))
    return tuple(sorted(found, key=lambda equation: positions(cls)[equation.at]))


def _derived(cls: type, box: Node) -> Iterable[Equation]:
    for place, child in enumerate(box.children):
        yield from _derived(cls, child)
        if child.printed.word == "total":
            above = [node.at for outer in box.children[:place] for node in _alike(outer, child)]
            yield from _columnwise(cls, child.printed.rule, child, above, [child.at], at=child.at)
    for printed in box.declaration.balances:
        left, right = ([box.at.child(term) for term in side] for side in printed.sides)
        yield from _columnwise(cls, printed.rule, nodes(cls)[left[0]], left, right, at=left[0], says=printed.says)


def _alike(outer: Node, total: Node) -> Iterable[Node]:
    """What a total adds up: the cells, or the rows, of its own kind."""
    if outer.type is total.type and outer.is_cell == total.is_cell:
        yield outer
    else:
        for inner in outer.children:
            yield from _alike(inner, total)


def _columnwise(
    cls: type, rule: str, row: Node, left: Sequence[Address], right: Sequence[Address], *, at: Address, says: str = ""
) -> Iterable[Equation]:
    """One equation for each cell of a row; rows that are themselves a cell give one."""
    for cell in (node for node in row.walk() if node.is_cell):
        inner = cell.at[len(row.at) :].lstrip(".")
        yield Equation(
            cls,
            rule,
            at.child(inner),
            tuple(term.child(inner) for term in left),
            tuple(term.child(inner) for term in right),
            says,
        )
