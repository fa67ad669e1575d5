"""A fast start: what a short command loads, and what is done plainly until a generated function pays."""

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gkformat
from gkformat import EDITIONS, AnyReport, Inconsistent, Malformed, Report2021, codec, strategies
from gkformat.base.frozen import frozen
from gkformat.codec import compiled
from gkformat.forms import editions
from gkformat.forms.y2021 import Applicants, DecisionCounts
from gkformat.judgement import judge
from gkformat.notation import declare, outline
from gkformat.notation.codegen import tiered
from support import CORPUS, Payload, put

SOUND = str(CORPUS / "huaian-2024.json")
NEVER = {"asyncio", "concurrent.futures", "dataclasses", "logging", "multiprocessing", "rich", "tempfile", "tomllib"}
NOT_FOR_SOUND = {
    "cattrs",
    "msgspec",
    "gkformat.codec.compiled",
    "gkformat.codec.converter",
    "gkformat.codec.validation",
}
NOT_FOR_ONE = {
    "gkformat.bulk",
    "gkformat.diagnosis.diagnose",
    "gkformat.comparison.parts",
    "gkformat.readers",
    "gkformat.comparison.series",
}
NOT_FOR_2021 = {"gkformat.forms.y2019"}
OFTEN = {"made:check_Applicants", "made:check_LegalPerson"}
"""One report has so many such rows that the check of their class pays at once."""

RUN = "import sys; from gkformat.cli import main; assert main() == 0"
TELL = """
import linecache
print(*sys.modules, *("made:" + name.split()[1] for name in linecache.cache if name.startswith("<gkformat ")))
"""


def loaded(code: str, *arguments: str) -> set[str]:
    """The modules that a program has loaded at its end, and beside them the functions that it has generated."""
    command = [sys.executable, "-c", code + TELL, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)  # noqa: S603
    return set(done.stdout.splitlines()[-1].split())


def generated(names: set[str]) -> set[str]:
    return {name for name in names if name.startswith("made:")}


def test_a_check_of_a_sound_file_loads_only_what_it_needs() -> None:
    names = loaded(RUN, "check", SOUND)
    assert names & (NEVER | NOT_FOR_SOUND | NOT_FOR_ONE | NOT_FOR_2021) == set()
    assert (
        names & {"gkformat.readers.sheet", *(f"gkformat.cli.{part}" for part in ("positions", "diagnoses", "jsonl"))}
        == set()
    )
    assert {"gkformat.checks.check", "gkformat.forms.y2021", "gkformat.checks.narrative.against_tables"} <= names
    assert generated(names) == OFTEN


def test_for_a_single_report_hardly_any_function_is_generated() -> None:
    names = loaded("import sys, gkformat; gkformat.check(gkformat.loads(open(sys.argv[1], 'rb').read()))", SOUND)
    assert names & (NEVER | NOT_FOR_SOUND | NOT_FOR_ONE | NOT_FOR_2021) == set()
    assert generated(names) == OFTEN


def test_the_version_is_told_without_any_form() -> None:
    names = loaded("import sys; from gkformat.cli import main; main()", "--version")
    assert {name for name in names if name.startswith("gkformat.")} <= {
        "gkformat.version",
        "gkformat.base",
        "gkformat.base.words",
        "gkformat.base.frozen",
        "gkformat.cli",
        *(f"gkformat.cli.{name}" for name in ("app", "language", "output", "errors", "help")),
    }


def test_a_reading_is_imported_without_what_reads_files() -> None:
    names = loaded("import sys; from gkformat import Reading, Sheet")
    assert "gkformat.readers.sheet" in names
    assert "zipfile" not in names
    assert [name for name in names if name.startswith(("gkformat.readers.files", "gkformat.readers.matching"))] == []


def test_a_report_of_2019_brings_its_own_form() -> None:
    path = str(CORPUS / "pingtan-2019.json")
    assert "gkformat.forms.y2019" in loaded("import sys, gkformat; gkformat.load(sys.argv[1], as_found=True)", path)


def test_a_payload_with_faults_brings_what_explains_them() -> None:
    code = "import sys, gkformat\ntry: gkformat.loads('{}')\nexcept gkformat.Malformed: pass\n"
    names = loaded(code + TELL.removeprefix("; "))
    assert names >= NOT_FOR_SOUND


