"""Time variants of a task in turn, and describe the results.

A shared machine is never quiet for long. So all variants of a task take turns, round after round; processor time is
measured and not wall time; and the result is a ratio: that of the best rounds, in which neither variant was disturbed,
with the spread of the ratios of all rounds.
"""

import gc
import statistics
from collections.abc import Callable, Mapping, Sequence
from time import process_time
from typing import TypeVar

from attrs import frozen

T = TypeVar("T")


@frozen
class Ratio:
    """One time, or size, over another: of the best rounds, of the medians, and the middle 80 % of all rounds."""

    best: float
    median: float
    low: float
    high: float

    @classmethod
    def exact(cls, value: float) -> "Ratio":
        """Return a ratio that is counted and not timed."""
        return cls(value, value, value, value)

    @property
    def inverse(self) -> "Ratio":
        """The speed-up: how many times as fast."""
        return Ratio(1 / self.best, 1 / self.median, 1 / self.high, 1 / self.low)

    def __str__(self) -> str:
        return f"{self.best:.2f}"

    @property
    def spread(self) -> str:
        """The median, and the range in which most rounds lie."""
        if self.low == self.high:
            return ""
        return f"{self.median:.2f} ({self.low:.2f} to {self.high:.2f})"


@frozen
class Timing:
    """The seconds that a variant took in each round."""

    rounds: tuple[float, ...]

    @property
    def best(self) -> float:
        """The seconds of the best round."""
        return min(self.rounds)

    @property
    def median(self) -> float:
        """The seconds of the median round."""
        return statistics.median(self.rounds)

    def above(self, other: "Timing") -> "Timing":
        """Return the time beyond the best round of another."""
        return Timing(tuple(seconds - other.best for seconds in self.rounds))

    def over(self, other: "Timing") -> Ratio:
        """Return the ratio of this time to another."""
        ratios = sorted(mine / its for mine, its in zip(self.rounds, other.rounds, strict=True))
        edge = len(ratios) // 10
        return Ratio(self.best / other.best, self.median / other.median, ratios[edge], ratios[-1 - edge])


@frozen
class Target:
    """The `goal` of a task, and the `gate` that it must meet: upper bounds, or lower ones if `at_least`."""

    task: str
    measured: Ratio
    goal: float
    gate: float
    at_least: bool = False
    unit: str = "×"

    @property
    def state(self) -> str:
        """The result in words: goal reached, within the gate, or missed."""
        for bound, words in ((self.goal, "goal reached"), (self.gate, "within the gate")):
            if self.measured.best >= bound if self.at_least else self.measured.best <= bound:
                return words
        return "**missed**"

    @property
    def row(self) -> tuple[str, ...]:
        """The row in the table of goals."""
        sign = "≥" if self.at_least else "≤"
        bounds = (f"{sign} {bound:g} {self.unit}" for bound in (self.goal, self.gate))
        return (self.task, *bounds, f"**{self.measured}** {self.unit}", self.measured.spread, self.state)


@frozen
class Section:
    """The results of a group of tasks: a table of strings, its header first, and the targets."""

    title: str
    text: str
    table: Sequence[Sequence[str]]
    targets: Sequence[Target] = ()


def interleaved(
    variants: Mapping[str, Callable[[], object]], rounds: int, *, clock: Callable[[], float] = process_time
) -> dict[str, Timing]:
    """Time all variants in turn, in alternating order, after one round that does not count.

    For variants that start processes, measure wall time: `clock=time.perf_counter`.
    """
    seconds: dict[str, list[float]] = {name: [] for name in variants}
    for number in range(-1, rounds):
        for name in [*variants][:: 1 if number % 2 else -1]:
            gc.collect()
            start = clock()
            variants[name]()
            if number >= 0:
                seconds[name].append(clock() - start)
    return {name: Timing(tuple(taken)) for name, taken in seconds.items()}


def each(function: Callable[[T], object], items: Sequence[T]) -> Callable[[], None]:
    """Return a variant that calls the function on each item."""

    def run() -> None:
        for item in items:
            function(item)

    return run


def markdown(table: Sequence[Sequence[str]]) -> str:
    """Return a table as Markdown, with numbers aligned to the right."""
    header, *rows = table
    alignment = ["---", *("---:" for _ in header[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (header, alignment, *rows))
