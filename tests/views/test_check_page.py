"""Tests of the check page: it tells every finding, marks the right cells, and nothing that others wrote acts in it."""

import json
from base64 import b64encode
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from selectolax.lexbor import LexborHTMLParser, LexborNode

import papers
from command_line import corpus_files
from gkformat import Examination, examine
from gkformat.base.words import Lang
from gkformat.cli.app import run
from gkformat.views import page
from readings import report, write_after_label
from support import CORPUS, Payload, put

BROKEN = CORPUS / "hongze-2023.json"
DAY = date(2026, 1, 31)
HOSTILE = "</script><img src=x onerror=alert(1)>\"' \u202eabc\u2028::error::"


def parsed(*examinations: Examination, **options: Any) -> LexborHTMLParser:
    return LexborHTMLParser(page(examinations, day=DAY, **options))


def only(html: LexborHTMLParser, selector: str) -> LexborNode:
    [node] = html.css(selector)
    return node


def classes(node: LexborNode) -> set[str]:
    return set((node.attributes.get("class") or "").split())


def test_every_finding_is_told_with_its_numbers_and_linked_to_its_cell() -> None:
    examination = examine(BROKEN)
    html = parsed(examination)
    notes = html.css("li.note")
    assert [note.attributes["data-rule"] for note in notes] == [note.item.rule for note in examination.notes]
    assert "结果维持 10 + 结果纠正 1 + 其他结果 0 + 尚未审结 0 = 11 ≠ 总计 0" in notes[0].text()
    assert "第 332 行第 16 列" in notes[0].text()
    ids = {node.attributes["id"] for node in html.css("[id]")}
    assert {str(link.attributes["href"])[1:] for link in html.css("a")} <= ids
    assert only(html, "td#r1-c1").text() == "01"  # the number 0, and the badge 1


def test_suspects_are_marked_strongly_the_rest_of_a_broken_equation_lightly_and_sound_cells_not() -> None:
    html = parsed(examine(BROKEN))
    assert len(html.css("td.suspect")) == 2
    assert len(html.css("td.broken")) == 10
    assert all("broken" in classes(cell) for cell in html.css("td.suspect"))
    assert len(html.css(".form td[class]")) == 10


def test_findings_are_counted_by_rule_and_gravity() -> None:
    html = parsed(examine(BROKEN), examine(CORPUS / "documents" / "shanghai-office-2019.xls"))
    rows = [[cell.text() for cell in row.css("td")] for row in html.css(".rules tbody tr")]
    assert rows[0] == ["每组案件的总计等于四种结果之和", "不符", "2", "1"]
    assert ["每组案件的总计等于四种结果之和", "待定", "1", "1"] in rows


def test_cells_told_together_are_counted_one_by_one() -> None:
    html = parsed(examine(CORPUS / "documents" / "pingtan-2021.txt"))
    rows = [[cell.text() for cell in row.css("td")] for row in html.css(".rules tbody tr")]
    assert rows[0] == ["格中应为数字", "待定", "3", "1"]
    assert only(html, "article .counts").text() == "待定 3，提示 4"


def test_command_applies_what_is_proposed() -> None:
    assert (
        "--set reconsideration_and_litigation.reconsideration.total=11 --set"
        in only(parsed(examine(BROKEN)), "pre").text()
    )


@pytest.mark.parametrize(
    ("file", "new"), [("a/b.pdf", "a/b-new.docx"), ("a/b.xls", "a/b-new.docx"), ("a/b.XLSX", "a/b-new.XLSX")]
)
def test_command_writes_a_kind_that_can_be_written(file: str, new: str) -> None:
    assert f"gkformat patch {file} -o {new} --set" in only(parsed(evolve(examine(BROKEN), file=file)), "pre").text()


@pytest.mark.parametrize("file", ["-", "a.zip/b.json", "a.tar.gz/c/b.docx", "a.jsonl", "a.jsonl.gz", ""])
def test_no_command_for_what_patch_does_not_take(file: str) -> None:
    assert not parsed(evolve(examine(BROKEN), file=file)).css("pre")


def unlinked(html: LexborHTMLParser) -> set[str]:
    ids = [str(node.attributes["id"]) for node in html.css("[id]")]
    assert len(ids) == len(set(ids))
    return {str(link.attributes["href"])[1:] for link in html.css("a")} - set(ids)


@pytest.mark.parametrize("name", ["documents/pingtan-2021.txt", "documents/shanghai-office-2019.xls"])
def test_finding_of_a_group_or_a_table_is_linked_to_its_heading(name: str) -> None:
    html = parsed(examine(CORPUS / name))
    assert not unlinked(html)
    assert html.css("h4 a.badge")


def test_each_of_several_findings_at_a_cell_is_linked_to_it(busy: Payload) -> None:
    busy["requests"]["outcomes"]["total"]["total"] += 1
    examination = examine(json.dumps(busy).encode(), as_found=True)
    places = [note.address for note in examination.notes]
    assert len(places) > len(set(places))
    assert not unlinked(parsed(examination))


