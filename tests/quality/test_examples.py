"""The examples: each script is run, and each payload is loaded."""

import json
import runpy
from pathlib import Path

import pytest

from gkformat import Inconsistent, Report2021, cells, check, dumps, load
from support import CORPUS, ROOT

EXAMPLES = ROOT / "examples"
SCRIPTS = sorted(path for path in EXAMPLES.glob("*/*.py") if path.stem == path.parent.name)
FOLDERS = sorted(path.parent for path in EXAMPLES.glob("*/README.md"))
PAYLOADS = sorted(EXAMPLES.glob("*.json"))

WRONG_TOTALS = [
    "reconsideration_and_litigation.reconsideration.total",
    "reconsideration_and_litigation.litigation.after_reconsideration.total",
]

PRINTED = {
    "as_found": [
        "2 broken equation(s)",
        "各项之和为 11，总计填 0，相差 +11",
        "declares:",
        f"{WRONG_TOTALS[0]} [case-total] 11 against 0",
        f"{WRONG_TOTALS[1]} [case-total] 5 against 0",
        "requests.outcomes.other_handling (merged)",
        "Verdict: inconsistent",
        "it is the same: True",
    ],
    "build_report": [
        "平潭综合实验区管委会 2024: consistent",
        "newly received, in all: 218",
        "outcomes, in all:       218",
        "carried forward:        0",
        "cases reconsidered:     7",
    ],
    "own_rule": [
        "淮安市人民政府 2024: consistent, 0 finding(s)",
        "淮安市洪泽区人民政府 2023: inconsistent, 3 finding(s)",
        "advice: requests.outcomes.unavailable [mostly-unavailable]",
        "无法提供 13 件，多于其余各种结果之和 8 件",
        "13 requests could not be met",
    ],
    "own_converter": [
        "A row: [3001, 53, 0, 0, 61, 4, 3119]",
        "Read back, it is the same: True",
        "Rows written as objects are still read: True",
        "3 fault(s)",
        "/received [wrong-type]",
        "/report/requests/newly_received [wrong-type]",
        "seven numbers",
        "/report/requests/brought_forward/legal_person/research_institution [wrong-type]",
    ],
}
"""Parts of the output of scripts, in order."""


# -- scripts -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "script", [script for script in SCRIPTS if script.stem in PRINTED], ids=lambda script: script.stem
)
def test_script_prints_what_it_shows(
    script: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)  # a script finds its payloads wherever it is started
    runpy.run_path(str(script), run_name="__main__")
    rest = capsys.readouterr().out
    assert rest
    for line in PRINTED[script.stem]:
        assert line in rest
        rest = rest.partition(line)[2]


def test_all_scripts_are_found() -> None:
    assert {script.stem for script in SCRIPTS} >= PRINTED.keys()


def test_readme_names_every_folder_and_payload() -> None:
    text = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    folders = [f"[`{path.name}/`]({path.name}/)" for path in EXAMPLES.iterdir() if path.is_dir()]
    assert [
        link for link in (*folders, *(f"[`{path.name}`]({path.name})" for path in PAYLOADS)) if link not in text
    ] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_folder_can_be_copied(folder: Path) -> None:
    assert len(list(folder.glob("test_*.py"))) == 1
    assert "../" not in "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.*"))
    for payload in folder.glob("*.json"):
        assert payload.read_bytes() == (EXAMPLES / payload.name).read_bytes()


def test_built_report_has_the_published_figures() -> None:
    built = runpy.run_path(str(EXAMPLES / "build_report" / "build_report.py"))["build"]()
    assert list(check(built)) == []
    assert cells(built) == cells(load(CORPUS / "pingtan-2024.json"))


# -- payloads ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda payload: payload.stem)
def test_payload_is_written_as_the_library_writes(payload: Path) -> None:
    text = payload.read_text(encoding="utf-8")
    tree = json.loads(dumps(load(payload, as_found=True)))
    tree["discrepancies"] = []
    assert text == json.dumps(tree, ensure_ascii=False, indent=2) + "\n"


def test_blank_loads_strictly() -> None:
    blank = load(EXAMPLES / "blank.json", Report2021)
    assert set(cells(blank).values()) == {0}
    assert not check(blank).broken
    assert not check(blank).undecided


def test_complete_has_no_findings() -> None:
    report = load(EXAMPLES / "complete.json", Report2021)
    assert list(check(report)) == []
    assert all((report.preface, report.overview, report.problems_and_improvements, report.other_matters))
    assert "信息处理费3940元" in report.other_matters
    assert cells(report) == cells(load(CORPUS / "huaian-2024.json"))


def test_broken_is_refused_with_its_two_findings() -> None:
    with pytest.raises(Inconsistent) as refused:
        load(EXAMPLES / "broken.json")
    found = [(finding.rule, finding.at, finding.left, finding.right) for finding in refused.value.findings]
    assert found == [("case-total", WRONG_TOTALS[0], 11, 0), ("case-total", WRONG_TOTALS[1], 5, 0)]
    published = load(CORPUS / "hongze-2023.json", as_found=True)
    assert cells(load(EXAMPLES / "broken.json", as_found=True)) == cells(published)
