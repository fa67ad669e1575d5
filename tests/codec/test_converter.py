"""Converters: user classes that hold reports, user hooks, the choice of the edition, and findings as JSON."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import attrs
import cattrs
import pytest
from cattrs.preconf import json as json_preconf
from cattrs.preconf import msgspec as msgspec_preconf
from cattrs.strategies import configure_tagged_union

import oracle
from gkformat import (
    Address,
    AnyReport,
    Converter,
    Discrepancy,
    Inconsistent,
    Malformed,
    Mark,
    Report2021,
    check,
    configure_converter,
    converter,
    dumps,
    loads,
)
from gkformat.base.errors import Fault
from gkformat.codec import unstructure
from gkformat.forms import y2019, y2021
from gkformat.forms.y2021 import Applicants, DocumentCounts, FeeAmount, Requests
from gkformat.notation.domains import Amount, Count, Text
from support import Payload, faults_in, payload, put
from support import at as value_at

COUNTS = ["issued", "repealed", "in_force"]
CELL = "requests.newly_received.natural_person"


# -- user classes --------------------------------------------------------------------------------------


@attrs.frozen
class Envelope:
    sender: str
    reports: list[Report2021]
    note: str | None = None


@attrs.frozen
class Pair:
    one: tuple[int]
    two: tuple[str, int]
    many: tuple[int, ...]


def test_user_class_may_hold_reports(busy: Payload) -> None:
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


def test_tuples_of_a_user_class_are_read_by_their_types() -> None:
    own = converter()
    assert own.loads('{"one": [1], "two": ["a", 2], "many": [1, 2, 3]}', Pair) == Pair((1,), ("a", 2), (1, 2, 3))


def test_integers_of_a_user_class_are_never_coerced() -> None:
    with pytest.raises(Malformed) as caught:
        converter().loads('{"one": [true], "two": ["a", 2.0], "many": ["1"]}', Pair)
    assert [(fault.rule, fault.pointer) for fault in caught.value.faults] == [
        ("wrong-type", "/one/0"),
        ("wrong-type", "/two/1"),
        ("wrong-type", "/many/0"),
    ]


def test_user_class_takes_no_unknown_keys(busy: Payload) -> None:
    with pytest.raises(Malformed) as caught:
        converter().loads({"sender": "x", "reports": [busy], "odd": 1}, Envelope)
    assert [(fault.rule, fault.pointer) for fault in caught.value.faults] == [("unknown-key", "/odd")]


def test_user_class_may_hold_arrays_of_any_length() -> None:
    assert loads({"one": [1], "two": ["a", 1], "many": [*range(1001)]}, Pair).many == tuple(range(1001))


def test_reports_in_a_user_class_are_refused_together(busy: Payload) -> None:
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


def test_text_is_read_only_as_the_class_asked_for(busy: Payload) -> None:
    text = json.dumps(busy)
    report = loads(text)
    any_edition: Any = AnyReport
    assert loads(text, Report2021) == loads(text, any_edition) == report
    assert loads(f"[{text}]", list[Report2021]) == [report]
    assert ("unknown-edition", "/edition") in faults_in(text, y2019.Report)
    assert ("missing", "/reports") in faults_in(text, Envelope)
    assert ("missing", "/newly_received") in faults_in(text, Requests)


# -- user hooks ----------------------------------------------------------------------------------------


def test_user_hooks_are_honoured_inside_a_report(busy: Payload) -> None:
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


def test_message_of_a_hook_error_is_kept(busy: Payload) -> None:
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
def test_key_error_of_a_hook_is_no_missing_key(busy: Payload, key: str) -> None:
    own = converter()

    def look_up(_value: Any, _cls: Any) -> Applicants:
        raise KeyError(key)

    own.register_structure_hook(Applicants, look_up)
    with pytest.raises(Malformed) as caught:
        own.loads(busy)
    assert {fault.rule for fault in caught.value.faults} == {"wrong-type"}


def test_faults_raised_by_a_hook_keep_their_pointers(busy: Payload) -> None:
    own = converter()

    def refuse(_value: Any, _cls: Any) -> Applicants:
        raise Malformed([Fault("unknown-key", Address(), pointer="/~01~1")])

    own.register_structure_hook(Applicants, refuse)
    with pytest.raises(Malformed) as caught:
        own.loads(busy)
    assert caught.value.faults[0].pointer == "/requests/newly_received/~01~1"


# -- converters that somebody has already ---------------------------------------------------------------


PRECONF = [cattrs.Converter, json_preconf.make_converter, msgspec_preconf.make_converter]


@pytest.mark.parametrize("make", [*PRECONF, lambda: cattrs.Converter(omit_if_default=True, detailed_validation=False)])
def test_configured_converter_reads_and_writes_reports(make: Any, busy: Payload) -> None:
    own = make()
    configure_converter(own)
    envelope = Envelope("市政府", [loads(busy, Report2021)])
    plain = own.unstructure(envelope)
    assert plain["reports"][0] == json.loads(dumps(envelope.reports[0]))
    assert own.structure(json.loads(json.dumps(plain)), Envelope) == envelope
    assert own.structure(plain["reports"], list[AnyReport]) == envelope.reports
    put(busy, CELL, "1")
    with pytest.raises(Malformed) as caught:
        own.structure(busy, Report2021)
    assert [fault.at for fault in caught.value.faults] == [CELL]
    assert own.unstructure(caught.value.faults)[0]["at"] == CELL
    assert json.loads(json.dumps(own.unstructure(check(envelope.reports[0])))) == {
        "verdict": "consistent",
        "findings": [],
    }


def test_configured_converter_honours_hooks_registered_before_and_after(busy: Payload) -> None:
    own = cattrs.Converter()
    own.register_structure_hook(
        DocumentCounts, lambda value, _: DocumentCounts(**dict(zip(COUNTS, value, strict=True)))
    )
    configure_converter(own)
    report = loads(busy)
    rules = busy["proactive_disclosure"]["documents"]["rules"]
    for row in busy["proactive_disclosure"]["documents"]:
        busy["proactive_disclosure"]["documents"][row] = [*busy["proactive_disclosure"]["documents"][row].values()]
    any_edition: Any = AnyReport
    assert own.structure(busy, any_edition) == report
    own.register_structure_hook(FeeAmount, lambda value, _: FeeAmount(amount_wan_yuan=Decimal(value)))
    put(busy, "proactive_disclosure.fees.administrative_fees", "12.50")
    read = own.structure({"sender": "x", "reports": [busy]}, Envelope).reports[0]
    assert str(read.proactive_disclosure.fees.administrative_fees.amount_wan_yuan) == "12.50"
    assert own.copy().structure(busy, Report2021) == read
    assert unstructure(read.proactive_disclosure.documents.rules) == rules


def test_hooks_of_cells_and_marks_are_honoured(busy: Payload) -> None:
    own = converter()
    own.register_structure_hook_func(lambda kind: kind == Count, lambda value, _: int(value))
    own.register_structure_hook(Mark, lambda value, _: Mark(*value.split()))
    report = loads({**busy, "marks": [{"at": CELL, "kind": "annotated", "text": f"{value_at(busy, CELL)}件"}]})
    put(busy, CELL, str(report.requests.newly_received.natural_person))
    busy["marks"] = [f"{CELL} annotated {value_at(busy, CELL)}件"]
    assert own.loads(busy) == own.loads(json.dumps(busy)) == own.structure(busy, Report2021) == report
    put(busy, CELL, "many")
    busy["marks"] = [*busy["marks"], 7]
    with pytest.raises(Malformed) as caught:
        own.loads(busy)
    assert [fault.pointer for fault in caught.value.faults] == [Address(CELL).pointer, "/marks/1"]


def test_hook_that_returns_another_type_is_a_fault_at_its_place(busy: Payload) -> None:
    own = converter()
    own.register_structure_hook(FeeAmount, lambda value, _: value)
    with pytest.raises(Malformed) as caught:
        own.loads(busy)
    assert [(fault.rule, fault.at) for fault in caught.value.faults] == [
        ("wrong-type", "proactive_disclosure.fees.administrative_fees")
    ]


def test_hook_of_the_report_itself_is_honoured(busy: Payload) -> None:
    own = converter()
    report = loads(busy)
    own.register_structure_hook(Report2021, lambda value, _: loads(json.dumps({**value, "year": int(value["year"])})))
    busy["year"] = str(busy["year"])
    assert own.loads(busy) == own.loads(json.dumps(busy), Report2021) == report
    assert own.loads(json.dumps([busy]), list[Report2021]) == [report]
    busy["year"] = "soon"
    with pytest.raises(Malformed, match="invalid literal"):
        own.loads(busy)


def test_cells_of_a_user_class_are_read_strictly() -> None:
    @attrs.frozen
    class Row:
        name: Text
        count: Count
        amount: Amount

    own = converter()
    row = Row("甲", 3, Decimal("1.20"))
    assert own.loads(own.dumps(row), Row) == row
    with pytest.raises(Malformed) as caught:
        own.loads({"name": 1, "count": "3", "amount": "1e2"}, Row)
    assert [fault.pointer for fault in caught.value.faults] == ["/name", "/count", "/amount"]
    with pytest.raises(Malformed):
        own.loads('{"name": "a", "name": "甲", "count": 3, "amount": 1}', Row)


# -- hooks and data that go wrong ------------------------------------------------------------------------


@pytest.mark.parametrize("make", [converter, cattrs.Converter])
def test_copy_of_a_converter_honours_its_hooks(make: Any, busy: Payload) -> None:
    own = make()
    if not isinstance(own, Converter):
        configure_converter(own)
    own.register_structure_hook(
        DocumentCounts, lambda value, _: DocumentCounts(**dict(zip(COUNTS, value, strict=True)))
    )
    report = loads(busy)
    documents = busy["proactive_disclosure"]["documents"]
    documents |= {row: [*documents[row].values()] for row in documents}
    assert own.copy().structure(busy, Report2021) == own.structure(busy, Report2021) == report


@pytest.mark.parametrize("data", ["5", "[]", "{}", '{"edition":[]}', '{"a":5}', "null"])
@pytest.mark.parametrize(
    "cls", [Envelope, list[Report2021], dict[str, Report2021], AnyReport | None, Requests | Applicants]
)
@pytest.mark.parametrize("own", [converter(), Converter(detailed_validation=False)])
def test_rubbish_for_a_user_class_is_malformed(own: Converter, cls: Any, data: str) -> None:
    try:
        value = own.loads(data, cls)
    except Malformed as error:
        assert json.loads(dumps(error.faults))  # noqa: PT017 - some are read
    else:
        assert value in ([], {}, None)


def test_hook_of_the_union_of_editions_is_honoured(busy: Payload) -> None:
    any_edition: Any = AnyReport
    own = converter()
    report = loads(busy)
    configure_tagged_union(any_edition, own, tag_generator=lambda cls: cls.__module__)
    tagged = own.unstructure(report, unstructure_as=any_edition)
    assert tagged["_type"] == "gkformat.forms.y2021"
    assert own.structure(tagged, any_edition) == own.loads(json.dumps(tagged)) == report


def test_wrong_result_of_a_hook_is_listed_with_all_other_faults(busy: Payload) -> None:
    own = converter()
    own.register_structure_hook(DocumentCounts, lambda *_: 5)
    own.register_structure_hook(Mark, lambda *_: "x")
    own.register_structure_hook(Discrepancy, lambda *_: Discrepancy([], "x", 1, 2))  # type: ignore[arg-type]
    with pytest.raises(Malformed) as caught:
        own.loads({**busy, "year": "x", "marks": [{}], "discrepancies": [1]})
    documents = "/proactive_disclosure/documents"
    assert {fault.pointer for fault in caught.value.faults} == {
        "/year",
        f"{documents}/rules",
        f"{documents}/normative_documents",
        "/marks/0",
        "/discrepancies/0/rule",
    }


def test_error_of_a_hook_is_told_whatever_it_is(busy: Payload) -> None:
    class Broken(Exception):
        def __str__(self) -> str:
            raise RuntimeError("by hand")

    def odd(value: Any, _: Any) -> Applicants:
        if value["total"] == 0:
            raise Broken
        raise KeyError("newly_received\ud800")

    own = converter()
    own.register_structure_hook(Applicants, odd)
    with pytest.raises(Malformed) as caught:
        own.loads(busy)
    assert {fault.rule for fault in caught.value.faults} == {"wrong-type"}
    assert "Broken" in dumps(caught.value.faults)


def test_malformed_report_inside_a_class_keeps_its_findings_and_counts(busy: Payload) -> None:
    put(busy, "reconsideration_and_litigation.reconsideration.total", 0)
    busy["year"] = "x"
    busy |= dict.fromkeys(map(str, range(3000)), 1)
    with pytest.raises(Malformed) as caught:
        converter().loads(json.dumps([busy]), list[AnyReport])
    assert caught.value.omitted > 1000
    (finding,) = caught.value.findings
    assert {finding.at.partition(".")[0], *(term.at.partition(".")[0] for term in finding.terms)} == {"0"}


def test_configured_converter_leaves_numbers_of_others_alone() -> None:
    @attrs.frozen
    class Row:
        amount: int | Decimal | None

    own = cattrs.Converter()
    configure_converter(own)
    assert own.unstructure(Row(Decimal(1))) == {"amount": Decimal(1)}


# -- editions and findings -----------------------------------------------------------------------------


@pytest.mark.parametrize("year", [1999, 2007, "x", None, 2100])
def test_unknown_edition_is_read_by_its_year_or_as_the_latest(busy: Payload, year: Any) -> None:
    busy["edition"], busy["year"] = "2014", year
    put(busy, CELL, None)
    faults = faults_in(busy)
    assert faults[0] == ("unknown-edition", "/edition")
    assert faults[-1] == ("wrong-type", "/requests/newly_received/natural_person")


def test_reports_of_any_edition_are_read_together(busy: Payload) -> None:
    earlier = payload("pingtan-2019")
    own = converter()
    read = own.loads(json.dumps([busy, earlier]), list[AnyReport])
    assert [report.edition for report in read] == ["2021", "2019"]
    any_edition: Any = AnyReport
    assert loads(earlier, any_edition) == read[1]
    assert own.structure([read[0], earlier], list[AnyReport]) == read  # an object stays as it is
    unnamed = {key: value for key, value in earlier.items() if key != "edition"}
    with pytest.raises(Malformed) as lacking:
        own.loads([unnamed], list[AnyReport])  # type: ignore[call-overload]
    assert [(fault.rule, fault.pointer) for fault in lacking.value.faults] == [("missing", "/0/edition")]
    same: Any = y2021.Report | y2019.Report  # the same union, but another object
    assert faults_in({**busy, "edition": "2014"}, same) == [("unknown-edition", "/edition")]
    assert converter().structure([earlier], list[same]) == read[1:]
    earlier["edition"] = "2021"
    with pytest.raises(Malformed) as caught:
        own.loads(json.dumps([busy, earlier]), list[AnyReport])
    places = {fault.rule: fault.pointer.rpartition("/")[0] for fault in caught.value.faults}
    assert places.keys() == {"missing", "unknown-key", "out-of-range"}
    assert places["out-of-range"].startswith("/1/marks/")


def test_findings_are_written_as_json() -> None:
    own = converter()
    row = loads({"natural_person": 1, "legal_person": _person(0), "total": 2}, Applicants)
    plain = json.loads(own.dumps(check(row)))
    assert plain["verdict"] == "inconsistent"
    assert (plain["findings"][0]["rule"], plain["findings"][0]["difference"]) == ("row-total", -1)
    assert set(plain["findings"][0]["message"]) == {"zh", "en"}


def _person(number: int) -> Payload:
    return {name.partition(".")[2]: number for name in oracle.APPLICANTS[1:]}
