"""`loads`, `load`, `dumps` and `dump`: nothing is coerced or lost, and invalid data raise only the library's errors."""

import io
import json
import random
import threading
from collections import UserDict, defaultdict
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

import oracle
from gkformat import (
    Address,
    Inconsistent,
    Malformed,
    Mark,
    Report2021,
    check,
    complete,
    converter,
    dump,
    dumps,
    load,
    loads,
)
from gkformat.forms.y2021 import Requests
from gkformat.notation.outline import nodes
from support import CASE_TOTAL, CORPUS, FIELDS, Payload, at, faults_in, put

CELL = "requests.newly_received.natural_person"


# -- round trips ---------------------------------------------------------------------------------------


def test_report_round_trips_with_its_keys_in_printed_order(busy: Payload) -> None:
    report = loads(json.dumps(busy))
    written = dumps(report)
    assert loads(written) == report
    assert json.loads(written) == busy
    shuffled = _shuffled(busy)
    assert dumps(loads(shuffled)) == written
    assert list(json.loads(written)) == list(FIELDS)
    assert list(json.loads(written)["requests"]["outcomes"]) == [
        node.name for node in nodes(Requests)[Address("outcomes")].children
    ]


def _shuffled(value: Any) -> Any:
    if isinstance(value, dict):
        items = [(key, _shuffled(inner)) for key, inner in value.items()]
        random.Random(7).shuffle(items)
        return dict(items)
    return value


def test_dumps_with_an_indent_writes_the_same_values(busy: Payload) -> None:
    report = loads(busy)
    pretty = dumps(report, indent=2)
    assert pretty.startswith('{\n  "edition": "2021",\n  "agency": "宿迁市人民政府"')
    assert json.loads(pretty) == busy


def test_dumps_writes_a_list_of_boxes_like_boxes(busy: Payload) -> None:
    report = loads(busy)
    assert dumps([report]) == f"[{dumps(report)}]"


def test_load_and_dump_take_paths_and_open_files(tmp_path: Path, busy: Payload) -> None:
    report = loads(busy)
    path = tmp_path / "r.json"
    dump(report, path, indent=2)
    assert path.read_bytes().endswith(b"}\n")
    text = io.StringIO()
    dump(report, text)
    with path.open("rb") as file:
        assert load(path) == load(str(path)) == load(io.StringIO(text.getvalue())) == load(file) == report
    assert load(path, Report2021) == report
    table = tmp_path / "table.json"
    dump(report.requests, table)
    assert load(table, Requests) == report.requests
    put(busy, CELL, 1)
    path.write_text(json.dumps(busy), encoding="utf-8")
    assert load(path, as_found=True).discrepancies
    with pytest.raises(Inconsistent):
        load(path)
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "none.json")


def test_prose_and_marks_may_be_missing_and_are_always_written(busy: Payload) -> None:
    for name in ("preface", "overview", "problems_and_improvements", "other_matters", "marks", "discrepancies"):
        del busy[name]
    written = json.loads(dumps(loads(busy)))
    assert (written["overview"], written["marks"], written["discrepancies"]) == ("", [], [])


def test_functions_take_options_by_name(busy: Payload, tmp_path: Path) -> None:
    own = converter()
    report = loads(busy)
    path = tmp_path / "r.json"
    dump(report, path)
    readers: list[tuple[Any, Any]] = [(loads, busy), (own.loads, busy), (load, path)]
    writers: list[tuple[Any, Any]] = [(dumps, (report,)), (own.dumps, (report,)), (dump, (report, path))]
    for read, data in readers:
        with pytest.raises(TypeError):
            read(data, None, True)  # noqa: FBT003
    for write, arguments in writers:
        with pytest.raises(TypeError):
            write(*arguments, 2)


# -- strict reading ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ("12", "wrong-type"),
        (1.9, "wrong-type"),
        (1.0, "wrong-type"),
        (True, "wrong-type"),
        (None, "wrong-type"),
        ([1], "wrong-type"),
        ({"a": 1}, "wrong-type"),
        (-1, "out-of-range"),
        (2**53, "out-of-range"),
        (10**400, "out-of-range"),
    ],
)
def test_count_is_never_coerced(busy: Payload, value: Any, rule: str) -> None:
    put(busy, CELL, value)
    assert faults_in(busy) == [(rule, "/requests/newly_received/natural_person")]
    assert faults_in(json.dumps(busy)) == [(rule, "/requests/newly_received/natural_person")]


