"""Tests of finding formulas that nobody has computed."""

from struct import pack

from gkformat.readers.files.uncomputed import uncomputed_cells


def record(kind: int, content: bytes = b"") -> bytes:
    return pack("<HH", kind, len(content)) + content


BEGIN, END = record(0x0809, bytes(16)), record(0x000A)


def formula(row: int, column: int, flags: int) -> bytes:
    return record(0x0006, pack("<HHH8sH", row, column, 0, bytes(8), flags))


def test_formula_belongs_to_its_sheet_whatever_stands_in_it_or_beside_it() -> None:
    chart = BEGIN + END
    other = record(0x0868, bytes(16))  # of a kind that came later
    first = BEGIN + other + formula(1, 2, 2) + chart + formula(3, 4, 3) + formula(5, 6, 1) + formula(7, 8, 8) + END
    second = BEGIN + formula(7, 8, 2) + END
    entries = len(record(0x0085, bytes(8))) * 3
    at = len(BEGIN) + entries + len(END)
    begins = [
        (at, 2),
        (at + len(chart), 0),
        (at + len(chart) + len(first), 0),
    ]  # a sheet that is a chart, and two others
    sheets = b"".join(record(0x0085, pack("<LBBH", begin, 0, kind, 0)) for begin, kind in begins)
    stream = BEGIN + sheets + END + chart + first + second + b"\0\0"
    assert uncomputed_cells(stream) == {0: {(1, 2), (3, 4)}, 1: {(7, 8)}}
