"""The public names: type checkers see those that exist, and each is loaded when it is used."""

import ast
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import gkformat
import gkformat.bulk
import gkformat.kirogov
import gkformat.strategies
import gkformat.views
from support import ROOT

PUBLIC_MODULES = (gkformat.bulk, gkformat.kirogov, gkformat.strategies, gkformat.views)
HEAVY = ("attr", "cattrs", "msgspec", "decimal", "json", "hypothesis", "click")


def _seen_by_type_checkers() -> dict[str, str]:
    """Return the imports of the stub: each name, and its source as `module:name`."""
    tree = ast.parse(Path(gkformat.__file__).with_suffix(".pyi").read_text(encoding="utf-8"))
    return {
        alias.asname or alias.name: f"{statement.module}:{alias.name}"
        for statement in tree.body
        if isinstance(statement, ast.ImportFrom)
        for alias in statement.names
    }


@pytest.mark.parametrize("name", gkformat.__all__)
def test_public_name_is_that_of_its_module(name: str) -> None:
    module, _, original = _seen_by_type_checkers()[name].partition(":")
    assert getattr(gkformat, name) is getattr(import_module(module), original)


def test_dir_lists_the_public_names_and_nothing_else() -> None:
    assert dir(gkformat) == sorted(gkformat.__all__)


def test_stub_has_the_public_names_and_nothing_else() -> None:
    assert _seen_by_type_checkers().keys() == {*gkformat.__all__}


def test_star_import_brings_the_public_names() -> None:
    names: dict[str, object] = {}
    exec("from gkformat import *", names)  # noqa: S102 - the statement itself is what is tested
    assert names.keys() - {"__builtins__"} == {*gkformat.__all__}


def test_api_page_lists_the_public_names_and_nothing_else() -> None:
    page = ROOT.joinpath("docs", "reference", "api.md").read_text(encoding="utf-8")
    documented = re.findall(r"^\.\. \w+:: ([\w.]+)", page, flags=re.MULTILINE)
    of_modules = tuple(f"{module.__name__}." for module in PUBLIC_MODULES)
    assert {name for name in documented if not name.startswith(of_modules)} - {"gkformat"} == {*gkformat.__all__}


def test_public_modules_list_exactly_the_documented_names() -> None:
    page = ROOT.joinpath("docs", "reference", "api.md").read_text(encoding="utf-8")
    for module in PUBLIC_MODULES:
        documented = {*re.findall(rf":: {re.escape(module.__name__)}\.(\w+)", page)}
        assert dir(module) == [*module.__all__] == sorted(documented)


@pytest.mark.parametrize("module", PUBLIC_MODULES)
def test_star_import_of_a_public_module_brings_its_names(module: ModuleType) -> None:
    names: dict[str, object] = {}
    exec(f"from {module.__name__} import *", names)  # noqa: S102 - the statement itself is what is tested
    assert {name: names[name] for name in names if name != "__builtins__"} == {
        name: getattr(module, name) for name in module.__all__
    }


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'gkformat' has no attribute 'nonsense'"):
        gkformat.nonsense  # type: ignore[attr-defined]  # noqa: B018


def test_import_of_the_package_loads_nothing_else() -> None:
    code = "import sys, gkformat; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    loaded = {name for name in done.stdout.split() if name.startswith("gkformat.") or name in HEAVY}
    assert loaded == set()