@pytest.mark.parametrize("name", ["edition", "agency", "year", "requests", "proactive_disclosure"])
def test_required_key_is_reported_if_missing(busy: Payload, name: str) -> None:
    del busy[name]
    assert faults_in(busy) == [("missing", f"/{name}")]
    assert faults_in(busy, Report2021) == [("missing", f"/{name}")]


@pytest.mark.parametrize("cell", oracle.CELLS)
def test_number_is_reported_if_missing(busy: Payload, cell: str) -> None:
    outer, _, name = cell.rpartition(".")
    del at(busy, outer)[name]
    assert faults_in(busy) == [("missing", "/" + cell.replace(".", "/"))]


def test_edition_must_be_known(busy: Payload) -> None:
    for value, rule in (("2014", "unknown-edition"), (2021, "wrong-type"), (None, "wrong-type"), ([], "wrong-type")):
        busy["edition"] = value
        assert faults_in(busy) == [(rule, "/edition")]
    with pytest.raises(Malformed, match="unknown-edition"):
        converter().loads({**busy, "edition": "2014"})


def test_marks_may_be_as_many_as_the_limit_and_no_more(busy: Payload) -> None:
    mark = {"at": CELL, "kind": "annotated", "text": "3402件"}
    busy["marks"] = [mark] * 1000
    assert loads(busy).marks == (Mark(CELL, "annotated", "3402件"),)
    busy["marks"] = [mark] * 1001
    assert faults_in(busy) == [("out-of-range", "/marks")]


@pytest.mark.parametrize("data", ["[]", "3", '"x"', "null", "[[[1]]]", "1" * 10**5, "1e400", "true"])
def test_json_of_another_kind_is_the_wrong_type(data: str) -> None:
    assert faults_in(data) == [("wrong-type", "")]


@pytest.mark.parametrize("data", [[], 3, None, 1.5, object()])
def test_python_of_another_kind_is_the_wrong_type(data: Any) -> None:
    assert faults_in(data) == [("wrong-type", "")]