def test_cells_without_a_number_look_each_in_its_way() -> None:
    made = papers.tables(report())
    for column, text in enumerate(("", "#REF!", "3件"), 1):
        write_after_label(made, 1, "一、本年新收", column, text)
    html = parsed(examine(papers.as_html(papers.document(report(), made)).encode()))
    for look in ("blank", "unreadable", "annotated"):
        assert html.css_first(f"td.{look}") is not None
        assert html.css_first(f".legend .{look}") is not None


def test_marked_cell_keeps_its_place_in_the_table() -> None:
    made = papers.tables(report())
    write_after_label(made, 0, "行政许可", 1, "#REF!")
    html = parsed(examine(papers.as_html(papers.document(report(), made)).encode()))
    assert only(html, "td.unreadable").attributes["colspan"] == "3"


def test_quoted_words_are_marked_in_the_text(busy: Payload) -> None:
    put(busy, "overview", "本年新收政府信息公开申请9999件。")
    examination = examine(json.dumps(busy).encode(), as_found=True)
    assert [note.item.rule for note in examination.notes if note.item.rule == "text-differs"]
    marks = parsed(examination).css("mark")
    assert [mark.text() for mark in marks if "9999" in mark.text()]
    assert not unlinked(parsed(examination))


def test_nothing_that_others_wrote_acts(busy: Payload) -> None:
    for at in ("agency", "overview", "preface"):
        put(busy, at, HOSTILE)
    unreadable = Examination(HOSTILE, "unreadable")
    source = page(
        [examine(json.dumps(busy).encode(), as_found=True), unreadable], day=DAY, missing=[HOSTILE], remarks=[HOSTILE]
    )
    html = LexborHTMLParser(source)
    assert len(html.css("script")) == 1
    assert not html.css("img, iframe, object, link")
    assert not any(name.startswith("on") for node in html.css("*") for name in node.attributes)
    assert not {"\u202e", "\u2028"} & set(source)


def test_policy_allows_the_script_of_the_page_and_nothing_else() -> None:
    html = parsed(examine(BROKEN))
    digest = b64encode(sha256(only(html, "script").text().encode()).digest()).decode()
    policy = only(html, "meta[http-equiv]").attributes["content"]
    assert policy == f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    assert not html.css("[src], [style*=url]")


def test_page_of_many_reports_begins_as_a_list() -> None:
    few, many = ([examine(BROKEN)] * count for count in (1, 11))
    assert len(parsed(*few).css("article > details[open]")) == 1
    assert len(parsed(*many).css("article > details[open]")) == 0
    assert only(parsed(*many), ".tiles").text().split() == ["11", "不一致"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_page_bears_its_day_version_and_form(lang: Lang) -> None:
    header = only(parsed(examine(BROKEN), lang=lang), "header").text()
    assert "2026-01-31" in header
    assert "gkformat 0." in header
    assert "国办公开办函〔2021〕30号" in header


def test_command_writes_the_page_with_what_is_between_reports(tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    years = corpus_files("pingtan-2022", "pingtan-2023")
    assert run(["check", *years, "--series", "--format", "html", "-o", str(out), "--lang", "zh"]) == 0
    html = LexborHTMLParser(out.read_text(encoding="utf-8"))
    assert [article.attributes["class"] for article in html.css("article")] == ["consistent", "consistent"]
    assert "2022 年现行有效" in only(html, "#across li").text()
    assert [cell.text() for cell in html.css(".rules tbody td")][2:] == ["1", "1"]


def test_undecided_cells_of_a_whole_do_not_bury_the_reports(tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    whole, part = corpus_files("huaian-2024", "gaoqing-gaocheng-2024")
    asked = ["check", part, "--parts-of", whole, "--expected", "某区", "--format", "html", "-o", str(out)]
    assert run([*asked, "--lang", "zh"]) in (0, 1)
    across = only(LexborHTMLParser(out.read_text(encoding="utf-8")), "#across")
    assert len(across.css("ul.notes > li.note.undecided")) > 10
    assert len(across.css("#across > ul > li.note.undecided")) == 3


def test_charts_of_each_report_and_of_all_together() -> None:
    broken, other = examine(BROKEN), examine(CORPUS / "huaian-2024.json")
    alone, both = (parsed(*examinations) for examinations in ((broken,), (broken, other)))
    titles = [[svg.attributes["aria-label"] for svg in html.css(".charts > svg")] for html in (alone, both)]
    assert titles[0] == ["淮安市洪泽区人民政府，2023 年度"]
    assert titles[1] == ["公开率（按办结），2 份报告", *titles[0], "淮安市人民政府，2024 年度"]
    years = parsed(*(examine(CORPUS / f"suqian-{year}.json") for year in (2023, 2024)))
    assert years.css("#overview .charts > svg")[0].attributes["aria-label"] == "宿迁市人民政府，2023 至 2024 年度"
