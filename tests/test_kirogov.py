"""Documents of KIROGOVCOMPARE: every cell survives the way there and back, and every fault has its place."""

import json
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodies import with_numbers
from gkformat import Malformed, Mark, Report2021, cells, loads, replace
from gkformat.base.findings import MarkKind
from gkformat.kirogov import from_kirogov, to_kirogov
from gkformat.strategies import broken, reports
from support import payload, put

FEE = "proactive_disclosure.fees.administrative_fees.amount_wan_yuan"
TOTAL = "requests.newly_received.total"
OTHER = "requests.brought_forward.legal_person.other"


def theirs(report: Report2021) -> dict[str, Any]:
    """Return the document of KIROGOVCOMPARE for a report, as JSON would hold it."""
    document: dict[str, Any] = json.loads(json.dumps(to_kirogov(report)))
    return document


def faults(document: Any, **given: Any) -> list[tuple[str, str]]:
    with pytest.raises(Malformed) as caught:
        from_kirogov(document, **given)
    assert str(caught.value)
    return [(fault.rule, fault.pointer) for fault in caught.value.faults]


# -- there and back ------------------------------------------------------------------------------------


@given(report=reports())
def test_report_comes_back_unchanged(report: Report2021) -> None:
    assert from_kirogov(json.dumps(to_kirogov(report))) == report
    assert theirs(from_kirogov(theirs(report))) == theirs(report)


@given(damage=broken())
def test_broken_report_comes_back_as_found(damage: Any) -> None:
    assert from_kirogov(theirs(damage.report)) == damage.report


@pytest.mark.parametrize("name", ["suqian-2023", "gaoqing-gaocheng-2024", "jinhu-2023", "huaian-2024", "hongze-2023"])
def test_cells_of_real_reports_come_back(name: str) -> None:
    report = loads(payload(name), Report2021, as_found=True)
    again = from_kirogov(theirs(report))
    merged = [mark.at for mark in report.marks if mark.kind == "merged"]
    assert {at: value for at, value in cells(again).items() if not any(at.within(group) for group in merged)} == {
        at: value for at, value in cells(report).items() if not any(at.within(group) for group in merged)
    }


def test_to_kirogov_writes_their_keys(busy_report: Report2021) -> None:
    document = theirs(replace(busy_report, preface="导言"))
    assert (document["unit_name"], document["year"]) == ("宿迁市人民政府", 2023)
    assert [section["type"] for section in document["sections"]] == [
        "text", "text", "table_2", "table_3", "table_4", "text", "text",
    ]  # fmt: skip
    _, _, two, three, four, *_ = document["sections"]
    assert two["activeDisclosureData"]["normativeDocuments"] == {"made": 109, "repealed": 489, "valid": 597}
    assert two["activeDisclosureData"]["fees"] == {"amount": 59237.2449}
    assert three["tableData"]["total"]["newReceived"] == 3511
    assert three["tableData"]["legalPerson"]["commercial"]["carriedOver"] == 3
    assert three["tableData"]["naturalPerson"]["results"]["unableToProvide"]["noInfo"] == 968
    assert three["tableData"]["total"]["results"]["other"]["otherReasons"] == 291
    assert three["tableData"]["total"]["results"]["carriedForward"] == 121
    assert four["reviewLitigationData"]["litigationPostReview"] == {
        "maintain": 13, "correct": 0, "other": 67, "unfinished": 9, "total": 89,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("written", "number", "mark"),
    [
        (12, 12, None),
        ("12", 12, None),
        ("1,234", 1234, None),
        ("", 0, ("blank", "")),
        (None, 0, ("blank", "")),
        ("/", 0, ("blank", "/")),
        (" — ", 0, ("blank", " — ")),
        ("不适用", 0, ("blank", "不适用")),
        ("22（其中修订16件）", 22, ("annotated", "22（其中修订16件）")),
        ("0件", 0, ("annotated", "0件")),
        (3.0, 3, ("annotated", "3.0")),
        ("#REF!", 0, ("unreadable", "#REF!")),
        ("7 46", 0, ("unreadable", "7 46")),
        ("-3", 0, ("out-of-range", "-3")),
        (-3, 0, ("out-of-range", "-3")),
        (3001.5, 0, ("out-of-range", "3001.5")),
        (10**50, 0, ("out-of-range", str(10**50))),
    ],
)
def test_cell_is_read_with_its_mark(busy_report: Report2021, written: Any, number: int, mark: Any) -> None:
    document = theirs(busy_report)
    put(document["sections"][1], "activeDisclosureData.regulations.made", written)
    report = from_kirogov(document)
    assert report.proactive_disclosure.documents.rules.issued == number
    assert report.marks == ((Mark("proactive_disclosure.documents.rules.issued", *mark),) if mark else ())
    assert from_kirogov(theirs(report)) == report


