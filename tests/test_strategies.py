"""The strategies: they cover the forms, shrink well, and find bugs that are seeded in the library."""

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import Any, TypeVar, get_args

import attrs
import pytest
from hypothesis import HealthCheck, Phase, find, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from gkformat import EDITIONS, AnyReport, Malformed, Report2021, cells, check, converter, dumps, loads
from gkformat import strategies as gk
from gkformat.base.findings import MarkKind
from gkformat.base.late import register_strategies
from gkformat.forms.y2021 import Applicants, CaseResults, FeeAmount, LegalPerson
from gkformat.judgement import judge
from gkformat.notation.domains import Count
from gkformat.notation.equations import equations
from gkformat.notation.outline import nodes, numbers
from support import ROOT

T = TypeVar("T")
EDITION = pytest.mark.parametrize("edition", EDITIONS)


def _generated(strategy: st.SearchStrategy[T], count: int = 100) -> list[T]:
    """Return what a strategy generates, without shrinking."""
    found: list[T] = []

    @settings(max_examples=count, database=None, phases=[Phase.generate])
    @seed(1)
    @given(strategy)
    def collect(made: T) -> None:
        found.append(made)

    collect()
    return found


def _counted(box: Any) -> dict[str, int]:
    return {at: value for at, value in cells(box).items() if isinstance(value, int)}


# -- coverage and shrinking ---------------------------------------------------------------------------


@EDITION
def test_reports_are_all_zero_sparse_busy_and_large(edition: str) -> None:
    made = [[*_counted(report).values()] for report in _generated(gk.reports(edition=edition))]
    filled = [sum(map(bool, values)) for values in made]
    assert 0 in filled
    assert any(0 < count < 20 for count in filled)
    assert max(filled) > 150
    assert max(max(values) for values in made) > 10**5


@EDITION
def test_reports_fill_in_every_number_of_a_form(edition: str) -> None:
    reached = {at for report in _generated(gk.reports(edition=edition)) for at, value in cells(report).items() if value}
    assert reached == set(numbers(EDITIONS[edition].report))


def test_small_reports_cover_the_range_of_their_numbers() -> None:
    totals = [report.requests.newly_received.total for report in _generated(gk.reports(max_value=20), 200)]
    assert totals.count(0) < len(totals) / 2
    for low in (0, 10):
        assert any(low < total <= low + 10 for total in totals)


def test_reports_have_the_agency_and_the_year_that_are_asked_for() -> None:
    named = gk.reports(agency="甲市", year=st.sampled_from([2022, 2024]), max_value=1)
    assert {(report.agency, report.year) for report in _generated(named, 20)} == {("甲市", 2022), ("甲市", 2024)}
    (older,) = _generated(gk.reports(edition="2019", agency=st.just("乙"), year=2020, max_value=1), 1)
    assert (older.agency, older.year) == ("乙", 2020)


def _shrunk(strategy: st.SearchStrategy[T], fails: Callable[[T], Any]) -> T:
    """Return the smallest example with which a condition is true."""
    phases = [Phase.generate, Phase.shrink]  # not `explain`, which tries a hundred more, only to tell a user why
    return find(strategy, fails, settings=settings(max_examples=500, database=None, phases=phases), random=Random(1))


def _filled(box: Any) -> dict[str, Any]:
    return {at: value for at, value in cells(box).items() if value}


@pytest.mark.parametrize(
    ("cell", "other"),
    [
        ("newly_received.natural_person", "outcomes.granted.natural_person"),
        ("carried_forward.natural_person", None),
    ],
)
def test_table_shrinks_to_what_matters(cell: str, other: str | None) -> None:
    found = _filled(_shrunk(gk.requests(), lambda table: _counted(table)[cell] >= 7))
    assert {*found.values()} == {7}
    assert {cell, other or "brought_forward.natural_person"} <= found.keys()
    assert len(found) == (6 if "outcomes" in f"{cell}{other}" else 4)


def test_report_shrinks_to_an_empty_one() -> None:
    found = _shrunk(gk.reports(), lambda _: True)
    assert not _filled(found)
    assert (found.agency, found.overview, found.year) == ("", "", 2021)


def test_broken_report_shrinks_to_a_single_number() -> None:
    found = _shrunk(gk.broken(rule="balance"), lambda _: True)
    assert [*_filled(found.report).values()] == [1]
    assert [failure.rule for failure in found.failures] == ["balance", "row-total"]


