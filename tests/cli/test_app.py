"""Tests of the group of commands: help, completion, misuse, and errors that are bugs."""

import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

from command_line import SOUND
from gkformat.cli import main
from gkformat.cli.app import COMMANDS, cli, run
from gkformat.version import VERSION
from support import ROOT


@pytest.mark.parametrize("name", COMMANDS)
def test_example_of_each_command_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
) -> None:
    for folder in ("examples", "tests"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    monkeypatch.chdir(tmp_path)
    command = cli.get_command(click.Context(cli), name)
    assert command
    program, *example = shlex.split((command.help or "").splitlines()[-1])
    assert (program, example[0]) == ("gkformat", name)
    assert run(example) == (1 if name == "diagnose" else 0)  # a sound report has nothing to diagnose
    assert capsys.readouterr().out


def test_help_lists_commands_and_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    assert all(words.en in capsys.readouterr().out for words in list(COMMANDS.values())[:1])
    assert run(["--version"]) == 0
    assert VERSION in capsys.readouterr().out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script_is_printed_for_each_shell(shell: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from gkformat.cli import main; sys.exit(main())"],
        env={**os.environ, "_GKFORMAT_COMPLETE": f"{shell}_source"},
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        check=False,
    )
    assert "_GKFORMAT_COMPLETE" in done.stdout
    assert "gkformat" in done.stdout


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("ch", ["plain,check"]),
        ("check re", ["file,re"]),
        ("check x --baseline b", ["file,b"]),
        ("diff a b", ["file,b"]),
        ("check --format s", ["plain,sarif"]),
        ("chek re", ["plain,read"]),
        ("check --select bal", ["plain,balance"]),
        ("check --ignore case-total,bal", ["plain,case-total,balance"]),
        ("rules bal", ["plain,balance"]),
        ("schema --edition 2", ["plain,2019", "plain,2021"]),
    ],
)
def test_completion_knows_commands_options_and_files(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, words: str, completed: list[str]
) -> None:
    monkeypatch.setenv("_GKFORMAT_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", f"gkformat {words}")
    monkeypatch.setenv("COMP_CWORD", str(len(words.split())))
    with pytest.raises(SystemExit):
        run([])
    assert capsys.readouterr().out.splitlines() == completed


@pytest.mark.parametrize(("locale", "said"), [("C.UTF-8", "Usage: gkformat"), ("zh_CN.UTF-8", "用法：gkformat")])
def test_bare_command_greets_with_the_help_page(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, locale: str, said: str
) -> None:
    monkeypatch.setenv("LANG", locale)
    assert run([]) == 2
    greeting, err = capsys.readouterr()
    assert run(["--help"]) == 0
    assert (greeting, err) == capsys.readouterr()
    assert greeting.startswith(said)


@pytest.mark.parametrize("name", ["年报.docx", "*.json", "folder"])
def test_file_in_place_of_a_command_is_told_how_to_be_checked(
    capsys: pytest.CaptureFixture[str], working_folder: Path, name: str
) -> None:
    (working_folder / "folder").mkdir()
    assert run([name]) == 2
    assert f"to check it, run: gkformat check {name}" in capsys.readouterr().err


def test_misuse_is_reported_and_returns_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check"]) == 2
    assert run(["check", "--odd", SOUND]) == 2
    assert run(["odd"]) == 2
    assert "odd" in capsys.readouterr().err


def test_command_that_fails_says_that_it_is_a_bug(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("a mistake")

    monkeypatch.setattr("gkformat.cli.commands.diff.diff", fail)
    assert run(["diff", SOUND, SOUND]) == 2
    said = capsys.readouterr().err
    assert said.startswith("Error: a mistake in gkformat and not in a report (RuntimeError: a mistake, test_app.py:")
    assert "Traceback" not in said


def test_interrupt_ends_the_command_quietly(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("gkformat.cli.run.examine", interrupted)
    assert run(["check", SOUND]) == 128 + signal.SIGINT
    assert "interrupted" in capsys.readouterr().err
    monkeypatch.setattr("gkformat.cli.app.cli.main", interrupted)
    assert main() == 128 + signal.SIGINT


def test_commands_are_listed_and_have_modules() -> None:
    context = click.Context(cli)
    assert cli.list_commands(context) == [*COMMANDS]
    assert [name for name in COMMANDS if cli.get_command(context, name) is None] == []
    assert cli.get_command(context, "nonsense") is None


def test_unknown_command_is_misuse(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["nonsense"]) == 2
    assert "nonsense" in capsys.readouterr().err
