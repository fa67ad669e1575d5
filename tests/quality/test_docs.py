"""The documentation: pages are up to date, links lead somewhere, and what they show is true."""

import os
import re
import runpy
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import gkformat
from gkformat import Report2021
from support import ROOT

DOCS = ROOT / "docs"
READMES = ("README.md", "README.zh-CN.md")
CHINESE = sorted(DOCS.rglob("*.zh-CN.md"))
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


# -- the pages that are built --------------------------------------------------------------------------


@pytest.fixture
def built() -> Path:
    """Return the folder of the HTML pages that `nox -s docs` has built."""
    return DOCS / "_build" / "html"


@pytest.mark.sphinx
def test_api_page_has_an_entry_for_every_public_name(built: Path) -> None:
    html = (built / "reference" / "api.html").read_text(encoding="utf-8")
    assert [name for name in gkformat.__all__ if f'id="gkformat.{name}"' not in html] == []


@pytest.mark.sphinx
def test_form_page_shows_every_blank_of_the_form(built: Path) -> None:
    html = (built / "reference" / "form-2021.html").read_text(encoding="utf-8")
    found = re.findall(r'<td[^>]* data-address="([^"]*)"', html)
    assert sorted(found) == sorted(gkformat.cells(gkformat.load(ROOT / "tests" / "corpus" / "suqian-2023.json")))
    for address in found:
        assert gkformat.label(Report2021, address)


@pytest.mark.sphinx
def test_pages_name_their_language(built: Path) -> None:
    for path in PAGES:
        if path.is_relative_to(DOCS):
            html = built / path.relative_to(DOCS).with_suffix(".html")
            language = "zh-CN" if path in CHINESE else "en"
            assert f'<html class="no-js" lang="{language}"' in html.read_text(encoding="utf-8"), path


@pytest.mark.source
def test_generated_pages_are_fresh() -> None:
    pages: dict[str, str] = runpy.run_path(str(DOCS / "generate.py"))["pages"]()
    stale = [path for path, text in pages.items() if page(f"docs/{path}") != text]
    assert not stale, "run: python docs/generate.py"


# -- the README ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", READMES)
def test_readme_shows_what_its_first_command_prints(name: str) -> None:
    first, *_ = blocks(page(name), "sh")
    shown, *_ = blocks(page(name), "text")
    program, *arguments = shlex.split(first.rpartition("&&")[2])
    assert program == ".venv/bin/gkformat"
    done = subprocess.run(  # noqa: S603 - what the README shows
        [sys.executable, "-m", "gkformat", *arguments],
        cwd=ROOT,
        env={**os.environ, "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.stdout, done.stderr, done.returncode) == (shown, "", 0)


def test_readmes_say_the_same() -> None:
    english, chinese = (page(name) for name in READMES)
    assert blocks(english, "python") == blocks(chinese, "python")
    assert blocks(english, "sh")[1:] == blocks(chinese, "sh")[1:]
    marks = [re.findall(r"^(#+ |- |\*\*)", text, flags=re.MULTILINE) for text in (english, chinese)]
    assert marks[0] == marks[1]


@pytest.mark.parametrize("path", CHINESE, ids=lambda path: path.stem)
def test_chinese_page_and_its_english_page_lead_to_each_other(path: Path) -> None:
    english = path.with_name(path.name.replace(".zh-CN", ""))
    assert f"[English]({english.name})" in path.read_text(encoding="utf-8")
    assert f"]({path.name})" in english.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [ROOT / "README.zh-CN.md", *CHINESE], ids=lambda path: path.stem)
def test_chinese_paragraph_stands_in_one_line(path: Path) -> None:
    """A browser shows the end of a line as a space, which Chinese does not have between words."""
    prose = re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    assert re.findall(r"[\u3001-\u9fff\uff01-\uffef]\n *(?![-|>#:\s]).+", prose) == []


def test_tutorials_show_the_same() -> None:
    both = (blocks(page(f"docs/{name}"), "python") for name in ("tutorial.md", "tutorial.zh-CN.md"))
    english, chinese = ([_code(block) for block in found] for found in both)
    assert english == chinese


def _code(block: str) -> list[str]:
    """Return the lines of a block that are run; messages may be asked for in either language."""
    code = [line for line in block.splitlines() if line.startswith((">>> ", "... "))] or block.splitlines()
    return [line.replace('message("en")', "message()") for line in code]


# -- all pages -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?:)([^)#\s]+)[^)]*\)", text)
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_contributing_lists_packages_in_the_order_of_the_contract() -> None:
    contracts = tomllib.loads(page("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    (contract,) = [contract for contract in contracts if contract["containers"] == ["gkformat"]]
    packages = [package for layer in contract["layers"] for package in layer.split(" | ")]
    table = page("CONTRIBUTING.md").partition("| package | holds |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| `(\w+)` \|", table, flags=re.MULTILINE) == [
        package for package in packages if package not in _SMALL
    ]


_SMALL = ("__main__", "version")
