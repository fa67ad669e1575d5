"""The tables of a file → the cells of the form: rows by their labels and their order, columns by what is above them.

Labels and order must agree. Where they do not, where a row has too few or too many cells, where a label is lost: a
finding says so, and a cell stays open unless everything that can be known allows one reading only.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby

from attrs import Factory, define, evolve, frozen

from gkformat.base.address import Address
from gkformat.base.families import FAMILIES
from gkformat.base.findings import Finding, Number
from gkformat.base.place import NOWHERE
from gkformat.judgement.marks import groups
from gkformat.notation.equations import Equation, equations
from gkformat.notation.outline import label, nodes, per_class
from gkformat.readers.document import Table
from gkformat.readers.matching.aligning import Aligned, align
from gkformat.readers.matching.bands import bands
from gkformat.readers.matching.cutting import Cut, cuts, cut
from gkformat.readers.matching.header import Columns, columns, inverted
from gkformat.readers.matching.labels import core
from gkformat.readers.matching.layout import Slot
from gkformat.readers.matching.rows import Item, band_of, form_rows, group_labels, items, row_labels
from gkformat.readers.matching.values import entry
from gkformat.readers.sheet import Entry, Leftover


def finding(cls: type, rule: str, at: Address, found: str = "") -> Finding:
    """Something odd about the reading of a place."""
    shown = found if len(found) <= 80 else found[:80] + "…"  # noqa: PLR2004 - enough to find it again
    text = FAMILIES[rule].message.format(found=" ".join(shown.split()))
    return Finding(rule, at, label(cls, at), "advice", text)


@frozen
class Matched:
    """What the tables gave: cells by address, groups filled as one row, what was left over, what was odd.

    `sources` says of each table of the file that gave something which table of the form it is.
    """

    cells: Mapping[Address, Entry]
    merged: tuple[Address, ...]
    leftovers: tuple[Leftover, ...]
    findings: tuple[Finding, ...]
    sources: Mapping[int, Address]


def match(cls: type, tables: Sequence[Table]) -> Matched:
    """Find the tables of a form among those of a file."""
    matcher = _Matcher(cls)
    for item_list in _by_table(cls, list(items(cls, tables))):
        for one_pass in _passes(item_list):
            matcher.take(one_pass)
    matcher.cut()
    matcher.note_missing()
    return Matched(
        matcher.cells,
        tuple(matcher.merged),
        tuple(matcher.leftovers),
        tuple(dict.fromkeys(matcher.findings)),
        matcher.sources,
    )


# -- which rows belong together ------------------------------------------------------------------------


def _by_table(cls: type, found: Sequence[Item]) -> Iterator[list[Item]]:
    """The rows of each table of the form; what has no label goes with the rows around it in the same file table."""
    placed: dict[Address, list[Item]] = {}
    for _, same in groupby(found, key=lambda item: item.source):
        source = [_headed(cls, item) for item in same]
        homes = [None if item.row is None else band_of(cls, item.row).table for item in source]
        first = next((home for home in homes if home), None)
        if first is None:
            continue
        here = first
        for item, home in zip(source, homes, strict=True):
            here = home or here
            placed.setdefault(here, []).append(item)
    yield from placed.values()


def _headed(cls: type, item: Item) -> Item:
    """A row that has no label because the form gives it none: it is known by the columns above it."""
    if item.row is not None or not item.head:
        return item
    for index, form_row in enumerate(form_rows(cls)):
        if not form_row.row.labels:
            found = columns(cls, form_row.band, item.head, 0)
            if found and found.known > 2:  # noqa: PLR2004 - not by chance
                return evolve(item, row=index)
    return item


def _passes(found: Iterable[Item]) -> Iterator[list[Item]]:
    """Once through the table after another, for a file may print it twice: a table that goes on does not begin anew."""
    current: list[Item] = []
    seen: dict[int, int] = {}
    for item in found:
        if item.row is not None and seen.get(item.row, item.source) != item.source:
            yield current
            current, seen = [], {}
        if item.row is not None:
            seen[item.row] = item.source
        current.append(item)
    yield current


# -- from rows to cells --------------------------------------------------------------------------------


@define
class _Matcher:
    """What has been found so far."""

    cls: type
    cells: dict[Address, Entry] = Factory(dict)
    merged: list[Address] = Factory(list)
    leftovers: list[Leftover] = Factory(list)
    findings: list[Finding] = Factory(list)
    sources: dict[int, Address] = Factory(dict)
    glued: dict[tuple[Address, ...], Slot] = Factory(dict)
    explained: set[int] = Factory(set)
    headers: dict[int, Columns] = Factory(dict)

    def take(self, found: Sequence[Item]) -> None:
        """The rows of one table, once through."""
        rows = self._only_row(found) or self._placed(found)
        astray = inverted([row for row, _ in rows if row is not None])
        twice = self._twice(rows)
        for row, item in rows:
            if row is None:
                self._leave(item)
            else:
                self._fill(row, item, astray=row in astray, twice=row in twice)

    def _twice(self, rows: Sequence[tuple[int | None, Item]]) -> frozenset[int]:
        """The rows of the form that stand in the file more than once, and not with the same numbers."""
        said: dict[int, set[tuple[str, ...]]] = {}
        for row, item in rows:
            if row is not None:
                said.setdefault(row, set()).add(tuple(slot.text for slot in item.values))
        return frozenset(row for row, texts in said.items() if len(texts) > 1)

    def _say(self, rule: str, at: Address, found: str = "") -> None:
        self.findings.append(finding(self.cls, rule, at, found))

    def _leave(self, item: Item) -> None:
        """Keep a row that the form has not."""
        place = item.values[0].place if item.values else NOWHERE
        self.leftovers.append(Leftover(item.text, place))
        self._say("not-in-form", Address(), item.text)

    # -- rows ----------------------------------------------------------------------------------------

    def _only_row(self, found: Sequence[Item]) -> list[tuple[int | None, Item]]:
        """Of a table whose one row has no label, all rows with values are that row, and had better agree."""
        row = next((item.row for item in found if item.row is not None), None)
        if row is None or form_rows(self.cls)[row].row.labels:
            return []
        return [(row, item) for item in found]

    def _placed(self, found: Sequence[Item]) -> list[tuple[int | None, Item]]:
        """Each row of the file with the row of the form that it is."""
        placed: list[tuple[int | None, Item]] = []
        waiting: list[Item] = []
        labelled = [item for item in found if item.row is not None]
        table = [at for at in range(len(form_rows(self.cls))) if self._table(at) == self._table_of(labelled)]
        taken = {item.row for item in labelled}
        before = table[0] - 1
        for item in found:
            if item.row is None:
                waiting.append(item)
                continue
            placed += self._between(waiting, [row for row in range(before + 1, item.row) if row not in taken])
            placed.append((item.row, item))
            waiting, before = [], item.row
        placed += self._between(waiting, [row for row in range(before + 1, table[-1] + 1) if row not in taken])
        return placed

    def _table(self, row: int) -> Address:
        return band_of(self.cls, row).table

    def _table_of(self, labelled: Sequence[Item]) -> Address:
        return next(self._table(item.row) for item in labelled if item.row is not None)

    def _between(self, waiting: Sequence[Item], free: Sequence[int]) -> Iterator[tuple[int | None, Item]]:
        """Rows without a label that is known, between two that have one, and the rows of the form between those."""
        waiting = [item for item in waiting if any(slot.text for slot in item.values) or item.label or item.group]
        if len(waiting) == 1 and (group := self._group(waiting[0], free)):
            self.merged.append(group)
            yield free[-1], waiting[0]
        elif len(waiting) == len(free) and all(map(self._may_be, waiting, free)):
            for row, item in zip(free, waiting, strict=True):
                yield row, evolve(item, quality="near")
        else:
            yield from ((None, item) for item in waiting)

    def _group(self, item: Item, free: Sequence[int]) -> Address | None:
        """The group that the paper filled as one row, if these rows of the form are the whole of it."""
        if item.label or not item.group:
            return None
        blanks = {at for row in free for at in form_rows(self.cls)[row].row.blanks}
        for at in groups(self.cls):
            inside = {node.at for node in nodes(self.cls)[at].walk() if node.is_cell}
            if inside == blanks and core(nodes(self.cls)[at].label) == core(item.group):
                return at
        return None

    def _may_be(self, item: Item, row: int) -> bool:
        """Whether a row whose label is lost or misspelt may be a row of the form, for its place."""
        if item.group:
            found = group_labels(self.cls).find(item.group)
            names = form_rows(self.cls)[row].row.labels[:-1]
            if not found or group_labels(self.cls).labels[found.index] not in names:
                return False
        return not core(item.label) or row_labels(self.cls).alike(item.label, row)

    # -- cells ---------------------------------------------------------------------------------------

    def _fill(self, row: int, item: Item, *, astray: bool, twice: bool) -> None:
        blanks = form_rows(self.cls)[row].row.blanks
        at = _common(blanks)
        self.sources[item.source] = self._table(row)
        head = self._columns(row, item)
        if item.quality == "near":
            self._say("label-differs", at, item.label or item.group)
        if astray:
            self._say("position-differs", at, item.text)
        if twice:
            self._say("cell-conflict", at, item.text)
        values = self._values(item, head)
        order = [None if index is None else blanks[index] for index in head.indices]
        known = [place for place in order if place]
        aligned = align(values, head, item.width, partial(self._possible, order, _within(self.cls, blanks)))
        if self._may_be_glued(values, head):
            self._glue(row, values, known)
            return
        if not aligned.clean:
            self._say("cells-misaligned", at, item.text)
            self.explained.add(row)
        for slot in aligned.rest:
            self.leftovers.append(Leftover(slot.text, slot.place))
        self._put(order, aligned, unclear=astray or twice, disputed=head.disputed)

    def _put(
        self, order: Sequence[Address | None], aligned: Aligned, *, unclear: bool, disputed: frozenset[int]
    ) -> None:
        for column, (at, slot) in enumerate(zip(order, aligned.slots, strict=True)):
            if slot is None:
                continue
            if at is None:
                if slot.text:
                    self.leftovers.append(Leftover(slot.text, slot.place))
                continue
            found = entry(nodes(self.cls)[at], slot.text, slot.place)
            if unclear or column in disputed:
                found = evolve(found, state="unreadable", value=None)
            elif found.state == "unreadable":
                self._say("cell-unreadable", at, found.text)
            self._enter(found)

    def _enter(self, found: Entry) -> None:
        """Note a cell; where the paper says two things of it, it stays open."""
        before = self.cells.setdefault(found.at, found)
        if before.text != found.text and (before.value, before.state) != (found.value, found.state):
            self._say("cell-conflict", found.at, f"{before.text} / {found.text}")
            both = evolve(before, text=f"{before.text} / {found.text}", state="unreadable", value=None)
            self.cells[found.at] = both

    def _columns(self, row: int, item: Item) -> Columns:
        """The columns of the row's table: by the header above it, or that of the same band before."""
        number = form_rows(self.cls)[row].band
        band = bands(self.cls)[number]
        stub = item.values[0].start if item.values and form_rows(self.cls)[row].row.labels else 0
        found = columns(self.cls, number, item.head, stub) if item.head else None
        every = tuple(range(len(band.columns)))
        if found is None or (found.known == 0 and number in self.headers):
            if number not in self.headers:
                self._say("label-differs", band.table, band.heading)
                self.headers[number] = Columns(every)
            return evolve(self.headers[number], ranges=())
        if self.headers.get(number) != found:
            self._about(number, found)
            self.headers[number] = found
        return found

    def _about(self, number: int, found: Columns) -> None:
        """Say what is odd about a header."""
        at = bands(self.cls)[number].table
        if found.doubt:
            self._say("label-differs", at, found.doubt)
        if found.unknown:
            self._say("not-in-form", at, "、".join(found.unknown))
        if found.disputed:
            labels = [bands(self.cls)[number].columns[index][-1] for index in sorted(found.disputed)]
            self._say("position-differs", at, "、".join(labels))

    def _values(self, item: Item, head: Columns) -> tuple[Slot, ...]:
        """The values of a row; of one without a label, those below the header."""
        if item.label or not head.ranges:
            return item.values
        return tuple(slot for slot in item.values if slot.end > head.ranges[0][0])

    def _possible(
        self, order: Sequence[Address | None], within: Sequence[Equation], way: Sequence[Slot | None]
    ) -> bool:
        """Whether the arithmetic of a row allows to read it in this way."""
        read = {at: entry(nodes(self.cls)[at], slot.text) for at, slot in zip(order, way, strict=True) if at and slot}
        if any(found.state == "unreadable" for found in read.values()):
            return False
        number = {at: found.value for at, found in read.items() if found.value is not None}
        return all(_may_hold(equation, number) for equation in within)

    # -- numbers that ran into each other ------------------------------------------------------------

    def _may_be_glued(self, values: Sequence[Slot], head: Columns) -> bool:
        """Whether fewer cells than columns hold digits and nothing else, more than so many numbers need not have."""
        filled = [slot.text for slot in values if not slot.is_empty]
        if len(filled) >= len(head.indices) or head.unknown or None in head.indices:
            return False
        digits = "".join("".join(filled).split())
        return len(filled) == 1 and digits.isdigit() and len(digits) >= len(head.indices) > 1

    def _glue(self, row: int, values: Sequence[Slot], order: Sequence[Address]) -> None:
        self.explained.add(row)
        self.glued[tuple(order)] = next(slot for slot in values if not slot.is_empty)

    def cut(self) -> None:
        """Cut what ran into each other, all rows together."""
        ways: dict[tuple[Address, ...], Sequence[Cut]] = {
            row: cuts(slot.text, len(row)) or () for row, slot in self.glued.items()
        }
        known = {at: found.value for at, found in self.cells.items() if isinstance(found.value, int)}
        numbers = cut(ways, known, equations(self.cls))
        for row, slot in self.glued.items():
            for at in row:
                if at in numbers:
                    self._enter(Entry(at, str(numbers[at]), "number", numbers[at], slot.place))
            if not all(at in numbers for at in row):
                self.leftovers.append(Leftover(slot.text, slot.place))
                self._say("cells-cut", _common(row), slot.text)
        whole = [row for row in self.glued if all(at in numbers for at in row)]
        for table, rows in groupby(whole, key=lambda row: row[0].steps[0]):
            self._say("cells-cut", Address(table), "；".join(self.glued[row].text for row in rows))

    # -- what the paper has not ----------------------------------------------------------------------

    def note_missing(self) -> None:
        """Say which tables, rows and cells were not found."""
        filled = {at for group in self.merged for at in _cells_within(self.cls, group)}
        for table, numbered in groupby(enumerate(form_rows(self.cls)), key=lambda pair: self._table(pair[0])):
            rows = list(numbered)
            here = [at for _, form_row in rows for at in form_row.row.blanks]
            if not any(at in self.cells for at in here) and not any(row in self.explained for row, _ in rows):
                self._say("table-missing", table)
                continue
            for row, form_row in rows:
                absent = [at for at in form_row.row.blanks if at not in self.cells and at not in filled]
                if not absent or row in self.explained:
                    continue
                whole = len(absent) == len(form_row.row.blanks)
                for at in [_common(absent)] if whole else absent:
                    self._say("cell-missing", at)


