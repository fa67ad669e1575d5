"""Tests of reading the text of a cell as a number, a blank or neither."""

from operator import attrgetter

import pytest

from gkformat import EDITIONS, Address, Report2021
from gkformat.kirogov import from_kirogov, to_kirogov
from gkformat.notation.cell_text import classify
from gkformat.notation.outline import nodes
from gkformat.strategies import BLANKS, UNCLEAR
from readings import COUNT, FEE

CHANGE = "proactive_disclosure.licensing.administrative_licenses.change"
TOTAL = "proactive_disclosure.procurement.centralized_procurement.total_amount"


@pytest.mark.parametrize(
    ("edition", "at", "text", "state", "value"),
    [
        ("2021", COUNT, "22", "number", "22"),
        ("2021", COUNT, " 0 \n", "number", "0"),
        ("2021", COUNT, "１２３", "number", "123"),
        ("2021", COUNT, "11,398,889", "number", "11398889"),
        ("2021", COUNT, "2\u200b2", "number", "22"),
        ("2021", COUNT, "\u3000", "blank", None),
        ("2021", COUNT, "/", "blank", None),
        ("2021", COUNT, "——", "blank", None),
        ("2021", COUNT, "不适用", "blank", None),
        ("2021", COUNT, "不适\n用", "blank", None),
        ("2021", COUNT, "12\n3", "unreadable", None),
        ("2021", COUNT, "0件", "annotated", "0"),
        ("2021", COUNT, "22（其中修订16件）", "annotated", "22"),
        ("2021", COUNT, "3.0", "annotated", "3"),
        ("2021", COUNT, "2〔1〕", "annotated", "2"),
        ("2021", COUNT, "22¹", "unreadable", None),
        ("2021", COUNT, "2①", "unreadable", None),
        ("2021", COUNT, "1 0", "unreadable", None),
        ("2021", COUNT, "007", "unreadable", None),
        ("2021", COUNT, "1,0", "unreadable", None),
        ("2021", COUNT, "-1", "out-of-range", None),
        ("2021", COUNT, "2.5", "out-of-range", None),
        ("2021", COUNT, "-3件", "out-of-range", None),
        ("2021", COUNT, "－３", "out-of-range", None),
        ("2021", COUNT, "+3", "annotated", "3"),
        ("2021", COUNT, "-0", "annotated", "0"),
        ("2021", COUNT, "-0.0件", "annotated", "0"),
        ("2021", COUNT, "2笔", "annotated", "2"),
        ("2021", COUNT, "3人次", "annotated", "3"),
        ("2021", COUNT, "3月", "unreadable", None),
        ("2021", COUNT, "NULL", "blank", None),
        ("2021", COUNT, "3万", "unreadable", None),
        ("2021", COUNT, "3元", "unreadable", None),
        ("2021", COUNT, "#REF!", "unreadable", None),
        ("2021", COUNT, "7 46", "unreadable", None),
        ("2021", COUNT, "1.2.3", "unreadable", None),
        ("2021", COUNT, "--3", "unreadable", None),
        ("2021", COUNT, "l0", "unreadable", None),
        ("2021", COUNT, "约20", "unreadable", None),
        ("2021", COUNT, "9" * 17, "out-of-range", None),
        ("2021", COUNT, "9" * 100, "out-of-range", None),
        ("2021", FEE, "18.8710", "number", "18.8710"),
        ("2021", FEE, "72,701.2578", "number", "72701.2578"),
        ("2021", FEE, "18.8710万元", "annotated", "18.8710"),
        ("2021", FEE, "18万", "annotated", "18"),
        ("2021", FEE, "188710元", "unreadable", None),
        ("2021", FEE, "3笔", "unreadable", None),
        ("2021", FEE, "0元", "annotated", "0"),
        ("2021", FEE, "0笔", "annotated", "0"),
        ("2021", FEE, "1.1234567", "out-of-range", None),
        ("2021", FEE, "-18.8710万元", "out-of-range", None),
        ("2021", FEE, "-188710元", "unreadable", None),
        ("2019", TOTAL, "251000元", "annotated", "251000"),
        ("2019", CHANGE, "+19", "number", "19"),
        ("2019", CHANGE, "－8", "number", "-8"),
        ("2019", CHANGE, "减4", "annotated", "-4"),
        ("2019", CHANGE, "增加19项", "annotated", "19"),
        ("2019", CHANGE, "减少", "unreadable", None),
        ("2019", CHANGE, "-2.5", "out-of-range", None),
    ],
)
def test_classify_reads_a_text_as_its_cell_does(
    edition: str, at: str, text: str, state: str, value: str | None
) -> None:
    found, number = classify(nodes(EDITIONS[edition].report)[Address(at)], text)
    assert (found, None if number is None else str(number)) == (state, value)


@pytest.mark.parametrize(
    "text",
    ["", "/", "—", "无", "不涉及", "暂无", "空", "N/A", "…", "１２", "3.0", "12 件", "12件", "约12", "-3", "7 46"],
)
def test_documents_and_the_json_of_others_are_read_alike(text: str, busy_report: Report2021) -> None:
    node = nodes(Report2021)[Address(COUNT)]
    state, number = classify(node, text)
    payload = to_kirogov(busy_report)
    (table,) = (section["tableData"] for section in payload["sections"] if section["type"] == "table_3")
    table["naturalPerson"]["newReceived"] = text
    report = from_kirogov(payload)
    marks = [(mark.kind, mark.text) for mark in report.marks if mark.at == node.at]
    assert attrgetter(COUNT)(report) == (number or 0)
    assert marks == ([] if state == "number" else [(state, text)])


def test_blank_texts_of_the_strategies_are_blank() -> None:
    node = nodes(Report2021)[Address(COUNT)]
    assert {classify(node, text)[0] for text in BLANKS} == {"blank"}


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, text in UNCLEAR if kind != "absent"])
def test_unclear_texts_of_the_strategies_are_of_their_kind(kind: str, text: str) -> None:
    assert classify(nodes(Report2021)[Address(COUNT)], text) == (kind, None)
