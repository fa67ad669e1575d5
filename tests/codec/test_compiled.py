"""The fast paths of `loads` and `dumps` against the readable one: a converter never takes them, and is the oracle.

All must accept the same payloads, give equal objects, raise equal errors and write equal bytes.
"""

import inspect
import json
import random
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkformat import EDITIONS, Inconsistent, Malformed, check, converter, dumps, loads, strategies
from gkformat.base.findings import Verdict
from gkformat.codec import compiled, interpreted, unstructure
from gkformat.codec.interpreted import zero_box
from gkformat.forms.y2021 import Applicants, DocumentCounts, FeeAmount, Fees, ProactiveDisclosure, Report, Requests
from gkformat.notation.declare import column, form, row
from gkformat.notation.domains import Count, Integer
from suite_runner import CASES, payloads, source
from support import CORPUS, Payload, put

ORACLE = converter()
EACH_EDITION = pytest.mark.parametrize("edition", [*EDITIONS])


def outcome(read: Callable[..., Any], data: Any, cls: Any = None, **options: Any) -> Any:
    """What comes of reading, such that what is equal is the same: a `Decimal` tells its written form only as text."""
    try:
        box = read(data, cls, **options)
    except Malformed as error:
        return "malformed", error.faults, error.findings, error.omitted, str(error)
    except Inconsistent as error:
        return "inconsistent", error.findings, str(error)
    return type(box), box, ORACLE.dumps(box)


def either(read: Callable[..., Any]) -> Callable[..., Any]:
    """What a fast path reads; what it leaves to others is left to the oracle."""

    def reading(data: Any, cls: Any, **options: Any) -> Any:
        box = read(data, cls, **options)
        return ORACLE.loads(data, cls, **options) if box is None else box

    return reading


WAYS = (loads, either(compiled.loads_compiled), either(interpreted.loads_interpreted))


def agree(data: str | bytes, cls: Any = None) -> None:
    """Whatever these data are, all ways come to the same, and `is_sound` promises no more than is there."""
    for as_found in (False, True):
        expected = outcome(ORACLE.loads, data, cls, as_found=as_found)
        assert [outcome(read, data, cls, as_found=as_found) for read in WAYS] == [expected] * len(WAYS)
    if cls is None and isinstance(data, bytes) and compiled.is_sound(data):
        report = ORACLE.loads(data)
        assert (report.marks, report.discrepancies, check(report).verdict) == ((), (), Verdict.CONSISTENT)


def compact(tree: Any) -> bytes:
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode()


# -- the same objects and errors -----------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.json")), ids=lambda path: path.stem)
def test_real_reports_are_read_and_written_alike(path: Path) -> None:
    agree(path.read_bytes())
    report = loads(path.read_bytes(), as_found=True)
    assert compiled.loads_compiled(path.read_bytes(), as_found=True) == report
    for indent in (None, 2):
        assert dumps(report, indent=indent) == ORACLE.dumps(report, indent=indent)


@pytest.mark.parametrize("name", CASES)
def test_the_cases_of_the_suite_are_read_alike(name: str) -> None:
    for payload in payloads(CASES[name]):
        agree(source(payload))


@EACH_EDITION
@given(data=st.data())
def test_sound_reports_take_the_fast_path(data: st.DataObject, edition: str) -> None:
    report = data.draw(strategies.reports(edition=edition, max_value=2**53 - 1))
    text = ORACLE.dumps(report)
    assert dumps(report) == text
    assert compiled.is_sound(text.encode())
    assert (
        outcome(compiled.loads_compiled, text)
        == outcome(interpreted.loads_interpreted, text)
        == outcome(ORACLE.loads, text)
    )


