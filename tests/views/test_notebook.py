"""What a notebook shows of a report and of findings: the printed form and a table, with whatever is in them escaped."""

from html import escape
from html.parser import HTMLParser
from typing import Any

from gkformat import AnyReport, check, check_series, load, replace
from support import CORPUS

HOSTILE = "<script>alert(1)</script>&amp;<b"


class _Parsed(HTMLParser):
    """The tags, the classes and the texts of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: Any) -> None:  # noqa: ARG002 - as the parser calls it
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def _html(value: Any) -> str:
    return str(value._repr_html_())


def _shown(value: Any) -> _Parsed:
    return _Parsed(_html(value))


def _report() -> AnyReport:
    return load(CORPUS / "hongze-2023.json", as_found=True)


def test_report_is_shown_as_the_form_prints_it() -> None:
    shown = _shown(_report())
    assert shown.tags.count("table") == 3
    assert "7730.28" in shown.text
    assert "淮安市洪泽区人民政府2023年政府信息公开工作年度报告" in shown.text


def test_style_of_a_report_stays_inside_it() -> None:
    html = _html(_report())
    assert html.startswith("<div class=gkformat><style>.gkformat {\n")
    assert not {"html", "body", "head"} & {*_Parsed(html).tags}
    assert "body {" not in html
    assert "@page" not in html


def test_texts_of_a_report_are_escaped() -> None:
    shown = _shown(replace(_report(), agency=HOSTILE, overview=HOSTILE))
    assert "script" not in shown.tags
    assert shown.text.count(HOSTILE) == 2


def test_findings_are_a_table_of_a_row_each() -> None:
    findings = check(_report())
    shown = _shown(findings)
    assert shown.tags.count("tr") == len(findings) + 1
    for finding in findings:
        assert finding.message("zh") in shown.text
        assert finding.message("en") in shown.text
    assert "不符，已声明" in shown.text


def test_no_findings_show_their_verdict() -> None:
    assert _shown(check(load(CORPUS / "suqian-2023.json"))).text.strip() == "一致 / consistent"


def test_findings_across_years_say_whose_they_are_and_escape_it() -> None:
    years = [load(CORPUS / f"pingtan-{year}.json", as_found=True) for year in (2023, 2024)]
    found = check_series(replace(report, agency=HOSTILE) for report in years)
    shown = _shown(found)
    assert shown.tags.count("tr") == len(found) + 1
    assert f"{HOSTILE} 2024" in shown.text
    assert escape(HOSTILE) in _html(found)
