"""Conditional formats that hide a value or change it: zeros in white are the usual way to print a blank."""

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from operator import eq, ge, gt, le, lt, ne

from attrs import Factory, define

from gkformat.readers.files.package import Attributes
from gkformat.readers.files.worksheet import Area, Position

_TESTS: Mapping[str, Callable[[float, float], bool]] = {
    "equal": eq,
    "notEqual": ne,
    "greaterThan": gt,
    "greaterThanOrEqual": ge,
    "lessThan": lt,
    "lessThanOrEqual": le,
}

_NOT_OF_NUMBERS = frozenset(["containsErrors", "containsBlanks"])
"""The kinds of rules whose condition no number fulfils."""

_AREA = re.compile(r"(?<!\S)[A-Z]{1,3}[1-9]\d{0,6}(?::[A-Z]{1,3}[1-9]\d{0,6})?(?!\S)", re.ASCII)
_MOST_CELLS = 300_000
"""The cells of a sheet that rules are asked of, all together; what is beyond is not judged."""


@define
class Rule:
    """A rule that hides the values of some cells, or changes how they look, if its condition holds."""

    areas: Sequence[Area]
    kind: str = ""
    test: str = ""
    formulas: list[str] = Factory(list)

    def holds(self, value: float | str | None) -> bool | None:
        """Return whether the condition holds for a value; `None` if that cannot be told."""
        if self.kind != "cellIs" or not isinstance(value, float):
            return False if self.kind in _NOT_OF_NUMBERS and isinstance(value, float) else None
        try:
            bounds = [float(formula) for formula in self.formulas]
        except ValueError:
            return None
        match self.test, bounds:
            case "between", [least, most]:
                return least <= value <= most
            case "notBetween", [least, most]:
                return not least <= value <= most
            case test, [bound] if test in _TESTS:
                return _TESTS[test](value, bound)
        return None


@define
class Conditions:
    """The rules of a sheet whose formats are among the numbers of those that change how a value looks."""

    changes: Container[int]
    rules: list[Rule] = Factory(list)
    areas: Sequence[Area] = ()
    is_taken: bool = False

    def start(self, path: Sequence[str], attributes: Attributes) -> None:
        """Begin the rules of some cells, a rule, or the formula of one."""
        match path[-1]:
            case "conditionalFormatting":
                self.areas = [Area.named(each) for each in _AREA.findall(attributes.get("sqref", ""))]
            case "cfRule":
                self.is_taken = int(attributes.get("dxfId", -1)) in self.changes
                if self.is_taken:
                    self.rules.append(Rule(self.areas, attributes.get("type", ""), attributes.get("operator", "")))
            case "iconSet" | "dataBar" if attributes.get("showValue") in {"0", "false"}:
                self.rules.append(Rule(self.areas))
            case "formula" if self.is_taken:
                self.rules[-1].formulas.append("")

    def text(self, text: str) -> None:
        """Take a piece of the formula of a rule."""
        if self.is_taken and self.rules[-1].formulas:
            self.rules[-1].formulas[-1] += text

    def changed(
        self, texts: Mapping[Position, str], values: Mapping[Position, float | str | None]
    ) -> Iterator[tuple[Position, bool]]:
        """Yield the cells whose look a rule changes, or may change, with whether its condition is known to hold."""
        looks = 0
        for rule, area in ((each, area) for each in self.rules for area in each.areas):
            looks += len(texts)
            if looks > _MOST_CELLS:
                return
            for at in texts:
                if at in area and texts[at] and (holds := rule.holds(values.get(at))) is not False:
                    yield at, bool(holds)
