"""The example of each rule: a case in which it holds, and a published report, or else a case, in which it fails."""

import re
from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from typing import Any

from attrs import evolve

from gkformat import Fault, Finding, Inconsistent, Malformed, check, check_parts, check_series, label, load, loads
from gkformat.base.words import COLON, Words
from gkformat.comparison.series_finding import SeriesFinding
from gkformat.notation.equations import equations
from papers import Rows
from readings import find_label, read_spoiled, read_with_headings
from suite_runner import CASES, FILES, known_of, loaded, payloads, source
from support import CORPUS

Item = Fault | Finding | SeriesFinding
Example = dict[str, dict[str, str]]


def rule_examples() -> dict[str, Example]:
    """Return the words of the example of each rule that has one, by its name."""
    published = _published()
    made = {file["rule"]: _of_suite(file["rule"]) for file in FILES.values() if "rule" in file}
    for rule, (name, item) in published.items():
        if rule in made:
            broken = Words(f"{name} 年度公布的报告。", f"The published report of {name}.")
            made[rule] |= {"broken": _plain(broken), "says": _plain(_says(item))}
    for rule, held in _held_equations():
        made[rule]["sound"] = _plain(held)
    return made | _of_reading()


def _example(sound: Words, broken: Words, item: Item) -> Example:
    return {"sound": _plain(sound), "broken": _plain(broken), "says": _plain(_says(item))}


def _plain(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}


def _says(item: Item) -> Words:
    message = Words(item.message("zh"), item.message("en"))
    return Words(item.label, item.label) + COLON + message if item.label else message


# -- published reports ---------------------------------------------------------------------------------


def _published() -> Mapping[str, tuple[str, Item]]:
    """Return the first finding of each rule in the published reports, with the agency and the year."""
    reports = [load(file, as_found=True) for file in sorted(CORPUS.glob("*.json"))]
    found: dict[str, tuple[str, Item]] = {}
    for item in check_series(reports):
        found.setdefault(item.rule, (str(item.later), item))
    for report in reports:
        for finding in check(report):
            if finding.severity != "undecided":
                found.setdefault(finding.rule, (f"{report.agency} {report.year}", finding))
    return found


def _held_equations() -> Iterator[tuple[str, Words]]:
    """Yield an equation of each rule with the numbers of a published report, in which all of them hold."""
    report = load(CORPUS / "suqian-2023.json")
    told = set()
    for equation in equations(type(report)):
        if equation.rule not in told:
            told.add(equation.rule)
            left, right = (
                " + ".join(str(attrgetter(at)(report)) for at in side if attrgetter(at)(report))
                for side in (equation.left, equation.right)
            )
            name = f"{report.agency} {report.year}"
            where = label(type(report), equation.at)
            yield (
                equation.rule,
                Words(f"{name} 年度，{where}：{left} = {right}。", f"{name}, {where}: {left} = {right}."),
            )


# -- the suite -----------------------------------------------------------------------------------------


def _of_suite(rule: str) -> Example:
    cases = [case for name, case in CASES.items() if name.startswith(f"{rule}/")]
    found = {case["name"]: [item for item in _items(case) if item.rule == rule] for case in cases}
    silent = [case for case in cases if not found[case["name"]]]
    sound = min(silent, key=lambda case: case["expect"]["outcome"] == "malformed", default=None)
    broken = next(case for case in cases if found[case["name"]])
    return _example(_plain_why(sound) if sound else _A_REPORT, _plain_why(broken), found[broken["name"]][0])


def _plain_why(case: Any) -> Words:
    """Return what a case teaches, without what it says to those who implement the rule."""
    parts = {lang: re.split(r"(?<=[；;。.：:？?])", text) for lang, text in case["why"].items()}
    kept = {lang: "".join(part for part in each if not _FOR_PROGRAMS.search(part)) for lang, each in parts.items()}
    return Words(
        **{lang: re.sub("[；;：:]$", "。" if lang == "zh" else ".", text.strip()) for lang, text in kept.items()}
    )


_FOR_PROGRAMS = re.compile(r"\b(?:left|right)\b|^ ?记在|^ ?[Ii]t stands")


_A_REPORT = Words("数据照格式填写，能够读取。", "The data has the shape of a report and can be read.")


def _items(case: Any) -> Iterator[Item]:
    """Yield what the library says of a case."""
    if "series" in case:
        yield from check_series(loaded(payloads(case)))
    elif "whole" in case:
        whole, *parts = loaded(payloads(case))
        yield from check_parts(whole, parts, expected=case.get("expected"), kind=case["whole"].get("kind")).findings
    else:
        try:
            yield from check(loads(source(case), as_found=case.get("as_found", False)), **known_of(case))
        except Malformed as error:
            yield from error.faults
        except Inconsistent as error:
            yield from error.findings


# -- reading -------------------------------------------------------------------------------------------

_PRINTED = Words("表格照格式填写，原样印出。", "The tables are printed as the form has them.")


def _relabel(label: str, text: str) -> Callable[[list[Rows]], object]:
    def spoil(made: list[Rows]) -> None:
        row, column = find_label(made[1], label)
        made[1][row][column] = evolve(made[1][row][column], text=text)

    return spoil


def _without_row(label: str) -> Callable[[list[Rows]], object]:
    return lambda made: made[1].pop(find_label(made[1], label)[0])


def _one_cell_less(made: list[Rows]) -> None:
    row, column = find_label(made[1], "2.重复申请")
    del made[1][row][column + 1]


def _with_row(made: list[Rows]) -> None:
    row, _ = find_label(made[1], "四、结转下年度")
    extra = [evolve(cell, text="法人小计" if index == 0 else cell.text) for index, cell in enumerate(made[1][row])]
    made[1].append(extra)


_SPOILED: Mapping[str, tuple[Words, Callable[[list[Rows]], object]]] = {
    "label-differs": (
        Words("“4.保护第三方合法权益”写成了“4.第三方合法利益”。", "A label of the form was written otherwise."),
        _relabel("4.保护第三方", "4.第三方合法利益"),
    ),
    "cell-missing": (
        Words("表中没有“2.重复申请”一行。", "The row “2.重复申请” is not in the table."),
        _without_row("2.重复申请"),
    ),
    "cells-misaligned": (
        Words("“2.重复申请”一行少了一格。", "The row “2.重复申请” has one cell less."),
        _one_cell_less,
    ),
    "not-in-form": (Words("表的末尾自行加了一行“法人小计”。", "A row “法人小计” was added to the table."), _with_row),
}


def _of_reading() -> dict[str, Example]:
    made = {}
    for rule, (broken, spoil) in _SPOILED.items():
        item = next(finding for finding in read_spoiled(spoil).findings if finding.rule == rule)
        made[rule] = _example(_PRINTED, broken, item)
    without = read_with_headings({"六、其他需要报告的事项": ""})
    item = next(finding for finding in without.findings if finding.rule == "section-missing")
    sound = Words("六个部分的标题都照格式写出。", "The headings of all six sections are those of the form.")
    broken = Words("第六部分的文字还在，标题没有了。", "The text of section 六 is there, its heading is not.")
    return made | {"section-missing": _example(sound, broken, item)}
