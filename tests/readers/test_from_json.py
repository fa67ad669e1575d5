"""Tests of reading JSON: that of the library and that of KIROGOVCOMPARE."""

import json

import papers
from gkformat import Mark, Report2021, cells, dumps, read
from gkformat.kirogov import to_kirogov
from readings import marked, report


def test_own_json_comes_back_whole() -> None:
    for name in ("shanghai-office-2019", "hongze-2023"):
        truth = report(name)
        reading = read(dumps(truth).encode())
        assert reading.report == truth
        assert reading.findings.items == ()
        assert reading.sheet.edition == truth.edition
        assert reading.sheet.merged == tuple(mark.at for mark in truth.marks if mark.kind == "merged")


def test_json_of_kirogovcompare_is_read() -> None:
    truth = report()
    assert isinstance(truth, Report2021)
    payload = {**to_kirogov(truth), "unit_name": truth.agency, "year": truth.year}
    assert cells(read(json.dumps(payload).encode()).report) == cells(truth)


def test_sheet_of_own_json_says_what_stands_in_each_cell() -> None:
    row = "requests.newly_received"
    people = cells(report())[f"{row}.natural_person"]
    marks = Mark(f"{row}.natural_person", "annotated", f"{people}件"), Mark(f"{row}.total", "blank", "/")
    entries = read(dumps(marked(*marks)).encode()).sheet.entries
    whole, annotated, blank = (entries[f"{row}.{name}"] for name in ("legal_person.other", "natural_person", "total"))
    assert (whole.text, whole.state, whole.value) == ("3", "number", 3)
    assert (annotated.text, annotated.state, annotated.value) == (f"{people}件", "annotated", people)
    assert (blank.text, blank.state, blank.value) == ("/", "blank", None)


def test_page_is_found_among_other_texts() -> None:
    page = papers.as_html(papers.document(report()))
    payload = {"title": "某县2024年报告", "tags": ["公开"], "content": page}
    assert read(json.dumps(payload).encode()).report == read(page.encode()).report