@pytest.mark.parametrize(
    ("strategy", "words"),
    [
        (lambda: gk.reports(edition="2014"), "edition='2014' is none of 2019, 2021"),
        (lambda: gk.reports(year=2020), "year=2020 is none of edition 2021, which is for 2021 on"),
        (lambda: gk.sheets(edition="2014"), "edition='2014' is none of"),
        (lambda: gk.payloads(edition="2014"), "edition='2014' is none of"),
        (lambda: gk.broken(edition="2014"), "edition='2014' is none of"),
        (lambda: gk.broken(rule="stale"), "rule='stale' is none of balance, row-total, outcomes-total, case-total"),
        (lambda: gk.broken(max_value=0), "no number to which a cell could be changed"),
        (lambda: gk.reports(max_value=-1), "max_value=-1 is not an integer from 0 to"),
        (lambda: gk.reports(max_value=2**53), "max_value=9007199254740992 is not"),
        (lambda: gk.counts(min_value=-1), "min_value=-1 is not"),
        (lambda: gk.boxes(Report2021), "Report is a whole report"),
        (lambda: gk.boxes(int), "int is no box of a form"),
    ],
)
def test_invalid_arguments_are_refused_with_hypothesis_errors(
    strategy: Callable[[], st.SearchStrategy[Any]], words: str
) -> None:
    with pytest.raises(InvalidArgument, match=words):
        _generated(strategy(), 1)


def test_strategy_is_shown_as_it_is_written() -> None:
    assert repr(gk.broken(rule="balance", max_value=9)) == "broken(rule='balance', max_value=9)"
    assert repr(gk.reports(edition="2019")) == "reports(edition='2019')"


@pytest.mark.parametrize("most", [0, 1, 40, 2**53 - 1])
def test_numbers_do_not_exceed_max_value(most: int) -> None:
    for strategy in (gk.reports(edition="2021", max_value=most), gk.requests(max_value=most)):
        assert all(max(_counted(box).values()) <= most for box in _generated(strategy, 30))
    assert all(row.total <= most for row in _generated(gk.case_results(max_value=most), 30))
    amounts = _generated(gk.boxes(FeeAmount, max_value=most), 30)
    assert all(box.amount_wan_yuan <= most for box in amounts)
    if most:
        assert all(max(_counted(made.report).values()) <= most for made in _generated(gk.broken(max_value=most), 30))


@given(gk.counts(min_value=3, max_value=5), gk.amounts(), gk.texts())
def test_cells_are_within_their_domains(count: int, amount: Decimal, text: str) -> None:
    assert 3 <= count <= 5
    assert loads({"amount_wan_yuan": str(amount)}, FeeAmount) == FeeAmount(amount_wan_yuan=amount)
    text.encode()


@pytest.mark.parametrize(
    "strategy",
    [
        gk.applicants(),
        gk.requests(),
        gk.proactive_disclosure(),
        gk.case_results(),
        gk.boxes(LegalPerson),
        gk.boxes(FeeAmount),
    ],
    ids=[
        "applicants",
        "requests",
        "proactive_disclosure",
        "case_results",
        "a box without equations",
        "a box without counts",
    ],
)
def test_tables_and_rows_by_themselves_are_sound(strategy: st.SearchStrategy[Any]) -> None:
    for box in _generated(strategy, 30):
        assert not check(box)
        assert loads(dumps(box), type(box)) == box


def test_sheets_say_what_their_report_means_in_every_way() -> None:
    marked: set[str] = set()
    found: set[str] = set()
    for made in _generated(gk.sheets(edition="2021", max_value=20), 250):
        kinds = {mark.at: mark.kind for mark in made.report.marks}
        for at, value in cells(made.report).items():
            text, kind = made.texts.get(at, ""), kinds.get(at)
            assert text in gk.BLANKS if kind == "blank" else str(value) in text or (kind, text) in gk.UNCLEAR
            assert (value is None) == (kind not in (None, "annotated"))
            assert (at in made.texts) == (kind != "absent")
        marked |= {mark.text for mark in made.report.marks}
        found |= {*kinds.values()}
    assert {*gk.BLANKS, *(text for _, text in gk.UNCLEAR)} <= marked
    assert found == {*get_args(MarkKind)} - {"merged"}
    assert all(
        any(re.fullmatch(way.format("[0-9]+"), text) for text in marked) for way in ("{}件", "{}（其中修订1件）")
    )


def test_payloads_are_spoiled_in_every_way() -> None:
    made = _generated(gk.payloads(edition="2021"), 150)
    assert {len(payload.faults) for payload in made} == {0, 1, 2, 3}
    spoiled = {rule for payload in made for rule, _ in payload.faults}
    assert spoiled == {"missing", "unknown-key", "wrong-type", "out-of-range"}
    in_marks = {pointer for payload in made for _, pointer in payload.faults if pointer.startswith("/marks")}
    assert len(in_marks & {f"/marks/0/{key}" for key in ("kind", "text", "at")}) > 1


# -- seeded bugs --------------------------------------------------------------------------------------


