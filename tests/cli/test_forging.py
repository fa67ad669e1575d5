"""Laws of output: no text from a file, and no name of one, makes a line, a command or a colour of its own."""

import io
import json
import os
import re
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from unicodedata import category
from xml.etree import ElementTree as ET

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

import papers
from command_line import TOTAL
from gkformat import loads
from gkformat.cli.app import run
from gkformat.views.lines import Command, harmless
from support import payload, put

FEWER = settings(max_examples=max(3, settings().max_examples // 10), phases=[Phase.explicit, Phase.generate])
"""Fewer examples, and no smaller ones, for each runs every command."""

PIECES = (
    *("局", "年报", " ", "::error file=x::forged", "##[error]forged", "##vso[task.complete]", "%0A::error::x"),
    *("\n", "\r\n", "\t", "\x0b", "\x85", "\u2028", "\u2029", "\x1b[32m", "\x1b[0m", "\x1b]0;t\x07", "\x9b2J"),
    *("\u202e", "\u2066", "\u200b", "\ufeff", "]]>", "<!--", '"', "\\", "{", "\U000e0041", "file(s): consistent"),
)
hostile = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join) | st.text(
    st.characters(exclude_characters="\0/", categories=["Cc", "Cf", "Zl", "Zp", "Zs", "Po", "Mn", "So"]),
    min_size=1,
    max_size=8,
)
STYLE = re.compile("\x1b\\[[0-9]+m")


def write_reports(folder: Path, text: str, name: str) -> list[str]:
    """Write a report, an inconsistent one, a malformed one, a document and a baseline, with the text where it can be."""
    report, broken, malformed = (payload("suqian-2023") for _ in range(3))
    for each in (report, broken, malformed):
        each["agency"] = f"某{text}局"
        each["preface"] = f"{text}。本年新收政府信息公开申请999999件。{text}"
    put(report, "requests.newly_received.natural_person", 0)
    report["marks"] = [{"at": "requests.newly_received.natural_person", "kind": "unreadable", "text": f"7 46 {text}"}]
    put(broken, TOTAL, 7)
    put(malformed, f"requests.{text.replace('.', '')}", text)
    malformed["year"] = text
    for number, each in enumerate((report, broken, malformed)):
        (folder / f"{name}{number}.json").write_text(json.dumps(each), encoding="utf-8")
    page = papers.as_html(papers.document(loads(payload("suqian-2024")))).replace("3440", "3x" + escape(text))
    (folder / f"{name}3.html").write_text(page, encoding="utf-8", errors="replace")
    entry = {"report": f"{text} 2023", "at": text, "rule": text, "values": text}
    (folder / "baseline").write_text(json.dumps({"accepted": [entry]}), encoding="utf-8")
    return [f"{name}{number}.json" for number in range(3)] + [f"{name}3.html"]


def outputs(text: str, name: str) -> list[tuple[str, str]]:
    """Run commands in a folder of reports, and return what was done and what each printed."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("FORCE_COLOR", "1")
        patch.setenv("COLUMNS", "100")
        sound, broken, malformed, page = write_reports(Path(folder), text, name)
        everything = ["--", sound, broken, malformed, page, f"{name}none"]
        commands = [
            ["check", "--baseline", "baseline", *everything],
            ["check", "--format", "github", "--baseline", "baseline", *everything],
            ["check", "--parts-of", broken, "--expected", text, "--", sound],
            ["check", "--select", text, "--", sound],
            *(["show", "--", file] for file in (sound, broken, malformed)),
            ["diagnose", *everything],
            ["diff", "--", sound, broken],
            ["diff", "--", sound, malformed],
            ["read", "-o", "out", *everything],
            ["consolidate", "--agency", "甲", "--year", "2023", "-o", "sum", "--", sound],
            [text],
        ]
        return [(" ".join(arguments[:3]), printed(arguments)) for arguments in commands]


@cache
def harmless_outputs() -> list[tuple[str, str]]:
    """Return what the same commands print for a harmless text."""
    return outputs("局", "x")


def printed(arguments: list[str]) -> str:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        run(arguments)
    return f"{out.getvalue()}{err.getvalue()}"


@FEWER
@given(hostile, hostile.map(lambda text: text.encode()[:60].decode(errors="ignore").strip() or "x"))
@example("".join(PIECES), "::error::x\n\x1b[32m\u202e\u2028##[x]")
def test_no_text_makes_a_line_a_command_or_a_colour(text: str, name: str) -> None:
    for (arguments, said), (_, expected) in zip(outputs(text, name), harmless_outputs(), strict=True):
        lines = said.splitlines()
        assert len(lines) == said.count("\n"), arguments
        assert len(lines) == len(expected.splitlines()), arguments
        assert len(STYLE.findall(said)) == len(STYLE.findall(expected)), arguments
        plain = [STYLE.sub("", line) for line in lines]
        commands = [line for line in plain if line.lstrip().startswith("::") or re.search(r"##\w*\[", line)]
        assert len(commands) == len(re.findall("^::", expected, re.MULTILINE)), arguments
        assert not {sign for line in plain for sign in line if category(sign) in {"Cc", "Cf", "Zl", "Zp"}}, arguments


@FEWER
@given(hostile, st.sampled_from(["\udcff", "年报\udcb3"]))
@example("".join(PIECES), "\udcff")
def test_files_for_programs_stay_well_formed(text: str, name: str) -> None:
    if os.name != "posix":
        name = "x"
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        files = write_reports(Path(folder), text, name)
        for output in ("json", "sarif"):
            assert json.loads(printed(["check", "--format", output, *files]))
        for line in printed(["check", "--format", "jsonl", *files]).splitlines():
            assert json.loads(line)
        assert json.loads(printed(["diagnose", "--format", "json", *files]))
        assert ET.fromstring(printed(["check", "--format", "junit", *files]))  # noqa: S314 - our own
        found = json.loads(printed(["check", "--format", "json", files[0]]))["files"][0]
        assert (found["agency"], found["file"]) == (f"某{text}局", files[0].encode(errors="backslashreplace").decode())
        assert run(["check", "--write-baseline", "accepted", *files]) == 0
        assert run(["check", "--baseline", "accepted", *files]) == 0


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("  ::error::x", "  \\u003a:error::x"),
        ("\x1b[1m::add-mask::x\x1b[0m", "\x1b[1m\\u003a:add-mask::x\x1b[0m"),
        ("a ##[stop-commands]x ##vso[x]", "a \\u0023#[stop-commands]x \\u0023#vso[x]"),
        ("第一项::第二项 # ## 标题", "第一项::第二项 # ## 标题"),
        ("\x1b[32m绿\x1b[0m\x1b[8m", "\x1b[32m绿\x1b[0m\\u001b[8m"),
    ],
)
def test_only_our_commands_and_colours_act(line: str, shown: str) -> None:
    assert harmless(line) == shown
    assert harmless(Command("::error::x\n")) == "::error::x\\n"
