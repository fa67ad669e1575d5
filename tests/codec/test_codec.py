"""JSON in and out: nothing coerced, nothing lost, every fault at once, and never an error of another kind."""

import io
import json
import random
import re
from collections import UserDict, defaultdict
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import attrs
import pytest
from syrupy.assertion import SnapshotAssertion

import oracle
from gkformat import (
    Address,
    AnyReport,
    Inconsistent,
    Malformed,
    Mark,
    Report2021,
    check,
    converter,
    dump,
    dumps,
    load,
    loads,
)
from gkformat.base.errors import Fault
from gkformat.forms import y2019, y2021
from gkformat.forms.y2021 import Applicants, FeeAmount, Requests
from gkformat.notation.outline import nodes
from support import FIELDS, Payload, at, payload, put

CELL = "requests.newly_received.natural_person"


OWN = converter()


def _faults(data: Any, cls: Any = None, **options: Any) -> list[tuple[str, str]]:
    """What is wrong with the data, of which a converter says what `loads` says."""
    with pytest.raises(Malformed) as caught:
        loads(data, cls, **options)
    with pytest.raises(Malformed) as other:
        OWN.loads(data, cls, **options)
    assert (caught.value.faults, caught.value.findings) == (other.value.faults, other.value.findings)
    return [(fault.rule, fault.pointer) for fault in caught.value.faults]


# -- round trips ---------------------------------------------------------------------------------------


def test_a_report_round_trips_with_its_keys_in_printed_order(busy: Payload) -> None:
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


def test_indented_output_holds_the_same(busy: Payload) -> None:
    report = loads(busy)
    pretty = dumps(report, indent=2)
    assert pretty.startswith('{\n  "edition": "2021",\n  "agency": "宿迁市人民政府"')
    assert json.loads(pretty) == busy


def test_files_by_path_and_open(tmp_path: Path, busy: Payload) -> None:
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


def test_prose_and_marks_may_be_missing_on_reading_and_are_always_written(busy: Payload) -> None:
    for name in ("preface", "overview", "problems_and_improvements", "other_matters", "marks", "discrepancies"):
        del busy[name]
    written = json.loads(dumps(loads(busy)))
    assert (written["overview"], written["marks"], written["discrepancies"]) == ("", [], [])


@pytest.mark.parametrize("text", ['"18.8710"', "18.8710", "0.000001", "999999999999999.999999", '"0"', "316441"])
def test_an_amount_survives_as_it_is_written(text: str) -> None:
    fee = loads(f'{{"amount_wan_yuan": {text}}}', FeeAmount)
    assert dumps(fee) == f'{{"amount_wan_yuan":"{text.strip(chr(34))}"}}'


@pytest.mark.parametrize(
    "text",
    [
        *("-1", "1e99", "1e999999999", "1e99999999999999999999", "0.1234567", "1000000000000000", "-1e-9"),
        *('"1e2"', '" 1"', '"１"', '"1\\n"', '""', '"NaN"', '"01"', '"-0"'),
        *("1" * 5000, "0." + "1" * 5000),
    ],
)
def test_an_amount_out_of_bounds_is_refused(text: str) -> None:
    assert _faults(f'{{"amount_wan_yuan": {text}}}', FeeAmount) == [("out-of-range", "/amount_wan_yuan")]


@pytest.mark.parametrize("value", [True, None, [], {}])
def test_an_amount_of_another_type_is_refused(value: Any) -> None:
    assert _faults({"amount_wan_yuan": value}, FeeAmount) == [("wrong-type", "/amount_wan_yuan")]


def test_an_amount_that_a_framework_parsed_as_a_float_is_what_was_written() -> None:
    assert loads({"amount_wan_yuan": 96171.6}, FeeAmount).amount_wan_yuan == Decimal("96171.6")
    assert _faults({"amount_wan_yuan": 0.1 + 0.2}, FeeAmount) == [("out-of-range", "/amount_wan_yuan")]
    assert _faults({"amount_wan_yuan": float("nan")}, FeeAmount) == [("out-of-range", "/amount_wan_yuan")]


