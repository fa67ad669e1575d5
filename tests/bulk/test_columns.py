"""Tests of converting reports to columns and back."""

from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodies import with_numbers
from gkformat import (
    EDITIONS,
    GkFormatError,
    Inconsistent,
    Malformed,
    Mark,
    Unreadable,
    cells,
    check,
    dumps,
    label,
    load,
    loads,
    replace,
)
from gkformat.base.findings import MarkKind
from gkformat.bulk import check_batches, from_arrow, from_parquet, schema, to_arrow, to_batches, to_parquet
from gkformat.notation.outline import nodes, numbers
from report_columns import EVERY_EDITION, FEE, FEWER, NEW, PUBLISHED, published, report_lists, row_of, table_of
from support import CORPUS


@EVERY_EDITION
@FEWER
@given(data=st.data())
def test_reports_survive_conversion_to_columns(edition: str, data: st.DataObject) -> None:
    some = data.draw(report_lists(edition))
    back = list(from_arrow(to_arrow(some)))
    assert back == some
    assert [dumps(report) for report in back] == [dumps(report) for report in some]


@EVERY_EDITION
def test_published_reports_survive_a_parquet_file(edition: str, tmp_path: Path) -> None:
    file = tmp_path / "reports.parquet"
    to_parquet(iter(published(edition)), file)
    assert list(from_parquet(file)) == published(edition)
    found = pa.parquet.read_schema(file)
    assert found.metadata == schema(edition).metadata
    for field in schema(edition):
        assert (field.metadata or {}).items() <= found.field(field.name).metadata.items()


def test_to_arrow_of_nothing_is_an_empty_table(tmp_path: Path) -> None:
    to_parquet([], tmp_path / "none.parquet")
    assert list(from_parquet(tmp_path / "none.parquet")) == []
    assert to_arrow([]).schema == schema()
    assert list(from_arrow(to_arrow([]))) == []


def test_batches_are_made_and_written_as_a_stream(tmp_path: Path) -> None:
    seen: list[int] = []

    def stream() -> Any:
        for place, report in enumerate(published("2021")[:5]):
            seen.append(place)
            yield report

    batches = to_batches(stream(), rows=2)
    assert [next(batches).num_rows, len(seen)] == [2, 2]
    assert [batch.num_rows for batch in batches] == [2, 1]
    many = published("2021") * 800  # more than one batch
    to_parquet(many, tmp_path / "many.parquet")
    assert pa.parquet.read_metadata(tmp_path / "many.parquet").num_rows == len(many)


def test_editions_are_not_mixed() -> None:
    with pytest.raises(ValueError, match="is of edition 2019, those before it of 2021"):
        to_arrow([*published("2021"), *published("2019")])


@pytest.mark.parametrize("written", ["18.8710", "0", "0.00", "7.000000", "999999999999999.999999"])
def test_amounts_keep_their_written_form(written: str) -> None:
    (report,) = from_arrow(to_arrow([replace(published("2021")[0], {FEE: Decimal(written)})]))
    assert f'"{written}"' in dumps(report)


@pytest.mark.parametrize("written", ["0", "0.00"])
def test_blank_amount_is_null_and_keeps_its_written_form(written: str) -> None:
    blank = replace(published("2021")[0], {FEE: Decimal(written)}, marks=(Mark(FEE, "blank", "/"),))
    columns = to_arrow([blank])
    assert columns[FEE].to_pylist() == [None]
    assert [dumps(report) for report in from_arrow(columns)] == [dumps(blank)]
    with pytest.raises(Malformed):
        list(from_arrow(table_of(row_of(blank) | {"marks": [{"at": FEE, "kind": "annotated", "text": "0元"}]})))
    bare = row_of(blank) | {f"{FEE}.decimals": None}
    assert [report.marks for report in from_arrow(table_of(bare))] == [blank.marks]


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [("18.871", None, "18.871"), ("100", None, "100"), ("1.5", 0, "1.5"), ("1.5", 9, "1.5"), ("1", 3, "1.000")],
)
def test_amounts_from_elsewhere_are_short_and_never_cut(value: str, decimals: int | None, written: str) -> None:
    changed = row_of(published("2021")[0]) | {FEE: Decimal(value), f"{FEE}.decimals": decimals}
    (report,) = from_arrow(table_of(changed))
    assert f'"{written}"' in dumps(report)


