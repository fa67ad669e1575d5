"""Outcomes as lines for people and as JSON for programs: the same facts in both."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from gkformat.cli.outcome import Conclusion, Outcome
from gkformat.codec import unstructure
from gkformat.errors import Fault
from gkformat.findings import Finding
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
_TOTAL = Words("共 {files} 份：{counts}", "{files} file(s): {counts}")


def as_text(outcomes: Sequence[Outcome], lang: Lang) -> Iterator[str]:
    """Lines for people: a finding a line, a verdict a file, and a total."""
    for outcome in outcomes:
        yield f"{outcome.file}  {outcome.title}".rstrip()
        yield from (f"  {_line(item, lang)}" for item in (*outcome.faults, *outcome.findings))
        if outcome.omitted:
            yield f"  {_OMITTED.format(omitted=outcome.omitted).text(lang)}"
        yield f"  {_verdict(outcome, lang)}"
    counts = Counter(outcome.conclusion for outcome in outcomes)
    listed = [f"{words.text(lang)} {counts[key]}" for key, words in _CONCLUSIONS.items() if counts[key]]
    separator = Words("，", ", ").text(lang)
    yield _TOTAL.format(files=len(outcomes), counts=separator.join(listed)).text(lang)


def _line(item: Fault | Finding, lang: Lang) -> str:
    if isinstance(item, Fault):
        place = item.pointer or "/"
        return f"[{item.rule}] {place}  {item.label}{_COLON.text(lang)}{item.message(lang)}"
    severity = _SEVERITIES[item.severity].text(lang)
    said = f"{severity}, {_DECLARED.text(lang)}" if item.declared else severity
    return f"[{said}] {item.rule}  {item.at}  {item.label}{_COLON.text(lang)}{item.message(lang)}"


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


def as_json(outcomes: Sequence[Outcome]) -> str:
    """One JSON document for programs."""
    files = [_plain(outcome) for outcome in outcomes]
    return msgspec.json.format(msgspec.json.encode({"files": files}), indent=2).decode()


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