@pytest.mark.parametrize(
    ("kind", "text"),
    [("blank", "/"), ("unreadable", "#REF!"), ("out-of-range", "-3"), ("absent", "")],
)
def test_mark_of_every_cell_comes_back(busy_report: Report2021, kind: MarkKind, text: str) -> None:
    numbered = [*enumerate(cells(busy_report).items(), start=1)]
    for bit in range(len(numbered).bit_length()):  # no two cells are marked in the same documents
        chosen = {at: value for number, (at, value) in numbered if number >> bit & 1}
        marks = tuple(Mark(at, kind, text) for at in chosen)
        report: Any = with_numbers(busy_report, {at: 0 * value for at, value in chosen.items() if value}, marks=marks)
        assert report.marks == marks
        assert from_kirogov(theirs(report)).marks == marks


@pytest.mark.parametrize("amount", ["18.8710", "72701.2578", "0", "7", "999999999999999.999999"])
def test_amount_keeps_its_digits(busy_report: Report2021, amount: str) -> None:
    report = replace(busy_report, {FEE: Decimal(amount)})
    assert str(from_kirogov(json.dumps(to_kirogov(report))).proactive_disclosure.fees.administrative_fees.amount_wan_yuan) == amount  # fmt: skip


def test_mark_without_its_text_leaves_its_number(busy_report: Report2021) -> None:
    report = from_kirogov(theirs(replace(busy_report, marks=(Mark(TOTAL, "annotated"),))))
    assert report.requests.newly_received.total == 3511
    assert report.marks == ()


@pytest.mark.parametrize("mark", [Mark(OTHER, "absent"), Mark(OTHER, "unreadable")])
def test_unclear_cell_that_no_text_expresses_has_no_key(busy_report: Report2021, mark: Mark) -> None:
    document = theirs(replace(busy_report, marks=(mark,)))
    assert "other" not in document["sections"][2]["tableData"]["legalPerson"].get("carriedOver", {})
    assert from_kirogov(document).marks == (Mark(OTHER, "absent"),)


# -- irregular real documents --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrap",
    [
        lambda it: {**it, "report_id": 7, "visual_audit": {}},
        lambda it: {"unit_name": it["unit_name"], "year": "2023", "active_version": {"parsed_json": {"sections": it["sections"]}}},
        lambda it: {"source": {"organization_name": it["unit_name"], "report_year": 2023}, "parsed_json": it},
    ],
)  # fmt: skip
def test_document_is_found_inside_its_wrapper(busy_report: Report2021, wrap: Any) -> None:
    assert from_kirogov(wrap(theirs(busy_report))) == busy_report
    assert from_kirogov(wrap(theirs(busy_report)), agency="某市", year=2024).agency == "某市"


def test_missing_columns_are_absent(busy_report: Report2021) -> None:
    document = theirs(busy_report)
    del document["sections"][2]["tableData"]["legalPerson"]
    document["sections"][2]["tableData"]["naturalPerson"]["results"]["denied"] = None
    report = from_kirogov(document)
    assert sum(mark.kind == "absent" for mark in report.marks) == 5 * 25 + 8
    assert cells(report)[report.marks[0].at] is None