@EVERY_EDITION
def test_schema_has_a_labelled_column_for_each_cell(edition: str) -> None:
    cls = EDITIONS[edition].report
    columns = schema(edition)
    assert columns.metadata[b"gkformat.edition"] == edition.encode()
    assert [name for name in columns.names if name in numbers(cls)] == list(numbers(cls))
    for at in numbers(cls):
        metadata = columns.field(at).metadata
        assert metadata[b"label"].decode() == label(cls, at)
        assert metadata[b"role"].decode() == nodes(cls)[at].printed.kind
    units = {name: columns.field(name).metadata.get(b"unit", b"").decode() for name in columns.names}
    assert {name: unit for name, unit in units.items() if unit} == ({FEE: "万元"} if edition == "2021" else {})


def test_schema_refuses_an_unknown_edition() -> None:
    with pytest.raises(LookupError, match="no edition named 1999"):
        schema("1999")


def test_columns_that_loads_does_not_require_may_be_absent() -> None:
    full = to_arrow(published("2021"))
    optional = [name for name in full.schema.names if name not in nodes(EDITIONS["2021"].report)]
    optional += [at for at, node in nodes(EDITIONS["2021"].report).items() if node.domain and not node.required]
    bare = full.drop_columns(optional).append_column("province", pa.array(["X"] * len(full)))
    for found, report in zip(from_arrow(bare, as_found=True), published("2021"), strict=True):
        assert found.agency == report.agency
        assert found.overview == ""
        assert loads(dumps(found)) == found


def test_types_that_lose_nothing_are_taken() -> None:
    full = to_arrow(published("2021"))
    other = {NEW: pa.float64(), FEE: pa.float64(), "year": pa.uint16(), "agency": pa.large_string()}
    other |= {"edition": pa.dictionary(pa.int32(), pa.string())}
    other["marks"] = pa.large_list(full.schema.field("marks").type.value_type)
    cast = full.cast(pa.schema([pa.field(field.name, other.get(field.name, field.type)) for field in full.schema]))
    assert list(from_arrow(cast)) == published("2021")


def test_null_is_a_blank_or_an_empty_text() -> None:
    report = load(CORPUS / "huaian-2024.json")
    changed = row_of(report) | {"edition": None, "preface": None, "marks": None, "requests.carried_forward.total": None}
    (found,) = from_arrow(table_of(changed))
    assert found.preface == ""
    assert [(mark.at, mark.kind, mark.text) for mark in found.marks] == [
        ("requests.carried_forward.total", "blank", "")
    ]


@pytest.mark.parametrize("mark", [("unreadable", "#REF!"), ("out-of-range", "-3"), ("absent", "")])
def test_unclear_cell_is_null_with_its_mark_beside_it(mark: tuple[MarkKind, str]) -> None:
    report = load(CORPUS / "huaian-2024.json")
    unclear = [
        with_numbers(report, {at: 0 * value} if value else {}, marks=(Mark(at, *mark),))
        for at, value in cells(report).items()
    ]
    columns = to_arrow(unclear)
    assert columns[NEW].null_count == 1
    assert list(from_arrow(columns)) == unclear
    found = [row["verdict"] for batch in check_batches(columns.to_batches()) for row in batch.to_pylist()]
    assert found == [check(report).verdict for report in unclear]
    assert "consistent" not in found


def test_broken_equations_are_refused_or_declared() -> None:
    changed = row_of(load(CORPUS / "huaian-2024.json")) | {NEW: 0}
    with pytest.raises(Inconsistent) as refused:
        list(from_arrow(table_of(row_of(PUBLISHED[-1]), changed, edition="2021")))
    assert refused.value.__notes__ == ["第 1 行（从 0 起） / row 1, from 0"]
    (found,) = from_arrow(table_of(changed), as_found=True)
    assert len(found.discrepancies) == 2


