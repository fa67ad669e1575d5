"""Tests of judging reports in columns: as `check` judges them."""

from decimal import Decimal
from typing import get_args

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkformat import EDITIONS, AnyReport, Inconsistent, Malformed, as_found, check, dumps, load, loads, replace
from gkformat import strategies as gk
from gkformat.base.findings import MarkKind
from gkformat.bulk import check_batches, checked_schema, schema, to_arrow
from gkformat.bulk.columns import conform
from gkformat.judgement.marks import row_groups
from gkformat.notation.declare import Items
from gkformat.notation.equations import equations
from gkformat.notation.outline import nodes, numbers
from report_columns import EVERY_EDITION, FEE, FEWER, NEW, Row, published, report_lists, row_of, table_of
from support import CORPUS, payload


def judged_rows(columns: pa.Table) -> list[Row]:
    return [dict(found) for batch in check_batches(columns.to_batches()) for found in batch.to_pylist()]


def test_row_of_another_edition_is_judged_by_its_columns() -> None:
    columns = to_arrow(published("2021")[:1])
    place = columns.schema.get_field_index("edition")
    field = columns.schema.field(place)
    (found,) = judged_rows(columns.set_column(place, field, pa.array(["2019"], field.type)))
    assert [(fault["rule"], fault["pointer"]) for fault in found["faults"]] == [("unknown-edition", "/edition")]


def expected_of(text: bytes, edition: str) -> tuple[str, list[Row]]:
    """Return the verdict and the findings of one row, by way of its report."""
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
    found = [(each["verdict"], each["findings"]) for each in judged_rows(columns)]
    conformed = [conform(batch) for batch in columns.to_batches()]
    texts = [(dumps(tree).encode(), each.edition.name) for each in conformed for tree in each.payloads()]
    assert found == [expected_of(text, edition) for text, edition in texts]


@EVERY_EDITION
def test_published_reports_are_judged_as_by_check(edition: str) -> None:
    assert_agrees(to_arrow(published(edition)))


@EVERY_EDITION
@FEWER
@given(data=st.data())
def test_generated_reports_are_judged_as_by_check(edition: str, data: st.DataObject) -> None:
    if some := data.draw(report_lists(edition)):
        assert_agrees(to_arrow(some))


NUMBERS = st.sampled_from([None, 0, 1, 2, 5, -1, 2**53 - 1, 2**53, 2**63 - 1, -(2**63)])