def _cells_within(cls: type, group: Address) -> Iterator[Address]:
    return (node.at for node in nodes(cls)[group].walk() if node.is_cell)


def _common(addresses: Sequence[Address]) -> Address:
    """The innermost place around all these addresses."""
    steps = [at.steps for at in addresses]
    shared = 0
    while all(len(one) > shared and one[shared] == steps[0][shared] for one in steps):
        shared += 1
    return Address.of(steps[0][:shared])


@per_class
def _by_cell(cls: type) -> Mapping[Address, tuple[Equation, ...]]:
    found: dict[Address, list[Equation]] = {}
    for equation in equations(cls):
        for at in (*equation.left, *equation.right):
            found.setdefault(at, []).append(equation)
    return {at: tuple(those) for at, those in found.items()}


def _within(cls: type, blanks: Sequence[Address]) -> list[Equation]:
    """The equations that speak of these cells only."""
    inside = frozenset(blanks)
    those = dict.fromkeys(equation for at in blanks for equation in _by_cell(cls).get(at, ()))
    return [equation for equation in those if inside.issuperset((*equation.left, *equation.right))]


def _may_hold(equation: Equation, number: Mapping[Address, Number]) -> bool:
    """Whether a total can be what it says, given what is known of its parts."""
    parts = [number[at] for at in equation.left if at in number]
    total = [number[at] for at in equation.right if at in number]
    if len(total) < len(equation.right):
        return True
    known, wanted = sum(parts), sum(total)
    return known == wanted if len(parts) == len(equation.left) else known <= wanted
