"""Diagnoses as lines of text for people."""

from collections.abc import Iterator, Sequence

from click import style

from gkformat.base.errors import excerpt
from gkformat.base.words import COLON, NO_WORDS, SEMICOLON, Lang, Words
from gkformat.diagnosis.determined import Determined
from gkformat.diagnosis.diagnose import BRIEF_BUDGET, Component, Diagnoses, Diagnosis, diagnose
from gkformat.diagnosis.slips import Change, Slip
from gkformat.forms import editions

_COMPONENT = Words("第 {number} 部分，不符 {broken} 处：", "part {number}, {broken} broken equation(s):")
_NOTHING = Words("没有不成立的等式", "no equation is broken")
_UNEXPLAINED = Words("没有找到解释", "no explanation was found")
_LEAVES = Words("仍有 {count} 处不符", "leaves {count} broken")
_APPLY = Words("照此修改：gkformat patch 原文件 -o 新文件 {chosen}", "to apply it: gkformat patch FILE -o NEW {chosen}")
_EQUALLY = Words("标有 = 的几种同样可能", "those marked = are equally likely")
_TRUNCATED = Words("解释不止这些，只列出前 {count} 种", "there are more explanations; the first {count} are listed")
_BEST = Words("可能有误：{slips}{rest}", "probably wrong: {slips}{rest}")
_EQUALS = Words("（另有 {count} 种同样可能）", " ({count} more equally likely)")
_OTHERS = Words("（另有 {count} 种可能）", " ({count} more possible)")
_SLIPS = Words(" 等 {count} 处", " and others, {count} in all")
_CELLS = Words(" 等 {count} 格", " and {count} cells in all")
_STOPPED = Words(
    "查找限 {steps} 步，提前停止；更多的查找见 gkformat diagnose",
    "the search is limited to {steps} steps and stopped early; gkformat diagnose looks further",
)
_DETERMINED = Words(
    "{count} 个等式表明此格应为 {number}：{cell}", "{count} equation(s) say that {number} should stand here: {cell}"
)
_WRITTEN = Words("（原文 {text}）", " (written: {text})")
_SAME_DIGITS = Words("（原文 {text}，数字相同）", " (written: {text}, the same digits)")
_MORE_DETERMINED = Words(
    "…… 另有 {count} 格由等式可知，见 gkformat diagnose",
    "… and {count} more cell(s) that the equations tell, see gkformat diagnose",
)
_MORE = Words("…… 另有 {count} 部分，见 gkformat diagnose", "… and {count} more part(s), see gkformat diagnose")

_BRIEF = 2
"""The most lines that `check` prints per file for diagnoses, and again for unclear cells."""

_FEW = 3
"""The most slips of an explanation that `check` names."""


def diagnosis_lines(found: Diagnoses, lang: Lang) -> Iterator[str]:
    """Yield lines for each component: its broken equations, then its explanations, likeliest first."""
    if not found.components:
        yield _NOTHING.text(lang)
    for number, component in enumerate(found.components, 1):
        yield _COMPONENT.format(number=number, broken=len(component.broken)).text(lang)
        for finding in component.broken:
            yield f"  {finding.label}{COLON.text(lang)}{finding.message(lang)}  {style(finding.at, dim=True)}"
        yield from (f"  {line}" for line in _component_lines(component, lang))
    yield from (_determined_line(each, lang) for each in found.determined)
    yield from (f"{limitation.text(lang)}" for limitation in found.not_looked_for)


def _determined_line(each: Determined, lang: Lang) -> str:
    said = _DETERMINED.format(number=each.proposed, cell=each.label, count=len(each.equations))
    if each.text:
        said += (_SAME_DIGITS if each.same_digits else _WRITTEN).format(text=excerpt(each.text))
    return f"{said.text(lang)}  {style(each.at, dim=True)}"


def _component_lines(component: Component, lang: Lang) -> Iterator[str]:
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
        chosen = " ".join(f"--set {change.at}={change.proposed}" for slip in diagnosis.slips for change in slip.changes)
        yield f"    {style(_APPLY.format(chosen=chosen).text(lang), dim=True)}"
        still = len(component.broken) - len(diagnosis.mends)
        if still:
            yield f"    {_LEAVES.format(count=still).text(lang)}"
    if any(diagnosis.equals > 1 for diagnosis in component.diagnoses):
        yield _EQUALLY.text(lang)
    if component.truncated:
        yield _TRUNCATED.format(count=len(component.diagnoses)).text(lang)


def brief_lines(report: "editions.AnyReport", lang: Lang) -> Iterator[str]:
    """Yield the likeliest explanations of a report, at most two lines of them, and of what is said of unclear cells.

    The search is a short one. Where it stopped, many slips may be one explanation of several, and are not shown.
    """
    found = diagnose(report, budget=BRIEF_BUDGET)
    components = [each for each in found.components if each.diagnoses and _is_worth_showing(each)]
    shown = components if len(components) <= _BRIEF else components[: _BRIEF - 1]
    for component in shown:
        yield _brief_line(component.diagnoses, lang)
    if len(shown) < len(components):
        yield _MORE.format(count=len(components) - len(shown)).text(lang)
    if found.stopped:
        yield _STOPPED.format(steps=BRIEF_BUDGET).text(lang)
    yield from (_determined_line(each, lang) for each in found.determined[:_BRIEF])
    if len(found.determined) > _BRIEF:
        yield _MORE_DETERMINED.format(count=len(found.determined) - _BRIEF).text(lang)


def _is_worth_showing(component: Component) -> bool:
    return not component.stopped or len(component.diagnoses[0].slips) <= _BRIEF


def _brief_line(diagnoses: Sequence[Diagnosis], lang: Lang) -> str:
    best = diagnoses[0]
    rest = NO_WORDS
    if best.equals > 1:
        rest = _EQUALS.format(count=best.equals - 1)
    elif len(diagnoses) > 1:
        rest = _OTHERS.format(count=len(diagnoses) - 1)
    slips = SEMICOLON.text(lang).join(_slip_summary(slip, lang) for slip in best.slips[:_FEW])
    if len(best.slips) > _FEW:
        slips += _SLIPS.format(count=len(best.slips)).text(lang)
    return _BEST.format(slips=Words(slips, slips), rest=rest).text(lang)  # with its colours


def _slip_summary(slip: Slip, lang: Lang) -> str:
    first, *others = slip.changes
    more = _CELLS.format(count=len(slip.changes)).text(lang) if others else ""
    return f"{slip.title(lang)}{COLON.text(lang)}{_change_line(first)}{more}"


def _change_line(change: Change) -> str:
    return f"{change.label}  {change.found} → {change.proposed}  {style(change.at, dim=True)}"
