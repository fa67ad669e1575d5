"""The check page: one self-contained file on the reports of a body or of a county, to be handed on."""

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from importlib.resources import files

from gkformat.base.arguments import each
from gkformat.base.families import FAMILIES
from gkformat.base.frozen import frozen
from gkformat.base.words import COLON, COMMA, Lang, Words
from gkformat.examination.result import CONCLUSIONS, EXAMINATION, Examination, Level, Note
from gkformat.forms.editions import EDITIONS
from gkformat.version import VERSION
from gkformat.views.charts.chart import chart
from gkformat.views.charts.indicator import DISCLOSED
from gkformat.views.charts.series import is_series
from gkformat.views.check_page.markup import plain
from gkformat.views.check_page.report import FEW_UNDECIDED, MORE, ReportOnPage, folded_chart
from gkformat.views.wording import LEVELS, level_text

_TITLE = Words(
    "政府信息公开工作年度报告：检查结果", "Annual reports on government information disclosure: what a check found"
)
_MADE = Words("gkformat {version} 检查，{day}", "checked by gkformat {version} on {day}")
_FORMS = Words("按{forms}的格式", "by the form of {forms}")
_NUMBER = Words("共 {count} 份", "{count} file(s)")
_BY_RULE = Words("发现的问题，按规则", "What was found, by rule")
_RULE = Words("规则", "rule")
_GRAVITY = Words("程度", "gravity")
_FOUND = Words("处数", "findings")
_BODIES = Words("涉及份数", "reports")
_MISSING = Words("未收到的单位", "Missing bodies")
_ACROSS = Words("各份之间", "Between reports")
_REPORTS = Words("各份报告", "The reports")
_FILTER = Words("筛选", "Filter")
_BODY = Words("单位或文件名", "body or file")
_ALL = Words("全部", "all")
_SHOWN = Words("显示 {count} 份", "{count} shown")
_FEW = 10
"""The most reports of which those with findings are open at first. With more, the page begins as a list."""


def page(
    examinations: Iterable[Examination],
    *,
    lang: Lang = "zh",
    day: date | None = None,
    across: Sequence[Note] = (),
    missing: Sequence[str] = (),
    remarks: Sequence[str] = (),
) -> str:
    """Return one self-contained HTML page on examined files: verdicts, findings with their equations, the form.

    `across` are findings between reports, `missing` the bodies whose reports did not come, `remarks` lines on the check
    as a whole; `day` is the date that the page bears, today unless given. Nothing in a report can act in the page: it
    loads nothing, and runs no script but its own.
    """
    examined = enumerate(each(EXAMINATION, examinations=examinations), 1)
    reports = [ReportOnPage(examination, number, lang) for number, examination in examined]
    day = day or date.today()  # noqa: DTZ011 - the day where the page is made
    return "\n".join(_Page(reports, lang, day, across, missing, remarks).lines()) + "\n"