def test_a_text_is_read_as_what_was_asked_for_and_as_nothing_else(busy: Payload) -> None:
    text = json.dumps(busy)
    report = loads(text)
    any_edition: Any = AnyReport
    assert loads(text, Report2021) == loads(text, any_edition) == report
    assert loads(f"[{text}]", list[Report2021]) == [report]
    assert ("unknown-edition", "/edition") in _faults(text, y2019.Report)
    assert ("missing", "/reports") in _faults(text, Envelope)
    assert ("missing", "/newly_received") in _faults(text, Requests)


def test_what_is_no_box_is_written_like_boxes(busy: Payload) -> None:
    report = loads(busy)
    assert dumps([report]) == f"[{dumps(report)}]"


# -- faults --------------------------------------------------------------------------------------------


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
def test_a_count_is_never_coerced(busy: Payload, value: Any, rule: str) -> None:
    put(busy, CELL, value)
    assert _faults(busy) == [(rule, "/requests/newly_received/natural_person")]
    assert _faults(json.dumps(busy)) == [(rule, "/requests/newly_received/natural_person")]


@pytest.mark.parametrize("name", ["edition", "agency", "year", "requests", "proactive_disclosure"])
def test_what_is_required_is_missed(busy: Payload, name: str) -> None:
    del busy[name]
    assert _faults(busy) == [("missing", f"/{name}")]
    assert _faults(busy, Report2021) == [("missing", f"/{name}")]


@pytest.mark.parametrize("cell", oracle.CELLS)
def test_every_number_is_required(busy: Payload, cell: str) -> None:
    outer, _, name = cell.rpartition(".")
    del at(busy, outer)[name]
    assert _faults(busy) == [("missing", "/" + cell.replace(".", "/"))]


def test_the_edition_is_one_that_is_known(busy: Payload) -> None:
    for value, rule in (("2014", "unknown-edition"), (2021, "wrong-type"), (None, "wrong-type"), ([], "wrong-type")):
        busy["edition"] = value
        assert _faults(busy) == [(rule, "/edition")]
    with pytest.raises(Malformed, match="unknown-edition"):
        converter().loads({**busy, "edition": "2014"})


def test_every_fault_is_told_at_once_in_printed_order(busy: Payload, snapshot: SnapshotAssertion) -> None:
    busy["edition"], busy["year"], busy["agency"] = "2014", "2023", 3
    busy["odd/key~"] = 1
    put(busy, CELL, "12")
    busy["requests"]["carried_forward"] = None
    del busy["requests"]["outcomes"]["granted"]["total"]
    put(busy, "reconsideration_and_litigation.reconsideration.total", 0)
    busy["marks"] = [{"at": "nowhere", "kind": "blank"}, {"at": CELL, "kind": "odd", "text": 1}, 7]
    busy["discrepancies"] = {}
    with pytest.raises(Malformed) as caught:
        loads(json.dumps(busy))
    assert str(caught.value) == snapshot
    assert [finding.rule for finding in caught.value.findings] == ["case-total"]


def test_marks_are_judged_even_where_the_report_never_came_to_be(busy: Payload) -> None:
    busy["year"] = None
    busy["marks"] = [{"at": "nowhere", "kind": "blank"}, {"at": CELL, "kind": "blank"}]
    busy["discrepancies"] = [{"rule": "balance", "at": "nowhere", "left": 1, "right": 2}]
    year, cell, mark, declared = [
        ("wrong-type", "/year"),
        ("out-of-range", "/requests/newly_received/natural_person"),
        ("out-of-range", "/marks/0/at"),
        ("out-of-range", "/discrepancies/0/at"),
    ]
    assert _faults(busy) == [year, cell, mark, declared]
    assert _faults({**busy, "discrepancies": []}) == [year, cell, mark]
    assert _faults({**busy, "marks": []}) == [year, declared]


