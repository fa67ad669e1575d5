"""Reports as columns: what goes in comes back, and columns are judged as reports are."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gkformat.bulk
from gkformat import (
    EDITIONS,
    AnyReport,
    Inconsistent,
    Malformed,
    Mark,
    as_found,
    check,
    dumps,
    label,
    load,
    loads,
    replace,
)
from gkformat import strategies as gk
from gkformat.bulk import (
    check_batches,
    checked_schema,
    from_arrow,
    from_parquet,
    schema,
    to_arrow,
    to_batches,
    to_parquet,
)
from gkformat.bulk.columns import conform
from gkformat.judgement.marks import row_groups
from gkformat.notation.declare import Items
from gkformat.notation.equations import equations
from gkformat.notation.outline import nodes, numbers
from support import CORPUS, payload

REAL = [load(path, as_found=True) for path in sorted(CORPUS.glob("*.json"))]
EDITION = pytest.mark.parametrize("edition", EDITIONS)
FEE = "proactive_disclosure.fees.administrative_fees.amount_wan_yuan"
NEW = "requests.newly_received.natural_person"
GROUP = "requests.outcomes.other_handling"

Row = dict[str, Any]

FEWER = settings(max_examples=max(10, settings().max_examples // 3))
"""An example is a whole table here."""


def real(edition: str) -> list[AnyReport]:
    return [report for report in REAL if report.edition == edition]


def reports(edition: str) -> st.SearchStrategy[list[AnyReport]]:
    faulty = gk.broken(edition=edition).map(lambda made: made.report)
    paper = gk.sheets(edition=edition).map(lambda made: made.report)
    return st.lists(gk.reports(edition=edition) | faulty | paper, max_size=3)


def table(*rows: Row, edition: str = "2021") -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=schema(edition))


def row(report: AnyReport) -> Row:
    (found,) = to_arrow([report]).to_pylist()
    return dict(found)


# -- there and back ------------------------------------------------------------------------------------


@EDITION
@FEWER
@given(data=st.data())
def test_what_goes_in_comes_back(edition: str, data: st.DataObject) -> None:
    some = data.draw(reports(edition))
    back = list(from_arrow(to_arrow(some)))
    assert back == some
    assert [dumps(report) for report in back] == [dumps(report) for report in some]


@EDITION
def test_real_reports_survive_a_parquet_file(edition: str, tmp_path: Path) -> None:
    file = tmp_path / "reports.parquet"
    to_parquet(iter(real(edition)), file)
    assert list(from_parquet(file)) == real(edition)
    found = pa.parquet.read_schema(file)
    assert found.metadata == schema(edition).metadata
    for field in schema(edition):
        assert (field.metadata or {}).items() <= found.field(field.name).metadata.items()


def test_no_reports_are_an_empty_table(tmp_path: Path) -> None:
    to_parquet([], tmp_path / "none.parquet")
    assert list(from_parquet(tmp_path / "none.parquet")) == []
    assert to_arrow([]).schema == schema()
    assert list(from_arrow(to_arrow([]))) == []


def test_batches_are_made_and_written_as_a_stream(tmp_path: Path) -> None:
    seen: list[int] = []

    def stream() -> Any:
        for place, report in enumerate(real("2021")[:5]):
            seen.append(place)
            yield report

    batches = to_batches(stream(), rows=2)
    assert [next(batches).num_rows, len(seen)] == [2, 2]
    assert [batch.num_rows for batch in batches] == [2, 1]
    many = real("2021") * 800  # more than one batch
    to_parquet(many, tmp_path / "many.parquet")
    assert pa.parquet.read_metadata(tmp_path / "many.parquet").num_rows == len(many)


def test_editions_are_not_mixed() -> None:
    with pytest.raises(ValueError, match="is of edition 2019, those before it of 2021"):
        to_arrow([*real("2021"), *real("2019")])


@pytest.mark.parametrize("written", ["18.8710", "0", "0.00", "7.000000", "999999999999999.999999"])
def test_amounts_keep_their_written_form(written: str) -> None:
    (report,) = from_arrow(to_arrow([replace(real("2021")[0], {FEE: Decimal(written)})]))
    assert f'"{written}"' in dumps(report)


@pytest.mark.parametrize("written", ["0", "0.00"])
def test_a_blank_amount_is_null_and_keeps_its_written_form(written: str) -> None:
    blank = replace(real("2021")[0], {FEE: Decimal(written)}, marks=(Mark(FEE, "blank", "/"),))
    columns = to_arrow([blank])
    assert columns[FEE].to_pylist() == [None]
    assert [dumps(report) for report in from_arrow(columns)] == [dumps(blank)]
    with pytest.raises(Malformed):
        list(from_arrow(table(row(blank) | {"marks": [{"at": FEE, "kind": "annotated", "text": "0元"}]})))
    bare = row(blank) | {f"{FEE}.decimals": None}
    assert [report.marks for report in from_arrow(table(bare))] == [blank.marks]


def test_no_other_names() -> None:
    with pytest.raises(AttributeError, match="no attribute 'to_excel'"):
        _ = gkformat.bulk.to_excel


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [("18.871", None, "18.871"), ("100", None, "100"), ("1.5", 0, "1.5"), ("1.5", 9, "1.5"), ("1", 3, "1.000")],
)
def test_amounts_from_elsewhere_are_written_shortly_and_never_cut(
    value: str, decimals: int | None, written: str
) -> None:
    changed = row(real("2021")[0]) | {FEE: Decimal(value), f"{FEE}.decimals": decimals}
    (report,) = from_arrow(table(changed))
    assert f'"{written}"' in dumps(report)


@EDITION
def test_there_is_a_column_for_each_place_with_its_label(edition: str) -> None:
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


def test_unknown_edition_is_named() -> None:
    with pytest.raises(LookupError, match="no edition named 1999"):
        schema("1999")


# -- columns from elsewhere ----------------------------------------------------------------------------


def test_only_what_loads_requires_must_be_there() -> None:
    full = to_arrow(real("2021"))
    optional = [name for name in full.schema.names if name not in nodes(EDITIONS["2021"].report)]
    optional += [at for at, node in nodes(EDITIONS["2021"].report).items() if node.domain and not node.required]
    bare = full.drop_columns(optional).append_column("province", pa.array(["X"] * len(full)))
    for found, report in zip(from_arrow(bare, as_found=True), real("2021"), strict=True):
        assert found.agency == report.agency
        assert found.overview == ""
        assert loads(dumps(found)) == found


def test_types_that_lose_nothing_are_taken() -> None:
    full = to_arrow(real("2021"))
    other = {NEW: pa.float64(), FEE: pa.float64(), "year": pa.uint16(), "agency": pa.large_string()}
    other |= {"edition": pa.dictionary(pa.int32(), pa.string())}
    other["marks"] = pa.large_list(full.schema.field("marks").type.value_type)
    cast = full.cast(pa.schema([pa.field(field.name, other.get(field.name, field.type)) for field in full.schema]))
    assert list(from_arrow(cast)) == real("2021")


def test_a_null_is_a_blank_and_a_text_that_is_null_is_none() -> None:
    report = load(CORPUS / "huaian-2024.json")
    changed = row(report) | {"edition": None, "preface": None, "marks": None, "requests.carried_forward.total": None}
    (found,) = from_arrow(table(changed))
    assert found.preface == ""
    assert [(mark.at, mark.kind, mark.text) for mark in found.marks] == [
        ("requests.carried_forward.total", "blank", "")
    ]


def test_broken_equations_are_refused_or_declared() -> None:
    changed = row(load(CORPUS / "huaian-2024.json")) | {NEW: 0}
    with pytest.raises(Inconsistent) as refused:
        list(from_arrow(table(row(REAL[-1]), changed, edition="2021")))
    assert refused.value.__notes__ == ["第 1 行（从 0 起） / row 1, from 0"]
    (found,) = from_arrow(table(changed), as_found=True)
    assert len(found.discrepancies) == 2


def test_columns_that_do_not_fit_are_named_all_at_once() -> None:
    full = to_arrow(real("2021"))
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
    both = pa.concat_tables([to_arrow(real("2019")), to_arrow(real("2021"))], promote_options="default")
    with pytest.raises(ValueError, match="the columns of several editions"):
        list(from_arrow(both))


# -- judging columns -----------------------------------------------------------------------------------


def found_in(columns: pa.Table) -> list[Row]:
    return [dict(found) for batch in check_batches(columns.to_batches()) for found in batch.to_pylist()]


def test_a_row_that_states_another_edition_is_judged_by_its_columns() -> None:
    columns = to_arrow(real("2021")[:1])
    place = columns.schema.get_field_index("edition")
    field = columns.schema.field(place)
    (found,) = found_in(columns.set_column(place, field, pa.array(["2019"], field.type)))
    assert [(fault["rule"], fault["pointer"]) for fault in found["faults"]] == [("unknown-edition", "/edition")]


def expected_of(text: bytes, edition: str) -> tuple[str, list[Row]]:
    """The verdict and the findings of a single row, by way of its report."""
    try:
        report = loads(text, EDITIONS[edition].report)
        findings, verdict = list(check(report)), str(check(report).verdict)
    except Inconsistent as error:
        findings, verdict = list(error.findings), str(error.findings.verdict)
    except Malformed as error:
        findings, verdict = list(error.findings), "malformed"
    keys = ("rule", "at", "severity", "left", "right", "declared")
    return verdict, [{key: getattr(each, key) for key in keys} for each in findings if each.severity != "advice"]


def assert_agrees(columns: pa.Table) -> None:
    found = [(each["verdict"], each["findings"]) for each in found_in(columns)]
    conformed = [conform(batch) for batch in columns.to_batches()]
    texts = [(dumps(tree).encode(), each.edition.name) for each in conformed for tree in each.payloads()]
    assert found == [expected_of(text, edition) for text, edition in texts]


@EDITION
def test_real_reports_are_judged_as_by_check(edition: str) -> None:
    assert_agrees(to_arrow(real(edition)))


@EDITION
@FEWER
@given(data=st.data())
def test_generated_reports_are_judged_as_by_check(edition: str, data: st.DataObject) -> None:
    if some := data.draw(reports(edition)):
        assert_agrees(to_arrow(some))


NUMBERS = st.sampled_from([None, 0, 1, 2, 5, -1, 2**53 - 1, 2**53, 2**63 - 1, -(2**63)])


@st.composite
def rows_from_elsewhere(draw: st.DrawFn, edition: str) -> Row:
    """A row in which anything may stand that columns can hold."""
    cls = EDITIONS[edition].report
    few = draw(gk.sheets(edition=edition, max_value=20)).report
    found = row(few)
    whole = [name for name in schema(edition).names if schema(edition).field(name).type == pa.int64()]
    found |= draw(st.dictionaries(st.sampled_from(whole), NUMBERS, max_size=4))
    # Blanks in one corner of the table, where equations share cells.
    corner = [at for at in numbers(cls) if at.startswith(("requests.carried_forward", "requests.brought_forward"))]
    found |= dict.fromkeys(draw(st.lists(st.sampled_from(corner))), None)
    places = st.sampled_from([*numbers(cls)[:3], *corner[:2], *row_groups(cls), "nowhere", None])
    mark = st.fixed_dictionaries(
        {
            "at": places,
            "kind": st.sampled_from(["blank", "annotated", "merged", "other", None]),
            "text": st.sampled_from(["", "/", None]),
        }
    )
    found["marks"] += draw(st.lists(mark, max_size=2) | st.just([]))
    equation = draw(st.sampled_from(equations(cls)))
    declared = st.fixed_dictionaries(
        {
            "rule": st.sampled_from([equation.rule, "none", None]),
            "at": st.just(str(equation.at)),
            "left": st.sampled_from([0, 1, -1, None, 2**62]),
            "right": st.just(0),
        }
    )
    found["discrepancies"] = draw(st.lists(declared, max_size=2) | st.none())
    odd = {"agency": st.none(), "edition": st.sampled_from([None, "2019", "x"]), FEE: st.just(Decimal(-1))}
    at_most_one = st.sampled_from([name for name in odd if name in found]).flatmap(
        lambda name: st.fixed_dictionaries({name: odd[name]})
    )
    return found | draw(st.just({}) | at_most_one)


@EDITION
@FEWER
@given(data=st.data())
def test_rows_from_elsewhere_are_judged_as_by_check(edition: str, data: st.DataObject) -> None:
    assert_agrees(table(*data.draw(st.lists(rows_from_elsewhere(edition), min_size=1, max_size=3)), edition=edition))


@st.composite
def plain_rows(draw: st.DrawFn, edition: str) -> Row:
    """A row of small numbers and blanks where equations share cells, with declarations that are nearly right."""
    cls = EDITIONS[edition].report
    rows = (
        "requests.newly_received",
        "requests.brought_forward",
        "requests.outcomes.total",
        "requests.carried_forward",
    )
    shared = [at for at in numbers(cls) if at.startswith(rows) and at.endswith(("natural_person", "other", ".total"))]
    found: Row = {"agency": "某局", "year": 2024, **dict.fromkeys(numbers(cls), 0)}
    found |= draw(st.dictionaries(st.sampled_from(shared), st.sampled_from([None, 0, 1, 2]), max_size=10))
    marked = draw(st.lists(st.sampled_from(shared), max_size=3))
    found["marks"] = [{"at": at, "kind": "annotated" if found[at] else "blank", "text": ""} for at in marked]
    touching = [each for each in equations(cls) if {*each.left, *each.right} & {*shared}]
    small = st.sampled_from([0, 1, 2])
    declared = draw(st.lists(st.tuples(st.sampled_from(touching), small, small), max_size=3))
    found["discrepancies"] = [
        {"rule": each.rule, "at": str(each.at), "left": left, "right": right} for each, left, right in declared
    ]
    return found


@EDITION
@given(data=st.data())
def test_plain_rows_are_judged_as_by_check(edition: str, data: st.DataObject) -> None:
    assert_agrees(table(*data.draw(st.lists(plain_rows(edition), min_size=1, max_size=6)), edition=edition))


TOTAL = "requests.newly_received.total"


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, "consistent"),
        ({TOTAL: 1}, "inconsistent"),
        ({TOTAL: 1, NEW: None}, "inconsistent"),  # the balance of natural persons forces a 0, in its total a 1
        ({TOTAL: None, NEW: 1, "requests.carried_forward.natural_person": 1}, "inconsistent"),
        ({TOTAL: None, NEW: 0, "requests.carried_forward.total": 1}, "inconsistent"),
        ({TOTAL: None, "requests.carried_forward.total": None}, "undecided"),
        ({NEW: None, TOTAL: 1, "requests.carried_forward.total": None}, "undecided"),  # each blank is forced twice
    ],
)
def test_verdicts_are_those_of_check(changes: Row, verdict: str) -> None:
    zeros: Row = {"agency": "某局", "year": 2024} | dict.fromkeys(numbers(EDITIONS["2021"].report), 0)
    columns = table(zeros | changes)
    assert_agrees(columns)
    assert found_in(columns)[0]["verdict"] == verdict


def test_what_is_said_twice_of_a_cell_or_wrongly_declared_is_seen() -> None:
    zeros: Row = {"agency": "某局", "year": 2024} | dict.fromkeys(numbers(EDITIONS["2021"].report), 0)
    blank = {"at": NEW, "kind": "blank", "text": ""}
    total = {"rule": "row-total", "at": TOTAL, "left": 0, "right": 1}
    said: list[Row] = [
        {"marks": [blank, blank]},
        {"marks": [blank, blank | {"text": "/"}]},
        {"marks": [blank, blank | {"kind": "annotated"}]},
        {TOTAL: 1, "discrepancies": [total]},
        {TOTAL: 1, "discrepancies": [total | {"right": 2}]},
        {TOTAL: 1, "discrepancies": [total | {"left": 1}]},
        {TOTAL: 1, "discrepancies": [total | {"at": NEW}]},
    ]
    columns = table(*(zeros | each for each in said))
    assert_agrees(columns)
    assert [each["verdict"] for each in found_in(columns)][:3] == ["consistent", "malformed", "malformed"]
    assert [[each["declared"] for each in row["findings"]] for row in found_in(columns)][3:6] == [
        [True, False],
        [False, False],
        [False, False],
    ]


@pytest.mark.parametrize("most", [1000, 1001])
def test_no_more_marks_than_a_report_may_have(most: int) -> None:
    mark = {"at": NEW, "kind": "annotated", "text": "1件"}
    changed = row(load(CORPUS / "huaian-2024.json")) | {"marks": [mark] * most}
    assert isinstance(nodes(EDITIONS["2021"].report)["marks"].domain, Items)  # type: ignore[index]
    assert [each["verdict"] for each in found_in(table(changed))] == ["consistent" if most == 1000 else "malformed"]


def test_sums_do_not_overflow() -> None:
    most = 2**53 - 1
    plain = loads(payload("huaian-2024"))
    largest = as_found(
        type(plain),
        **{name: getattr(plain, name) for name in ("agency", "year", "proactive_disclosure")},
        **_most(plain, most),
    )
    (found,) = found_in(to_arrow([largest]))
    assert max(each["left"] for each in found["findings"]) == 21 * most
    assert_agrees(to_arrow([largest]))


def _most(report: AnyReport, most: int) -> Row:
    names = ("requests", "reconsideration_and_litigation")
    return {
        name: replace(getattr(report, name), dict.fromkeys(numbers(type(getattr(report, name))), most))
        for name in names
    }


def test_the_answer_has_the_columns_of_the_caller() -> None:
    full = to_arrow(real("2021"))
    codes = pa.array([f"{place:06}" for place in range(len(full))])
    (found,) = check_batches(full.append_column("code", codes).combine_chunks().to_batches())
    assert found.schema.names == ["code", "agency", "year", "verdict", "findings", "faults"]
    assert found.column("code").equals(codes)
    assert found.schema == checked_schema(full.append_column("code", codes).schema)
    assert checked_schema(schema()).names == ["agency", "year", "verdict", "findings", "faults"]


def test_faults_are_told_with_their_places() -> None:
    changed = row(load(CORPUS / "huaian-2024.json")) | {NEW: -1, "agency": None}
    (found,) = found_in(table(changed))
    assert found["faults"] == [
        {"rule": "wrong-type", "at": "agency", "pointer": "/agency", "found": "null"},
        {"rule": "out-of-range", "at": NEW, "pointer": "/" + NEW.replace(".", "/"), "found": "-1"},
    ]


def test_long_batches_are_judged_in_parts_and_in_order() -> None:
    many = real("2021") * 800
    assert len(many) > 8192
    whole = to_arrow(many).combine_chunks()
    found = list(check_batches(whole.to_batches()))
    assert len(found) > 1
    assert [name for batch in found for name in batch.column("agency").to_pylist()] == [each.agency for each in many]
