"""What a notebook shows: a report as the official form prints it, and findings as a table."""

from collections.abc import Iterator
from html import escape
from typing import Any

from gkformat.base.findings import Finding, Findings
from gkformat.base.words import LANGUAGES, Words
from gkformat.comparison.series import SeriesFindings
from gkformat.comparison.series_finding import SeriesFinding
from gkformat.writers.html import render_inside
from gkformat.writers.layout import lay_out

_HEAD = (Words("程度", "severity"), Words("位置", "place"), Words("说明", "message"), Words("规则", "rule"))
_CELL = ' style="text-align: left; vertical-align: top; overflow-wrap: anywhere"'


def report_html(report: Any) -> str:
    """Return a report of any edition as the form prints it."""
    return render_inside(lay_out(report))


def findings_html(findings: Findings | SeriesFindings) -> str:
    """Return a table with a row for each finding, in both languages, below the verdict."""
    return "\n".join(_table(findings))


def _table(findings: Findings | SeriesFindings) -> Iterator[str]:
    yield f"<table><caption{_CELL}>{escape(str(findings.title))}</caption>"
    if findings:
        yield f"<thead><tr>{''.join(f'<th{_CELL}>{escape(str(words))}</th>' for words in _HEAD)}</tr></thead>"
    yield "<tbody>"
    for finding in findings:
        yield f"<tr>{''.join(f'<td{_CELL}>{_lines(*lines)}</td>' for lines in _columns(finding))}</tr>"
    yield "</tbody></table>"


def _columns(finding: Finding | SeriesFinding) -> Iterator[tuple[str, ...]]:
    yield (str(finding.title),)
    yield (str(finding.later), finding.label) if isinstance(finding, SeriesFinding) else (finding.label,)
    yield tuple(finding.message(lang) for lang in LANGUAGES)
    yield finding.rule, finding.at


def _lines(*lines: str) -> str:
    return "<br>".join(map(escape, lines))
