"""A caller's own mistake: each public function says which argument is wrong, in the words of the library."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

import gkformat as gk
from gkformat import Malformed, Report2021, UnknownEdition, bulk, load, views
from support import CORPUS

REPORT: Any = load(CORPUS / "huaian-2024.json")
BATCHES: list[Any] = list(bulk.to_batches([REPORT]))
TABLE: Any = REPORT.requests
ONE: Any = 1
NOTHING: Any = None

CALLS: list[tuple[Callable[..., Any], dict[str, Any], dict[str, Any]]] = [
    (gk.blank, {"path": "never.docx"}, {"path": 1, "edition": 2021, "last_year": TABLE}),
    (gk.check, {"box": REPORT}, {"published": "2025-01-31"}),
    (gk.check_parts, {"whole": REPORT, "parts": []}, {"whole": TABLE, "parts": REPORT, "expected": "某局"}),
    (gk.check_series, {"reports": [REPORT]}, {"reports": REPORT, "key": "agency"}),
    (gk.configure_converter, {}, {"converter": None}),
    (
        gk.consolidate,
        {"parts": [REPORT], "agency": "X", "year": 2024},
        {"parts": 1, "agency": None, "year": "2024"},
    ),
    (gk.diagnose, {"box": REPORT}, {"bound": "1", "budget": None}),
    (gk.dump, {"box": REPORT, "file": "never.json"}, {"file": 1}),
    (gk.dumps, {"box": REPORT}, {"box": object(), "indent": "2"}),
    (gk.edition_for, {}, {"year": "2021"}),
    (gk.examine, {}, {"source": 1}),
    (gk.examine, {"source": b"{}"}, {"agency": 1, "year": "2024"}),
    (gk.indicators, {}, {"report": TABLE}),
    (gk.json_schema, {}, {"edition": 2021, "ref_template": 1, "schema_id": 1}),
    (gk.load, {}, {"file": b"{}"}),
    (gk.loads, {"data": b"{}"}, {"data": Path("report.json"), "cls": "2021"}),
    (gk.patch, {"paper": "no.docx", "path": "no.docx", "changes": {}}, {"paper": 1, "path": None, "changes": [1]}),
    (gk.read, {}, {"source": None}),
    (gk.read, {"source": b""}, {"agency": None, "year": "2024"}),
    (gk.rules, {}, {"edition": []}),
    (gk.shared_addresses, {"a": "2019", "b": "2021"}, {"a": Report2021, "b": 2021}),
    (gk.shared_cells, {"report": REPORT, "other": "2019"}, {"report": TABLE}),
    (gk.show, {}, {"report": TABLE}),
    (gk.write, {"report": REPORT, "path": "never.docx"}, {"report": [REPORT], "path": 1}),
    (views.chart, {"reports": [REPORT]}, {"reports": TABLE, "indicator": 1}),
    (bulk.check_lines, {"file": "no.jsonl"}, {"file": 1, "processes": "2"}),
    (bulk.checked_schema, {}, {"schema": "2021"}),
    (bulk.from_arrow, {}, {"columns": BATCHES[0]}),
    (bulk.from_parquet, {}, {"path": None}),
    (bulk.load_lines, {}, {"file": None}),
    (bulk.read_lines, {}, {"file": 1}),
    (bulk.schema, {}, {"edition": 2021}),
    (bulk.to_arrow, {}, {"reports": REPORT}),
    (bulk.to_batches, {"reports": []}, {"reports": 1, "rows": "1"}),
    (bulk.to_parquet, {"reports": [REPORT], "path": "never.parquet"}, {"reports": REPORT, "path": 1}),
]
"""Functions, arguments that are right, and arguments each of which is wrong in place of one of those."""

WRONG = [(function, {**right, name: value}, name) for function, right, wrong in CALLS for name, value in wrong.items()]


def _run(call: Callable[[], Any]) -> None:
    result = call()
    if isinstance(result, Iterator):
        list(result)


@pytest.mark.parametrize(("function", "arguments", "name"), WRONG, ids=lambda value: getattr(value, "__name__", None))
def test_argument_that_is_wrong_is_named(
    function: Callable[..., Any], arguments: dict[str, Any], name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(TypeError) as refused:
        _run(lambda: function(**arguments))
    chinese, english = str(refused.value).split(" / ")
    assert chinese.startswith(f"参数 {name} 应为")
    assert english.startswith(f"the argument {name}: expected ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: gk.check_series([REPORT, ONE]), "reports[1]"),
        (lambda: gk.check_parts(REPORT, [TABLE]), "parts[0]"),
        (lambda: gk.check_parts(REPORT, [], expected=[ONE]), "expected[0]"),
        (lambda: gk.consolidate([REPORT, NOTHING], agency="X", year=2024), "parts[1]"),
        (lambda: views.page([REPORT]), "examinations[0]"),
        (lambda: views.ledger([REPORT]), "examinations[0]"),
        (lambda: bulk.to_arrow([REPORT, TABLE]), "reports[1]"),
        (lambda: list(bulk.check_batches([*BATCHES, ONE])), "columns[1]"),
        (lambda: list(bulk.indicator_batches([ONE])), "columns[0]"),
    ],
)
def test_item_that_is_wrong_is_named(call: Callable[[], Any], name: str) -> None:
    with pytest.raises(TypeError) as refused:
        call()
    assert str(refused.value).startswith(f"参数 {name} 应为")


BOXES: list[Callable[[Any], Any]] = [gk.cells, gk.check, gk.diagnose, gk.ensure, gk.replace]
CLASSES: list[Callable[[Any], Any]] = [
    gk.as_found,
    lambda cls: gk.complete(cls, {}),
    lambda cls: gk.label(cls, "agency"),
]


NO_BOX: list[Any] = [1, None, {}, Report2021]
NO_CLASS: list[Any] = [1, "2021", dict, REPORT]
NO_BOXES = [(call, value) for call in BOXES for value in NO_BOX]
NO_CLASSES = [(call, value) for call in CLASSES for value in NO_CLASS]


@pytest.mark.parametrize(("call", "value"), [*NO_BOXES, *NO_CLASSES])
def test_what_is_no_box_or_no_class_of_one_is_refused(call: Callable[[Any], Any], value: Any) -> None:
    with pytest.raises(
        TypeError, match=r"不是格式中的报告、表或行.* / .* is not a box of a form|expected the class Report"
    ):
        call(value)


@pytest.mark.parametrize(
    ("call", "known"),
    [
        (lambda: gk.check(REPORT, kind=cast("Any", "town")), "agency, county, city, province, system"),
        (lambda: gk.check_parts(REPORT, [], kind=cast("Any", 1)), "agency, county, city, province, system"),
        (lambda: gk.edition_for(2015), "2021 (2021 on)"),
        (lambda: gk.rules("2020"), "2021 (2021 on)"),
        (lambda: gk.read(b"", kind=cast("Any", "docx")), "word"),
        (lambda: gk.json_schema(ref_template="#"), "{model}"),
        (lambda: list(bulk.to_batches([REPORT], rows=0)), "at least one row"),
    ],
)
def test_value_that_is_not_known_is_answered_with_those_that_are(call: Callable[[], Any], known: str) -> None:
    with pytest.raises((TypeError, ValueError, UnknownEdition)) as refused:
        call()
    assert known in str(refused.value).partition(" / ")[2]


def test_names_of_fields_are_all_told_at_once() -> None:
    with pytest.raises(Malformed) as refused:
        gk.as_found(Report2021, agancy="X", year=2024, requests=TABLE)
    assert [(fault.rule, fault.pointer, fault.expected.en) for fault in refused.value.faults][:2] == [
        ("unknown-key", "/agancy", '"agency"'),
        ("missing", "/agency", "text that UTF-8 can hold (a string)"),
    ]
    assert {fault.rule for fault in refused.value.faults[2:]} == {"missing"}


def test_integers_of_other_libraries_are_taken() -> None:
    assert gk.edition_for(cast("int", np.int64(2023))).name == "2021"
