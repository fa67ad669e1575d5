"""The compiled way from JSON and back against the walk, and both against what is written by hand in `oracle`."""

import inspect
import json
import random
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkformat import EDITIONS, Inconsistent, Malformed, check, converter, dumps, loads, strategies
from gkformat.base.findings import Verdict
from gkformat.codec import compiled, unstructure
from gkformat.codec.compiled import zero_box
from gkformat.codec.parsing import parse_exact
from gkformat.codec.structure import structure
from gkformat.forms.y2021 import Applicants, DocumentCounts, FeeAmount, Fees, ProactiveDisclosure, Report, Requests
from gkformat.notation.declare import column, form, row
from gkformat.notation.domains import Count, Integer
from suite_runner import CASES, payloads, source
from support import CORPUS, Payload, put

ORACLE = converter()
EACH_EDITION = pytest.mark.parametrize("edition", [*EDITIONS])


def outcome(read: Callable[..., Any], data: Any, cls: Any = None, **options: Any) -> Any:
    """Return the result or error of reading, with the box also as JSON, because equal decimals may be written differently."""
    try:
        box = read(data, cls, **options)
    except Malformed as error:
        return "malformed", error.faults, error.findings, error.omitted, str(error)
    except Inconsistent as error:
        return "inconsistent", error.findings, str(error)
    return type(box), box, ORACLE.dumps(box)


def walk(data: Any, cls: Any = None, *, as_found: bool = False) -> Any:
    """Read text by the walk alone."""
    tree, repeated = parse_exact(data)
    return structure(tree, cls, repeated=repeated, as_found=as_found)


def compiled_or_walk(data: Any, cls: Any, *, as_found: bool = False) -> Any:
    """Read text by the compiled way, and by the walk if it gives nothing."""
    box = compiled.read_text(data, cls, as_found=as_found)
    return walk(data, cls, as_found=as_found) if box is None else box


READERS = (loads, compiled_or_walk, ORACLE.loads)


def agree(data: str | bytes, cls: Any = None) -> None:
    """Assert that all readers give the same result, and that `is_sound` is true only of sound reports."""
    for as_found in (False, True):
        expected = outcome(walk, data, cls, as_found=as_found)
        assert [outcome(read, data, cls, as_found=as_found) for read in READERS] == [expected] * len(READERS)
    if cls is None and isinstance(data, bytes) and compiled.is_sound(data):
        report = walk(data)
        assert (report.marks, report.discrepancies, check(report).verdict) == ((), (), Verdict.CONSISTENT)


def compact(tree: Any) -> bytes:
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode()


# -- the same objects and errors -----------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.json")), ids=lambda path: path.stem)
def test_real_reports_are_read_and_written_alike(path: Path) -> None:
    agree(path.read_bytes())
    report = loads(path.read_bytes(), as_found=True)
    assert compiled.read_text(path.read_bytes(), as_found=True) == report
    for indent in (None, 2):
        assert dumps(report, indent=indent) == ORACLE.dumps(report, indent=indent)


@pytest.mark.parametrize("name", CASES)
def test_suite_cases_are_read_alike(name: str) -> None:
    for payload in payloads(CASES[name]):
        agree(source(payload))


@EACH_EDITION
@given(data=st.data())
def test_sound_reports_take_the_fast_path(data: st.DataObject, edition: str) -> None:
    report = data.draw(strategies.reports(edition=edition, max_value=2**53 - 1))
    text = ORACLE.dumps(report)
    assert dumps(report) == text
    assert compiled.is_sound(text.encode())
    assert outcome(compiled.read_text, text) == outcome(walk, text) == outcome(ORACLE.loads, text)


@EACH_EDITION
@given(data=st.data())
def test_declared_and_marked_reports_take_the_fast_path(data: st.DataObject, edition: str) -> None:
    broken = data.draw(strategies.broken(edition=edition)).report
    for report in (broken, data.draw(strategies.sheets(edition=edition)).report):
        text = ORACLE.dumps(report)
        assert dumps(report) == text
        assert outcome(compiled.read_text, text, as_found=True) == outcome(ORACLE.loads, text, as_found=True)
        agree(text)
    agree(compact({**unstructure(broken), "discrepancies": []}))


@EACH_EDITION
@given(data=st.data())
def test_nearly_valid_payloads_are_refused_alike(data: st.DataObject, edition: str) -> None:
    agree(json.dumps(data.draw(strategies.payloads(edition=edition)).data))