def test_texts_go_where_their_titles_say(busy_report: Report2021) -> None:
    document = theirs(busy_report)
    document["sections"][0]["title"] = "一、政府信息公开总体情况"
    document["sections"][-2]["title"] = "存在问题及改进情况"
    document["sections"].insert(0, {"type": "text", "title": "??", "content": "编制说明"})
    document["sections"].insert(2, {"type": "text", "title": "（一）主动公开", "content": "更多"})
    document["sections"].append({"type": "text", "title": None, "content": None})
    report = from_kirogov(document)
    assert report.preface == "??\n编制说明"
    assert report.overview == busy_report.overview + "\n（一）主动公开\n更多"
    assert report.problems_and_improvements == busy_report.problems_and_improvements
    assert report.other_matters == busy_report.other_matters


# -- faults --------------------------------------------------------------------------------------------


def test_faults_are_all_reported_with_their_places(busy_report: Report2021) -> None:
    document = theirs(busy_report)
    sections = document["sections"]
    put(sections[1], "activeDisclosureData.fees.amount", [251000])
    put(sections[1], "activeDisclosureData.licensing", 3)
    put(sections[2], "tableData.total.newReceived", {})
    put(sections[2], "tableData.naturalPerson.results.denied.a/b", 1)
    sections[0]["content"] = 5
    sections[4]["type"] = "chart"
    sections += [7, dict(sections[2])]
    del sections[3], document["unit_name"]
    document["year"] = "去年"
    assert sorted(faults(document)) == sorted(
        [
            ("wrong-type", "/sections/1/activeDisclosureData/fees/amount"),
            ("wrong-type", "/sections/1/activeDisclosureData/licensing"),
            ("wrong-type", "/sections/2/tableData/total/newReceived"),
            ("unknown-key", "/sections/2/tableData/naturalPerson/results/denied/a~1b"),
            ("wrong-type", "/sections/0/content"),
            ("out-of-range", "/sections/3/type"),
            ("wrong-type", "/sections/5"),
            ("duplicate-key", "/sections/6/tableData"),
            ("missing", "/sections"),
            ("missing", "/unit_name"),
            ("wrong-type", "/year"),
        ]
    )


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({}, ("missing", "/sections")),
        ({"sections": 5}, ("wrong-type", "/sections")),
        ([], ("missing", "/sections")),
        ('{"sections": [], "sections": []}', ("duplicate-key", "/sections")),
        ({"sections": [{"type": "table_3"}]}, ("missing", "/sections/0/tableData")),
        ({"sections": [{"type": "table_3", "tableData": []}]}, ("wrong-type", "/sections/0/tableData")),
        ({"sections": [{"type": ["table_3"]}]}, ("out-of-range", "/sections/0/type")),
        ("[", ("not-json", "")),
        ({"sections": [{"type": "text", "title": "总体情况" * 10**5, "content": ""}]}, ("missing", "/sections")),
    ],
)
def test_from_kirogov_refuses_other_documents(document: Any, expected: tuple[str, str]) -> None:
    assert expected in faults(document, agency="某市", year=2023)


def test_year_given_by_the_caller_must_be_valid(busy_report: Report2021) -> None:
    assert faults(theirs(busy_report), year=1999) == [("out-of-range", "/year")]


@given(data=st.data())
def test_from_kirogov_raises_only_malformed(data: st.DataObject) -> None:
    document = theirs(loads(payload("suqian-2023"), Report2021))
    box: Any = document
    while isinstance(box, dict | list) and box:
        key = data.draw(st.sampled_from(sorted(box) if isinstance(box, dict) else range(len(box))))
        if data.draw(st.booleans()) or not isinstance(box[key], dict | list):
            box[key] = data.draw(
                st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists)
            )
            break
        box = box[key]
    with suppress(Malformed):
        assert isinstance(from_kirogov(document), Report2021)


def test_unknown_key_is_the_only_fault(busy_report: Report2021) -> None:
    document = theirs(busy_report)
    put(document["sections"][3], "reviewLitigationData.review.mediated", 1)
    assert faults(document) == [("unknown-key", "/sections/3/reviewLitigationData/review/mediated")]
