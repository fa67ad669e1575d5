"""The form is filled in by hand, in Chromium."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from browser.conftest import OpenPage
from gkformat import Address, AnyReport, Mark, Report2021, blank, cells, dumps, load, loads, read
from gkformat.forms.editions import edition_named
from gkformat.notation.outline import label, numbers
from gkformat.writers.layout import BlankForm
from gkformat.writers.web.page import render
from readings import marked, report
from support import CORPUS

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

NEW = "requests.newly_received"
LEGAL = f"{NEW}.legal_person"
GROUP = "requests.outcomes.other_handling"


def blank_page(edition: str = "2021") -> str:
    return render(BlankForm(edition_named(edition).report)).decode()


def cell(page: "Page", at: str) -> Any:
    return page.locator(f'[id="{at}"]')


def fill(page: "Page", values: Mapping[str, str]) -> None:
    for at, text in values.items():
        cell(page, at).fill(text)


def open_report(page: "Page", text: str, name: str = "report.json") -> None:
    page.set_input_files("#open", {"name": name, "mimeType": "application/json", "buffer": text.encode()})
    page.locator("#notice").get_by_text(name).wait_for()


def saved(page: "Page") -> AnyReport:
    """Save what was filled in, and return the report of the file, which has to be one."""
    with page.expect_download() as download:
        page.get_by_role("button", name="保存").click()
    return load(Path(download.value.path()))


def texts(page: "Page", *addresses: str) -> list[str]:
    return [cell(page, at).input_value() for at in addresses]


def broken(page: "Page") -> set[str]:
    return {*page.eval_on_selector_all("[aria-invalid=true]", "fields => fields.map(field => field.id)")}


def focused(page: "Page") -> Any:
    return page.evaluate("document.activeElement.id")


def paste(page: "Page", at: str, block: str) -> None:
    """Paste a text as the browser does: the clipboard itself is not the test's to use."""
    cell(page, at).evaluate(
        """(field, text) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", text);
          field.focus();
          field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        block,
    )


SUQIAN = (CORPUS / "suqian-2023.json").read_text(encoding="utf-8")


# -- typing --------------------------------------------------------------------------------------------


def test_broken_equation_is_told_with_its_numbers_and_gone_once_it_holds(open_page: OpenPage) -> None:
    page = open_page(blank_page())
    row = dict.fromkeys((at for at in numbers(Report2021) if at.startswith(f"{NEW}.")), "2")
    fill(page, row | {"year": "2024"})
    assert broken(page) == row.keys()
    margin = page.get_by_role("complementary").filter(has_text="各项之和为")
    assert "各项之和为 12，总计填 2，相差 +10" in margin.inner_text()
    assert "自然人 2 + 商业企业 2 + " in margin.inner_text()
    margin.get_by_role("button", name="商业企业 2").click()
    assert focused(page) == f"{LEGAL}.commercial_enterprise"
    margin.get_by_role("button", name=label(Report2021, NEW).split(" > ")[1]).click()
    assert focused(page) == f"{NEW}.total"
    page.keyboard.type("12")
    assert broken(page) == set()


def test_text_that_is_no_number_is_told_at_its_cell(open_page: OpenPage) -> None:
    page = open_page(blank_page())
    fill(page, {f"{NEW}.natural_person": "约20", "year": "2024", f"{NEW}.total": "-3", f"{LEGAL}.other": "/"})
    assert broken(page) == {f"{NEW}.natural_person", f"{NEW}.total"}
    assert "读不出数字：约20" in page.locator("aside").all_inner_texts()[1]
    found = saved(page)
    kinds = {mark.at: (mark.kind, mark.text) for mark in found.marks if mark.text}
    assert kinds == {
        f"{NEW}.natural_person": ("unreadable", "约20"),
        f"{NEW}.total": ("out-of-range", "-3"),
        f"{LEGAL}.other": ("blank", "/"),
    }


def test_keys_move_as_in_a_spreadsheet(open_page: OpenPage) -> None:
    page = open_page(blank_page())
    cell(page, f"{NEW}.natural_person").click()
    went = []
    for key in ("ArrowRight", "ArrowDown", "Enter", "Shift+Enter", "ArrowLeft", "Tab", "ArrowUp", "ArrowUp"):
        page.keyboard.press(key)
        went.append(focused(page))
    before = "requests.brought_forward"
    assert went == [
        f"{LEGAL}.commercial_enterprise",
        f"{before}.legal_person.commercial_enterprise",
        "requests.outcomes.granted.legal_person.commercial_enterprise",
        f"{before}.legal_person.commercial_enterprise",
        f"{before}.natural_person",
        f"{before}.legal_person.commercial_enterprise",
        f"{LEGAL}.commercial_enterprise",
        "proactive_disclosure.fees.administrative_fees.amount_wan_yuan",
    ]
    cell(page, f"{NEW}.total").click()
    page.keyboard.type("12")
    page.keyboard.press("ArrowLeft")
    assert focused(page) == f"{NEW}.total", "within a text the caret moves"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert focused(page) == f"{LEGAL}.other"


def test_totals_are_filled_on_request_only_where_they_are_blank(open_page: OpenPage) -> None:
    page = open_page(blank_page())
    case = "reconsideration_and_litigation.reconsideration"
    parts = dict.fromkeys((f"{case}.{name}" for name in ("upheld", "corrected", "other", "pending")), "3")
    wrong = {at.replace("reconsideration.", "litigation.direct."): text for at, text in parts.items()}
    fill(page, parts | wrong | {(total := "reconsideration_and_litigation.litigation.direct.total"): "1"})
    assert texts(page, f"{case}.total") == [""]
    page.get_by_role("button", name="补总计").click()
    assert texts(page, f"{case}.total", total) == ["12", "1"]
    page.keyboard.press("Control+z")
    assert texts(page, f"{case}.total", total) == ["", "1"]


# -- pasting, and taking back --------------------------------------------------------------------------


def test_block_is_pasted_and_taken_back_at_once(open_page: OpenPage) -> None:
    page = open_page(blank_page())
    fill(page, {f"{NEW}.total": "9"})
    below = "requests.brought_forward"
    paste(page, f"{LEGAL}.other", '1,024\t"5\n件"\t7\r\n3\t4\r\n')
    there = (f"{LEGAL}.other", f"{NEW}.total", f"{below}.legal_person.other", f"{below}.total")
    assert texts(page, *there) == ["1,024", "5 件", "3", "4"]
    assert "另有 1 格在此表中没有位置" in page.locator("#notice").inner_text()
    page.keyboard.press("Control+z")
    assert texts(page, *there) == ["", "9", "", ""]
    page.keyboard.press("Control+z")
    assert texts(page, f"{NEW}.total") == [""]
    page.keyboard.press("Control+y")
    page.keyboard.press("Control+Shift+z")
    assert texts(page, *there) == ["1,024", "5 件", "3", "4"]
    fill(page, {"year": "2024"})
    assert cells(saved(page))[there[0]] == 1024


@pytest.mark.parametrize(
    "lines",
    [
        [
            "\t\t\t自然人\t法人或其他组织",
            "\t\t\t\t商业企业",
            "一、本年新收政府信息公开申请数量\t\t\t3\t/\t5\t\t7\t8\t9",
        ],
        ["一、本年新收政府信息公开申请数量\t3\t/\t5\t\t7\t8\t9"],
        ["3\t/\t5\t\t7\t8\t9"],
    ],
    ids=["a spreadsheet's, with heads", "a document's", "numbers alone"],
)
def test_labels_are_not_pasted_with_their_numbers(lines: list[str], open_page: OpenPage) -> None:
    page = open_page(blank_page())
    paste(
        page,
        f"{NEW}.natural_person",
        "\r\n".join([*lines, lines[-1].replace("一、本年新收", "二、上年结转").replace("3", "30")]),
    )
    assert row(page, NEW) == ["3", "/", "5", "", "7", "8", "9"]
    assert row(page, "requests.brought_forward") == ["30", "/", "5", "", "7", "8", "9"]
    assert not page.locator("#notice").is_visible()


def test_lines_are_pasted_at_their_labels(open_page: OpenPage) -> None:
    page = open_page(blank_page())
    sheet = [
        "三、收到和处理政府信息公开申请情况" + "\t" * 11 + "不符 0 处",
        "一、本年新收政府信息公开申请数量\t\t\t\t/\t5\t\t7\t8\t9\t\t差 3",
        "三、本年度办理结果\t（一）予以公开\t\t1\t2\t3\t4\t5\t6\t7\t\t相符",
        "\t（三）不予公开\t1.属于国家秘密\t11\t12",
    ]
    paste(page, "requests.outcomes.denied.state_secret.natural_person", "\n".join(sheet))
    assert row(page, NEW) == ["", "/", "5", "", "7", "8", "9"]
    assert row(page, "requests.outcomes.granted") == [*"1234567"]
    assert row(page, "requests.outcomes.denied.state_secret") == ["11", "12", "", "", "", "", ""]
    assert "已粘贴 16 格；另有 4 格" in page.locator("#notice").inner_text()


def row(page: "Page", at: str) -> list[str]:
    return texts(page, *(cell for cell in numbers(Report2021) if cell.startswith(f"{at}.")))


def test_text_in_place_of_a_number_is_pasted_where_it_belongs(open_page: OpenPage) -> None:
    page = open_page(blank_page())
    paste(page, f"{NEW}.natural_person", "三千\t4")
    assert texts(page, f"{NEW}.natural_person", f"{LEGAL}.commercial_enterprise") == ["三千", "4"]


def test_escape_takes_back_what_is_being_typed(open_page: OpenPage) -> None:
    page = open_page(blank_page())
    fill(page, {f"{NEW}.total": "9"})
    cell(page, f"{NEW}.natural_person").click()
    page.keyboard.press("Escape")
    cell(page, f"{NEW}.total").click()
    page.keyboard.type("123")
    page.keyboard.press("Escape")
    assert texts(page, f"{NEW}.total") == ["9"]


# -- keeping, saving, opening --------------------------------------------------------------------------


def test_what_was_filled_in_is_there_again(open_page: OpenPage) -> None:
    page = open_page(blank_page())
    fill(page, {"agency": "甲市", "overview": "第一段\n第二段", f"{NEW}.total": "#REF!"})
    page.reload()
    assert texts(page, "agency", "overview", f"{NEW}.total") == ["甲市", "第一段\n第二段", "#REF!"]


@cache
def odd() -> Report2021:
    """Return a report with every kind of mark."""
    total = Address(f"{NEW}.total")
    documents = "proactive_disclosure.documents.rules"
    return marked(
        Mark(f"{documents}.issued", "unreadable", "三\n件"),
        Mark(f"{documents}.repealed", "absent"),
        Mark(f"{documents}.in_force", "out-of-range"),
        Mark(total, "annotated", f"{cells(report())[total]}（含转办）"),
        Mark(GROUP, "merged"),
        Mark("requests.carried_forward.total", "blank", "/"),
    )


REPORTS: Mapping[str, Callable[[], AnyReport]] = {
    "sound": lambda: loads(SUQIAN),
    "with every kind of mark": odd,
    "edition 2019": lambda: report("pingtan-2019"),
}


@pytest.mark.parametrize("name", REPORTS)
def test_report_is_opened_and_saved_as_it_was(name: str, open_page: OpenPage) -> None:
    wanted = REPORTS[name]()
    page = open_page(blank_page(wanted.edition))
    open_report(page, dumps(wanted))
    assert dumps(saved(page)) == dumps(wanted)


def test_slips_are_saved_as_discrepancies(open_page: OpenPage) -> None:
    page = open_page(blank_page())
    open_report(page, SUQIAN)
    fill(page, {f"{NEW}.total": "1"})
    values = json.loads(SUQIAN)
    values["requests"]["newly_received"]["total"] = 1
    assert saved(page) == loads(values, as_found=True)


def test_merged_rows_are_shown_as_one_until_they_are_parted(open_page: OpenPage) -> None:
    page = open_page(blank_page())
    open_report(page, dumps(odd()))
    assert not cell(page, f"{GROUP}.fee_overdue.total").is_editable()
    page.get_by_role("button", name="改为分行填写").click()
    assert cell(page, f"{GROUP}.fee_overdue.total").is_editable()
    found = saved(page)
    assert cells(found)[f"{GROUP}.fee_overdue.total"] is None
    assert f"{GROUP}.fee_overdue.total" in {mark.at for mark in found.marks}


def test_file_that_is_no_report_changes_nothing(open_page: OpenPage) -> None:
    page = open_page(blank_page())
    fill(page, {"agency": "甲市"})
    for text, said in {"{": "不是可读的 JSON", SUQIAN.replace("2021", "2019", 1): '应为："2021"'}.items():
        open_report(page, text, f"{len(said)}.json")
        assert said in page.locator("#notice").inner_text()
        assert page.locator("#notice li").count() == 1
        assert texts(page, "agency", f"{NEW}.total") == ["甲市", ""]


def test_blank_form_of_ours_is_opened(open_page: OpenPage, tmp_path: Path) -> None:
    blank(tmp_path / "blank.json", last_year=report("suqian-2023"))
    form = json.loads((tmp_path / "blank.json").read_text("utf-8")) | {"year": None}
    page = open_page(blank_page())
    open_report(page, json.dumps(form))
    assert texts(page, "agency", "year", f"{NEW}.total") == ["宿迁市人民政府", "", ""]
    assert texts(page, "requests.brought_forward.natural_person") == ["118"]


def test_file_in_another_encoding_is_named_as_such(open_page: OpenPage) -> None:
    page = open_page(blank_page())
    page.set_input_files("#open", {"name": "x.json", "mimeType": "", "buffer": SUQIAN.encode("gbk")})
    page.locator("#notice").get_by_text("另存为 UTF-8").wait_for()


def test_what_is_still_to_be_written_is_told_without_an_alarm(open_page: OpenPage) -> None:
    page = open_page(blank_page())
    assert broken(page) == set()
    page.locator("#verdict").get_by_text("5 处文字未填").click()
    assert focused(page) == "agency"
    fill(page, {"agency": "甲市", "year": "12"})
    assert broken(page) == {"year"}
    assert "3 处文字未填" in page.locator("#verdict").inner_text()


def test_year_of_another_edition_is_told(open_page: OpenPage) -> None:
    page = open_page(blank_page())
    fill(page, {"year": "2020"})
    page.locator("#verdict").get_by_text("2020 年度不适用 2021 版格式").click()
    assert focused(page) == "year"
    fill(page, {"year": "2021"})
    assert "2021 版格式" not in page.locator("#verdict").inner_text()


def test_year_is_asked_for_before_saving(open_page: OpenPage) -> None:
    page = open_page(blank_page())
    page.get_by_role("button", name="保存").click()
    assert focused(page) == "year"
    assert "年度应为 2000 至 2100 的整数" in page.locator("#notice").inner_text()


HOSTILE = '</script><img src=x onerror="window.hit=1">\'"><script>window.hit=1</script>${window.hit=1}'


def test_hostile_text_stays_text(open_page: OpenPage) -> None:
    unreadable = Mark("proactive_disclosure.documents.rules.issued", "unreadable", HOSTILE)
    hostile = attrs.evolve(marked(unreadable), agency=HOSTILE, overview=HOSTILE)
    page = open_page(render(BlankForm(Report2021, HOSTILE, 2024)).decode())
    open_report(page, dumps(hostile), f"{HOSTILE.replace('/', '')}.json")
    open_report(page, '{"<img src=x onerror=window.hit=1>": 1}', "bad.json")
    page.reload()
    assert texts(page, "agency", "overview") == [HOSTILE, HOSTILE]
    assert page.locator("img").count() == 0
    assert page.evaluate("window.hit") is None
    assert saved(page).agency == HOSTILE


# -- looks ---------------------------------------------------------------------------------------------


def test_printed_page_is_read_as_the_report(open_page: OpenPage, tmp_path: Path) -> None:
    wanted = report("suqian-2024")
    page = open_page(blank_page())
    open_report(page, dumps(wanted))
    page.pdf(path=tmp_path / "printed.pdf", prefer_css_page_size=True)
    reading = read(tmp_path / "printed.pdf")
    assert reading.report is not None
    assert cells(reading.report) == cells(wanted)
    assert (reading.report.agency, reading.report.year) == (wanted.agency, wanted.year)


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_page_is_no_wider_than_the_screen(width: int, open_page: OpenPage) -> None:
    page = open_page(blank_page(), viewport={"width": width, "height": 800})
    open_report(page, SUQIAN)
    cell(page, f"{NEW}.total").focus()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    whole = "buttons => buttons.every(button => button.scrollWidth <= button.clientWidth)"
    assert page.eval_on_selector_all(".tools [role=toolbar] > *", whole)
    assert label(Report2021, f"{NEW}.total").split(" > ", 1)[1] in page.locator("#here").inner_text()
