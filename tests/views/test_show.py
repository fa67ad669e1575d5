"""Tests of `show`: it prints what the command of that name prints."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from gkformat import Report2021, examine, show
from gkformat.base.words import Lang
from gkformat.cli.app import run
from gkformat.views import page
from support import CORPUS


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_show_prints_what_the_command_prints(
    lang: Lang, busy_report: Report2021, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    file = (CORPUS / "suqian-2023.json").as_posix()
    assert run(["show", file, "--lang", lang]) == 0
    by_command = capsys.readouterr().out
    show(busy_report, lang=lang)
    assert [line for line in by_command.splitlines() if file not in line] == capsys.readouterr().out.splitlines()[:-1]


def test_tables_that_do_not_fit_are_lists(
    busy_report: Report2021, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    show(busy_report, lang="zh")
    lines = capsys.readouterr().out.splitlines()
    tables = lines[lines.index("二、主动公开政府信息情况") : lines.index("四、政府信息公开行政复议、行政诉讼情况")]
    assert max(map(cell_len, tables)) <= 40
    assert f"  自然人 {busy_report.requests.newly_received.natural_person}" in "\n".join(tables)


def test_page_of_one_file(tmp_path: Path) -> None:
    file = (CORPUS / "hongze-2023.json").as_posix()
    written = tmp_path / "out.html"
    assert run(["show", file, "--html", "-o", written.as_posix(), "--lang", "zh"]) == 0
    assert written.read_text(encoding="utf-8") == page([examine(file)])
    no_report = tmp_path / "none.json"
    no_report.write_text("{}", encoding="utf-8")
    assert run(["show", no_report.as_posix(), "--html", "-o", written.as_posix()]) == 1
    assert run(["show", file, "--html", "-o", file]) == 2
