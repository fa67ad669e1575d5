"""Tests of the command `diagnose`."""

import json
import random
import sys
from pathlib import Path

import pytest

from command_line import output_of
from gkformat import Report2021
from gkformat.notation.outline import numbers
from support import CORPUS, payload, put

TOTALS = "reconsideration_and_litigation.{}.total"


def test_diagnose_numbers_equal_explanations_alike(capsys: pytest.CaptureFixture[str]) -> None:
    out = output_of(capsys, "diagnose", "--lang", "zh", str(CORPUS / "pingtan-2020.json"))
    assert "第 1 部分，不符 2 处：" in out
    assert out.count("1=  一格有误，总计随之算错：") == 2
    assert out.splitlines()[-1].strip() == "标有 = 的几种同样可能"
    assert "（一）予以公开 > 自然人  6 → 0  requests.outcomes.granted.natural_person" in out


def test_diagnose_says_that_nothing_is_broken(capsys: pytest.CaptureFixture[str]) -> None:
    out = output_of(capsys, "diagnose", "--lang", "en", str(CORPUS / "huaian-2024.json"), code=0)
    assert out.splitlines()[1:] == ["  no equation is broken"]


def test_diagnose_states_the_bound_where_it_cuts(capsys: pytest.CaptureFixture[str]) -> None:
    out = output_of(capsys, "diagnose", "--lang", "en", "--bound", "1", str(CORPUS / "pingtan-2020.json"))
    assert "there are more explanations; the first 1 are listed" in out


def test_diagnose_goes_on_after_a_malformed_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("{", encoding="utf-8")
    out = output_of(capsys, "diagnose", "--lang", "en", str(bad), str(CORPUS / "hongze-2023.json"))
    assert "malformed (1 fault)" in out
    assert "the total is 0:" in out


def test_diagnose_takes_folders_and_json_lines(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    sound, broken = ((CORPUS / f"{name}.json").read_text(encoding="utf-8") for name in ("huaian-2024", "hongze-2023"))
    Path("package.json").write_text("{}", encoding="utf-8")
    Path("all.jsonl").write_text(
        "".join(f"{json.dumps(json.loads(each))}\n" for each in (sound, broken)), encoding="utf-8"
    )
    out = output_of(capsys, "diagnose", "--lang", "en", ".").splitlines()
    assert out[0] == "all.jsonl  淮安市洪泽区人民政府 2023  inconsistent (2 broken)"
    assert out[-1] == "1 file(s) passed over that hold no report: package.json"
    listed = json.loads(output_of(capsys, "diagnose", "--format", "json", "."))["files"]
    assert [(item["file"], item["conclusion"]) for item in listed] == [
        ("all.jsonl", "inconsistent"),
        ("package.json", "not-a-report"),
    ]
    Path("all.jsonl").unlink()
    assert output_of(capsys, "diagnose", "--lang", "en", ".", code=2).splitlines() == out[-1:]


def test_diagnose_as_json_has_every_change(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("{", encoding="utf-8")
    out = output_of(capsys, "diagnose", "--format", "json", str(bad), str(CORPUS / "hongze-2023.json"))
    malformed, broken = json.loads(out)["files"]
    assert (malformed["diagnosis"], malformed["faults"][0]["rule"]) == (None, "not-json")
    first = broken["diagnosis"]["components"][0]["diagnoses"][0]
    assert (first["cost"]["slips"], first["equals"], first["leaves"]) == (1, 1, [])
    [change] = first["slips"][0]["changes"]
    assert (change["at"], change["found"], change["proposed"]) == (TOTALS.format("reconsideration"), 0, 11)


def write_garbled(tmp_path: Path, seed: int, share: float) -> str:
    """Return a report in which this share of the numbers is random."""
    chance = random.Random(seed)
    tree = payload("suqian-2023")
    for at in numbers(Report2021):
        if chance.random() < share and at != FEES:
            put(tree, at, chance.randrange(5000))
    file = tmp_path / "garbled.json"
    file.write_text(json.dumps(tree), encoding="utf-8")
    return str(file)


FEES = "proactive_disclosure.fees.administrative_fees.amount_wan_yuan"


@pytest.mark.parametrize(
    ("seed", "share", "words"),
    [(0, 0.05, "no explanation was found"), (1, 0.1, "    leaves ")],
)
def test_diagnose_without_the_solver_says_what_it_did_not_find(
    seed: int,
    share: float,
    words: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "highspy", None)
    out = output_of(capsys, "diagnose", "--lang", "en", write_garbled(tmp_path, seed, share))
    assert words in out
    assert "gkformat[diagnose]" in out
