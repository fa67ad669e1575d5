"""Rules of one's own: functions of a module that the user names, judged beside those of the library.

They are guarded like the library's own advice: one that fails is a finding, and the others still run. No rule is ever
found by itself, because it happens to be installed.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any, get_type_hints

from gkformat.base.errors import cut_short
from gkformat.base.families import FAMILIES, Family
from gkformat.base.findings import Finding, Findings
from gkformat.base.frozen import frozen
from gkformat.base.words import NO_WORDS, Words
from gkformat.checks.check import internal_error
from gkformat.cli.errors import CliError, with_prefix
from gkformat.forms.editions import EDITIONS
from gkformat.judgement.judge import in_order
from gkformat.notation.outline import nodes

Advise = Callable[[Any], Iterable[Finding]]
"""A rule: a function from a report to findings."""


@frozen
class OwnRule:
    """A rule of one's own: its family, and its function, which is for the reports of one class, or for all."""

    family: Family
    advise: Advise
    report_class: type = object

    def findings(self, report: Any) -> list[Finding]:
        """Return what the rule finds in a report. If its code fails, or gives what is no advice, that is a finding."""
        if not isinstance(report, self.report_class):
            return []
        try:
            return [self._checked(item, report) for item in self.advise(report)]
        except Exception as error:  # noqa: BLE001 - no error may keep the other rules from running
            name = Words(f"自定规则 {self.family.rule} ", f"your rule {self.family.rule}")
            return [internal_error(name, error)]

    def _checked(self, item: Any, report: Any) -> Finding:
        if not isinstance(item, Finding) or not isinstance(item.text, Words):
            raise TypeError(f"not a Finding with Words: {cut_short(repr(item))}")
        for name, expected, found in (
            ("rule", [self.family.rule], item.rule),
            ("severity", ["advice"], item.severity),
            ("at", nodes(type(report)), item.at),
        ):
            if found not in expected:
                known = f", expected {expected[0]!r}" if isinstance(expected, list) else ", not an address of the form"
                raise ValueError(f"{name}={cut_short(repr(found))}{known}")
        return item


def judged_with(own: Sequence[OwnRule], judge: Callable[[Any], Findings]) -> Callable[[Any], Findings]:
    """Return how a report is judged by the library and by rules of one's own."""
    if not own:
        return judge

    def judge_all(report: Any) -> Findings:
        found = [finding for rule in own for finding in rule.findings(report)]
        return in_order(type(report), [*judge(report), *found])

    return judge_all


# -- loading -------------------------------------------------------------------------------------------


def load_own_rules(names: Iterable[str], folders: Iterable[Path]) -> tuple[OwnRule, ...]:
    """Load the rules of modules: files that end in `.py`, or names that are looked for in these folders first.

    Raises `CliError` for a module that cannot be loaded, and for what cannot be a rule.
    """
    rules: dict[str, OwnRule] = {}
    for name in names:
        with _importable(folders):
            module = _load(name)
        for advise in _functions(name, module):
            rule = _rule(name, advise)
            if rule.family.rule in {**FAMILIES, **rules}:
                raise CliError(with_prefix(name, _TAKEN.format(rule=rule.family.rule)))
            rules[rule.family.rule] = rule
    return tuple(rules.values())


@contextmanager
def _importable(folders: Iterable[Path]) -> Iterator[None]:
    """Look for modules in these folders first, and only meanwhile: later, they could stand before those of others."""
    before = list(sys.path)
    sys.path[:0] = map(str, folders)
    try:
        yield
    finally:
        sys.path[:] = before


def _load(name: str) -> ModuleType:
    try:
        return _load_file(Path(name)) if name.endswith(".py") else import_module(name)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - it may raise whatever it likes
        said = f"{type(error).__name__}: {error}"
        raise CliError(with_prefix(name, _NOT_LOADED.format(said=cut_short(said)))) from None


def _load_file(file: Path) -> ModuleType:
    spec = spec_from_file_location(f"gkformat_rules_{file.stem}", file)
    if spec is None or spec.loader is None:
        raise ImportError(file.as_posix())
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _functions(name: str, module: ModuleType) -> Sequence[Advise]:
    listed = getattr(module, "RULES", None)
    if not isinstance(listed, (list, tuple)) or not listed or not all(hasattr(each, "__name__") for each in listed):
        raise CliError(with_prefix(name, _NO_RULES))
    return listed


def _rule(module: str, advise: Advise) -> OwnRule:
    """Return the rule of a function, which has its name, and its docstring as a title."""
    name = advise.__name__.strip("_").replace("_", "-").lower()
    title = next(iter((advise.__doc__ or name).strip().splitlines()))
    family = Family(name, "advice", Words(title, title), NO_WORDS)
    try:
        hints = [hint for parameter, hint in get_type_hints(advise).items() if parameter != "return"]
    except Exception as error:  # noqa: BLE001 - an annotation may be any expression
        raise CliError(with_prefix(module, _NOT_LOADED.format(said=f"{name}: {error}"))) from None
    classes = [edition.report for edition in EDITIONS.values()]
    return OwnRule(family, advise, hints[0] if hints and hints[0] in classes else object)


_NOT_LOADED = Words("规则模块无法载入（{said}）", "the module of rules cannot be loaded ({said})")
_NO_RULES = Words(
    "规则模块应有 RULES：函数的元组，每个函数由一份报告给出 Finding",
    "a module of rules has RULES: a tuple of functions, each from a report to findings",
)
_TAKEN = Words("已有名为 {rule} 的规则，请另取函数名", "there is a rule named {rule} already; rename the function")