def test_fifty_megabytes_are_refused(busy: Payload) -> None:
    size = 50 * 2**20
    for data, rule in (("x" * size, "not-json"), ("[" + "0," * (size // 2) + "0]", "wrong-type")):
        with pytest.raises(Malformed, match=rule):
            loads(data)
    put(busy, CELL, "9" * size)
    with pytest.raises(Malformed) as caught:
        loads(busy)
    assert len(str(caught.value)) < 2000


def test_half_a_surrogate_pair_is_no_text(busy: Payload) -> None:
    busy["overview"] = "\ud800"
    busy["\ud800"] = 1
    with pytest.raises(Malformed) as caught:
        loads(json.dumps(busy))
    assert [fault.rule for fault in caught.value.faults] == ["unknown-key", "out-of-range"]
    str(caught.value).encode()


# -- one table, and mappings from elsewhere ------------------------------------------------------------


def test_single_table_is_loaded_and_checked_by_itself(busy: Payload) -> None:
    table = loads(json.dumps(busy["requests"]), Requests)
    assert isinstance(table, Requests)
    assert not check(table)
    busy["requests"]["newly_received"]["total"] = 0
    broken = loads(busy["requests"], Requests)
    assert [finding.at for finding in check(broken)] == ["newly_received.total", "newly_received.total"]
    busy["requests"]["newly_received"] = 0
    with pytest.raises(Malformed) as caught:
        loads(busy["requests"], Requests)
    assert caught.value.faults[0].at == "newly_received"


def test_mapping_is_read_as_it_is_and_left_unchanged(busy: Payload) -> None:
    report = loads(busy)
    assert loads(MappingProxyType(busy)) == loads(UserDict(busy)) == report
    incomplete = defaultdict(dict, {key: value for key, value in busy.items() if key != "requests"})
    assert faults_in(incomplete) == [("missing", "/requests")]
    assert "requests" not in incomplete
    before = json.dumps(busy)
    put(busy, CELL, None)
    loads(busy, as_found=True)
    assert at(busy, CELL) is None
    put(busy, CELL, 3402)
    assert json.dumps(busy) == before


def test_mapping_may_hold_rows_that_are_objects(busy: Payload) -> None:
    report = loads(busy)
    busy["requests"]["outcomes"]["granted"] = report.requests.outcomes.granted
    busy["marks"] = [Mark("requests.outcomes.granted.total", "annotated", "1191件")]
    assert loads(busy).requests == report.requests


def test_mapping_with_defaults_is_not_asked_for_missing_keys(busy: Payload) -> None:
    busy["requests"] = defaultdict(dict, busy["requests"])
    del busy["requests"]["carried_forward"]
    assert faults_in(busy) == [("missing", "/requests/carried_forward")]
    assert "carried_forward" not in busy["requests"]


# -- reports as they were found ------------------------------------------------------------------------


def test_null_is_a_blank_only_as_found(busy: Payload) -> None:
    put(busy, oracle.FEE, None)
    put(busy, CELL, None)
    assert faults_in(busy) == [
        ("wrong-type", "/" + oracle.FEE.replace(".", "/")),
        ("wrong-type", "/" + CELL.replace(".", "/")),
    ]
    busy["marks"] = [{"at": CELL, "kind": "blank", "text": "/"}]
    report = loads(busy, as_found=True)
    assert report.marks == (Mark(oracle.FEE, "blank"), Mark(CELL, "blank", "/"))
    assert loads(dumps(report)) == report
    busy["agency"] = None
    busy["marks"] = None
    assert faults_in(busy, as_found=True)[0] == ("wrong-type", "/agency")


def test_null_under_a_mark_that_states_a_number_stays_a_fault(busy: Payload) -> None:
    put(busy, CELL, None)
    busy["marks"] = [{"at": CELL, "kind": "annotated", "text": "7件"}]
    assert faults_in(busy, as_found=True) == [("wrong-type", "/requests/newly_received/natural_person")]
    busy["marks"][0]["kind"] = "odd"
    assert faults_in(busy, as_found=True) == [("out-of-range", "/marks/0/kind")]


def test_loads_as_found_declares_discrepancies_anew(busy: Payload) -> None:
    total = "reconsideration_and_litigation.reconsideration.total"
    put(busy, total, 0)
    busy["discrepancies"] = [{"rule": "case-total", "at": total, "left": 1, "right": 2}]
    report = loads(busy, as_found=True)
    (declared,) = report.discrepancies
    assert (declared.left, declared.right) == (440, 0)
    assert loads(dumps(report)) == report
    with pytest.raises(Inconsistent):
        loads(busy)


def test_loads_as_found_affects_no_other_thread(busy: Payload) -> None:
    put(busy, CASE_TOTAL, 0)
    refused: list[bool] = []
    start = threading.Barrier(4)

    def strict() -> None:
        start.wait()
        for _ in range(20):
            with pytest.raises(Inconsistent):
                loads(busy)
            refused.append(True)

    def lenient() -> None:
        start.wait()
        for _ in range(20):
            loads(busy, as_found=True)

    threads = [threading.Thread(target=target) for target in (strict, lenient, strict, lenient)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 40


@pytest.mark.parametrize("name", ["suqian-2024.docx", "huaian-2024.html"])
def test_load_of_a_document_points_to_read(name: str) -> None:
    with pytest.raises(Malformed) as caught:
        load(CORPUS / "documents" / name)
    (fault,) = caught.value.faults
    assert fault.rule == "not-json"
    assert "请用 read" in fault.message("zh")
    assert fault.message("en").endswith("are read by read")


@pytest.mark.parametrize(
    "data", [b"", b"  ", b'{"agency": ', "{}".encode("utf-16"), b"\xef\xbb\xbf[1,", b'{"\xb8\xdf": 1}']
)
def test_load_of_broken_json_says_what_is_broken(data: bytes) -> None:
    messages = []
    for read in (loads, lambda data: load(io.BytesIO(data))):
        with pytest.raises(Malformed) as caught:
            read(data)
        messages.append(caught.value.words)
    assert messages[0] == messages[1]
    assert "are read by read" not in messages[0].en


@pytest.mark.parametrize("cls", [dict, int, list[str], dict[str, Any], object, Mapping])
def test_class_that_holds_nothing_of_a_form_is_refused(cls: Any, busy: Payload) -> None:
    with pytest.raises(TypeError, match=r"不是格式中的报告、表或行.* is not a box of a form"):
        loads(busy, cls)


def test_complete_refuses_what_is_no_box() -> None:
    with pytest.raises(TypeError, match="dict 不是格式中的报告、表或行"):
        complete(dict, {})