@given(st.tuples(strategies.requests(), strategies.applicants(), strategies.proactive_disclosure()))
def test_tables_and_rows_are_read_and_written_alike(boxes: tuple[Any, ...]) -> None:
    for box in boxes:
        text = ORACLE.dumps(box)
        assert dumps(box) == text
        read = outcome(ORACLE.loads, text, type(box))
        assert outcome(compiled.read_text, text, type(box)) == outcome(walk, text, type(box)) == read
        agree(text.replace("0", "-1", 1), type(box))


@pytest.mark.parametrize("read", [walk, compiled.read_text])
def test_fast_paths_refuse_contradictions_unless_as_found(read: Callable[..., Any], busy: Payload) -> None:
    put(busy, "requests.newly_received.natural_person", 0)
    with pytest.raises(Inconsistent):
        read(json.dumps(busy))
    assert read(json.dumps(busy), as_found=True).discrepancies


# -- the same texts, written in unusual ways -----------------------------------------------------------


NUMBERS = (
    "-0",
    "1.0",
    "0e0",
    "1e2",
    "-1",
    "01",
    "9007199254740992",
    "9" * 30,
    "9" * 5000,
    "1E-1",
    "true",
    "null",
    '"1"',
)


TEXTS = (
    '":"',
    '"a:b"',
    r'"\u003a"',
    r'"\\u003a"',
    r'"\ud800"',
    r'"\ud83d\ude00"',
    '"\\n\\"：\\/"',
    '"\x00"',
    "1",
    "[]",
)


AMOUNTS = (
    '"1e2"',
    "1e2",
    "1E-2",
    '"０"',
    '" 1"',
    '"1_0"',
    '"NaN"',
    '"01"',
    "1.10",
    '"1.10"',
    r'"\u0031"',
    "-0.0",
    "100",
)


FRAMES = ("\ufeff{}", " {}\n", "\t{}\r\n", "{},", "{}x", "{}\x00", "[{}]", "{}{{}}", "\u00a0{}", "x{}")


class UnusualWriter:
    """Writer of JSON in unusual ways, by chance: spaces, orders, escapes, repeated keys, values of other types."""

    def __init__(self, seed: int, *, rate: float) -> None:
        self.random = random.Random(seed)
        self.rate = rate

    def is_unusual(self) -> bool:
        return self.random.random() < self.rate

    def text(self, tree: Any) -> bytes:
        text = self.value(tree)
        if self.is_unusual():
            text = self.random.choice(FRAMES).format(text)
        if self.is_unusual():
            cut = self.random.randrange(len(text))
            text = text[:cut]
        return text.encode()

    def value(self, value: Any) -> str:
        if isinstance(value, dict):
            return self.object(value)
        if isinstance(value, list):
            return "[" + ",".join(map(self.value, value)) + "]"
        if isinstance(value, str) and not self.is_unusual():
            return json.dumps(value, ensure_ascii=self.is_unusual())
        if isinstance(value, int) and not self.is_unusual():
            return str(value)
        return self.random.choice((*TEXTS, *AMOUNTS) if isinstance(value, str) else NUMBERS)

    def object(self, tree: dict[str, Any]) -> str:
        keys = [*tree]
        if self.is_unusual():
            self.random.shuffle(keys)
        if keys and self.is_unusual():
            keys.insert(self.random.randrange(len(keys)), self.random.choice(keys))
        if keys and self.is_unusual():
            keys.remove(self.random.choice(keys))
        space = " " * self.is_unusual()
        members = (f"{self.key(key)}{space}:{space}{self.value(tree[key])}" for key in keys)
        return "{" + f",{space}".join(members) + "}"

    def key(self, key: str) -> str:
        if self.is_unusual():
            place = self.random.randrange(len(key))
            key = f"{key[:place]}\\u{ord(key[place]):04x}{key[place + 1 :]}"
        return f'"{key}"'


@given(
    st.integers(0),
    st.sampled_from([0.0005, 0.003, 0.02]),
    st.sampled_from(["suqian-2023", "jinhu-2023", "pingtan-2019"]),
)
def test_unusually_written_texts_are_read_alike(seed: int, rate: float, name: str) -> None:
    tree = json.loads((CORPUS / f"{name}.json").read_bytes())
    text = UnusualWriter(seed, rate=rate).text(tree)
    agree(text)
    agree(UnusualWriter(seed, rate=0.02).text(tree["requests"]), Requests)
    agree(UnusualWriter(seed, rate=0.1).text(tree["proactive_disclosure"].get("fees", {})), Fees)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("twice", ["", '"year":2024,', r'"\u0079ear":2024,', '"overview":"：",'])