@st.composite
def rows_from_elsewhere(draw: st.DrawFn, edition: str) -> Row:
    """Draw a row with anything that columns can hold."""
    cls = EDITIONS[edition].report
    few = draw(gk.sheets(edition=edition, max_value=20)).report
    found = row_of(few)
    whole = [name for name in schema(edition).names if schema(edition).field(name).type == pa.int64()]
    found |= draw(st.dictionaries(st.sampled_from(whole), NUMBERS, max_size=4))
    # Blanks in one corner of the table, where equations share cells.
    corner = [at for at in numbers(cls) if at.startswith(("requests.carried_forward", "requests.brought_forward"))]
    found |= dict.fromkeys(draw(st.lists(st.sampled_from(corner))), None)
    places = st.sampled_from([*numbers(cls)[:3], *corner[:2], *row_groups(cls), "nowhere", None])
    mark = st.fixed_dictionaries(
        {
            "at": places,
            "kind": st.sampled_from([*get_args(MarkKind), "other", None]),
            "text": st.sampled_from(["", "/", "1件", "-3", "#REF!", None]),
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


@EVERY_EDITION
@FEWER
@given(data=st.data())
def test_rows_from_elsewhere_are_judged_as_by_check(edition: str, data: st.DataObject) -> None:
    assert_agrees(table_of(*data.draw(st.lists(rows_from_elsewhere(edition), min_size=1, max_size=3)), edition=edition))


@st.composite
def plain_rows(draw: st.DrawFn, edition: str) -> Row:
    """Draw a row of small numbers and blanks where equations share cells, with declarations that are nearly right."""
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


@EVERY_EDITION
@given(data=st.data())
def test_rows_of_small_numbers_are_judged_as_by_check(edition: str, data: st.DataObject) -> None:
    assert_agrees(table_of(*data.draw(st.lists(plain_rows(edition), min_size=1, max_size=6)), edition=edition))


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
    columns = table_of(zeros | changes)
    assert_agrees(columns)
    assert judged_rows(columns)[0]["verdict"] == verdict


CASE = "reconsideration_and_litigation.reconsideration.upheld"


@pytest.mark.parametrize(
    ("mark", "value", "findings"),
    [
        (("unreadable", "7 46"), None, [("cell-unreadable", "undecided"), ("case-total", "undecided")]),
        (("absent", ""), None, [("cell-absent", "undecided"), ("case-total", "undecided")]),
        (("out-of-range", "-3"), None, [("cell-out-of-range", "broken"), ("case-total", "undecided")]),
        (("out-of-range", "3"), None, None),
        (("blank", "3"), None, None),
        (("unreadable", "7 46"), 7, None),
        (("blank", "/"), None, []),
    ],
)
def test_unclear_cells_and_texts_of_marks_are_judged_as_by_check(
    mark: tuple[str, str], value: int | None, findings: list[tuple[str, str]] | None
) -> None:
    zeros: Row = {"agency": "某局", "year": 2024} | dict.fromkeys(numbers(EDITIONS["2021"].report), 0)
    said = {"at": CASE, "kind": mark[0], "text": mark[1]}
    columns = table_of(zeros | {CASE: value, "marks": [said]})
    assert_agrees(columns)
    (row,) = judged_rows(columns)
    if findings is None:
        assert row["verdict"] == "malformed"
    else:
        assert [(each["rule"], each["severity"]) for each in row["findings"]] == findings


def test_empty_report_has_one_finding() -> None:
    columns = table_of({"agency": "某局", "year": 2024})
    assert_agrees(columns)
    assert [each["rule"] for each in judged_rows(columns)[0]["findings"]] == ["report-empty"]


def test_repeated_marks_and_wrong_declarations_are_seen() -> None:
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
    columns = table_of(*(zeros | each for each in said))
    assert_agrees(columns)
    assert [each["verdict"] for each in judged_rows(columns)][:3] == ["consistent", "malformed", "malformed"]
    assert [[each["declared"] for each in row["findings"]] for row in judged_rows(columns)][3:6] == [
        [True, False],
        [False, False],
        [False, False],
    ]


@pytest.mark.parametrize("most", [1000, 1001])
def test_marks_beyond_the_limit_are_malformed(most: int) -> None:
    mark = {"at": NEW, "kind": "annotated", "text": ""}
    changed = row_of(load(CORPUS / "huaian-2024.json")) | {"marks": [mark] * most}
    assert isinstance(nodes(EDITIONS["2021"].report)["marks"].domain, Items)  # type: ignore[index]
    assert [each["verdict"] for each in judged_rows(table_of(changed))] == [
        "consistent" if most == 1000 else "malformed"
    ]


def test_sums_do_not_overflow() -> None:
    most = 2**53 - 1
    plain = loads(payload("huaian-2024"))
    largest = as_found(
        type(plain),
        **{name: getattr(plain, name) for name in ("agency", "year", "proactive_disclosure")},
        **_most(plain, most),
    )
    (found,) = judged_rows(to_arrow([largest]))
    assert max(each["left"] for each in found["findings"]) == 21 * most
    assert_agrees(to_arrow([largest]))


def _most(report: AnyReport, most: int) -> Row:
    names = ("requests", "reconsideration_and_litigation")
    return {
        name: replace(getattr(report, name), dict.fromkeys(numbers(type(getattr(report, name))), most))
        for name in names
    }


def test_answer_has_the_columns_of_the_caller() -> None:
    full = to_arrow(published("2021"))
    codes = pa.array([f"{place:06}" for place in range(len(full))])
    (found,) = check_batches(full.append_column("code", codes).combine_chunks().to_batches())
    assert found.schema.names == ["code", "agency", "year", "verdict", "findings", "faults"]
    assert found.column("code").equals(codes)
    assert found.schema == checked_schema(full.append_column("code", codes).schema)
    assert checked_schema(schema()).names == ["agency", "year", "verdict", "findings", "faults"]


def test_faults_are_given_with_their_places() -> None:
    changed = row_of(load(CORPUS / "huaian-2024.json")) | {NEW: -1, "agency": None}
    (found,) = judged_rows(table_of(changed))
    assert found["faults"] == [
        {"rule": "wrong-type", "at": "agency", "pointer": "/agency", "found": "null"},
        {"rule": "out-of-range", "at": NEW, "pointer": "/" + NEW.replace(".", "/"), "found": "-1"},
    ]


def test_long_batches_are_judged_in_parts_and_in_order() -> None:
    many = published("2021") * 800
    assert len(many) > 8192
    whole = to_arrow(many).combine_chunks()
    found = list(check_batches(whole.to_batches()))
    assert len(found) > 1
    assert [name for batch in found for name in batch.column("agency").to_pylist()] == [each.agency for each in many]


def test_a_table_is_judged_like_its_batches() -> None:
    table = to_arrow([load(CORPUS / "suqian-2023.json")])
    assert [*check_batches(table)] == [*check_batches(table.to_batches())]
