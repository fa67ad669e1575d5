"""What may be said in one place only: the names of fields in the forms, the ways to leave a cell empty."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gkformat import EDITIONS
from gkformat.notation.outline import nodes
from support import ROOT

pytestmark = pytest.mark.source

PACKAGE = ROOT / "src" / "gkformat"
MAY_NAME_FIELDS = ("forms/", "kirogov.py", "strategies.py")
"""The forms themselves; the vocabulary of another program; strategies, whose public names are those of tables."""

ADDRESSES = {at for edition in EDITIONS.values() for at in nodes(edition.report) if len(at.steps) > 1}
FIELDS = {step for at in ADDRESSES for step in at.steps if "_" in step}
"""Names that cannot be mistaken for common words."""


def _sources() -> Iterator[Path]:
    return (path for path in sorted(PACKAGE.rglob("*.py")))


def _strings(source: str) -> Iterator[str]:
    """Yield the strings of a module that are not docstrings."""
    tree = ast.parse(source)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def fields_named(path: Path, source: str) -> set[str]:
    """Return the fields of forms that a module names although it must not know any form."""
    place = path.relative_to(PACKAGE).as_posix()
    return set() if place.startswith(MAY_NAME_FIELDS) else (FIELDS | ADDRESSES).intersection(_strings(source))


@pytest.mark.parametrize("path", [*_sources()], ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_module_names_no_field_of_a_form(path: Path) -> None:
    assert fields_named(path, path.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize("seeded", ['x = "requests.carried_forward"', 'getattr(report.requests, "carried_forward")'])
def test_field_that_is_named_above_the_forms_is_found(seeded: str) -> None:
    assert fields_named(PACKAGE / "comparison" / "series.py", f'"""In words: carried_forward."""\n{seeded}\n')
    assert not fields_named(PACKAGE / "forms" / "relations.py", seeded)


BLANK_WORD = re.compile(r"(^|\W)(不适用|不涉及|N/\??A)(\W|$)")


def readers_of_blanks(sources: dict[Path, str]) -> set[str]:
    """Return the modules that know in which words a cell is left empty."""
    return {
        path.relative_to(PACKAGE).as_posix()
        for path, source in sources.items()
        for text in _strings(source)
        if BLANK_WORD.search(text)
    }


def test_text_of_a_cell_is_read_in_one_place() -> None:
    sources = {path: path.read_text(encoding="utf-8") for path in _sources()}
    known = {"notation/cell_text.py", "strategies.py"}  # the strategies write such cells
    assert readers_of_blanks(sources) == known
    seeded = {PACKAGE / "kirogov.py": 'BLANK = {"", "/", "不适用"}'}
    assert readers_of_blanks(seeded) == {"kirogov.py"}


def test_names_are_those_of_the_forms() -> None:
    assert {"carried_forward", "newly_received", "in_force"} <= FIELDS
    assert "requests.newly_received.total" in ADDRESSES
