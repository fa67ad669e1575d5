"""Parsing of JSON text: invalid JSON and repeated keys are refused, and amounts keep their digits."""

import json
import re
from decimal import Decimal
from typing import Any

import pytest

from gkformat import Malformed, dumps, loads
from gkformat.forms.y2021 import FeeAmount
from support import Payload, faults_in

CELL = "requests.newly_received.natural_person"


# -- JSON text -----------------------------------------------------------------------------------------


INVALID_JSON = [
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


@pytest.mark.parametrize("data", INVALID_JSON)
def test_loads_refuses_invalid_json(data: bytes) -> None:
    assert faults_in(data) == [("not-json", "")]


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
def test_loads_explains_invalid_json_in_both_languages(data: str | bytes, zh: str, en: str) -> None:
    with pytest.raises(Malformed) as refused:
        loads(data)
    [fault] = refused.value.faults
    assert fault.message("zh") == f"不是可读的 JSON：{zh}"
    assert fault.message("en") == f"not readable as JSON: {en}"


@pytest.mark.parametrize("text", ['{"a":}', "{1}", "[1 2]", "[1,]", '"a', '"\n"', r'"\x"', r'"\u12"', "1 2"])
def test_syntax_errors_are_explained_in_chinese(text: str) -> None:
    with pytest.raises(Malformed) as refused:
        loads(text)
    said = refused.value.faults[0].message("zh").removeprefix("不是可读的 JSON：")
    assert re.fullmatch("第 1 行第 [0-9]+ 列：[^a-z]+", said)


@pytest.mark.parametrize(
    "data", ["[" * 10**6, '{"a":' * 10**6, "[" * 10**5 + "]" * 10**5, '{"a":' * 10**5 + "1" + "}" * 10**5]
)
def test_loads_refuses_json_nested_too_deeply(data: str) -> None:
    (fault,) = faults_in(data)
    assert fault in [("too-deep", ""), ("not-json", "")]


def test_repeated_keys_are_refused_wherever_they_are(busy: Payload) -> None:
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


def test_byte_order_mark_is_ignored(busy: Payload) -> None:
    assert loads(b"\xef\xbb\xbf" + json.dumps(busy).encode()) == loads(busy)


# -- amounts -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ['"18.8710"', "18.8710", "0.000001", "999999999999999.999999", '"0"', "316441"])
def test_amount_is_written_as_it_was_read(text: str) -> None:
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
def test_amount_out_of_bounds_is_refused(text: str) -> None:
    assert faults_in(f'{{"amount_wan_yuan": {text}}}', FeeAmount) == [("out-of-range", "/amount_wan_yuan")]


@pytest.mark.parametrize("value", [True, None, [], {}])
def test_amount_of_another_type_is_refused(value: Any) -> None:
    assert faults_in({"amount_wan_yuan": value}, FeeAmount) == [("wrong-type", "/amount_wan_yuan")]


def test_amount_parsed_as_a_float_is_what_was_written() -> None:
    assert loads({"amount_wan_yuan": 96171.6}, FeeAmount).amount_wan_yuan == Decimal("96171.6")
    assert faults_in({"amount_wan_yuan": 0.1 + 0.2}, FeeAmount) == [("out-of-range", "/amount_wan_yuan")]
    assert faults_in({"amount_wan_yuan": float("nan")}, FeeAmount) == [("out-of-range", "/amount_wan_yuan")]


def test_amount_with_an_exponent_is_written_out() -> None:
    assert dumps(loads('{"amount_wan_yuan": 1e2}', FeeAmount)) == '{"amount_wan_yuan":"100"}'
    assert dumps(loads('{"amount_wan_yuan": -0.0}', FeeAmount)) == '{"amount_wan_yuan":"0.0"}'
    assert dumps(loads({"amount_wan_yuan": 1e-06}, FeeAmount)) == '{"amount_wan_yuan":"0.000001"}'