@frozen
class _Page:
    reports: Sequence[ReportOnPage]
    lang: Lang
    day: date
    across: Sequence[Note]
    missing: Sequence[str]
    remarks: Sequence[str]

    def lines(self) -> Iterator[str]:
        style, script = (_part(name) for name in ("style.css", "script.js"))
        allowed = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{_digest(script)}'"
        title = self._say(_TITLE)
        yield "<!DOCTYPE html>"
        yield f'<html lang="{"zh-CN" if self.lang == "zh" else "en"}">'
        yield f'<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{allowed}">'
        yield f'<meta name="viewport" content="width=device-width"><title>{title}</title>'
        yield f"<style>{style}</style></head>"
        yield f"<body><header><h1>{title}</h1>"
        yield f"<p>{plain(COMMA.text(self.lang).join(self._facts()))}</p></header><main>"
        yield from self._overview()
        yield from self._across()
        yield from self._filter()
        yield f'<section id="reports"><h2>{self._say(_REPORTS)}</h2>'
        is_few = len(self.reports) <= _FEW
        for report in self.reports:
            yield from report.lines(is_open=is_few and bool(report.notes or report.examination.error))
        yield f"</section></main><script>{script}</script></body></html>"

    def _say(self, words: Words) -> str:
        return plain(words.text(self.lang))

    def _facts(self) -> Iterator[str]:
        yield _NUMBER.format(count=len(self.reports)).text(self.lang)
        used = {report.examination.edition for report in self.reports}
        notices = [edition.notice.short for name, edition in EDITIONS.items() if name in used and edition.notice]
        if notices:
            yield _FORMS.format(forms=Words("、".join(notices), ", ".join(notices))).text(self.lang)
        yield _MADE.format(version=VERSION, day=self.day.isoformat()).text(self.lang)

    # -- at a glance -----------------------------------------------------------------------------------

    def _overview(self) -> Iterator[str]:
        counts = Counter(report.examination.conclusion for report in self.reports)
        yield '<section id="overview"><ul class="tiles">'
        for conclusion, words in CONCLUSIONS.items():
            if counts[conclusion]:
                yield f'<li class="{conclusion}"><b>{counts[conclusion]}</b> {self._say(words)}</li>'
        yield "</ul>"
        if self.missing:
            yield f"<h2>{self._say(_MISSING)}</h2><ul class=missing>"
            yield f"{''.join(f'<li>{plain(body)}</li>' for body in self.missing)}</ul>"
        yield from self._by_rule()
        yield from self._chart()
        yield f"{''.join(f'<p class=remark>{plain(line)}</p>' for line in self.remarks)}</section>"

    def _noted(self) -> Iterator[tuple[str, Level, str]]:
        """Yield the report, the gravity and the rule of each finding."""
        for report in self.reports:
            for note in report.examination.notes:
                if not note.accepted:
                    yield report.prefix, note.level, note.item.rule
        for note in self.across:
            yield note.report_title, note.level, note.item.rule

    def _by_rule(self) -> Iterator[str]:
        grave_first = [*LEVELS]
        noted = list(self._noted())
        found: Counter[tuple[Level, str]] = Counter((level, rule) for _, level, rule in noted)
        bodies = Counter((level, rule) for _, level, rule in dict.fromkeys(noted))
        if not found:
            return
        head = "".join(f"<th scope=col>{self._say(words)}</th>" for words in (_RULE, _GRAVITY, _FOUND, _BODIES))
        yield f'<h2>{self._say(_BY_RULE)}</h2><div class="table"><table class="rules">'
        yield f"<thead><tr>{head}</tr></thead><tbody>"
        for kind in sorted(found, key=lambda kind: (grave_first.index(kind[0]), -bodies[kind])):
            level, rule = kind
            yield (
                f'<tr class="{level}"><td>{self._title(rule)}</td><td><span class="level">'
                f"{self._say(LEVELS[level])}</span></td><td>{found[kind]}</td><td>{bodies[kind]}</td></tr>"
            )
        yield "</tbody></table></div>"

    def _chart(self) -> Iterator[str]:
        """Yield the years of the one body whose reports these are, or else the place of each of several bodies."""
        reports = [each.examination.report for each in self.reports if each.examination.report]
        if is_series(reports):
            yield from folded_chart(chart(reports, lang=self.lang), self.lang)
        elif len(reports) > 1:
            yield from folded_chart(chart(reports, indicator=DISCLOSED, lang=self.lang), self.lang)

    def _title(self, rule: str) -> str:
        known = FAMILIES.get(rule)
        return self._say(known.title) if known else plain(rule)

    def _across(self) -> Iterator[str]:
        if not self.across:
            return
        yield f'<section id="across"><h2>{self._say(_ACROSS)}</h2><ul class="notes">'
        folded: list[Note] = []
        undecided = 0
        for note in self.across:
            undecided += note.level == "undecided"
            if note.level == "undecided" and undecided > FEW_UNDECIDED:
                folded.append(note)
            else:
                yield from self._across_note(note)
        if folded:
            more = self._say(MORE.format(count=len(folded)))
            yield f'<li class="more"><details><summary>{more}</summary><ul class="notes">'
            for note in folded:
                yield from self._across_note(note)
            yield "</ul></details></li>"
        yield "</ul></section>"

    def _across_note(self, note: Note) -> Iterator[str]:
        place = COLON.text(self.lang).join(filter(None, (note.report_title, note.item.label)))
        level = f'<span class="level">{level_text(note, self.lang)}</span>'
        yield f'<li class="note {note.level}"><h3>{level} {plain(place)}</h3>'
        yield f"<p>{plain(note.message(self.lang))}</p></li>"

    # -- the filter, which the script shows ------------------------------------------------------------

    def _filter(self) -> Iterator[str]:
        notes = [note for report in self.reports for note in report.notes]
        levels: list[Level] = [level for level in LEVELS if any(note.level == level for note in notes)]
        rules = dict.fromkeys(note.item.rule for note in notes)
        yield f'<form id="filter" hidden><strong>{self._say(_FILTER)}</strong>'
        yield self._choice("level", _GRAVITY, [(level, self._say(LEVELS[level])) for level in levels])
        yield self._choice("rule", _RULE, [(rule, self._title(rule)) for rule in rules])
        yield f'<label>{self._say(_BODY)} <input name="body" type="search"></label>'
        yield f'<output data-words="{self._say(_SHOWN.format(count="{count}"))}"></output></form>'

    def _choice(self, name: str, words: Words, options: Iterable[tuple[str, str]]) -> str:
        listed = "".join(f'<option value="{plain(value)}">{shown}</option>' for value, shown in options)
        every = f'<option value="">{self._say(_ALL)}</option>'
        return f'<label>{self._say(words)} <select name="{name}">{every}{listed}</select></label>'


def _part(name: str) -> str:
    return files("gkformat.views.check_page").joinpath(name).read_text(encoding="utf-8").strip()


def _digest(script: str) -> str:
    return b64encode(sha256(script.encode()).digest()).decode()
