"""The arithmetic of a form: equations, derived from every declared `total` and `@balance`."""

from collections.abc import Iterable, Sequence
from itertools import takewhile

from gkformat.base.address import Address
from gkformat.base.families import FAMILIES, Authority
from gkformat.base.frozen import frozen
from gkformat.notation.outline import Node, label, nodes, outline, per_class, positions


@frozen
class Equation:
    """An equality of two sums of cells.

    Addresses are relative to `box`. `at` is the address of its findings: the cell of a total, or the first term of a
    balance. `says` is the relation in the printed words of the form, or empty if the form does not print it.
    """

    box: type
    rule: str
    at: Address
    left: tuple[Address, ...]
    right: tuple[Address, ...]
    says: str = ""

    @property
    def authority(self) -> Authority:
        """The authority of its family: `stated` by the form, or `derived` from a printed total."""
        return FAMILIES[self.rule].authority

    @property
    def is_total(self) -> bool:
        """True for the equation of a total and its parts."""
        return self.right == (self.at,)

    def __str__(self) -> str:
        return f"{' + '.join(self.left)} == {' + '.join(self.right)}"

    @property
    def chinese(self) -> str:
        """The equation in the labels of the form; a row or column that all its terms share is named once."""
        names = self.term_names
        left, right = (" + ".join(names[at] for at in side) for side in (self.left, self.right))
        front, back = self._shared_steps
        row = label(self.box, Address.of(self.at.steps[:front]))
        column = nodes(self.box)[self.at].label if back else ""
        return f"{row}{'：' * bool(row)}{left} = {right}{f'（{column}）' * bool(column)}"

    @property
    def term_names(self) -> dict[Address, str]:
        """The labels by which the terms differ: those of the columns in a row, those of the rows in a column."""
        _, back = self._shared_steps
        return {
            at: nodes(self.box)[Address.of(at.steps[: len(at.steps) - back])].label for at in (*self.left, *self.right)
        }

    @property
    def _shared_steps(self) -> tuple[int, int]:
        """The number of steps that the addresses of all terms share at the front, and at the back."""
        terms = [at.steps for at in (*self.left, *self.right)]
        front = _common_prefix_length(terms)
        return front, _common_prefix_length([steps[:front:-1] for steps in terms])


def _common_prefix_length(sequences: Sequence[tuple[str, ...]]) -> int:
    """Return the number of steps that all sequences have in common at their beginning."""
    return sum(1 for _ in takewhile(lambda steps: len(set(steps)) == 1, zip(*sequences, strict=False)))


# -- the equations of a box ----------------------------------------------------------------------------


@per_class
def equations(cls: type) -> tuple[Equation, ...]:
    """Return all equations of a box, derived from its totals and balances, in the order of the printed form."""
    derived = list(_derived(cls, outline(cls)))
    return tuple(sorted(derived, key=lambda equation: positions(cls)[equation.at]))


def _derived(cls: type, box: Node) -> Iterable[Equation]:
    for index, child in enumerate(box.children):
        yield from _derived(cls, child)
        if child.printed.kind == "total":
            addends = [node.at for above in box.children[:index] for node in _addends(above, child)]
            yield from _columnwise(cls, child.printed.rule, child, addends, [child.at], at=child.at)
    for balance in box.declaration.balances:
        left, right = ([box.at.child(term) for term in side] for side in balance.sides)
        yield from _columnwise(cls, balance.rule, nodes(cls)[left[0]], left, right, at=left[0], says=balance.says)


def _addends(outer: Node, total: Node) -> Iterable[Node]:
    """Yield the addends of a total: the cells, or the rows, of the same kind."""
    if outer.type is total.type and outer.is_cell == total.is_cell:
        yield outer
    else:
        for inner in outer.children:
            yield from _addends(inner, total)


def _columnwise(
    cls: type, rule: str, row: Node, left: Sequence[Address], right: Sequence[Address], *, at: Address, says: str = ""
) -> Iterable[Equation]:
    """Yield one equation for each cell of a row, or a single one if the row is itself a cell."""
    for cell in row.cells:
        inner = cell.relative_to(row.at)
        yield Equation(
            cls,
            rule,
            at.child(inner),
            tuple(term.child(inner) for term in left),
            tuple(term.child(inner) for term in right),
            says,
        )