@EACH_EDITION
@given(data=st.data())
def test_declared_and_marked_reports_take_it_too(data: st.DataObject, edition: str) -> None:
    broken = data.draw(strategies.broken(edition=edition)).report
    for report in (broken, data.draw(strategies.sheets(edition=edition)).report):
        text = ORACLE.dumps(report)
        assert dumps(report) == text
        assert outcome(compiled.loads_compiled, text, as_found=True) == outcome(ORACLE.loads, text, as_found=True)
        agree(text)
    agree(compact({**unstructure(broken), "discrepancies": []}))


@EACH_EDITION
@given(data=st.data())
def test_payloads_nearly_right_are_refused_alike(data: st.DataObject, edition: str) -> None:
    agree(json.dumps(data.draw(strategies.payloads(edition=edition)).data))


@given(st.tuples(strategies.requests(), strategies.applicants(), strategies.proactive_disclosure()))
def test_tables_and_rows_are_read_and_written_alike(boxes: tuple[Any, ...]) -> None:
    for box in boxes:
        text = ORACLE.dumps(box)
        assert dumps(box) == text
        read = outcome(ORACLE.loads, text, type(box))
        assert (
            outcome(compiled.loads_compiled, text, type(box))
            == outcome(interpreted.loads_interpreted, text, type(box))
            == read
        )
        agree(text.replace("0", "-1", 1), type(box))


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


class Scribe:
    """Writes a payload as JSON by its own whims: spaces, orders, escapes, keys twice, values of other kinds."""

    def __init__(self, seed: int, *, whims: float) -> None:
        self.random = random.Random(seed)
        self.whims = whims

    def whim(self) -> bool:
        return self.random.random() < self.whims

    def text(self, tree: Any) -> bytes:
        text = self.value(tree)
        if self.whim():
            text = self.random.choice(FRAMES).format(text)
        if self.whim():
            cut = self.random.randrange(len(text))
            text = text[:cut]
        return text.encode()

    def value(self, value: Any) -> str:
        if isinstance(value, dict):
            return self.object(value)
        if isinstance(value, list):
            return "[" + ",".join(map(self.value, value)) + "]"
        if isinstance(value, str) and not self.whim():
            return json.dumps(value, ensure_ascii=self.whim())
        if isinstance(value, int) and not self.whim():
            return str(value)
        return self.random.choice((*TEXTS, *AMOUNTS) if isinstance(value, str) else NUMBERS)

    def object(self, tree: dict[str, Any]) -> str:
        keys = [*tree]
        if self.whim():
            self.random.shuffle(keys)
        if keys and self.whim():
            keys.insert(self.random.randrange(len(keys)), self.random.choice(keys))
        if keys and self.whim():
            keys.remove(self.random.choice(keys))
        space = " " * self.whim()
        members = (f"{self.key(key)}{space}:{space}{self.value(tree[key])}" for key in keys)
        return "{" + f",{space}".join(members) + "}"

    def key(self, key: str) -> str:
        if self.whim():
            place = self.random.randrange(len(key))
            key = f"{key[:place]}\\u{ord(key[place]):04x}{key[place + 1 :]}"
        return f'"{key}"'


@given(
    st.integers(0),
    st.sampled_from([0.0005, 0.003, 0.02]),
    st.sampled_from(["suqian-2023", "jinhu-2023", "pingtan-2019"]),
)
def test_texts_written_by_whim_are_read_alike(seed: int, whims: float, name: str) -> None:
    tree = json.loads((CORPUS / f"{name}.json").read_bytes())
    text = Scribe(seed, whims=whims).text(tree)
    agree(text)
    agree(Scribe(seed, whims=0.02).text(tree["requests"]), Requests)
    agree(Scribe(seed, whims=0.1).text(tree["proactive_disclosure"].get("fees", {})), Fees)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("twice", ["", '"year":2024,', r'"\u0079ear":2024,', '"overview":"：",'])
def test_no_text_hides_a_repeated_key(busy: Payload, text: str, twice: str) -> None:
    encoded = json.dumps({**busy, "overview": "!"}).replace('"!"', text)
    agree("{" + twice + encoded[1:])
    agree(("{" + twice + encoded[1:]).encode())


