"""What the sums of a sheet come to: nobody may have computed them since the cells that they add up were changed.

Sums are judged as totals are usually written: `SUM(B3:B8)`, `B3+B4-B5`, and these in `IF(COUNT(B3:B8)<6,"",…)`, which
is blank until all its cells are filled in. Whatever else a formula does is left alone.
"""

import re
from collections.abc import Iterator

from attrs import Factory, define

from gkformat.readers.files.worksheet import COLUMNS, ROWS, Area, Position, position

_CELL = r"\$?[A-Z]{1,3}\$?[1-9][0-9]{0,6}"
_PLACES = rf"{_CELL}(?::{_CELL})?(?:,{_CELL}(?::{_CELL})?)*"
_TERM = rf"(?:SUM\((?P<places>{_PLACES})\)|(?P<cell>{_CELL})|(?P<number>[0-9]+(?:\.[0-9]+)?))"
_SIGNED_TERM = re.compile(rf"(?P<sign>[-+]?){_TERM}")
_SUM = re.compile("[-+]?TERM(?:[-+]TERM)*".replace("TERM", re.sub("[?]P<[a-z]+>", "?:", _TERM)))
_IF_FILLED = re.compile(rf'IF\(COUNT\((?P<places>{_PLACES})\)(?P<sign>[<=])(?P<count>[0-9]{{1,6}}),"",(?P<sum>.*)\)')

_MOST_CELLS = 300_000
"""The cells that the sums of a sheet look at, all together; what is beyond is not judged."""

_DEEPEST = 50
"""How many sums may be parts of one another."""

Value = float | str | None
"""A number, a text, which is empty for a blank; or `None` if it cannot be told."""


@define
class Formula:
    """A formula, and how far from its cell is the one for which it is written, if several cells share it."""

    text: str
    down: int = 0
    right: int = 0


@define
class Sums:
    """The cells of a sheet: the values that are stored, `None` in a cell with an error, and the formulas.

    `known` are the values to which formulas were found to come, `open` the formulas at hand, each a part of the one
    before, and `looks` how many cells were looked at.
    """

    stored: dict[Position, Value] = Factory(dict)
    formulas: dict[Position, Formula] = Factory(dict)
    known: dict[Position, Value] = Factory(dict)
    open: list[Position] = Factory(list)
    looks: int = 0

    def not_computed(self) -> Iterator[Position]:
        """Yield the cells whose formula has no value, or not the one that its cells add up to."""
        for at in self.formulas:
            value = self._come_to(at)
            if at not in self.stored:
                if value != "":
                    yield at
            elif value is not None and self.stored[at] is not None and not _agree(self.stored[at], value):
                yield at

    def _come_to(self, at: Position) -> Value:
        """Return the value of a formula, or `None` if it is no such sum, or too many are parts of one another."""
        if at not in self.known and len(self.open) < _DEEPEST:
            self.open.append(at)
            self.known[at] = self._computed(self.formulas[at])
            self.open.pop()
        return self.known.get(at)

    def _computed(self, formula: Formula) -> Value:
        text = "".join(formula.text.split())
        if condition := _IF_FILLED.fullmatch(text):
            values = self._values(formula, condition["places"])
            if values is None:
                return None
            filled, count = sum(isinstance(value, float) for value in values), int(condition["count"])
            if filled < count if condition["sign"] == "<" else filled == count:
                return ""
            text = condition["sum"]
        if not _SUM.fullmatch(text):
            return None
        terms = [self._term(formula, term) for term in _SIGNED_TERM.finditer(text)]
        return None if None in terms else sum(term for term in terms if term is not None)

    def _term(self, formula: Formula, term: re.Match[str]) -> float | None:
        sign = -1.0 if term["sign"] == "-" else 1.0
        if term["number"]:
            return sign * float(term["number"])
        values = self._values(formula, term["places"] or term["cell"])
        if values is None or (term["cell"] and any(isinstance(value, str) and value for value in values)):
            return None
        return sign * sum(value for value in values if isinstance(value, float))

    def _values(self, formula: Formula, places: str) -> list[float | str] | None:
        """Return the values of cells, or `None` if one of them cannot be told, or they are too many."""
        values: list[float | str] = []
        for place in places.split(","):
            first, _, last = place.partition(":")
            area = Area(*_position(formula, first), *_position(formula, last or first))
            self.looks += area.size
            if min(area.top, area.left) < 1 or area.bottom > ROWS or area.right > COLUMNS or self.looks > _MOST_CELLS:
                return None
            for at in area.covered():
                value = self._value(at)
                if value is None:
                    return None
                values.append(value)
        return values

    def _value(self, at: Position) -> Value:
        """Return the value of a cell; that which is stored, if it is not known what its formula comes to."""
        if at not in self.formulas:
            return self.stored.get(at, "")
        if at in self.open:  # it is part of itself
            return None
        value = self._come_to(at)
        return self.stored.get(at) if value is None else value


def _agree(stored: Value, value: Value) -> bool:
    if isinstance(stored, float) and isinstance(value, float):
        return abs(stored - value) <= 1e-9 * max(1.0, abs(value))
    return stored == value


def _position(formula: Formula, reference: str) -> Position:
    row, column = position(reference)
    return (
        row + (0 if "$" in reference[1:] else formula.down),
        column + (0 if reference.startswith("$") else formula.right),
    )