@pytest.mark.parametrize(
    ("cells", "kind", "rules"),
    [
        # The blank can only be what the total leaves for it.
        (["natural_person"], "blank", []),
        # Two blanks leave room: undecided, and so no finding among the faults.
        (["natural_person", "legal_person.other"], "blank", []),
        (["natural_person"], "annotated", ["balance", "row-total"]),
        (["natural_person"], "a kind", ["balance", "row-total"]),
        (["natural_person"], "other", ["balance", "row-total"]),
    ],
)
def test_blanks_count_among_the_numbers_that_could_be_read(
    busy: Payload, cells: list[str], kind: str, rules: list[str]
) -> None:
    busy["year"] = None
    for name in cells:
        put(busy, f"requests.newly_received.{name}", 0)
    busy["marks"] = [{"at": f"requests.newly_received.{name}", "kind": kind} for name in cells]
    with pytest.raises(Malformed) as caught:
        loads(busy)
    assert [finding.rule for finding in caught.value.findings] == rules


def test_a_fault_tells_its_place_what_was_found_and_what_was_expected(busy: Payload) -> None:
    put(busy, CELL, "12")
    with pytest.raises(Malformed) as caught:
        loads(busy)
    (fault,) = caught.value.faults
    assert (fault.at, fault.found) == (CELL, '"12"')
    assert fault.label == "三、收到和处理政府信息公开申请情况 > 一、本年新收政府信息公开申请数量 > 自然人"
    assert fault.message("zh") == '应为：0 至 9007199254740991 的整数；实为："12"'
    assert fault.message("en") == 'expected an integer from 0 to 9007199254740991, found "12"'
    assert json.loads(json.dumps(converter().unstructure(fault)))["message"]["zh"] == fault.message("zh")


def test_a_key_that_is_not_in_the_form_is_placed_at_its_nearest_known_parent(busy: Payload) -> None:
    busy["requests"]["newly_received"]["法人.小计/总"] = {"a": [1]}
    with pytest.raises(Malformed) as caught:
        loads(busy)
    (fault,) = caught.value.faults
    assert (fault.rule, fault.at) == ("unknown-key", "requests.newly_received")
    assert fault.pointer == "/requests/newly_received/法人.小计~1总"


def test_repeated_keys_are_refused_wherever_they_stand(busy: Payload) -> None:
    text = json.dumps(busy, ensure_ascii=False)
    text = text.replace('"year": 2023', '"year": 2023, "year": 2023, "odd": [{"a": 1, "a": 2}]')
    text = text.replace('"natural_person": 3402', '"natural_person": 0, "natural_person": 3402')
    with pytest.raises(Malformed) as caught:
        loads(text)
    assert [(fault.rule, fault.pointer, fault.found) for fault in caught.value.faults] == [
        ("duplicate-key", "/odd/0/a", '"a"'),
        ("unknown-key", "/odd", '"odd"'),
        ("duplicate-key", "/year", '"year"'),
        ("duplicate-key", "/requests/newly_received/natural_person", '"natural_person"'),
    ]


def test_a_flood_of_unknown_keys_is_counted_and_not_listed(busy: Payload) -> None:
    flooded = {**busy, **{f"k{number}": 0 for number in range(3000)}}
    with pytest.raises(Malformed) as caught:
        loads(flooded)
    assert (len(caught.value.faults), caught.value.omitted) == (1000, 2000)
    assert "2000" in str(caught.value)


def test_when_the_list_of_faults_is_full_all_others_are_counted(busy: Payload) -> None:
    twice = ",".join(f'"k{number}": 0' for number in range(1001))
    busy["year"] = "2023"
    text = json.dumps(busy)[:-1] + f', "odd": {{{twice},{twice}}}}}'
    with pytest.raises(Malformed) as caught:
        loads(text)
    assert {fault.rule for fault in caught.value.faults} == {"duplicate-key"}
    # Left out: one key that stands twice, the key around it that is unknown, and the year.
    assert (len(caught.value.faults), caught.value.omitted) == (1000, 3)


def test_an_array_may_be_as_long_as_it_may_be_and_no_longer(busy: Payload) -> None:
    mark = {"at": CELL, "kind": "annotated", "text": "3402件"}
    busy["marks"] = [mark] * 1000
    assert loads(busy).marks == (Mark(CELL, "annotated", "3402件"),)
    busy["marks"] = [mark] * 1001
    assert _faults(busy) == [("out-of-range", "/marks")]


