"""Measure how often the diagnosis finds what was really wrong: `python benchmarks/diagnosis.py`

Seeds faults into real reports and writes docs/reference/diagnosis-measured.md. Faults are drawn kind by kind, each kind
equally often, by code that shares nothing with the search and does not know its weights. Everything but the times is
the same in every run.
"""

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from attrs import evolve, frozen

from gkformat import Address, Report2021, as_found, cells, check, diagnose, load, replace
from gkformat.notation.equations import equations
from gkformat.notation.grid import grid

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reference" / "diagnosis-measured.md"
REPORTS = ("suqian-2023", "suqian-2024", "huaian-2024", "hangzhou-style-2025", "pingtan-2021", "pingtan-2024")
"""Sound reports with numbers in many cells of tables three and four."""

TABLES = {"三": "requests", "四": "reconsideration_and_litigation"}
DRAWS = 100

Numbers = dict[Address, int]
Cells = Sequence[Address]
"""The cells of a row or of a column, in order."""


# -- the reports ---------------------------------------------------------------------------------------


@frozen
class Table:
    """A table of a report: its numbers, its rows and columns, and the terms of each total."""

    report: Report2021
    section: str
    numbers: Numbers
    rows: Sequence[Cells]
    columns: Sequence[Cells]
    sums: Mapping[Address, Cells]


def tables(section: str, names: Sequence[str] = REPORTS) -> list[Table]:
    """Return the table of a section in each report."""
    found = []
    for name in names:
        report = load(ROOT / "tests" / "corpus" / f"{name}.json", Report2021)
        numbers = {at: int(value or 0) for at, value in cells(report).items() if at.within(section)}
        entries = [(cell.row, cell.column, cell.at) for cell in grid(Report2021, section).cells if cell.at]
        rows, columns = (
            [
                [entry[2] for entry in entries if entry[axis] == position]
                for position in sorted({entry[axis] for entry in entries})
            ]
            for axis in (0, 1)
        )
        if section == TABLES["四"]:  # one row of three groups; a column holds a single cell
            rows, columns = [rows[0][place : place + 5] for place in (0, 5, 10)], []
        sums = {each.at: each.left for each in equations(Report2021) if each.is_total and each.at in numbers}
        found.append(Table(report, section, numbers, rows, columns, sums))
    return found


# -- faults --------------------------------------------------------------------------------------------

Fault = Callable[[random.Random, Table], Numbers]
"""A function that draws a place and returns the numbers that a slip leaves there; these may change nothing."""


def _somewhere(draw: random.Random, table: Table, *, least: int = 0) -> Address:
    return draw.choice([at for at, number in table.numbers.items() if number >= least])


def _in_digits(spoil: Callable[[random.Random, str], str], least: int = 0) -> Fault:
    def fault(draw: random.Random, table: Table) -> Numbers:
        at = _somewhere(draw, table, least=least)
        return {at: int(spoil(draw, str(table.numbers[at])))}

    return fault


def _mistyped(draw: random.Random, digits: str) -> str:
    place = draw.randrange(len(digits))
    return digits[:place] + draw.choice("0123456789") + digits[place + 1 :]


def _dropped(draw: random.Random, digits: str) -> str:
    place = draw.randrange(len(digits))
    return digits[:place] + digits[place + 1 :]


def _doubled(draw: random.Random, digits: str) -> str:
    place = draw.randrange(len(digits))
    return digits[: place + 1] + digits[place:]


def _inserted(draw: random.Random, digits: str) -> str:
    place = draw.randrange(len(digits) + 1)
    return digits[:place] + draw.choice("0123456789") + digits[place:]


def _swapped_digits(draw: random.Random, digits: str) -> str:
    place = draw.randrange(len(digits) - 1)
    return digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]


def _another(draw: random.Random, digits: str) -> str:
    return str(draw.randrange(2 * int(digits) + 10))


def _left_empty(draw: random.Random, table: Table) -> Numbers:
    return {_somewhere(draw, table, least=1): 0}


def _total(draw: random.Random, table: Table) -> Address:
    return draw.choice([at for at in table.sums if table.numbers[at]])


def _total_left_empty(draw: random.Random, table: Table) -> Numbers:
    return {_total(draw, table): 0}


def _without_a_term(draw: random.Random, table: Table) -> Numbers:
    at = _total(draw, table)
    return {at: table.numbers[at] - table.numbers[draw.choice(table.sums[at])]}


def _wrong_sign(draw: random.Random, table: Table) -> Numbers:
    at = _total(draw, table)
    return {at: table.numbers[at] - 2 * table.numbers[draw.choice(table.sums[at])]}


def _carried(draw: random.Random, table: Table) -> Numbers:
    at, total = draw.choice([(part, total) for total, parts in table.sums.items() for part in parts])
    found = int(_mistyped(draw, str(table.numbers[at])))
    return {at: found, total: table.numbers[total] + found - table.numbers[at]}