def test_a_command_looks_for_garbage_rarely() -> None:
    code = "import gc; from gkformat.cli import main; main(); print(gc.get_threshold()[0], gc.isenabled())"
    command = [sys.executable, "-c", code, "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    threshold, is_enabled = done.stdout.splitlines()[-1].split()
    assert int(threshold) >= 10_000
    assert is_enabled == "True"


# -- tiered compilation --------------------------------------------------------------------------------


def test_a_function_is_made_when_it_has_been_asked_for_often() -> None:
    compiled: list[type] = []

    def baseline(_: type) -> Callable[[], str]:
        return lambda: "baseline"

    @tiered(baseline)
    def function_of(cls: type) -> Callable[[], str]:
        compiled.append(cls)
        return lambda: f"compiled for {cls.__name__}"

    assert {function_of(int)() for _ in range(3)} == {"baseline"}
    answers = [function_of(str)() for _ in range(100)]
    assert answers == sorted(answers)
    assert (answers[0], answers[-1]) == ("baseline", "compiled for str")
    assert compiled == [str]


@pytest.mark.parametrize("edition", [*EDITIONS])
@given(data=st.data())
def test_plain_functions_say_what_generated_ones_say(data: st.DataObject, edition: str) -> None:
    report = data.draw(strategies.broken(edition=edition)).report
    cls: Any = type(report)
    values = outline._baseline_getter(cls)(report)
    assert values == outline.number_getter.__wrapped__(cls)(report)  # type: ignore[attr-defined]
    assert judge._baseline_sides(cls)(values) == judge._sides.__wrapped__(cls)(values)  # type: ignore[attr-defined]
    unequal = judge._baseline_unequal(cls)(values)
    assert unequal
    assert unequal == judge._unequal.__wrapped__(cls)(values)  # type: ignore[attr-defined]


@given(
    strategies.applicants(),
    st.sampled_from(["natural_person", "legal_person", "total"]),
    st.sampled_from([-1, "1", None]),
)
def test_plain_checks_refuse_what_generated_ones_refuse(row: Applicants, name: str, value: object) -> None:
    generated = declare._shape_check.__wrapped__(Applicants)  # type: ignore[attr-defined]
    for check in (generated, declare._raise_faults):
        check(row)
        spoilt = _spoilt(row, name, value)
        with pytest.raises(Malformed) as caught:
            check(spoilt)
        assert [fault.at for fault in caught.value.faults] == [name]


def _spoilt(row: Applicants, name: str, value: object) -> Applicants:
    spoilt = object.__new__(Applicants)
    for other in ("natural_person", "legal_person", "total"):
        object.__setattr__(spoilt, other, value if other == name else getattr(row, other))
    return spoilt


def test_plain_reading_leaves_what_is_unusual_to_others(busy: Payload) -> None:
    text = json.dumps(busy)
    assert (
        gkformat.codec.interpreted.loads_interpreted(text)
        == gkformat.codec.interpreted.loads_interpreted(text.encode(), Report2021)
        == gkformat.loads(busy)
    )
    without = {key: value for key, value in busy.items() if key != "preface"}
    mark = {"at": "requests.newly_received.total", "kind": "annotated", "text": "约"}
    odd_marks: list[object] = [
        {},
        [{}],
        [1],
        [{**mark, "odd": 1}],
        [{**mark, "text": ["约"]}],
        [{**mark, "kind": "odd"}],
    ]
    odd: list[object] = [
        without,
        {**busy, "odd": 1},
        [busy],
        *({**busy, "edition": edition} for edition in ("2014", ["2021"])),
        {**busy, "year": "2023"},
        {**busy, "discrepancies": [{"rule": [], "at": "", "left": 0, "right": 0}]},
    ]
    for payload in (*odd, *({**busy, "marks": marks} for marks in odd_marks)):
        assert gkformat.codec.interpreted.loads_interpreted(json.dumps(payload)) is None
    assert gkformat.codec.interpreted.loads_interpreted(json.dumps({**busy, "marks": [mark]})) == gkformat.loads(
        {**busy, "marks": [mark]}
    )
    inner = text.replace('"rules"', '"rules":0,"rules"')
    for data in ('{"year":2023,' + text[1:], inner, "{", "[" * 100_000):
        assert gkformat.codec.interpreted.loads_interpreted(data) is None
    assert (
        gkformat.codec.interpreted.loads_interpreted('{"amount_wan_yuan":"1e2"}', gkformat.forms.y2021.FeeAmount)
        is None
    )


@pytest.mark.parametrize("read", [gkformat.codec.interpreted.loads_interpreted, compiled.loads_compiled])
def test_what_contradicts_itself_is_refused_unless_it_is_as_found(read: Callable[..., Any], busy: Payload) -> None:
    put(busy, "requests.newly_received.natural_person", 0)
    with pytest.raises(Inconsistent):
        read(json.dumps(busy))
    assert read(json.dumps(busy), as_found=True).discrepancies


# -- what is loaded when it is asked for ---------------------------------------------------------------


def test_modules_have_what_they_load_and_nothing_else() -> None:
    assert editions.AnyReport is AnyReport
    assert AnyReport.__args__ == tuple(edition.report for edition in EDITIONS.values())
    assert type(gkformat.converter()) is codec.Converter
    for module in (editions, codec):
        for name in ("Absent", "nonsense"):
            with pytest.raises(AttributeError, match=f"module '{module.__name__}' has no attribute '{name}'"):
                getattr(module, name)


# -- classes that share their methods ------------------------------------------------------------------


@frozen
class Thing:
    name: str
    number: int
    hidden: int = attrs.field(default=0, repr=False)
    apart: int = attrs.field(default=0, eq=False)


@attrs.frozen
class Model:
    name: str
    number: int
    hidden: int = attrs.field(default=0, repr=False)
    apart: int = attrs.field(default=0, eq=False)


def test_shared_methods_do_what_those_of_attrs_do() -> None:
    one, same, other = Thing("a", 1), Thing("a", 1, apart=9), Thing("a", 2)
    assert one == same != other != one
    assert hash(one) == hash(same)
    assert len({one, same, other, Thing("a", 1, hidden=1)}) == len(
        {Model("a", 1), Model("a", 2), Model("a", 1, hidden=1)}
    )
    others: list[object] = [("a", 1, 0, 0), Model("a", 1)]
    assert one not in others
    assert repr(one).replace("Thing", "Model") == repr(Model("a", 1))
    assert attrs.asdict(attrs.evolve(one, number=3)) == attrs.asdict(Model("a", 3))
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        one.number = 2  # type: ignore[misc]


def test_a_class_keeps_a_method_of_its_own() -> None:
    @frozen(kw_only=True)
    class Named:
        name: str

        def __repr__(self) -> str:
            return self.name

    assert repr(Named(name="a")) == "a"
    assert Named(name="a") == Named(name="a")


def test_a_box_with_one_number_is_read_plainly() -> None:
    assert outline._baseline_getter(DecisionCounts)(DecisionCounts(decisions=3)) == (3,)
