"""Tests of the language of messages."""

import pytest

from command_line import SOUND
from gkformat.cli.app import run


@pytest.mark.parametrize(("locale", "word"), [("zh_CN.UTF-8", "一致"), ("de_DE.UTF-8", "consistent"), ("", "一致")])
def test_language_is_that_of_the_locale(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, locale: str, word: str
) -> None:
    monkeypatch.setenv("LANG", locale)
    monkeypatch.setattr("locale.getlocale", lambda: ("Chinese (Simplified)_China", "936"))
    run(["check", SOUND])
    assert word in capsys.readouterr().out