RUBBISH = [
    b"",
    b"{",
    b'{"edition": "2021", "agency',
    b"\xff\xfe{}",
    b'{"a": "\xe4\xb8"}',
    b"NaN",
    b"[NaN]",
    b"-Infinity",
    b"null null",
    b"'a'",
    b"{}" * 2,
    "〔".encode("gb18030"),
]


@pytest.mark.parametrize("data", RUBBISH)
def test_what_is_no_json_is_not_json(data: bytes) -> None:
    assert _faults(data) == [("not-json", "")]


@pytest.mark.parametrize(
    ("data", "zh", "en"),
    [
        ("", "没有任何内容", "there is nothing in it"),
        (" \n", "没有任何内容", "there is nothing in it"),
        ("甲".encode("gbk"), "字节 0 处不是 UTF-8 编码，请另存为 UTF-8", "byte 0 is not UTF-8; save it as UTF-8"),
        ('{"year": NaN}', "NaN 不是 JSON 里的数", "NaN is no number of JSON"),
        ('{\n"year" 1}', "第 2 行第 8 列：键名之后缺少冒号", "line 2 column 8: Expecting ':' delimiter"),
    ],
)
def test_what_is_no_json_is_told_in_both_languages(data: str | bytes, zh: str, en: str) -> None:
    with pytest.raises(Malformed) as refused:
        loads(data)
    [fault] = refused.value.faults
    assert fault.message("zh") == f"不是可读的 JSON：{zh}"
    assert fault.message("en") == f"not readable as JSON: {en}"


@pytest.mark.parametrize("text", ['{"a":}', "{1}", "[1 2]", "[1,]", '"a', '"\n"', r'"\x"', r'"\u12"', "1 2"])
def test_what_the_parser_says_is_said_in_chinese(text: str) -> None:
    with pytest.raises(Malformed) as refused:
        loads(text)
    said = refused.value.faults[0].message("zh").removeprefix("不是可读的 JSON：")
    assert re.fullmatch("第 1 行第 [0-9]+ 列：[^a-z]+", said)


@pytest.mark.parametrize(
    "data", ["[" * 10**6, '{"a":' * 10**6, "[" * 10**5 + "]" * 10**5, '{"a":' * 10**5 + "1" + "}" * 10**5]
)
def test_what_is_too_deep_is_told(data: str) -> None:
    (fault,) = _faults(data)
    assert fault in [("too-deep", ""), ("not-json", "")]


@pytest.mark.parametrize("data", ["[]", "3", '"x"', "null", "[[[1]]]", "1" * 10**5, "1e400", "true"])
def test_json_of_another_kind_is_the_wrong_type(data: str) -> None:
    assert _faults(data) == [("wrong-type", "")]


@pytest.mark.parametrize("data", [[], 3, None, 1.5, object()])
def test_python_of_another_kind_is_the_wrong_type(data: Any) -> None:
    assert _faults(data) == [("wrong-type", "")]


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


def test_a_byte_order_mark_is_passed_over(busy: Payload) -> None:
    assert loads(b"\xef\xbb\xbf" + json.dumps(busy).encode()) == loads(busy)


# -- one table, and mappings from elsewhere ------------------------------------------------------------


def test_a_single_table_is_loaded_and_checked_by_itself(busy: Payload) -> None:
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


def test_a_mapping_goes_in_as_it_is_and_stays_as_it_was(busy: Payload) -> None:
    report = loads(busy)
    assert loads(MappingProxyType(busy)) == loads(UserDict(busy)) == report
    incomplete = defaultdict(dict, {key: value for key, value in busy.items() if key != "requests"})
    assert _faults(incomplete) == [("missing", "/requests")]
    assert "requests" not in incomplete
    before = json.dumps(busy)
    put(busy, CELL, None)
    loads(busy, as_found=True)
    assert at(busy, CELL) is None
    put(busy, CELL, 3402)
    assert json.dumps(busy) == before


