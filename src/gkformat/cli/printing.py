"""Outcomes as lines for people and as JSON for programs: the same facts in both."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gkformat.cli.diagnosing import best_as_text
from gkformat.cli.outcome import Across, Conclusion, Outcome
from gkformat.codec import dumps, unstructure
from gkformat.difference import Difference
from gkformat.errors import Fault
from gkformat.findings import Finding
from gkformat.series import SeriesFinding
from gkformat.words import Lang, Words

_CONCLUSIONS: Mapping[Conclusion, Words] = {
    "consistent": Words("一致", "consistent"),
    "undecided": Words("待定", "undecided"),
    "inconsistent": Words("不一致", "inconsistent"),
    "malformed": Words("不合格式", "malformed"),
    "unreadable": Words("无法读取", "unreadable"),
}
_SEVERITIES = {
    "broken": Words("不符", "broken"),
    "undecided": Words("待定", "undecided"),
    "advice": Words("提示", "advice"),
}
_DECLARED = Words("已声明", "declared")
_COLON = Words("：", ": ")
_VERDICT = Words("结论：{conclusion}", "verdict: {conclusion}")
_COUNTS = Words(
    "（不符 {broken}，待定 {undecided}，提示 {advice}）", " ({broken} broken, {undecided} undecided, {advice} advice)"
)
_FAULTS = Words("（结构错误 {faults}，不符 {broken}）", " ({faults} faults, {broken} broken)")
_OMITTED = Words("…… 另有 {omitted} 处未列", "… and {omitted} more not listed")
_SERIES = Words(
    "跨年度：比较 {pairs} 对相邻年度，缺年 {gaps} 处", "across years: {pairs} pair(s) compared, {gaps} gap(s)"
)
_PARTS = Words("汇总与各单位：计入 {counted} 个单位", "the whole and its parts: {counted} counted")
_BLANK = Words("空白", "blank")
_DIFFERENCES = Words(
    "不同 {count} 处；两版格式不可比的格 {apart} 个",
    "{count} difference(s); {apart} cell(s) not comparable between editions",
)
_TOTAL = Words("共 {files} 份：{counts}", "{files} file(s): {counts}")


def as_text(outcomes: Sequence[Outcome], across: Across, lang: Lang) -> Iterator[str]:
    """Lines for people: a finding a line, a verdict a file, and a total."""
    for outcome in outcomes:
        yield f"{outcome.file}  {outcome.title}".rstrip()
        yield from (f"  {_line(item, lang)}" for item in (*outcome.faults, *outcome.findings))
        if outcome.report and outcome.findings.broken:
            yield from (f"  {line}" for line in best_as_text(outcome.report, lang))
        if outcome.omitted:
            yield f"  {_OMITTED.format(omitted=outcome.omitted).text(lang)}"
        yield f"  {_verdict(outcome, lang)}"
    yield from _across(across, lang)
    counts = Counter(outcome.conclusion for outcome in outcomes)
    listed = [f"{words.text(lang)} {counts[key]}" for key, words in _CONCLUSIONS.items() if counts[key]]
    separator = Words("，", ", ").text(lang)
    yield _TOTAL.format(files=len(outcomes), counts=separator.join(listed)).text(lang)


def _across(across: Across, lang: Lang) -> Iterator[str]:
    if across.series is not None:
        yield _SERIES.format(pairs=len(across.series.compared), gaps=len(across.series.gaps)).text(lang)
        for item in across.series:
            yield f"  [{_SEVERITIES[item.severity].text(lang)}] {item.body}  {_said(item, lang)}"
    if across.parts is not None:
        yield _PARTS.format(counted=len(across.parts.coverage.counted)).text(lang)
        yield from (f"  {_line(item, lang)}" for item in across.parts.findings)
        yield from (f"  {suspect.message(lang)}" for suspect in across.parts.suspects)


def _said(item: Finding | SeriesFinding, lang: Lang) -> str:
    return f"{item.rule}  {item.at}  {item.label}{_COLON.text(lang)}{item.message(lang)}"


def _line(item: Fault | Finding, lang: Lang) -> str:
    if isinstance(item, Fault):
        place = item.pointer or "/"
        return f"[{item.rule}] {place}  {item.label}{_COLON.text(lang)}{item.message(lang)}"
    severity = _SEVERITIES[item.severity].text(lang)
    said = f"{severity}, {_DECLARED.text(lang)}" if item.declared else severity
    return f"[{said}] {_said(item, lang)}"


def _verdict(outcome: Outcome, lang: Lang) -> str:
    verdict = _VERDICT.format(conclusion=_CONCLUSIONS[outcome.conclusion]).text(lang)
    if outcome.trouble:
        return f"{verdict}{_COLON.text(lang)}{outcome.trouble}"
    findings = outcome.findings
    broken, undecided, advice = len(findings.broken), len(findings.undecided), len(findings.advice)
    if outcome.faults:
        faults = len(outcome.faults) + outcome.omitted
        return verdict + _FAULTS.format(faults=faults, broken=broken).text(lang)
    return verdict + _COUNTS.format(broken=broken, undecided=undecided, advice=advice).text(lang)


def as_json(outcomes: Sequence[Outcome], across: Across) -> str:
    """One JSON document for programs; `series` and `parts` are there if they were asked for."""
    found: dict[str, Any] = {"files": [_plain(outcome) for outcome in outcomes]}
    if across.series is not None:
        series = across.series
        found["series"] = {"findings": series.items, "compared": series.compared, "gaps": series.gaps}
    if across.parts is not None:
        found["parts"] = across.parts
    return dumps(found, indent=2)


def differences_as_text(differences: Sequence[Difference], apart: int, lang: Lang) -> Iterator[str]:
    """A difference a line; then how many there are, and how many cells could not be compared."""
    for item in differences:
        left, right = (_BLANK.text(lang) if value is None else str(value) for value in (item.left, item.right))
        change = "" if item.change is None else f"  {item.change:+}"
        percent = "" if item.percent is None else f"  {item.percent:+}%"
        yield f"{item.at}  {item.label}{_COLON.text(lang)}{left} → {right}{change}{percent}"
    yield _DIFFERENCES.format(count=len(differences), apart=apart).text(lang)


def differences_as_json(differences: Sequence[Difference], apart: int) -> str:
    """One JSON document for programs."""
    listed = [
        {"at": item.at, "label": item.label, "left": item.left, "right": item.right}
        | {"kind": item.kind, "change": item.change, "percent": item.percent}
        for item in differences
    ]
    return dumps({"differences": listed, "apart": apart}, indent=2)


def _plain(outcome: Outcome) -> dict[str, Any]:
    return {
        "file": outcome.file,
        "title": outcome.title,
        "conclusion": outcome.conclusion,
        "trouble": outcome.trouble,
        "faults": unstructure(outcome.faults),
        "omitted": outcome.omitted,
        "findings": unstructure(outcome.findings.items),
    }