def _any_strip(draw: random.Random, table: Table) -> Cells:
    return draw.choice([strip for strip in (*table.rows, *table.columns) if any(table.numbers[at] for at in strip)])


def _neighbours_swapped(draw: random.Random, table: Table) -> Numbers:
    strip = _any_strip(draw, table)
    place = draw.randrange(len(strip) - 1)
    one, other = strip[place], strip[place + 1]
    return {one: table.numbers[other], other: table.numbers[one]}


def _wrong_place(draw: random.Random, table: Table) -> Numbers:
    strip = _any_strip(draw, table)
    full = [at for at in strip if table.numbers[at]]
    empty = [at for at in strip if not table.numbers[at]]
    if not empty:
        return {}
    one, other = draw.choice(full), draw.choice(empty)
    return {one: 0, other: table.numbers[one]}


def _shifted(draw: random.Random, strips: Sequence[Cells], table: Table) -> Numbers:
    strip = draw.choice([strip for strip in strips if any(table.numbers[at] for at in strip)])
    numbers = [table.numbers[at] for at in strip]
    start = draw.randrange(len(strip) - 1)
    after = [0, *numbers[start:-1]] if draw.random() < 0.5 else [*numbers[start + 1 :], 0]
    return dict(zip(strip[start:], after, strict=True))


def _row_shifted(draw: random.Random, table: Table) -> Numbers:
    return _shifted(draw, table.rows, table)


def _column_shifted(draw: random.Random, table: Table) -> Numbers:
    return _shifted(draw, table.columns, table) if table.columns else {}


def _split(draw: random.Random, table: Table) -> Numbers:
    strip, place = _in_a_row(draw, table, 10)
    digits = str(table.numbers[strip[place]])
    cut = draw.randrange(1, len(digits))
    numbers = [table.numbers[at] for at in strip]
    after = [int(digits[:cut]), int(digits[cut:]), *numbers[place + 1 : -1]]
    return dict(zip(strip[place:], after, strict=True))


def _glued(draw: random.Random, table: Table) -> Numbers:
    strip, place = _in_a_row(draw, table, 1)
    numbers = [table.numbers[at] for at in strip]
    after = [int(f"{numbers[place]}{numbers[place + 1]}"), *numbers[place + 2 :], 0]
    return dict(zip(strip[place:], after, strict=True))


def _in_a_row(draw: random.Random, table: Table, least: int) -> tuple[Cells, int]:
    return draw.choice(
        [(row, place) for row in table.rows for place in range(len(row) - 1) if table.numbers[row[place]] >= least]
    )


FAULTS: Mapping[str, Fault] = {
    "digit-mistyped": _in_digits(_mistyped),
    "digit-dropped": _in_digits(_dropped, 10),
    "digit-doubled": _in_digits(_doubled, 1),
    "digit-inserted": _in_digits(_inserted, 1),
    "digits-swapped": _in_digits(_swapped_digits, 10),
    "other-number": _in_digits(_another),
    "cell-empty": _left_empty,
    "total-empty": _total_left_empty,
    "term-omitted": _without_a_term,
    "sign": _wrong_sign,
    "carried": _carried,
    "neighbours-swapped": _neighbours_swapped,
    "wrong-place": _wrong_place,
    "row-shifted": _row_shifted,
    "column-shifted": _column_shifted,
    "split": _split,
    "glued": _glued,
}


# -- seeding and measuring -----------------------------------------------------------------------------


@frozen
class Seeded:
    """A report with faults, and the true numbers of the cells that they changed."""

    report: Report2021
    truth: Numbers


def seeded(kind: str, section: str, count: int, draws: int) -> Iterator[Seeded]:
    """Yield reports with a fault of a kind, and for a `count` of 2 another of any kind in other rows and columns.

    A fault that breaks no equation, which leaves nothing to diagnose, or gives a negative number is drawn again.
    """
    draw = random.Random(f"{kind} {section} {count}")
    among = tables(section)
    made = 0
    for _ in range(200 * draws):
        if made == draws:
            return
        table = draw.choice(among)
        faults = [FAULTS[each] for each in (kind, draw.choice([*FAULTS]))[:count]]
        spoiled = [_changed(table, fault(draw, table)) for fault in faults if _has_place(fault, table)]
        if len(spoiled) == count and all(spoiled) and _is_disjoint(table, spoiled):
            found = {at: number for each in spoiled for at, number in each.items()}
            if min(found.values()) >= 0 and all(_visible(table, each) for each in spoiled):
                made += 1
                yield Seeded(_with(table.report, found), {at: table.numbers[at] for at in found})


def _has_place(fault: Fault, table: Table) -> bool:
    """Return True if the table has a place for the fault."""
    try:
        fault(random.Random(0), table)
    except IndexError:
        return False
    return True


def _changed(table: Table, found: Numbers) -> Numbers:
    return {at: number for at, number in found.items() if number != table.numbers[at]}


