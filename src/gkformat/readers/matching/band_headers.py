"""The columns of a row: those of the header above it, or of the header that its band had before."""

from collections.abc import Iterator, Sequence

from attrs import Factory, define, evolve

from gkformat.base.findings import Finding
from gkformat.readers.matching.bands import Band, bands
from gkformat.readers.matching.findings import finding
from gkformat.readers.matching.header import HeaderColumns, read_header
from gkformat.readers.matching.layout import SlotRow
from gkformat.readers.matching.rows import FileRow, form_rows


@define
class BandHeaders:
    """The latest header of each band, by the number of the band, with the width of its rows.

    A table may go on without repeating it, below the heading of a group or on another page. `read` are the last rows
    that were read as a header of a band, by its number and their first column of values, with what was found: most rows
    of a table have the same header.
    """

    cls: type
    latest: dict[int, tuple[HeaderColumns, int]] = Factory(dict)
    read: dict[tuple[int, int], tuple[Sequence[SlotRow], HeaderColumns | None]] = Factory(dict)

    def of_row(self, row: FileRow, index: int) -> tuple[HeaderColumns, list[Finding]]:
        """Return the columns of a row that is row `index` of the form, and what is odd about a header not met before.

        If no header was found, the columns are those of the latest, which span the same grid columns if the row is as
        wide; or else those of the form.
        """
        form_row = form_rows(self.cls)[index]
        number, band = form_row.band, bands(self.cls)[form_row.band]
        stub = row.values[0].start if row.values and form_row.row.labels else 0
        found = self._read(number, row.head, stub) if row.head else None
        latest, width = self.latest.get(number, (None, 0))
        if found is None or (found.known == 0 and latest is not None):
            if latest is not None:
                return latest if row.width == width else evolve(latest, ranges=()), []
            columns = HeaderColumns(tuple(range(len(band.columns))))
            self.latest[number] = columns, 0
            return columns, [finding(self.cls, "label-differs", band.table, band.heading)]
        self.latest[number] = found, max((slot.end for slots in row.head for slot in slots), default=0)
        return found, [] if found == latest else list(_oddities(self.cls, band, found))

    def _read(self, number: int, head: Sequence[SlotRow], stub: int) -> HeaderColumns | None:
        before, found = self.read.get((number, stub), ((), None))
        if before != head:
            found = read_header(self.cls, number, head, stub)
            self.read[number, stub] = head, found
        return found


def _oddities(cls: type, band: Band, header: HeaderColumns) -> Iterator[Finding]:
    if header.doubt:
        yield finding(cls, "label-differs", band.table, header.doubt)
    if header.unknown:
        yield finding(cls, "not-in-form", band.table, "、".join(header.unknown))
    if header.disputed:
        labels = [band.columns[index][-1] for index in sorted(header.disputed)]
        yield finding(cls, "position-differs", band.table, "、".join(labels))
