"""The numbers of a report that charts show: each with its label, and where there is none, the reason."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from gkformat.base.address import Address
from gkformat.base.findings import MARK_TITLES, Number
from gkformat.base.frozen import frozen
from gkformat.base.words import NO_WORDS, Lang, Words
from gkformat.comparison.folding import FoldedCell, foldable_groups, folded_cells, folded_values
from gkformat.forms.editions import AnyReport
from gkformat.forms.relations import CASES, NEWLY_RECEIVED, OUTCOMES
from gkformat.notation.outline import SEPARATOR, Node, nodes
from gkformat.views.charts.drawing import Segment

_COUNT = Words("{count} 件", "{count}")
_SHARE = "{count} · {share:.1%}"
_OTHER_SUM = Words("各项之和为 {sum}，与总计不符", "the parts add up to {sum}, which is not the total")
_AND = Words("、", ", ")


@frozen
class Count:
    """A number of a report. If it is open, it has no value, and `reason` says why."""

    label: str
    value: int | None
    reason: Words = NO_WORDS

    def text(self, lang: Lang, total: int | None = None) -> str:
        """Return the number, with its share of a total if that is not 0; of an open one, why it is."""
        if self.value is None:
            return self.reason.text(lang)
        count = _COUNT.format(count=self.value).text(lang)
        return _SHARE.format(count=count, share=self.value / total) if total else count

    def segment(self, lang: Lang) -> Segment:
        """Return the number as a part of a bar."""
        return Segment(self.label, self.value, self.reason.text(lang) if self.value is None else str(self.value))


@frozen
class Group:
    """Numbers that the form adds up, and their total."""

    label: str
    parts: Sequence[Count]
    total: Count

    @property
    def sum(self) -> int:
        """The sum of the parts that have a number, which need not be the printed total."""
        return sum(part.value or 0 for part in self.parts)

    @property
    def length(self) -> int:
        """A length that has room for the total, for each part, and for all of them one after the other."""
        return max(self.total.value or 0, self.sum)

    @property
    def remark(self) -> Words | None:
        """That the parts do not add up to the total, if that is so."""
        is_complete = all(each.value is not None for each in (*self.parts, self.total))
        return _OTHER_SUM.format(sum=self.sum) if is_complete and self.sum != self.total.value else None


@frozen
class ReportCounts:
    """The numbers of one report, with each group of rows added up, as some papers and an older edition do."""

    report: AnyReport

    @cached_property
    def _cells(self) -> Mapping[Address, FoldedCell]:
        return folded_cells(type(self.report), foldable_groups(type(self.report)))

    @cached_property
    def _values(self) -> Mapping[Address, Number | None]:
        return folded_values(self.report, foldable_groups(type(self.report)))

    @property
    def outcomes(self) -> Group:
        """How requests were decided, whoever applied."""
        node = self._node(OUTCOMES)
        rows = [(row, self.total_of(row.at)) for row in node.children]
        return _group(node.label, rows)

    @property
    def newly_received(self) -> Group:
        """How many requests came in, by who applied."""
        node = self._node(NEWLY_RECEIVED)
        return self._box(node, node.label)

    @property
    def cases(self) -> list[Group]:
        """The kinds of cases against the body, each by its results."""
        outer = self._node(CASES)
        boxes = [box for box in outer.walk() if box.children and all(each.is_cell for each in box.children)]
        return [self._box(box, self._label(box, outer)) for box in boxes]

    def total_of(self, row: str) -> Count:
        """Return the total of a row or of a group of rows, whoever applied."""
        node = self._node(row)
        inner = node if any(each.is_cell for each in node.children) else node.children[0]
        (total,) = (each for each in inner.children if each.printed.kind == "total")
        return self._count(node.at.child(total.name), _short(node.label))

    def _node(self, at: str) -> Node:
        return nodes(type(self.report))[Address(at)]

    def _box(self, box: Node, label: str) -> Group:
        cells = [self._node(at) for at in box.cells]
        return _group(label, [(cell, self._count(cell.at, self._label(cell, box))) for cell in cells])

    def _label(self, inner: Node, outer: Node) -> str:
        """Return the labels of a place, from the outermost inside a box to its own."""
        return SEPARATOR.join(node.label for node in outer.walk() if node is not outer and inner.at.within(node.at))

    def _count(self, at: Address, label: str) -> Count:
        value = self._values[at]
        return Count(label, int(value)) if value is not None else Count(label, None, self._reason(at))

    def _reason(self, at: Address) -> Words:
        marks = [mark for mark in self.report.marks if mark.at in self._cells[at].cells and mark.kind != "annotated"]
        titles = dict.fromkeys(MARK_TITLES[mark.kind] for mark in marks)
        return Words(_AND.zh.join(title.zh for title in titles), _AND.en.join(title.en for title in titles))


def _group(label: str, found: Iterable[tuple[Node, Count]]) -> Group:
    counts = [*found]
    parts = [count for node, count in counts if node.printed.kind != "total"]
    return Group(label, parts, next(count for node, count in counts if node.printed.kind == "total"))


def _short(label: str) -> str:
    """Return a label without what the form explains in brackets behind it."""
    return re.sub(r"(?<=[^（）])（[^（）]*）$", "", label)