def test_columns_that_do_not_fit_are_all_named() -> None:
    full = to_arrow(published("2021"))
    spoiled = full.drop_columns([NEW, "agency"]).append_column("preface", full["preface"])
    spoiled = spoiled.set_column(spoiled.schema.get_field_index(FEE), FEE, pa.array(["1"] * len(full)))
    total = "requests.newly_received.total"
    halves = pa.array([0.5] * len(full))
    spoiled = spoiled.set_column(spoiled.schema.get_field_index(total), total, halves)
    for judge in (lambda: list(from_arrow(spoiled)), lambda: list(check_batches(spoiled.to_batches()))):
        with pytest.raises(Malformed) as refused:
            judge()
        assert [(fault.rule, fault.at) for fault in refused.value.faults] == [
            ("missing", "agency"),
            ("duplicate-key", "preface"),
            ("wrong-type", FEE),
            ("missing", NEW),
            ("wrong-type", total),
        ]
        assert "a column of int64" in str(refused.value)
        assert "double" in refused.value.faults[-1].found


def test_columns_of_two_editions_are_refused() -> None:
    both = pa.concat_tables([to_arrow(published("2019")), to_arrow(published("2021"))], promote_options="default")
    with pytest.raises(ValueError, match="the columns of several editions"):
        list(from_arrow(both))


DAMAGED = pa.Array.from_buffers(
    pa.string(), 1, [None, pa.py_buffer(b"\x00\x00\x00\x00\x02\x00\x00\x00"), pa.py_buffer(b"\xff\xfe")]
)
"""A text that is not UTF-8, which Arrow does not look at by itself."""


@pytest.mark.parametrize("read", [from_arrow, check_batches])
def test_texts_that_are_not_utf_8_are_faults_of_their_columns(read: Any) -> None:
    [batch] = to_batches(published("2021")[:1])
    marks = pa.ListArray.from_arrays(
        pa.array([0, 1], pa.int32()), pa.StructArray.from_arrays([DAMAGED] * 3, names=["at", "kind", "text"])
    )
    for name, column in (("agency", DAMAGED), ("marks", marks)):
        batch = batch.set_column(batch.schema.names.index(name), name, column)
    with pytest.raises(Malformed) as caught:
        list(read([batch]))
    assert [(each.rule, each.at) for each in caught.value.faults] == [("wrong-type", "agency"), ("wrong-type", "marks")]
    assert "UTF8" in caught.value.faults[0].found


def test_names_of_columns_that_are_not_utf_8_are_a_fault() -> None:
    [batch] = to_batches(published("2021")[:1])
    renamed = pa.RecordBatch.from_arrays(batch.columns, names=[b"\xff\xfe", *batch.schema.names[1:]])
    with pytest.raises(Malformed, match="column names in UTF-8"):
        list(from_arrow([renamed]))


@pytest.mark.parametrize("kept", [0, 100, 5000])
def test_damaged_parquet_file_is_unreadable(kept: int, tmp_path: Path) -> None:
    file = tmp_path / "reports.parquet"
    to_parquet(published("2021"), file)
    file.write_bytes(file.read_bytes()[:kept])
    with pytest.raises(Unreadable, match="is damaged or no Parquet file"):
        list(from_parquet(file))


def test_parquet_file_with_a_flipped_byte_is_read_or_refused_in_our_words(tmp_path: Path) -> None:
    whole, file = tmp_path / "whole.parquet", tmp_path / "reports.parquet"
    to_parquet(published("2021"), whole)
    data = whole.read_bytes()
    for place in range(0, len(data), len(data) // 60):
        file.write_bytes(data[:place] + bytes([data[place] ^ 0x80]) + data[place + 1 :])
        with suppress(GkFormatError):
            list(from_parquet(file, as_found=True))


def test_parquet_file_that_is_absent_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(from_parquet(tmp_path / "none.parquet"))
