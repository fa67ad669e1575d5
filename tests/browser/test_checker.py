"""The judge of the page agrees with the cases of the suite, under Node and in Chromium."""

import json
import shutil
import subprocess
from base64 import b64encode
from typing import Any

import pytest

from browser.conftest import OpenPage
from gkformat import Malformed
from gkformat.base.families import FAMILIES
from gkformat.codec.parsing import parse
from gkformat.codec.structure import edition_class
from gkformat.forms.editions import EDITIONS, edition_of
from gkformat.writers.web.form_data import form_data
from suite_runner import CASES, source
from support import ROOT, TESTS

CHECKER = ROOT / "src" / "gkformat" / "writers" / "web" / "checker.js"
OBSERVE = TESTS / "browser" / "observe.js"

# -- what is run, and what is not ----------------------------------------------------------------------

SEVERAL_REPORTS = {
    *("carry-over", "in-force-chain", "numbers-repeated", "text-repeated", "unit-jump"),
    *("part-exceeds-whole", "parts-coverage", "parts-sum"),
}
"""The files of which no case is run: a page holds one report, and compares it with no other."""

ADVICE = {
    *("assessment-results-missing", "cells-blank", "fee-amount", "fee-silent", "fee-statement-missing"),
    *("growth-rate", "in-force-below-issued", "notice-cited", "numbering-repeated", "other-body-named"),
    *("overview-part-missing", "period-differs", "placeholder-left", "publication-date", "rules-without-power"),
    *("section-empty", "text-differs", "text-gap", "text-parts-sum"),
}
"""The rules whose findings are left out of the cases: the page judges numbers, and gives no other advice. Blanks it counts."""

RUN = {name: case for name, case in CASES.items() if name.partition("/")[0] not in SEVERAL_REPORTS}


def test_cases_that_are_not_run_compare_reports() -> None:
    assert {
        name for name, case in CASES.items() if case["expect"]["outcome"] == "compared"
    } == CASES.keys() - RUN.keys()


def test_findings_that_are_left_out_are_advice() -> None:
    said = {finding["rule"] for case in RUN.values() for finding in case["expect"]["findings"]}
    assert {rule for rule in said if FAMILIES[rule].authority == "advice"} - {"stale", "year-mismatch"} == ADVICE


# -- the judge -----------------------------------------------------------------------------------------


def given() -> dict[str, Any]:
    """Return the forms, and each case with its bytes."""
    forms = {edition: form_data(edition) for edition in EDITIONS}
    return {"forms": forms, "cases": [given_case(source(case), case) for case in RUN.values()]}


def given_case(data: bytes, case: Any) -> dict[str, Any]:
    return {
        "edition": edition_stated(data),
        "base64": b64encode(data).decode(),
        "asFound": case.get("as_found", False),
        "values": [*case["expect"]["values"]] if "values" in case["expect"] else None,
    }


def edition_stated(data: bytes) -> str:
    """Return the edition whose form the library would take."""
    try:
        tree, _ = parse(data)
    except Malformed:
        return "2021"
    return edition_of(edition_class(tree)).name


def expected(case: Any) -> Any:
    """Return what is expected, but for advice, with the numbers as texts."""
    expect = dict(case["expect"])
    findings = [finding for finding in expect["findings"] if finding["rule"] not in ADVICE]
    expect["findings"] = [finding | texts({side: finding[side] for side in ("left", "right")}) for finding in findings]
    return expect | ({"values": texts(expect["values"])} if "values" in expect else {})


def texts(numbers: dict[str, Any]) -> dict[str, str | None]:
    return {name: None if number is None else str(number) for name, number in numbers.items()}


def assert_as_expected(observed: Any) -> None:
    assert dict(zip(RUN, observed, strict=True)) == {name: expected(case) for name, case in RUN.items()}


@pytest.mark.browser
def test_judge_agrees_with_the_cases_under_node() -> None:
    node = shutil.which("node")
    assert node
    script = f"""
        import * as checker from "{CHECKER.as_uri()}";
        import {{ observe }} from "{OBSERVE.as_uri()}";
        import {{ readFileSync }} from "node:fs";
        const {{ forms, cases }} = JSON.parse(readFileSync(0, "utf8"));
        console.log(JSON.stringify(observe(checker, forms, cases)));
    """
    command = [node, "--input-type=module", "--eval", script]
    done = subprocess.run(  # noqa: S603 - the script is ours
        command, input=json.dumps(given()).encode(), stdout=subprocess.PIPE, check=True
    )
    assert_as_expected(json.loads(done.stdout))


@pytest.mark.browser
def test_judge_agrees_with_the_cases_in_chromium(open_page: OpenPage) -> None:
    page = open_page("<!DOCTYPE html><title>cases</title>")
    script = """
        async ([checker, observer, { forms, cases }]) => {
          const load = (source) => import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
          const { observe } = await load(observer);
          return observe(await load(checker), forms, cases);
        }
    """
    assert_as_expected(page.evaluate(script, [CHECKER.read_text("utf-8"), OBSERVE.read_text("utf-8"), given()]))
