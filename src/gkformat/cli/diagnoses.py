"""Diagnoses as lines of text for people, and as plain values for JSON."""

from collections.abc import Iterator, Sequence
from typing import Any

from click import style

from gkformat.base.words import COLON, LANGUAGES, NO_WORDS, SEMICOLON, Lang, Words
from gkformat.codec import unstructure
from gkformat.diagnosis.diagnose import Component, Diagnoses, Diagnosis, diagnose
from gkformat.diagnosis.slips import Change, Slip
from gkformat.forms import editions

_COMPONENT = Words("第 {number} 部分，不符 {broken} 处：", "part {number}, {broken} broken equation(s):")
_NOTHING = Words("没有不成立的等式", "no equation is broken")
_UNEXPLAINED = Words("没有找到解释", "no explanation was found")
_LEAVES = Words("仍有 {count} 处不符", "leaves {count} broken")
_EQUALLY = Words("标有 = 的几种同样可能", "those marked = are equally likely")
_TRUNCATED = Words("解释不止这些，只列出前 {bound} 种", "there are more explanations; the first {bound} are listed")
_BEST = Words("可能有误：{slips}{rest}", "probably wrong: {slips}{rest}")
_EQUALS = Words("（另有 {count} 种同样可能）", " ({count} more equally likely)")
_OTHERS = Words("（另有 {count} 种可能）", " ({count} more possible)")
_CELLS = Words(" 等 {count} 格", " and {count} cells in all")
_MORE = Words("…… 另有 {count} 部分，见 gkformat diagnose", "… and {count} more part(s), see gkformat diagnose")

_BRIEF = 2
"""The maximum number of lines that `check` prints per file for diagnoses."""


def diagnosis_lines(found: Diagnoses, bound: int, lang: Lang) -> Iterator[str]:
    """Yield lines for each component: its broken equations, then its explanations, likeliest first."""
    if not found.components:
        yield _NOTHING.text(lang)
    for number, component in enumerate(found.components, 1):
        yield _COMPONENT.format(number=number, broken=len(component.broken)).text(lang)
        for finding in component.broken:
            yield f"  {finding.label}{COLON.text(lang)}{finding.message(lang)}  {style(finding.at, dim=True)}"
        yield from (f"  {line}" for line in _component_lines(component, bound, lang))
    yield from (f"{limitation.text(lang)}" for limitation in found.not_looked_for)


def _component_lines(component: Component, bound: int, lang: Lang) -> Iterator[str]:
    if not component.diagnoses:
        yield _UNEXPLAINED.text(lang)
    places: dict[tuple[int, int], int] = {}
    for place, diagnosis in enumerate(component.diagnoses, 1):
        first = places.setdefault(diagnosis.cost, place)
        mark = f"{first}{'=' if diagnosis.equals > 1 else '.'}"
        for slip in diagnosis.slips:
            yield f"{mark:<3} {slip.title(lang)}{COLON.text(lang)}".rstrip()
            yield from (f"      {_change_line(change)}" for change in slip.changes)
            mark = ""
        still = len(component.broken) - len(diagnosis.mends)
        if still:
            yield f"    {_LEAVES.format(count=still).text(lang)}"
    if any(diagnosis.equals > 1 for diagnosis in component.diagnoses):
        yield _EQUALLY.text(lang)
    if component.truncated:
        yield _TRUNCATED.format(bound=bound).text(lang)


def brief_lines(report: "editions.AnyReport", lang: Lang) -> Iterator[str]:
    """Yield at most two lines with the likeliest explanation of each component of a report that has one."""
    components = [component for component in diagnose(report).components if component.diagnoses]
    shown = components if len(components) <= _BRIEF else components[: _BRIEF - 1]
    for component in shown:
        yield _brief_line(component.diagnoses, lang)
    if len(shown) < len(components):
        yield _MORE.format(count=len(components) - len(shown)).text(lang)


def _brief_line(diagnoses: Sequence[Diagnosis], lang: Lang) -> str:
    best = diagnoses[0]
    rest = NO_WORDS
    if best.equals > 1:
        rest = _EQUALS.format(count=best.equals - 1)
    elif len(diagnoses) > 1:
        rest = _OTHERS.format(count=len(diagnoses) - 1)
    slips = SEMICOLON.text(lang).join(_slip_summary(slip, lang) for slip in best.slips)
    return _BEST.format(slips=Words(slips, slips), rest=rest).text(lang)  # with its colours


def _slip_summary(slip: Slip, lang: Lang) -> str:
    first, *others = slip.changes
    more = _CELLS.format(count=len(slip.changes)).text(lang) if others else ""
    return f"{slip.title(lang)}{COLON.text(lang)}{_change_line(first)}{more}"


def _change_line(change: Change) -> str:
    return f"{change.label}  {change.found} → {change.proposed}  {style(change.at, dim=True)}"


def diagnosis_to_dict(found: Diagnoses) -> dict[str, Any]:
    """Return diagnoses as plain values: the components, and for each its explanations, likeliest first."""
    return {
        "components": [
            {
                "broken": [{"rule": finding.rule, "at": finding.at} for finding in component.broken],
                "diagnoses": [_explanation_to_dict(diagnosis, component) for diagnosis in component.diagnoses],
                "truncated": component.truncated,
            }
            for component in found.components
        ],
        "not_looked_for": [{lang: limitation.text(lang) for lang in LANGUAGES} for limitation in found.not_looked_for],
    }


def _explanation_to_dict(diagnosis: Diagnosis, component: Component) -> dict[str, Any]:
    slips, bits = diagnosis.cost
    return {
        "slips": [
            {
                "kind": slip.kind,
                "title": {lang: slip.title(lang) for lang in LANGUAGES},
                "bits": slip.bits,
                "changes": unstructure(slip.changes),
            }
            for slip in diagnosis.slips
        ],
        "cost": {"slips": slips, "bits": bits},
        "equals": diagnosis.equals,
        "mends": [{"rule": finding.rule, "at": finding.at} for finding in diagnosis.mends],
        "leaves": [
            {"rule": finding.rule, "at": finding.at} for finding in component.broken if finding not in diagnosis.mends
        ],
    }
