"""The examples do what they say: each script is run, each payload loaded, the web handler asked."""

import json
import runpy
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from gkformat import Inconsistent, Report2021, cells, check, dumps, load

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "examples"
SCRIPTS = sorted(EXAMPLES.glob("*.py"))
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
    "decade": [
        "edition 2019: 80 consistent",
        "edition 2021: 320 consistent",
        "2028 (edition 2021): 40 bodies received 6229 requests",
        "第17区人民政府: 2023 carried 3 forward, 2024 brought 2 forward",
        "第6区人民政府: 2023 carried 7 forward, 2024 brought 6 forward",
        "The library finds the same: True",
    ],
    "web_handler": [
        "complete.json: 200 consistent",
        "broken.json: 422",
        "/reconsideration_and_litigation/reconsideration/total [case-total]",
        "/reconsideration_and_litigation/litigation/after_reconsideration/total [case-total]",
        "a list: 422",
        "(root) [wrong-type]",
    ],
}
"""What matters of the output of each script, in its order. A script that is not listed must still run and print."""


# -- scripts -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_script_prints_what_it_shows(
    script: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)  # a script finds its payloads wherever it is started
    runpy.run_path(str(script), run_name="__main__")
    rest = capsys.readouterr().out
    assert rest
    for line in PRINTED.get(script.stem, []):
        assert line in rest
        rest = rest.partition(line)[2]


def test_all_scripts_are_found() -> None:
    assert {script.stem for script in SCRIPTS} >= PRINTED.keys()


def test_readme_names_every_example() -> None:
    text = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in (*SCRIPTS, *PAYLOADS) if f"[`{path.name}`]({path.name})" not in text] == []


def test_built_report_has_the_published_figures() -> None:
    built = runpy.run_path(str(EXAMPLES / "build_report.py"))["build"]()
    assert list(check(built)) == []
    assert cells(built) == cells(load(HERE / "corpus" / "pingtan-2024.json"))


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
    assert cells(report) == cells(load(HERE / "corpus" / "huaian-2024.json"))


def test_broken_is_refused_with_its_two_findings() -> None:
    with pytest.raises(Inconsistent) as refused:
        load(EXAMPLES / "broken.json")
    found = [(finding.rule, finding.at, finding.left, finding.right) for finding in refused.value.findings]
    assert found == [("case-total", WRONG_TOTALS[0], 11, 0), ("case-total", WRONG_TOTALS[1], 5, 0)]
    published = load(HERE / "corpus" / "hongze-2023.json", as_found=True)
    assert cells(load(EXAMPLES / "broken.json", as_found=True)) == cells(published)


# -- the web handler -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def handler() -> dict[str, Any]:
    return runpy.run_path(str(EXAMPLES / "web_handler.py"))


@pytest.fixture
def client(handler: dict[str, Any]) -> FlaskClient:
    app = handler["create_app"]()
    app.testing = True  # an exception that the handler does not answer fails the test
    test_client: FlaskClient = app.test_client()
    return test_client


@pytest.fixture
def payload() -> dict[str, Any]:
    tree: dict[str, Any] = json.loads((EXAMPLES / "complete.json").read_bytes())
    return tree


def test_sound_report_is_answered_with_its_verdict(client: FlaskClient, payload: dict[str, Any]) -> None:
    response = client.post("/reports", json=payload)
    assert (response.status_code, response.mimetype) == (200, "application/json")
    assert response.get_json() == {"verdict": "consistent", "findings": []}


def test_declared_discrepancies_are_accepted_and_named(client: FlaskClient) -> None:
    held = load(EXAMPLES / "broken.json", as_found=True)
    response = client.post("/reports", data=dumps(held))
    body = response.get_json()
    assert (response.status_code, body["verdict"]) == (200, "inconsistent")
    assert [(finding["at"], finding["declared"]) for finding in body["findings"]] == [(at, True) for at in WRONG_TOTALS]


def test_malformed_report_is_answered_with_every_fault(client: FlaskClient, payload: dict[str, Any]) -> None:
    del payload["year"]
    payload["requests"]["newly_received"]["natural_person"] = "3001"
    payload["requests"]["brought_forward"]["subtotal"] = 0
    payload["reconsideration_and_litigation"]["reconsideration"]["total"] = 350
    response = client.post("/reports", json=payload)
    assert response.status_code == 422
    body = response.get_json()
    assert [(fault["rule"], fault["at"], fault["pointer"]) for fault in body["faults"]] == [
        ("missing", "year", "/year"),
        ("wrong-type", "requests.newly_received.natural_person", "/requests/newly_received/natural_person"),
        ("unknown-key", "requests.brought_forward", "/requests/brought_forward/subtotal"),
    ]
    assert [(finding["rule"], finding["at"], finding["pointer"]) for finding in body["findings"]] == [
        ("case-total", WRONG_TOTALS[0], "/" + WRONG_TOTALS[0].replace(".", "/"))
    ]
    assert body["omitted"] == 0
    for problem in (*body["faults"], *body["findings"]):
        assert problem["message"].keys() == {"zh", "en"}
        assert all(problem["message"].values())


def test_inconsistent_report_is_answered_with_every_finding(client: FlaskClient) -> None:
    response = client.post("/reports", data=(EXAMPLES / "broken.json").read_bytes())
    assert response.status_code == 422
    body = response.get_json()
    assert body["faults"] == []
    assert [finding["at"] for finding in body["findings"]] == WRONG_TOTALS
    assert [finding["pointer"] for finding in body["findings"]] == ["/" + at.replace(".", "/") for at in WRONG_TOTALS]
    assert body["findings"][0]["message"] == {
        "zh": "各项之和为 11，总计填 0，相差 +11",
        "en": "the parts add up to 11, the total says 0, difference +11",
    }


@pytest.mark.parametrize("body", [b"", b"\xff", b"{", b"null", b'{"edition": "2021", "edition": "2021"}'])
def test_any_other_body_is_answered(client: FlaskClient, body: bytes) -> None:
    response = client.post("/reports", data=body)
    assert response.status_code == 422
    assert response.get_json()["faults"]


def test_too_large_a_body_is_refused_unread(handler: dict[str, Any], client: FlaskClient) -> None:
    largest = handler["LARGEST"]
    assert client.post("/reports", data=b" " * largest).status_code == 422
    assert client.post("/reports", data=b" " * (largest + 1)).status_code == 413