def _finds(strategy: st.SearchStrategy[Any], law: Callable[[Any], None]) -> bool:
    """Return True if a law fails for one of the first 100 examples."""

    @settings(database=None, max_examples=100, phases=[Phase.generate], suppress_health_check=[*HealthCheck])
    @given(strategy)
    def run(made: Any) -> None:
        law(made)

    try:
        run()
    except Exception:  # noqa: BLE001 - a seeded bug may show in any way
        return True
    return False


def _agrees(made: gk.Broken) -> None:
    found = [(f.rule, f.at, f.left, f.right) for f in check(made.report).broken]
    assert found == [(item.rule, item.at, item.left, item.right) for item in made.failures]


def test_library_without_a_seeded_bug_breaks_no_law() -> None:
    assert not _finds(gk.broken(), _agrees)


@pytest.mark.parametrize("place", range(0, 42, 5))
@pytest.mark.parametrize("side", [0, 1])
def test_term_dropped_from_an_equation_is_found(monkeypatch: pytest.MonkeyPatch, place: int, side: int) -> None:
    system = [*equations(Report2021)]
    name = ("left", "right")[side]
    system[place] = attrs.evolve(system[place], **{name: getattr(system[place], name)[1:]})
    monkeypatch.setattr(judge, "equations", lambda _cls: system)
    sides = judge._sides.__wrapped__(Report2021)  # type: ignore[attr-defined]
    monkeypatch.undo()
    monkeypatch.setattr(judge, "_sides", lambda _cls: sides)
    assert _finds(gk.broken(edition="2021"), _agrees)


def test_swapped_keys_are_found() -> None:
    own = converter()

    def swapped(row: CaseResults) -> dict[str, int]:
        return {
            "upheld": row.corrected,
            "corrected": row.upheld,
            "other": row.other,
            "pending": row.pending,
            "total": row.total,
        }

    def law(report: AnyReport) -> None:
        assert own.loads(own.dumps(report)) == report

    assert not _finds(gk.reports(edition="2021"), law)
    own.register_unstructure_hook(CaseResults, swapped)
    assert _finds(gk.reports(edition="2021"), law)


@pytest.mark.parametrize("column", ["natural_person", "total"])
def test_forgotten_column_is_found(column: str) -> None:
    own = converter()
    structure = own.get_structure_hook(Applicants)

    def law(report: AnyReport) -> None:
        assert own.loads(own.dumps(report)) == report

    own.register_structure_hook(Applicants, lambda value, cls: structure({**value, column: 0}, cls))
    assert _finds(gk.reports(edition="2021"), law)


def test_codec_that_coerces_is_found() -> None:
    own = converter()
    own.register_structure_hook_func(lambda cls: cls == Count, lambda value, _: int(value))

    def law(made: gk.Payload) -> None:
        try:
            own.loads(made.data)
        except Malformed as error:
            found = {(fault.rule, fault.pointer) for fault in error.faults}
        else:
            found = set()
        assert found == made.faults

    assert _finds(gk.payloads(edition="2021"), law)


# -- by type -------------------------------------------------------------------------------------------


def _boxes(edition: str) -> list[type]:
    return [*dict.fromkeys(node.type for node in nodes(EDITIONS[edition].report).values() if node.type)]


@EDITION
def test_every_box_can_be_drawn_by_its_type(edition: str) -> None:
    register_strategies()
    for box in _boxes(edition):
        made: Any = _generated(st.from_type(box), 1)[0]
        assert type(made) is box
        assert not check(made).broken


def test_boxes_inside_other_classes_can_be_drawn_by_their_type() -> None:
    @attrs.frozen
    class Letter:
        report: Report2021
        row: Applicants | None

    register_strategies()
    assert all(isinstance(made.report, Report2021) for made in _generated(st.from_type(Letter), 5))


_AS_HYPOTHESIS_DOES = """
import sys
from importlib.metadata import EntryPoint
import hypothesis
EntryPoint("gkformat", sys.argv[1], "hypothesis").load()()
print(*(name for name in sys.modules if name.startswith(("gkformat.", "attr", "cattrs", "msgspec"))))
import gkformat.forms.y2019
hypothesis.strategies.from_type(gkformat.forms.y2019.Report).validate()
"""


def test_entry_point_loads_no_form_and_knows_those_that_are_loaded_later() -> None:
    project = tomllib.loads(ROOT.joinpath("pyproject.toml").read_text(encoding="utf-8"))["project"]
    home = project["entry-points"]["hypothesis"]["gkformat"]
    command = [sys.executable, "-c", _AS_HYPOTHESIS_DOES, home]
    environment = {**os.environ, "HYPOTHESIS_NO_PLUGINS": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)  # noqa: S603
    loaded = {name for name in done.stdout.split() if name.startswith("gkformat")}
    assert loaded <= {"gkformat.base", "gkformat.base.late"}
