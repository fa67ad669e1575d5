"""Tests of reading JSON: that of the library and that of KIROGOVCOMPARE."""

import json

from gkformat import Report2021, cells, dumps, read
from gkformat.kirogov import to_kirogov
from readings import report


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
