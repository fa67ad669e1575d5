"""Advice: given where it should be, silent where a blank leaves room, and never a reason to refuse."""

import pytest

import oracle
from gkformat import Finding, Mark, Report2021, check, ensure, loads, replace
from gkformat.base.findings import MarkKind
from gkformat.strategies import UNCLEAR
from support import SUITE, Payload, put

RULES = "proactive_disclosure.documents.rules"


def _advice(report: object) -> list[tuple[str, str]]:
    findings = check(report)
    assert findings.verdict == "consistent"
    assert ensure(report) is report
    return [(finding.rule, str(finding.at)) for finding in findings.advice]


def test_sound_report_gets_no_advice(busy_report: Report2021) -> None:
    assert not check(busy_report)


@pytest.mark.parametrize(("year", "advised"), [(2020, True), (2021, False), (2025, False), (2100, False)])
def test_year_should_be_one_of_its_edition(busy_report: Report2021, year: int, advised: bool) -> None:
    report = replace(busy_report, year=year)
    assert _advice(report) == ([("year-mismatch", "year")] if advised else [])
    if advised:
        assert check(report).advice[0].message() == "2020 年度不适用 2021 版格式（适用于 2021 年起）"


@pytest.mark.parametrize("text", ["", "  \n\u3000"])
def test_section_that_asks_for_a_text_should_have_one(busy_report: Report2021, text: str) -> None:
    report = replace(busy_report, overview=text, other_matters=text, preface="")
    assert _advice(report) == [("section-empty", "overview"), ("section-empty", "other_matters")]


@pytest.mark.parametrize(
    ("issued", "repealed", "in_force", "advised"),
    [(3, 1, 1, True), (3, 1, 2, False), (3, 3, 0, False), (0, 0, 0, False)],
)
def test_documents_issued_should_be_in_force_or_repealed(
    busy_report: Report2021, issued: int, repealed: int, in_force: int, advised: bool
) -> None:
    numbers = {f"{RULES}.issued": issued, f"{RULES}.repealed": repealed, f"{RULES}.in_force": in_force}
    report = replace(busy_report, numbers)
    assert _advice(report) == ([("in-force-below-issued", f"{RULES}.in_force")] if advised else [])
    if advised:
        (finding,) = check(report).advice
        assert isinstance(finding, Finding)
        assert (finding.left, finding.right) == (2, 3)
        assert [(term.coefficient, term.value) for term in finding.terms] == [(1, 1), (1, 1), (-1, 3)]


def test_blank_leaves_room_for_documents_in_force(busy: Payload) -> None:
    put(busy, f"{RULES}.in_force", None)
    put(busy, f"{RULES}.repealed", 0)
    assert _advice(loads(busy, as_found=True)) == [("cells-blank", "proactive_disclosure")]


@pytest.mark.parametrize(("kind", "text"), UNCLEAR)
def test_unclear_cell_leaves_room_for_documents_in_force(busy_report: Report2021, kind: MarkKind, text: str) -> None:
    changes = {f"{RULES}.issued": 3, f"{RULES}.repealed": 1, f"{RULES}.in_force": 0}
    assert _advice(replace(busy_report, changes)) == [("in-force-below-issued", f"{RULES}.in_force")]
    unclear = replace(busy_report, changes, marks=(Mark(f"{RULES}.in_force", kind, text),))
    assert [finding.rule for finding in check(unclear)] == [f"cell-{kind}"]


def test_blanks_are_told_once_a_table_with_totals_first(busy: Payload) -> None:
    for cell in ("requests.newly_received.natural_person", "requests.outcomes.granted.total", f"{RULES}.issued"):
        put(busy, cell, None)
    first, second = check(loads(busy, as_found=True)).advice
    assert [first.at, second.at] == ["proactive_disclosure", "requests"]
    assert first.message() == "空白：第二十条第（一）项 > 规章 > 本年制发件数（没有发生的填 0）"
    assert second.message().startswith(
        "空白，按勾稽关系应填：三、本年度办理结果 > （一）予以公开 > 总计 = 1191、一、本年新收"
    )
    assert second.message("en").endswith("自然人 = 3402")
    assert [(term.at.steps[-1], term.value) for term in second.terms] == [("natural_person", None), ("total", None)]


