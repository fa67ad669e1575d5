"""Tests of `main`."""

import builtins
import runpy
import sys
from typing import Any

import pytest

from command_line import SOUND
from gkformat.cli import main


def test_main_runs_the_command_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["gkformat", "check", SOUND])
    assert main() == 0
    with pytest.raises(SystemExit) as left:
        runpy.run_module("gkformat", run_name="__main__")
    assert left.value.code == 0


def test_main_without_the_extra_says_what_to_install(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without_click(name: str, *arguments: Any, **options: Any) -> Any:
        if name == "click":
            raise ImportError(name)
        return real(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", without_click)
    assert main() == 2
    assert "gkformat[cli]" in capsys.readouterr().err
