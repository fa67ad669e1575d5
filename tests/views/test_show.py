"""Tests of `show`: it prints what the command of that name prints."""

import pytest

from gkformat import Report2021, show
from gkformat.base.words import Lang
from gkformat.cli.app import run
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
