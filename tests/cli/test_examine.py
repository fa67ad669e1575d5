"""Tests of checking one file when the library fails."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from command_line import BROKEN, SOUND
from gkformat.checks.advice import ADVICE
from gkformat.cli.app import run


def test_rule_that_fails_leaves_the_verdict_open(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def section_empty(_: object) -> Iterator[Any]:
        raise ZeroDivisionError("by hand")

    monkeypatch.setattr("gkformat.checks.check.ADVICE", (section_empty, *ADVICE))
    assert run(["check", SOUND, BROKEN]) == 2
    sound, broken = capsys.readouterr().out.split(BROKEN)
    assert "undecided (1 internal error)" in sound
    assert "the rule section-empty could not be judged (ZeroDivisionError: by hand, test_examine.py:" in sound
    assert "[internal error] the whole report" in sound
    assert "inconsistent (2 broken, 1 internal error)" in broken


def test_library_failure_stops_no_other_file(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []

    def structure(tree: Any, **options: Any) -> Any:
        calls.append(1)
        if len(calls) == 1:
            raise RuntimeError("a mistake")
        return real(tree, **options)

    from gkformat.codec.structure import structure as real  # noqa: PLC0415 - the original of what is patched

    monkeypatch.setattr("gkformat.cli.examine.structure", structure)
    for output in ("text", "json", "sarif", "junit", "github"):
        calls.clear()
        assert run(["check", BROKEN, SOUND, "--format", output]) == 2
        said = capsys.readouterr().out
        assert "RuntimeError: a mistake" in said
    assert "consistent 1" in said


@pytest.mark.parametrize(("text", "options"), [(None, []), (None, ["--as-found"]), ("{}", [])])
def test_check_parses_a_payload_once(
    text: str | None, options: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[bytes] = []

    def counted(data: bytes) -> Any:
        parsed.append(data)
        return real(data)

    from gkformat.codec.parsing import parse_exact as real  # noqa: PLC0415 - the original of what is patched

    monkeypatch.setattr("gkformat.cli.examine.parse_exact", counted)
    file = tmp_path / "file.json"
    file.write_text(text or Path(BROKEN).read_text(encoding="utf-8"), encoding="utf-8")
    assert run(["check", str(file), *options]) == 1
    assert len(parsed) == 1