def test_null_is_a_blank_only_as_found(busy: Payload) -> None:
    put(busy, oracle.FEE, None)
    put(busy, CELL, None)
    assert _faults(busy) == [
        ("wrong-type", "/" + oracle.FEE.replace(".", "/")),
        ("wrong-type", "/" + CELL.replace(".", "/")),
    ]
    busy["marks"] = [{"at": CELL, "kind": "blank", "text": "/"}]
    report = loads(busy, as_found=True)
    assert report.marks == (Mark(oracle.FEE, "blank"), Mark(CELL, "blank", "/"))
    assert loads(dumps(report)) == report
    busy["agency"] = None
    busy["marks"] = None
    assert _faults(busy, as_found=True)[0] == ("wrong-type", "/agency")


def test_as_found_declares_from_scratch(busy: Payload) -> None:
    total = "reconsideration_and_litigation.reconsideration.total"
    put(busy, total, 0)
    busy["discrepancies"] = [{"rule": "case-total", "at": total, "left": 1, "right": 2}]
    report = loads(busy, as_found=True)
    (declared,) = report.discrepancies
    assert (declared.left, declared.right) == (440, 0)
    assert loads(dumps(report)) == report
    with pytest.raises(Inconsistent):
        loads(busy)


# -- hooks of one's own --------------------------------------------------------------------------------


@attrs.frozen
class Envelope:
    sender: str
    reports: list[Report2021]
    note: str | None = None


def test_a_class_of_ones_own_may_hold_reports(busy: Payload) -> None:
    own = converter()
    envelope = Envelope("市政府", [loads(busy, Report2021)])
    assert own.loads(own.dumps(envelope), Envelope) == envelope
    put(busy, CELL, "1")
    with pytest.raises(Malformed) as caught:
        own.loads({"sender": 3, "reports": [busy]}, Envelope)
    assert [fault.pointer for fault in caught.value.faults] == [
        "/sender",
        "/reports/0/requests/newly_received/natural_person",
    ]


@attrs.frozen
class Pair:
    one: tuple[int]
    two: tuple[str, int]
    many: tuple[int, ...]


def test_tuples_of_ones_own_are_what_they_say() -> None:
    own = converter()
    assert own.loads('{"one": [1], "two": ["a", 2], "many": [1, 2, 3]}', Pair) == Pair((1,), ("a", 2), (1, 2, 3))


def test_integers_of_ones_own_are_never_coerced() -> None:
    with pytest.raises(Malformed) as caught:
        converter().loads('{"one": [true], "two": ["a", 2.0], "many": ["1"]}', Pair)
    assert [(fault.rule, fault.pointer) for fault in caught.value.faults] == [
        ("wrong-type", "/one/0"),
        ("wrong-type", "/two/1"),
        ("wrong-type", "/many/0"),
    ]


def test_a_class_of_ones_own_takes_no_other_keys(busy: Payload) -> None:
    with pytest.raises(Malformed) as caught:
        converter().loads({"sender": "x", "reports": [busy], "odd": 1}, Envelope)
    assert [(fault.rule, fault.pointer) for fault in caught.value.faults] == [("unknown-key", "/odd")]


def test_hooks_of_ones_own_are_honoured_inside_a_report(busy: Payload) -> None:
    own = converter()
    structure = own.get_structure_hook(Applicants)

    def from_list(value: Any, cls: Any) -> Applicants:
        if isinstance(value, Mapping):
            return structure(value, cls)  # type: ignore[no-any-return]
        names = ["natural_person", *oracle.APPLICANTS[1:], "total"]
        plain: Payload = {"legal_person": {}}
        for name, number in zip(names, value, strict=True):
            put(plain, name, number)
        return structure(plain, cls)  # type: ignore[no-any-return]

    own.loads(busy)  # hooks that are registered late are honoured as well
    own.register_structure_hook(Applicants, from_list)
    own.register_unstructure_hook(Applicants, lambda row: [row.natural_person, row.total])
    busy["requests"]["newly_received"] = [3402, 99, 0, 4, 5, 1, 3511]
    report = own.loads(json.dumps(busy))
    assert own.loads(busy, as_found=True) == report
    assert json.loads(own.dumps(report))["requests"]["newly_received"] == [3402, 3511]
    assert isinstance(json.loads(dumps(report))["requests"]["newly_received"], dict)
    busy["requests"]["newly_received"] = [3402, 99, 0, 4, "5", 1, 3511]
    with pytest.raises(Malformed) as caught:
        own.loads(busy)
    assert [fault.rule for fault in caught.value.faults] == ["wrong-type"]


