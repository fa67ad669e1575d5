"""The public names: what type checkers see is what is there, and nothing is loaded before it is used."""

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import gkformat

HEAVY = ("attr", "cattrs", "msgspec", "decimal", "json", "hypothesis", "click")


def _seen_by_type_checkers() -> dict[str, str]:
    """The imports of the block that is never run: each name, and where it comes from."""
    tree = ast.parse(Path(gkformat.__file__).read_text(encoding="utf-8"))
    (block,) = (node for node in tree.body if isinstance(node, ast.If) and isinstance(node.test, ast.Name))
    return {
        alias.asname or alias.name: f"{statement.module}:{alias.name}"
        for statement in block.body
        if isinstance(statement, ast.ImportFrom)
        for alias in statement.names
    }


def test_all_tables_of_names_agree() -> None:
    homes = {name: home if ":" in home else f"{home}:{name}" for name, home in gkformat._HOMES.items()}
    assert {name: f"gkformat.{home}" for name, home in homes.items()} == _seen_by_type_checkers()
    assert gkformat._HOMES.keys() == {*gkformat.__all__}


@pytest.mark.parametrize("name", gkformat.__all__)
def test_a_name_is_what_its_module_has(name: str) -> None:
    module, _, original = _seen_by_type_checkers()[name].partition(":")
    assert getattr(gkformat, name) is getattr(import_module(module), original)
    assert name in dir(gkformat)


def test_a_star_brings_them_all() -> None:
    names: dict[str, object] = {}
    exec("from gkformat import *", names)  # noqa: S102 - the statement itself is what is tested
    assert names.keys() - {"__builtins__"} == {*gkformat.__all__}


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'gkformat' has no attribute 'nonsense'"):
        gkformat.nonsense  # type: ignore[attr-defined]  # noqa: B018


def test_a_function_keeps_its_name_when_a_module_of_that_name_is_loaded() -> None:
    code = "import gkformat.forms.y2021; import gkformat.notation.domains; print(gkformat.cells.__module__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout == "gkformat.judgement.revision\n"


def test_importing_the_package_loads_nothing_else() -> None:
    code = "import sys, gkformat; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    loaded = {name for name in done.stdout.split() if name.startswith("gkformat.") or name in HEAVY}
    assert loaded == set()