def test_many_blanks_are_counted_and_not_listed(busy: Payload) -> None:
    for cell in oracle.CELLS[:4]:
        put(busy, cell, None)
    (finding,) = check(loads(busy, as_found=True))
    assert finding.message("en").endswith(" and others, 4 cells in all (write 0 where nothing happened)")
    assert "and others, 4 cells in all" in finding.message("en")
    assert [str(term.at) for term in finding.terms] == oracle.CELLS[:4]


@pytest.mark.parametrize(
    ("agency", "advised"),
    [
        ("高青县高城镇人民政府", True),
        ("淮安市洪泽区人民政府", True),
        ("淮安市金湖县人民政府办公室", True),
        ("某区某街道办事处", True),
        ("内蒙古自治区人民政府", False),
        ("宿迁市人民政府", False),
        ("平潭综合实验区管委会", False),
        ("某县水利局", True),
        ("某市发展和改革委员会", True),
        ("某市人民政府办公室", False),
        ("某省人民政府办公厅", False),
        ("海关总署", False),
        ("高青县高城镇", True),
        ("某市政务服务中心", True),
        ("景德镇", False),
        ("", False),
    ],
)
def test_rules_should_be_made_only_by_bodies_with_the_power(
    busy_report: Report2021, agency: str, advised: bool
) -> None:
    numbers = {f"{RULES}.issued": 0, f"{RULES}.repealed": 2, f"{RULES}.in_force": 7}
    assert _advice(replace(busy_report, {f"{RULES}.{name}": 0 for name in ("issued", "repealed", "in_force")})) == []
    report = replace(busy_report, numbers, agency=agency)
    assert _advice(report) == ([("rules-without-power", RULES)] if advised else [])
    if advised:
        (finding,) = check(report).advice
        terms = [(term.at.steps[-1], term.coefficient, term.value) for term in finding.terms]
        assert terms == [("repealed", 1, 2), ("in_force", 1, 7)]
        assert finding.message().startswith(agency)


SPOKEN = "主动公开文件；依法答复申请；规范信息管理；更新网站；组织培训。"


@pytest.mark.parametrize(
    ("left_out", "missing"),
    [
        ("", ""),
        ("依法答复申请；", "依申请公开"),
        ("更新网站；", "政府信息公开平台建设"),
        ("规范信息管理；更新网站；组织培训。", "政府信息管理、政府信息公开平台建设、监督保障"),
    ],
)
def test_overview_should_speak_of_five_topics(busy_report: Report2021, left_out: str, missing: str) -> None:
    text = SPOKEN.replace(left_out, "").ljust(200, "略")
    report = replace(busy_report, overview=text)
    assert _advice(report) == ([("overview-part-missing", "overview")] if missing else [])
    if missing:
        assert check(report).advice[0].message() == f"没有谈到：{missing}"
    assert _advice(replace(busy_report, overview=text[:199])) == []


@pytest.mark.parametrize(
    ("text", "advised"),
    [
        ("略" * 40, True),
        ("略" * 39, False),
        ("略" * 40 + "未收取任何费用", False),
        ("略" * 40 + "（文字描述，收取信息处理费情况在此处报告。）", True),
        ("", False),
    ],
)
def test_last_section_should_say_what_was_charged(text: str, advised: bool) -> None:
    report = replace(loads((SUITE / "base" / "zero.json").read_bytes()), other_matters=text)
    assert (("fee-statement-missing", "other_matters") in _advice(report)) is advised
    assert ("fee-statement-missing", "other_matters") not in _advice(replace(report, preface="信息处理费 0 元"))


@pytest.mark.parametrize("text", ["无。", "略" * 100, "（文字描述，收取信息处理费情况在此处报告。）无"])
def test_fees_that_were_asked_for_should_be_reported(busy_report: Report2021, text: str) -> None:
    found = [item for item in check(replace(busy_report, other_matters=text)) if item.rule.startswith("fee-")]
    assert [(item.rule, item.left, [term.value for term in item.terms]) for item in found] == [("fee-silent", 10, [10])]
    assert "fee-silent" in {rule for rule, _ in _advice(replace(busy_report, other_matters="（文字描述）"))}
    assert "fee-silent" not in {rule for rule, _ in _advice(replace(busy_report, other_matters=""))}
    for elsewhere in ("收到信息处理费 0 元。", "见附件。"):
        assert "fee-silent" not in {rule for rule, _ in _advice(replace(busy_report, other_matters=text + elsewhere))}
    assert "fee-silent" not in {
        rule for rule, _ in _advice(replace(busy_report, other_matters=text, overview="信息处理费"))
    }
