"""Interleaved timing, and the words of a result.

A machine that others use is never quiet for long. So all variants of a task take turns, round after round, the time
is that of the processor and not of the wall, and what is told is a ratio: of the best rounds, where neither variant
was disturbed, and the spread of the ratios of all rounds.
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
        """A ratio that is counted and not timed."""
        return cls(value, value, value, value)

    @property
    def inverse(self) -> "Ratio":
        """How many times as fast."""
        return Ratio(1 / self.best, 1 / self.median, 1 / self.high, 1 / self.low)

    def __str__(self) -> str:
        return f"{self.best:.2f}"

    @property
    def spread(self) -> str:
        """The median, and from where to where most rounds lie."""
        if self.low == self.high:
            return ""
        return f"{self.median:.2f} ({self.low:.2f} to {self.high:.2f})"


@frozen
class Timing:
    """The seconds that a variant took, in each round."""

    rounds: tuple[float, ...]

    @property
    def best(self) -> float:
        """The seconds of the best round."""
        return min(self.rounds)

    @property
    def median(self) -> float:
        """The seconds of a usual round."""
        return statistics.median(self.rounds)

    def above(self, other: "Timing") -> "Timing":
        """What it took more than the best round of the other."""
        return Timing(tuple(seconds - other.best for seconds in self.rounds))

    def over(self, other: "Timing") -> Ratio:
        """How many times as long as the other."""
        each = sorted(mine / its for mine, its in zip(self.rounds, other.rounds, strict=True))
        edge = len(each) // 10
        return Ratio(self.best / other.best, self.median / other.median, each[edge], each[-1 - edge])


@frozen
class Target:
    """What a task is to reach: `goal`, or at least `gate`; at most, unless it says `at_least`."""

    task: str
    measured: Ratio
    goal: float
    gate: float
    at_least: bool = False
    unit: str = "×"

    @property
    def state(self) -> str:
        """Whether it is reached."""
        for bound, said in ((self.goal, "goal reached"), (self.gate, "within the gate")):
            if self.measured.best >= bound if self.at_least else self.measured.best <= bound:
                return said
        return "**missed**"

    @property
    def row(self) -> tuple[str, ...]:
        """Its line in the table of goals."""
        sign = "≥" if self.at_least else "≤"
        bounds = (f"{sign} {bound:g} {self.unit}" for bound in (self.goal, self.gate))
        return (self.task, *bounds, f"**{self.measured}** {self.unit}", self.measured.spread, self.state)


@frozen
class Section:
    """The result of one group of tasks: a table of strings with its header first, and what the tasks are to reach."""

    title: str
    text: str
    table: Sequence[Sequence[str]]
    targets: Sequence[Target] = ()


def interleaved(
    variants: Mapping[str, Callable[[], object]], rounds: int, *, clock: Callable[[], float] = process_time
) -> dict[str, Timing]:
    """Time all variants in turn, the order changing from round to round, after one round that does not count.

    What runs in processes of its own is timed by the wall: `clock=time.perf_counter`.
    """
    taken: dict[str, list[float]] = {name: [] for name in variants}
    for place in range(-1, rounds):
        for name in [*variants][:: 1 if place % 2 else -1]:
            gc.collect()
            start = clock()
            variants[name]()
            if place >= 0:
                taken[name].append(clock() - start)
    return {name: Timing(tuple(seconds)) for name, seconds in taken.items()}


def each(function: Callable[[T], object], items: Sequence[T]) -> Callable[[], None]:
    """A variant: a function of each item."""

    def run() -> None:
        for item in items:
            function(item)

    return run


def markdown(table: Sequence[Sequence[str]]) -> str:
    """A table as Markdown, numbers to the right."""
    header, *lines = table
    marks = ["---", *("---:" for _ in header[1:])]
    return "\n".join(f"| {' | '.join(line)} |" for line in (header, marks, *lines))
