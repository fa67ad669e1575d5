"""The check page in Chromium: nothing runs out of it, the filter and the links work, and it can be read without script."""

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from browser.conftest import OpenPage
from gkformat import Examination, examine
from gkformat.views import page
from support import CORPUS, Payload, payload, put

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

DAY = date(2026, 1, 31)
WIDTHS = (390, 768, 1440)
BROKEN = CORPUS / "hongze-2023.json"
PAPER = CORPUS / "documents" / "pingtan-2021.txt"
SOUND = CORPUS / "huaian-2024.json"
HOSTILE = "</script><script>document.title='x'</script><img src=x onerror=alert(1)>"


def examined(changed: Payload) -> Examination:
    return examine(json.dumps(changed).encode(), as_found=True)


def is_as_wide_as_its_window(opened: "Page") -> bool:
    return bool(opened.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_runs_out_of_the_page(width: int, scheme: str, open_page: OpenPage) -> None:
    html = page([examine(BROKEN), examine(PAPER), examine(b""), examine(SOUND)], day=DAY)
    opened = open_page(html, viewport={"width": width, "height": 900}, color_scheme=scheme)
    assert is_as_wide_as_its_window(opened)
    for summary in opened.locator("article > details:not([open]) > summary").all():
        summary.click()
    assert is_as_wide_as_its_window(opened)


def test_filter_shows_the_reports_and_findings_that_are_asked_for(open_page: OpenPage) -> None:
    opened = open_page(page([examine(BROKEN), examine(PAPER), examine(SOUND)], day=DAY))
    opened.get_by_label("程度").select_option("broken")
    assert opened.locator("article:visible").count() == 1
    assert opened.locator("output").inner_text() == "显示 1 份"
    opened.get_by_label("程度").select_option("")
    opened.get_by_label("规则").select_option("cells-cut")
    assert opened.locator("article:visible").count() == 1
    assert opened.locator("article:visible li.note:visible").count() == 4
    opened.get_by_label("规则").select_option("")
    opened.get_by_label("单位或文件名").fill("淮安市人民政府")
    assert "淮安市人民政府" in (opened.locator("article:visible summary").first.text_content() or "")


def test_list_to_open_that_the_filter_empties_is_hidden(open_page: OpenPage) -> None:
    opened = open_page(page([examine(CORPUS / "shanghai-office-2019.json")], day=DAY))
    assert opened.locator("li.more:visible").count() == 2
    opened.get_by_label("规则").select_option("balance")
    assert opened.locator("li.more:visible").count() == 1


def test_link_to_a_finding_opens_its_report(open_page: OpenPage) -> None:
    opened = open_page(page([examine(SOUND)] * 10 + [examine(BROKEN)], day=DAY))
    finding = opened.locator("#r11-2")
    assert not finding.is_visible()
    opened.evaluate("location.hash = 'r11-2'")
    finding.wait_for()
    finding.get_by_role("link").last.click()
    assert opened.locator("#r11-c2").is_visible()


def test_page_can_be_read_without_script(open_page: OpenPage) -> None:
    opened = open_page(page([examine(BROKEN), examine(SOUND)], day=DAY), java_script_enabled=False)
    assert opened.locator("#filter").is_hidden()
    assert opened.locator("li.note:visible").count() == 2
    opened.locator("#r2 summary").first.click()
    assert opened.locator("#r2 table").first.is_visible()


def test_all_findings_are_printed(open_page: OpenPage) -> None:
    opened = open_page(page([examine(BROKEN)] * 11, day=DAY))
    assert opened.locator("li.note:visible").count() == 0
    opened.evaluate("dispatchEvent(new Event('beforeprint'))")
    opened.emulate_media(media="print")
    assert opened.locator("li.note:visible").count() == 22
    assert opened.get_by_text("国办公开办函〔2021〕30号附件").first.is_visible()
    assert opened.pdf().startswith(b"%PDF")


def test_findings_behind_a_line_to_open_are_printed(open_page: OpenPage) -> None:
    opened = open_page(page([examine(CORPUS / "shanghai-office-2019.json")], day=DAY))
    assert opened.locator("li.note:visible").count() < opened.locator("li.note").count()
    opened.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert opened.locator("li.note:visible").count() == opened.locator("li.note").count()


def test_nothing_that_others_wrote_runs(open_page: OpenPage) -> None:
    changed = payload("suqian-2023")
    for at in ("agency", "overview", "preface"):
        put(changed, at, HOSTILE)
    opened = open_page(page([examined(changed), Examination(HOSTILE, "unreadable")], day=DAY, missing=[HOSTILE]))
    assert opened.title() == "政府信息公开工作年度报告：检查结果"
    assert opened.locator("img, script").count() == 1


def test_page_of_a_county_stays_small_and_answers(open_page: OpenPage) -> None:
    broken = examine(BROKEN)
    html = page([broken] * 400, day=DAY)
    assert len(html.encode()) < 20_000_000
    opened = open_page(html)
    opened.get_by_label("单位或文件名").fill("没有这个单位")
    assert opened.locator("output").inner_text() == "显示 0 份"