@pytest.mark.parametrize("amount", AMOUNTS)
def test_amounts_are_read_alike(amount: str) -> None:
    agree(f'{{"amount_wan_yuan":{amount}}}', FeeAmount)


def test_a_repeated_key_is_seen_beside_a_missing_one(busy: Payload) -> None:
    for name in ("preface", "marks"):
        del busy[name]
        agree(compact(busy))
        agree(b'{"other_matters":"",' + compact(busy)[1:])


def test_a_repeated_key_is_seen_in_a_report_with_declarations() -> None:
    text = dumps(loads((CORPUS / "jinhu-2023.json").read_bytes(), as_found=True)).encode()
    assert compiled.loads_compiled(text)
    for twice in (b'{"left":1,"rule"', b'{"rul\\u0065":"","rule"'):
        assert b'{"rule"' in text
        agree(text.replace(b'{"rule"', twice, 1))
        assert compiled.loads_compiled(text.replace(b'{"rule"', twice, 1)) is None


def test_text_that_utf_8_cannot_hold_is_refused_alike(busy: Payload) -> None:
    put(busy, "overview", "\ud800")
    agree(json.dumps(busy))
    agree(json.dumps(busy, ensure_ascii=False))
    agree(json.dumps(busy, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def test_data_of_another_kind_are_left_to_the_readable_path(busy: Payload) -> None:
    assert loads(busy) == loads(json.dumps(busy))
    assert loads([busy], list[Report]) == [loads(busy)]  # type: ignore[call-overload]


def test_a_mapping_that_holds_boxes_is_refused_alike(busy: Payload, busy_report: Report) -> None:
    part = busy["reconsideration_and_litigation"] | {
        "litigation": busy_report.reconsideration_and_litigation.litigation
    }
    for year in (2023, "2023"):
        tree = {**busy, "requests": busy_report.requests, "reconsideration_and_litigation": part, "year": year}
        assert outcome(loads, tree) == outcome(ORACLE.loads, tree)


# -- the tricks ----------------------------------------------------------------------------------------


def test_boxes_in_which_all_is_zero_are_one_object(busy: Payload) -> None:
    for read in (compiled.loads_compiled, interpreted.loads_interpreted):
        outcomes = read(json.dumps(busy), Report).requests.outcomes
        assert outcomes.denied.state_secret is outcomes.not_processed.published_material is zero_box(Applicants)
    assert zero_box(ProactiveDisclosure) is None


@form
class Month:
    number: Annotated[int, Integer(1, 12)] = column("月份")


def test_no_box_is_shared_where_none_may_be_zero() -> None:
    assert zero_box(Month) is None
    agree('{"number":1}', Month)
    agree('{"number":0}', Month)


@pytest.fixture(params=["2019", "2021"])
def empty(request: pytest.FixtureRequest) -> bytes:
    """A report of a body that no application reached."""
    return dumps(zero_report(request.param)).encode()


def zero_report(edition: str) -> Any:
    cls = EDITIONS[edition].report
    boxes = {node.name: zero_box(node.type) for node in compiled.empty_tables(cls) if node.type}
    report: Any = loads(
        (CORPUS / f"pingtan-{2020 if edition == '2019' else 2022}.json").read_bytes(), cls, as_found=True
    )
    return attrs.evolve(report, **boxes, marks=(), discrepancies=())


def test_tables_that_are_all_zero_are_known_by_their_text(empty: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    report = loads(empty)
    assert report == ORACLE.loads(empty)
    texts = empty, json.dumps(json.loads(empty)).encode()
    assert all(map(compiled.is_sound, texts))
    taken = []
    build = compiled.structure_function.__wrapped__(type(report))  # type: ignore[attr-defined]
    monkeypatch.setitem(build.__globals__, "without_tables", lambda: lambda data, _: taken.append(data))
    for text in texts:
        build(text, type(report))
        assert len(taken.pop()) < len(text) - 4000
    assert build(json.dumps(json.loads(empty), indent=1).encode(), type(report)) == report
    assert not taken


@pytest.mark.parametrize("separators", [(",", ":"), (", ", ": ")])
def test_what_looks_like_empty_tables_is_read_as_what_it_is(empty: bytes, separators: tuple[str, str]) -> None:
    """The text in other places and more than once, beside other values of the same keys, and what takes its place."""
    start, end = empty.index(b'"requests"'), empty.index(b',"problems_and_improvements"')
    before, after = empty[:start], empty[end:]
    tables = json.dumps(json.loads(b"{" + empty[start:end] + b"}"), separators=separators)[1:-1].encode()
    cut = tables.index(b'"reconsideration_and_litigation"')
    one, other = tables[:cut].rstrip(b", "), tables[cut:]
    quoted = tables.replace(b'"', rb"\"")
    for text in (
        before + b'"requests":null' + after,
        before + b'"requests":null,' + other + after,
        before + b'"requests":null,' + tables + after,
        before + tables + b',"requests":null' + after,
        before + tables + b',"reconsideration_and_litigation":null' + after,
        before + tables + b"," + tables + after,
        before + tables + b"," + one + after,
        before + other + b"," + one + after,
        before + other + b"," + tables + after,
        before + one + after,
        before + tables + after.replace(b'"other_matters"', b'"overview":"","other_matters"'),
        before + tables + after.replace(b'"other_matters":"', b'"other_matters":"' + tables),
        before + tables + after.replace(b'"other_matters":"', b'"other_matters":"' + quoted),
        before + tables + after.replace(b'"other_matters":"', b'"other_matters":"\\' + tables),
        before[:-1] + b"\\" + tables + after,
        before + b"\\" + tables + after,
        before + tables + after[:-1] + b"," + tables + b"}",
        b"{" + tables + b"," + before[1:-1] + after,
        before.replace(b'"overview":"', b'"overview":"' + tables) + tables + after,
        before.replace(b'"overview":"', b'"overview":"' + tables) + one + b"," + other.replace(b"0", b"1") + after,
        before.replace(b'"overview":"', b'"overview":"' + quoted) + tables + after,
        before.replace(b'"overview":"', b'"overview":"{') + tables + after,
        before.replace(b'"documents":{', b'"documents":{' + tables + b",") + tables + after,
        before.replace(b'"documents":{', b'"documents":{' + tables + b",") + after[1:],
        before + tables + after.replace(b'"marks":[', b'"marks":[{' + tables + b"},"),
        before + tables + after.replace(b"}", b',"discrepancies":[{' + tables + b"}]}"),
        before + tables,
        tables,
    ):
        agree(text)


def test_where_a_class_has_no_twin_it_is_called(busy: Payload, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "twin_of", lambda _: None)
    build = compiled.structure_function.__wrapped__(Report)  # type: ignore[attr-defined]
    assert build(compact(busy), Report) == loads(busy)
    assert "__class__" not in inspect.getsource(build)


def test_a_class_with_another_layout_has_no_twin() -> None:
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


def test_two_classes_of_one_name_are_told_apart() -> None:
    one, other = _row("甲"), _row("乙")
    parts = {"a": row("一"), "b": row("二")}
    box: Any = form(type("Box", (), {**parts, "__annotations__": {"a": one, "b": other}}))
    made = box(a=one(count=1), b=other(count=2))
    assert loads(dumps(made), box) == made


def test_generated_source_is_there_for_whoever_looks_for_it() -> None:
    lines = inspect.getsource(compiled.soundness_function(Report))
    assert re.search(
        r"and _requests__newly_received__natural_person \+ .* == _requests__newly_received__total$", lines, re.MULTILINE
    )