def _is_disjoint(table: Table, spoiled: Sequence[Numbers]) -> bool:
    """Return True if no two faults share a row or a column."""
    strips = (*table.rows, *table.columns)
    touched = [{index for index, strip in enumerate(strips) if not found.keys().isdisjoint(strip)} for found in spoiled]
    return all(one.isdisjoint(other) for index, one in enumerate(touched) for other in touched[:index])


def _with(report: Report2021, found: Numbers) -> Report2021:
    fields = {name: getattr(report, name) for name in ("agency", "year", "proactive_disclosure")}
    return as_found(Report2021, **fields, **{name: _changed_box(report, name, found) for name in TABLES.values()})


def _changed_box(report: Report2021, section: str, found: Numbers) -> Any:
    inner = {at[len(section) + 1 :]: number for at, number in found.items() if at.within(section)}
    return replace(getattr(report, section), inner)


def _visible(table: Table, found: Numbers) -> bool:
    return bool(check(_changed_box(table.report, table.section, found)).broken)


@frozen
class Measured:
    """The results for one kind of fault in one table: counts, and the median time in milliseconds."""

    kind: str
    table: str
    faults: int
    draws: int
    alone: int
    first: int
    listed: int
    milliseconds: float


def measure(kind: str, table: str, faults: int, draws: int = DRAWS) -> Measured | None:
    """Seed faults and diagnose them; return `None` if the table has no place for such a fault."""
    alone = first = listed = 0
    times = []
    for each in seeded(kind, TABLES[table], faults, draws):
        started = time.perf_counter()
        found = diagnose(each.report)
        times.append(time.perf_counter() - started)
        alone += len(found.first) == 1 and found[0].changes == each.truth
        first += any(diagnosis.changes == each.truth for diagnosis in found.first)
        listed += any(diagnosis.changes == each.truth for diagnosis in found)
    if not times:
        return None
    return Measured(kind, table, faults, len(times), alone, first, listed, 1000 * median(times))


def measure_all(draws: int) -> Iterator[Measured]:
    """Measure all kinds in both tables, with one fault and with two."""
    for table in TABLES:
        for faults in (1, 2):
            for kind in FAULTS:
                if found := measure(kind, table, faults, draws):
                    yield found


# -- the page ------------------------------------------------------------------------------------------

NOTE = "<!-- Written by benchmarks/diagnosis.py. Measure anew instead of changing this page. -->"
_INTRO = f"""# The diagnosis, measured

`python benchmarks/diagnosis.py` seeds faults into real reports with busy tables, diagnoses what is broken, and
compares. Faults are drawn kind by kind, each kind as often as any other, by code that knows nothing of the weights in
[the table of slips](slips.md). So the shares are not what one would meet in practice, where some slips are far
commoner than others. They tell how the diagnosis does on each.
How much the size of a number counts was chosen from four plain measures after a look at these very tables; the rest of
the weights was not.

- *Alone*: the true change is at the first place, and no other has the same cost.
- *First*: the true change is among those that share the first place.
- *Listed*: the true change is in the list. All in the list have the same number of slips, so arithmetic alone cannot
  tell them apart.
- *Time*: the median of one call in milliseconds, on a shared machine of two cores. It is not the same in every run; all
  else is, and a test measures some of the rows anew.

A fault counts only if an equation breaks. Of two faults, the first is of the kind in the row, the second of any kind,
in other rows and columns. Where a row is missing, the table has no such fault.

Reports: {", ".join(REPORTS)}.
"""


def page(found: Sequence[Measured]) -> str:
    """Return the page with all measurements."""
    lines = [NOTE, "", _INTRO]
    for table in TABLES:
        for faults in (1, 2):
            rows = [row for row in found if (row.table, row.faults) == (table, faults)]
            lines += [f"## Table {table}, {'one fault' if faults == 1 else 'two faults'}", ""]
            lines += ["| slip | drawn | alone % | first % | listed % | time, ms |", "|---|--:|--:|--:|--:|--:|"]
            lines += [cells_of(row) for row in rows] + [cells_of(_overall(rows)), ""]
    return "\n".join(lines)


def cells_of(row: Measured) -> str:
    """Return a row of the table."""
    shares = (f"{100 * count / row.draws:.0f}" for count in (row.alone, row.first, row.listed))
    return f"| {row.kind} | {row.draws} | {' | '.join(shares)} | {row.milliseconds:.1f} |"


def _overall(rows: Sequence[Measured]) -> Measured:
    def added(name: str) -> int:
        return sum(getattr(row, name) for row in rows)

    return evolve(
        rows[0],
        kind="**all**",
        draws=added("draws"),
        alone=added("alone"),
        first=added("first"),
        listed=added("listed"),
        milliseconds=median(row.milliseconds for row in rows),
    )


if __name__ == "__main__":
    PAGE.write_text(page([*measure_all(DRAWS)]), encoding="utf-8", newline="\n")
