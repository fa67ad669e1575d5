"""The language-independent cases in `tests/suite/`, run against this library."""

import copy
import json
import re
from collections.abc import Callable, Iterable
from typing import Any

import jsonschema
import pytest

import oracle
from gkformat.base.families import FAMILIES
from suite_runner import CASES, FILES, SCHEMA, compared, observed, source
from support import CORPUS, ROOT

# -- the cases -----------------------------------------------------------------------------------------


def each(names: Iterable[str]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("name", list(names))


@each(CASES)
def test_library_agrees_with_the_case(name: str) -> None:
    case = CASES[name]
    found = compared(case) if case["expect"]["outcome"] == "compared" else observed(source(case), case)
    assert found == case["expect"]


@each(name for name, case in CASES.items() if "patch" in case)
def test_mapping_is_judged_like_its_text(name: str) -> None:
    assert observed(json.loads(source(CASES[name])), CASES[name]) == CASES[name]["expect"]


def _is_plain_arithmetic(case: Any) -> bool:
    whole = "base" in case and "edit" not in case and case["expect"]["outcome"] != "malformed"
    return whole and not re.search(rb'null|"(blank|unreadable|out-of-range|absent)"', source(case))


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if _is_plain_arithmetic(case)])
def test_arithmetic_by_hand_agrees_with_the_case(name: str) -> None:
    findings = [item for item in CASES[name]["expect"]["findings"] if item["severity"] == "broken"]
    expected = [(item["rule"], item["at"], item["left"], item["right"]) for item in findings]
    assert len(expected) == len(set(expected))
    assert set(expected) == oracle.broken(json.loads(source(CASES[name])))


# -- the suite itself ----------------------------------------------------------------------------------


SAMPLE = "several-at-once/one-slip-three-findings"


@pytest.mark.parametrize("name", FILES)
def test_file_is_valid_by_its_schema(name: str) -> None:
    validator = jsonschema.Draft202012Validator(SCHEMA)
    validator.check_schema(SCHEMA)
    assert [error.message for error in validator.iter_errors(FILES[name])] == []
    names = [case["name"] for case in FILES[name]["cases"]]
    assert len(set(names)) == len(names)


FLAWS: dict[str, Callable[[Any], object]] = {
    "no reason": lambda case: case.pop("why"),
    "two payloads": lambda case: case.update(text="{}"),
    "two kinds of changes": lambda case: case.update(edit=[{"find": "0", "put": "1"}]),
    "no verdict": lambda case: case["expect"].pop("verdict"),
    "no findings": lambda case: case["expect"].pop("findings"),
    "faults of a sound shape": lambda case: case["expect"].update(faults=[{"rule": "missing", "pointer": "/year"}]),
    "half a finding": lambda case: case["expect"]["findings"][0].pop("left"),
    "a pointer for an address": lambda case: case["expect"]["findings"][0].update(at="/year"),
    "another name": lambda case: case.update(exepct={}),
}


@pytest.mark.parametrize("spoil", FLAWS.values(), ids=FLAWS)
def test_schema_refuses_a_flawed_case(spoil: Callable[[Any], object]) -> None:
    file = copy.deepcopy(FILES["several-at-once"])
    spoil(next(case for case in file["cases"] if f"several-at-once/{case['name']}" == SAMPLE))
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(file)


def _fires(rule: str, case: Any) -> bool:
    return any(item["rule"] == rule for item in case["expect"].get("faults", []) + case["expect"]["findings"])


OF_DATA = sorted(family.rule for family in FAMILIES.values() if family.authority not in ("reading", "internal"))
"""Families about data. The others are about files that are read and about bugs, for which the suite has no cases."""


@pytest.mark.parametrize("rule", OF_DATA)
def test_rule_fires_in_some_of_its_cases_and_not_in_others(rule: str) -> None:
    assert FILES[rule]["rule"] == rule
    fires = [_fires(rule, case) for case in FILES[rule]["cases"]]
    assert any(fires)
    assert not all(fires)


def test_equations_of_the_form_are_each_broken_in_a_case() -> None:
    findings = [finding for case in CASES.values() for finding in case["expect"]["findings"]]
    of_equations = [finding for finding in findings if not finding["rule"].startswith("cell-")]
    broken = {(finding["rule"], finding["at"]) for finding in of_equations if finding["severity"] == "broken"}
    assert broken == {(rule, at) for rule, at, _, _ in oracle.relations()}


def test_bases_are_as_the_page_describes_them() -> None:
    zero, busy, full = (json.loads(source({"base": name})) for name in ("zero", "busy", "full"))
    assert busy == json.loads((CORPUS / "suqian-2023.json").read_text(encoding="utf-8"))
    assert {oracle._number(zero, cell) for cell in oracle.CELLS} == {0}
    assert 0 not in {oracle._number(full, cell) for cell in oracle.CELLS if cell != oracle.FEE}


WRONG: dict[str, Callable[[Any], object]] = {
    "another outcome": lambda expect: expect.update(outcome="accepted"),
    "another verdict": lambda expect: expect.update(verdict="undecided"),
    "a finding too few": lambda expect: expect["findings"].pop(),
    "a finding too many": lambda expect: expect["findings"].append(expect["findings"][0]),
    "another order": lambda expect: expect["findings"].reverse(),
    "another rule": lambda expect: expect["findings"][0].update(rule="row-total"),
    "another place": lambda expect: expect["findings"][0].update(at="requests.carried_forward.total"),
    "another number": lambda expect: expect["findings"][0].update(left=0),
    "another severity": lambda expect: expect["findings"][0].update(severity="advice"),
    "declared": lambda expect: expect["findings"][0].update(declared=True),
}


@pytest.mark.parametrize("spoil", WRONG.values(), ids=WRONG)
def test_wrong_expectation_fails(spoil: Callable[[Any], object], monkeypatch: pytest.MonkeyPatch) -> None:
    test_library_agrees_with_the_case(SAMPLE)
    spoiled = copy.deepcopy(CASES[SAMPLE])
    spoil(spoiled["expect"])
    monkeypatch.setitem(CASES, SAMPLE, spoiled)
    with pytest.raises(AssertionError):
        test_library_agrees_with_the_case(SAMPLE)


def test_example_on_the_page_is_a_case() -> None:
    page = (ROOT / "docs" / "reference" / "suite.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```json\n(.*?)^```$", page, flags=re.MULTILINE | re.DOTALL)
    assert json.loads(example) in FILES["case-total"]["cases"]