def test_the_words_of_a_hook_are_not_lost(busy: Payload) -> None:
    own = converter()

    def refuse(_value: Any, _cls: Any) -> Applicants:
        raise ValueError("not on a Monday")

    own.register_structure_hook(Applicants, refuse)
    with pytest.raises(Malformed, match="not on a Monday") as caught:
        own.loads(busy)
    assert len(caught.value.faults) == 25
    assert isinstance(caught.value.__cause__, ValueError)
    put(busy, "requests.carried_forward", "seven")
    with pytest.raises(Malformed) as inside:
        own.loads({"sender": "x", "reports": [busy]}, Envelope)
    assert inside.value.faults[-1].pointer == "/reports/0/requests/carried_forward"
    assert inside.value.faults[-1].found == '"seven"'


@pytest.mark.parametrize("key", ["a", "z"])
def test_a_key_that_a_hook_does_not_find_is_no_key_of_the_payload(busy: Payload, key: str) -> None:
    own = converter()

    def look_up(_value: Any, _cls: Any) -> Applicants:
        raise KeyError(key)

    own.register_structure_hook(Applicants, look_up)
    with pytest.raises(Malformed) as caught:
        own.loads(busy)
    assert {fault.rule for fault in caught.value.faults} == {"wrong-type"}


def test_faults_that_a_hook_found_itself_are_placed_with_their_pointers(busy: Payload) -> None:
    own = converter()

    def refuse(_value: Any, _cls: Any) -> Applicants:
        raise Malformed([Fault("unknown-key", Address(), pointer="/~01~1")])

    own.register_structure_hook(Applicants, refuse)
    with pytest.raises(Malformed) as caught:
        own.loads(busy)
    assert caught.value.faults[0].pointer == "/requests/newly_received/~01~1"


def test_reports_in_a_class_of_ones_own_refuse_together(busy: Payload) -> None:
    own = converter()
    put(busy, "reconsideration_and_litigation.reconsideration.total", 0)
    with pytest.raises(Inconsistent) as caught:
        own.loads({"sender": "x", "reports": [busy, busy]}, Envelope)
    assert [finding.at.partition(".reconsideration")[0] for finding in caught.value.findings] == [
        "reports.0",
        "reports.1",
    ]
    with pytest.raises(Malformed) as both:
        own.loads({"sender": 3, "reports": [busy]}, Envelope)
    assert [fault.pointer for fault in both.value.faults] == ["/sender"]
    assert [finding.rule for finding in both.value.findings] == ["case-total"]
    with pytest.raises(TypeError, match="as_found"):
        own.loads({"sender": "x", "reports": [busy]}, Envelope, as_found=True)


def test_findings_are_json() -> None:
    own = converter()
    row = loads({"natural_person": 1, "legal_person": _person(0), "total": 2}, Applicants)
    plain = json.loads(own.dumps(check(row)))
    assert plain["verdict"] == "inconsistent"
    assert (plain["findings"][0]["rule"], plain["findings"][0]["difference"]) == ("row-total", -1)
    assert set(plain["findings"][0]["message"]) == {"zh", "en"}


def _person(number: int) -> Payload:
    return {name.partition(".")[2]: number for name in oracle.APPLICANTS[1:]}


@pytest.mark.parametrize("year", [1999, 2007, "x", None, 2100])
def test_a_payload_of_no_known_edition_is_read_by_its_year_or_as_the_latest(busy: Payload, year: Any) -> None:
    busy["edition"], busy["year"] = "2014", year
    put(busy, CELL, None)
    faults = _faults(busy)
    assert faults[0] == ("unknown-edition", "/edition")
    assert faults[-1] == ("wrong-type", "/requests/newly_received/natural_person")