def test_repeated_key_is_hidden_by_no_text(busy: Payload, text: str, twice: str) -> None:
    encoded = json.dumps({**busy, "overview": "!"}).replace('"!"', text)
    agree("{" + twice + encoded[1:])
    agree(("{" + twice + encoded[1:]).encode())


@pytest.mark.parametrize("amount", AMOUNTS)
def test_amounts_are_read_alike(amount: str) -> None:
    agree(f'{{"amount_wan_yuan":{amount}}}', FeeAmount)


def test_repeated_key_is_seen_beside_a_missing_one(busy: Payload) -> None:
    for name in ("preface", "marks"):
        del busy[name]
        agree(compact(busy))
        agree(b'{"other_matters":"",' + compact(busy)[1:])


def test_repeated_key_is_seen_in_a_report_with_discrepancies() -> None:
    text = dumps(loads((CORPUS / "jinhu-2023.json").read_bytes(), as_found=True)).encode()
    assert compiled.read_text(text)
    for twice in (b'{"left":1,"rule"', b'{"rul\\u0065":"","rule"'):
        assert b'{"rule"' in text
        agree(text.replace(b'{"rule"', twice, 1))
        assert compiled.read_text(text.replace(b'{"rule"', twice, 1)) is None


def test_repeated_key_is_seen_beside_a_mark_that_lacks_one(busy: Payload) -> None:
    marks = [{"at": "requests.newly_received.total", "kind": "annotated"}]
    for text in ({}, {"text": ":"}):
        encoded = compact({**busy, "marks": [marks[0] | text]})
        for written in (encoded, encoded.replace(b'"text":":"', rb'"text":"\u003a"')):
            agree(written)
            agree(b'{"other_matters":"",' + written[1:])


def test_text_that_utf_8_cannot_hold_is_refused_alike(busy: Payload) -> None:
    put(busy, "overview", "\ud800")
    agree(json.dumps(busy))
    agree(json.dumps(busy, ensure_ascii=False))
    agree(json.dumps(busy, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def test_data_of_another_kind_are_left_to_the_converter(busy: Payload) -> None:
    assert loads(busy) == loads(json.dumps(busy))
    assert loads([busy], list[Report]) == [loads(busy)]  # type: ignore[call-overload]


def test_mapping_that_holds_boxes_is_refused_alike(busy: Payload, busy_report: Report) -> None:
    part = busy["reconsideration_and_litigation"] | {
        "litigation": busy_report.reconsideration_and_litigation.litigation
    }
    for year in (2023, "2023"):
        tree = {**busy, "requests": busy_report.requests, "reconsideration_and_litigation": part, "year": year}
        assert outcome(loads, tree) == outcome(ORACLE.loads, tree)


# -- boxes of zeros ------------------------------------------------------------------------------------


def test_boxes_of_zeros_are_one_shared_object(busy: Payload) -> None:
    outcomes = compiled.read_text(json.dumps(busy), Report).requests.outcomes
    assert outcomes.denied.state_secret is outcomes.not_processed.published_material is zero_box(Applicants)
    assert zero_box(ProactiveDisclosure) is None


@form
class Month:
    number: Annotated[int, Integer(1, 12)] = column("月份")


def test_zero_box_is_none_for_a_class_that_excludes_zero() -> None:
    assert zero_box(Month) is None
    agree('{"number":1}', Month)
    agree('{"number":0}', Month)


# -- generated code ------------------------------------------------------------------------------------


def test_class_without_a_twin_is_called(busy: Payload, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "twin_of", lambda _: None)
    build = compiled.text_function.__wrapped__(Report)  # type: ignore[attr-defined]
    assert build(compact(busy), Report) == loads(busy)
    assert "__class__" not in inspect.getsource(build)


def test_class_with_another_layout_has_no_twin() -> None:
    assert compiled.twin_of(DocumentCounts) is not None

    class Other:
        __slots__ = ()
        more: Decimal

    class Unlike(Other):
        __slots__ = ("__dict__",)

    assert compiled.twin_of(Unlike) is None


def _row(label: str) -> Any:
    @form
    class Row:
        count: Count = column(label)

    return Row


def test_classes_of_one_name_are_told_apart() -> None:
    one, other = _row("甲"), _row("乙")
    parts = {"a": row("一"), "b": row("二")}
    box: Any = form(type("Box", (), {**parts, "__annotations__": {"a": one, "b": other}}))
    made = box(a=one(count=1), b=other(count=2))
    assert loads(dumps(made), box) == made


def test_generated_source_can_be_inspected() -> None:
    lines = inspect.getsource(compiled.soundness_function(Report))
    assert re.search(
        r"and _requests__newly_received__natural_person \+ .* == _requests__newly_received__total$", lines, re.MULTILINE
    )