def test_rows_that_are_objects_already_may_stand_in_a_mapping(busy: Payload) -> None:
    report = loads(busy)
    busy["requests"]["outcomes"]["granted"] = report.requests.outcomes.granted
    busy["marks"] = [Mark("requests.outcomes.granted.total", "annotated", "1191件")]
    assert loads(busy).requests == report.requests


def test_a_key_of_the_payload_that_looks_like_an_index_is_a_key(busy: Payload) -> None:
    busy["marks"] = {"0": 1}
    assert _faults(busy) == [("wrong-type", "/marks")]


def test_what_stands_inside_an_unknown_key_is_placed_at_the_last_known_place() -> None:
    with pytest.raises(Malformed) as caught:
        loads('{"odd": {"requests": {"year": 1, "year": 2}}}')
    repeated = [fault for fault in caught.value.faults if fault.rule == "duplicate-key"]
    assert [(fault.at, fault.pointer) for fault in repeated] == [("", "/odd/requests/year")]


def test_reports_of_any_edition_stand_side_by_side(busy: Payload) -> None:
    earlier = payload("pingtan-2019")
    own = converter()
    read = own.loads(json.dumps([busy, earlier]), list[AnyReport])
    assert [report.edition for report in read] == ["2021", "2019"]
    any_edition: Any = AnyReport
    assert loads(earlier, any_edition) == read[1]
    unnamed = {key: value for key, value in earlier.items() if key != "edition"}
    assert own.structure([read[0], unnamed], list[AnyReport]) == read  # an object as it is, a payload by its year
    same: Any = y2021.Report | y2019.Report  # the same union, but another object
    assert _faults({**busy, "edition": "2014"}, same) == [("unknown-edition", "/edition")]
    assert converter().structure([unnamed], list[same]) == read[1:]
    earlier["edition"] = "2021"
    with pytest.raises(Malformed) as caught:
        own.loads(json.dumps([busy, earlier]), list[AnyReport])
    assert {fault.rule for fault in caught.value.faults} == {"missing", "unknown-key"}


def test_a_mapping_that_invents_what_is_missing_is_not_asked(busy: Payload) -> None:
    busy["requests"] = defaultdict(dict, busy["requests"])
    del busy["requests"]["carried_forward"]
    assert _faults(busy) == [("missing", "/requests/carried_forward")]
    assert "carried_forward" not in busy["requests"]


def test_a_number_with_an_exponent_is_an_amount_written_out() -> None:
    assert dumps(loads('{"amount_wan_yuan": 1e2}', FeeAmount)) == '{"amount_wan_yuan":"100"}'
    assert dumps(loads('{"amount_wan_yuan": -0.0}', FeeAmount)) == '{"amount_wan_yuan":"0.0"}'
    assert dumps(loads({"amount_wan_yuan": 1e-06}, FeeAmount)) == '{"amount_wan_yuan":"0.000001"}'


def test_a_null_under_a_mark_of_no_known_kind_stays_a_fault(busy: Payload) -> None:
    put(busy, CELL, None)
    busy["marks"] = [{"at": CELL, "kind": "odd"}]
    assert _faults(busy, as_found=True) == [
        ("wrong-type", "/requests/newly_received/natural_person"),
        ("out-of-range", "/marks/0/kind"),
    ]


def test_options_are_given_by_name(busy: Payload, tmp_path: Path) -> None:
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


def test_a_class_of_ones_own_holds_any_number() -> None:
    assert loads({"one": [1], "two": ["a", 1], "many": [*range(1001)]}, Pair).many == tuple(range(1001))
    with pytest.raises(Malformed) as caught:
        loads({"one": [1], "two": ["a", 1], "many": "123"}, Pair)
    (fault,) = caught.value.faults
    assert (fault.rule, fault.pointer, fault.expected.en) == ("wrong-type", "/many", "an array")
