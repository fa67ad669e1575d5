"""Numbers in the narrative against the tables: reported if they fit no lawful meaning, and ignored otherwise."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkformat import AnyReport, Report2021, cells, check, loads, replace
from gkformat.base.findings import Finding, Quote
from gkformat.checks.narrative.vocabulary import Referent, referents
from gkformat.forms.editions import EDITIONS
from gkformat.strategies import reports
from narratives import narratives
from support import SUITE, Payload, payload, put

OFFICE = "某市人民政府办公室"
RECEIVED = "requests.newly_received.total"
CASES = "reconsideration_and_litigation"
DOCUMENTS = "proactive_disclosure.documents.normative_documents"


def differing(report: AnyReport) -> list[Finding]:
    return [finding for finding in check(report).advice if finding.rule == "text-differs"]


def reported(report: Report2021, text: str, **fields: Any) -> list[tuple[str, object, object]]:
    return [(str(f.at), f.left, f.right) for f in differing(replace(report, overview=text, **fields))]


# -- what is reported ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全市新收政府信息公开申请3510件。", [(RECEIVED, 3510, 3511)]),
        ("全市收到政府信息公开申请3608件。", [(RECEIVED, 3608, 3511)]),
        ("共收到 3 512 件依申请公开，3512件政府信息公开申请被收到了。", []),
        ("全市各部门、镇街共受理依申请公开事项１２件。", [(RECEIVED, 12, 3511)]),
        ("全市受理政府信息公开申请3,512件。", [(RECEIVED, 3512, 3511)]),
        ("全市收到政府信息公开申请一百零二件。", [(RECEIVED, 102, 3511)]),
        ("全市收到政府信息公开申请一百○二件。", [(RECEIVED, 102, 3511)]),
        ("接收且办理公民、法人或者其他组织提出的政府信息公开申请6件", [(RECEIVED, 6, 3511)]),
        ("全市受理政府信\n息公开申请 6\n件（含 2022 年\n结转的 95 件）。", [(RECEIVED, 6, 3511), ("requests.brought_forward.total", 95, 96)]),
        ("答复政府信息公开申请3486件，120件结转至下年度继续办理", [("requests.carried_forward.total", 120, 121)]),
        ("答复依申请公开件3487件", [("requests.outcomes.total.total", 3487, 3486)]),
        ("办结依申请公开件5件", [("requests.outcomes.total.total", 5, 3486)]),
        ("办理依申请公开件5件", [(RECEIVED, 5, 3511)]),
        ("收到政府信息公开申请3511件，其中自然人3400件", [("requests.newly_received.natural_person", 3400, 3402)]),
        ("收到政府信息公开申请3511件，法人和其他组织110件", [("requests.newly_received.legal_person", 110, 109)]),
        ("办结政府信息公开申请3486件，“无法提供”的8件。", [("requests.outcomes.unavailable", 8, 1078)]),
        ("办结政府信息公开申请3486件，属于国家秘密8件。", [("requests.outcomes.denied.state_secret.total", 8, 0)]),
        ("因政府信息公开引发行政复议441件、行政诉讼114件", [(f"{CASES}.reconsideration.total", 441, 440), (f"{CASES}.litigation", 114, 113)]),
        ("政府信息公开类行政复议和行政诉讼均为3件", [(f"{CASES}.reconsideration.total", 3, 440), (f"{CASES}.litigation", 3, 113)]),
        ("因政府信息公开引起行政纠纷9件，其中行政复议8件", [(f"{CASES}.reconsideration.total", 8, 440)]),
        ("涉政府信息公开行政复议、行政诉讼案件550件", [(f"{CASES}.reconsideration.total", 550, 553)]),
        ("因政府信息依申请公开引起行政复议8件", [(f"{CASES}.reconsideration.total", 8, 440)]),
        ("政府信息公开类复议后起诉8件", [(f"{CASES}.litigation.after_reconsideration.total", 8, 89)]),
        ("未收到政府信息公开申请，未发生行政复议。", [(RECEIVED, 0, 3511), (f"{CASES}.reconsideration.total", 0, 440)]),
        ("无下年度结转依申请公开件。", [("requests.carried_forward.total", 0, 121)]),
        ("全市制发行政规范性文件108件，废止规范性文件490件", [(f"{DOCUMENTS}.issued", 108, 109), (f"{DOCUMENTS}.repealed", 490, 489)]),
        ("全市未制定规范性文件。", [(f"{DOCUMENTS}.issued", 0, 109)]),
        ("全市制发行政规范性文件109件，废止490件，现行有效文件598件", [(f"{DOCUMENTS}.repealed", 490, 489), (f"{DOCUMENTS}.in_force", 598, 597)]),
        ("集中发布现行有效行政规范性文件598件，更新本年度制发的规范性文件109件。", [(f"{DOCUMENTS}.in_force", 598, 597)]),
        ("全市作出行政许可决定5件，行政强制处理决定6件", [("proactive_disclosure.licensing.administrative_licenses.decisions", 5, 1808595), ("proactive_disclosure.enforcement.administrative_compulsion.decisions", 6, 20163)]),
        ("未收到过任何形式的信息公开申请。", [(RECEIVED, 0, 3511)]),
        ("收到政府网站上政府信息公开申请件3608件。", [(RECEIVED, 3608, 3511)]),
        ("收到通过邮寄、网络提交的各类政府信息公开申请共计3500件，涉及自然人3402件。", [(RECEIVED, 3500, 3511)]),
        ("收到政府信息公开申请3511件，其中法人申请5件、自然人申请3402件。", [("requests.newly_received.legal_person", 5, 109)]),
        ("办结依申请3486件，同意公开答复数1件，区分处理后公开328件，不予公开142件，无法提供1078件，不予处理406件，其他处理341件", [("requests.outcomes.granted.total", 1, 1191)]),
        ("政府信息公开行政复议440件，其中结果维持1件，结果纠正17件；诉讼113件，其中尚未审结2件", [(f"{CASES}.reconsideration.upheld", 1, 309), (f"{CASES}.litigation.direct.pending", 2, 15)]),
        ("收到政府信息公开申请3511件，已经答复3487件，产生行政复议439件。", [("requests.outcomes.total.total", 3487, 3486), (f"{CASES}.reconsideration.total", 439, 440)]),
        ("收到政府信息公开申请3511件，结转120件至2024年办理。", [("requests.carried_forward.total", 120, 121)]),
        ("全市新制定行政规范性文件108件。", [(f"{DOCUMENTS}.issued", 108, 109)]),
        ("因政府信息公开引发行政复议440件，行政诉讼113件，未出现被纠错的情况。", [(f"{CASES}.reconsideration.corrected", 0, 18)]),
    ],
)  # fmt: skip
def test_number_that_fits_no_meaning_is_reported(
    busy_report: Report2021, text: str, expected: list[tuple[str, int, int]]
) -> None:
    assert reported(busy_report, text) == expected


def test_finding_shows_the_words_and_the_cells(busy_report: Report2021) -> None:
    text = "\n一、收到申请情况。办结政府信息公开申请3486件，其中：不予公开 141\n件。"
    (finding,) = differing(replace(busy_report, preface=text))
    start = text.index("不予公开")
    assert finding.quote == Quote(finding.at.of(["preface"]), start, start + 10, "不予公开 141\n件")
    assert text[finding.quote.start : finding.quote.end] == finding.quote.text
    assert [term.at.steps[-2] for term in finding.terms][:2] == ["state_secret", "prohibited_by_law"]
    assert sum(cast("int", term.value) for term in finding.terms) == finding.right == 142
    assert finding.label == "三、收到和处理政府信息公开申请情况 > 三、本年度办理结果 > （三）不予公开"
    assert finding.message() == f"“导语”第 {start + 1} 至 {start + 10} 字写“不予公开 141 件”，表中为 142"
    assert finding.message("en").startswith(f"preface, characters {start + 1} to {start + 10}, says “不予公开")


def test_share_may_be_rounded_or_cut_off(busy_report: Report2021) -> None:
    text = "办结政府信息公开申请3486件，予以公开1191件，占{}，部分公开328件，不予公开142件，无法提供1078件，不予处理406件，其他处理341件"
    for share in ("34.16%", "34.17%", "34.1%", "34.2%", "34%", "33.9%", "33.02%"):  # the last two: of all, of those new
        assert not reported(busy_report, text.format(share)), share
    found = reported(busy_report, text.format("比36.5%"))
    assert found == [("requests.outcomes.granted.total", Decimal("36.5"), Decimal("34.2"))]
    assert "34.2%" in differing(replace(busy_report, overview=text.format("36.5%")))[0].message()


def test_heading_reaches_to_the_end_of_its_paragraph(busy_report: Report2021) -> None:
    text = "（一）市政府办公室。收到政府信息公开申请5件。\n（二）收到政府信息公开申请6件。\n\n全市办结依申请公开7件"
    assert [left for _, left, _ in reported(busy_report, text)] == [6, 7]
    text = "市政府办公室规范办理流程，收到政府信息公开申请5件。收到依申请公开6件。全市收到政府信息公开申请7件。"
    assert [left for _, left, _ in reported(busy_report, text)] == [7]


@pytest.mark.parametrize(
    "text", ["全年未收到政府信息公开申请。", "本机关未收到公民、法人和其他组织的政府信息公开申请。"]
)
def test_denial_of_requests_is_compared_with_those_received(busy_report: Report2021, text: str) -> None:
    [finding] = differing(replace(busy_report, agency="某某局", overview=text))
    assert (finding.at, finding.left, finding.right) == ("requests.newly_received.total", 0, 3511)


# -- what is not ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "收到行政许可申请5件，办结5件，收到群众来信5件，答复5件。",
        "收到政府信息公开申请近5件，收到政府信息公开申请5余件，收到政府信息公开申请5件左右。",
        "收到政府信息公开申请1.5万件，收到政府信息公开申请3至5件，收到政府信息公开申请第5件。",
        "收到政府信息公开申请三四件，收到依申请公开1，499件，收到依申请公开5件次。",
        "2022年收到政府信息公开申请5件。答复政府信息公开申请5件。上半年收到依申请公开5件。",
        "《某市2022年工作要点》印发，收到政府信息公开申请5件。",
        "市政府办公室收到政府信息公开申请5件，市本级收到政府信息公开申请5件；",
        "市公安局和各县区：收到政府信息公开申请5件，县区收到依申请公开5件。",
        "（一）市政府办公室。收到政府信息公开申请5件。办结政府信息公开申请5件。",
        "市政府办公室切实履行职责，规范办理流程。收到政府信息公开申请5件，办结5件。",
        "我办收到政府信息公开申请5件。全县收到政府信息公开申请5件。我县答复依申请公开5件。",
        "委托自然资源局办理依申请公开5件。",
        "收到政府信息公开申请3511件，其中网络申请5件，其中予以公开5件。",
        "收到政府信息公开申请3511件，其中商业企业99件，其中予以公开5件。",
        "公开信息5条，其中予以公开5件，结转下年度5件，自然人5人，自然人5件，行政复议5件。",
        "办理政府信息公开类行政复议440件，行政诉讼8件。",
        "受理行政复议案件5件，审理政府信息公开行政复议5件，办理政府信息公开类行政复议5件。",
        "因政府信息公开被申请行政复议，提起行政诉讼共5件。",
        "办结政府信息公开申请3486件，因不予公开、无法提供，部分公开5件。",
        "办结政府信息公开申请3486件，属于国家秘密不予公开8件。",
        "未发生因政府信息公开行政复议被纠正的情况，没有未收到政府信息公开申请的情况。",
        "未收到行政许可申请，无予以公开5件，未办理。",
        "受理渠道见申请指南。结转下年度5件。",
        "收到政府信息公开申请5件左右",
        "尚未办理完毕。",
        "没有未收到政府信息公开申请。",
        "制发规范性文件8件，市政府制发规范性文件8件，全市公开规范性文件8件，全市制发文件8件，全市规章和规范性文件8件。",
        "全市制发废止规范性文件8件，全市规范性文件8件。",
        "结转下年度和上年结转5件，政府信息公开申请5件，2021年结转政府信息公开申请5件，转2023年度办理依申请公开5件。",
        "申请量同比增长5%，占5%，较上年增加5件，办结政府信息公开申请3486件，办结率5%。",
        "处理群众诉求50件，办结5件。收到政府信息公开申请3511件，处理留言50条，办结5件。",
        "办结政府信息公开申请3486件，共计5件。",
        "答复政府信息公开申请3000件，不予受理400件，撤回86件。",
        "制发行政规范性文件5件，现行有效文件6件，集中发布现行有效规范性文件598件。",
        "制发规范性文件109件，现行有效规范性文件597件，制发文件300件，发布文件20件，公开规范性文件8件。",
        "全市公开行政处罚决定5件，办理行政许可5件，公示行政强制5件，收到行政许可申请5件。",
        "收到政府信息公开申请3511件，办理各类申请50件，收到各类申请60件。",
        "收到网站政府信息公开申请100件，邮寄政府信息公开申请200件，网络、邮寄申请5件。",
        "结果维持5件，尚未审结5件。政府信息公开行政复议440件，维持5件，驳回6件，其中予以公开5件。",
        "办理因政府信息公开引起的行政复议5件。",
        "收到政府信息公开申请3511件，与上年相比，新增政府信息公开申请5件。",
        "收到政府信息公开申请3511件，结转5件至2025年办理。",
        "收到政府信息公开申请3511件，另有5件，由于本机关不掌握相关政府信息而无法提供8件，部分予以公开8件。",
    ],
)
def test_number_that_fits_a_valid_meaning_is_ignored(busy_report: Report2021, text: str) -> None:
    assert reported(busy_report, text) == []


@pytest.mark.parametrize(
    ("agency", "text", "is_compared"),
    [
        ("某市统计局", "某市统计局收到政府信息公开申请5件", True),
        ("某市统计局", "市统计局收到政府信息公开申请5件", True),
        ("某市统计局", "我局制发规范性文件5件", True),
        ("某市统计局", "市教育局收到政府信息公开申请5件", False),
        ("某市统计局", "全市收到政府信息公开申请5件", False),
        (OFFICE, "市政府办公室收到政府信息公开申请5件", True),
        (OFFICE, "市政府收到政府信息公开申请5件", False),
        ("某县某镇人民政府", "全镇收到政府信息公开申请5件", True),
        ("某县某镇人民政府", "全县收到政府信息公开申请5件", False),
        ("某区某街道办事处", "全街共收到政府信息公开申请5件", True),
        ("某区某街道办事处", "我街道共收到政府信息公开申请5件", True),
        ("某市统计局", "办理因政府信息公开引起的行政复议5件", True),
        ("某市司法局", "办理因政府信息公开引起的行政复议5件", False),
        ("某市统计局", "收到政府信息公开申请3511件。办理行政复议5件", False),
        ("", "收到政府信息公开申请5件", True),
        ("", "全市收到政府信息公开申请5件", False),
    ],
)
def test_number_is_attributed_to_its_body(busy_report: Report2021, agency: str, text: str, is_compared: bool) -> None:
    assert bool(reported(busy_report, text, agency=agency)) is is_compared


def test_number_over_blanks_is_ignored(busy: Payload) -> None:
    text = "2023年，全市新收政府信息公开申请5件，上年结转5件，办结3486件，予以公开5件，占5%。"
    put(busy, "overview", text)
    assert len(differing(loads(busy))) == 4
    put(busy, "requests.brought_forward.total", None)
    put(busy, "requests.outcomes.granted.total", None)
    assert [finding.left for finding in differing(loads(busy, as_found=True))] == [5]


def test_group_that_is_not_named_may_be_counted_with_another(busy_report: Report2021) -> None:
    text = "办结政府信息公开申请3486件，予以公开1519件"
    assert reported(busy_report, text) == []
    assert reported(busy_report, text + "，部分公开328件") == [("requests.outcomes.granted.total", 1519, 1191)]


def test_share_of_zero_is_ignored() -> None:
    zero = loads((SUITE / "base" / "zero.json").read_bytes(), Report2021)
    assert reported(zero, "办结政府信息公开申请0件，予以公开0件，占5%。") == []


def test_edition_of_2019_has_its_own_documents() -> None:
    report = replace(
        loads(payload("pingtan-2020"), as_found=True), overview="全区新制作规范性文件5件。我区收到依申请公开21件。"
    )
    assert [(f.at, f.left, f.right) for f in differing(report)] == [
        ("proactive_disclosure.documents.normative_documents.newly_made", 5, 77)
    ]


@pytest.mark.parametrize("text", ["没有情况。", "未结转，未受理行政许可申请。", "没有收到回复。"])
def test_denial_of_something_else_is_ignored(busy_report: Report2021, text: str) -> None:
    assert differing(replace(busy_report, agency="某某局", overview=f"本机关收到政府信息公开申请3511件。{text}")) == []


# -- laws ----------------------------------------------------------------------------------------------


def statements(report: AnyReport, number: int = 0, *, slip: bool = False) -> Iterator[str]:
    """Yield sentences in the words of the form, each with its number from the tables, or with `number` if it is a `slip`."""
    form = referents(type(report))
    value: dict[Any, Any] = dict(cells(report))
    balance = form.balance
    newly, brought, handled, carried = (
        value[balance.cell(row)]
        for row in (balance.newly_received, balance.brought_forward, balance.handled, balance.carried_forward)
    )

    def of(right: int) -> int:
        return number if slip else right

    def group(topic: Referent) -> int:
        return sum(value[at] for at in topic.cells)

    yield f"本年度新收政府信息公开申请{of(newly)}件。"
    yield f"全年共收到政府信息公开申请{of(newly + brought)}件。"
    yield f"政府信息公开申请上年结转{of(brought)}件。"
    yield f"答复依申请公开{of(handled)}件。"
    yield f"{of(carried)}件依申请公开结转下年度办理。"
    for topic in form.named:
        if topic.kind == "case":
            yield f"因政府信息公开引发{topic.word}{of(group(topic))}件。"
        if topic in form.groups:
            yield f"办理政府信息公开申请{handled}件，其中{topic.word}{of(group(topic))}件。"
        if topic.kind == "decision":
            yield f"作出{topic.word}决定{of(group(topic))}件。"
        if topic.kind == "document":
            yield f"{topic.action}{topic.word}{of(group(topic))}件。"


def _of_an_office(report: AnyReport) -> AnyReport:
    return replace(report, agency=OFFICE, preface="", problems_and_improvements="", other_matters="")


@pytest.mark.parametrize("edition", EDITIONS)
@given(data=st.data())
def test_text_that_agrees_with_the_table_is_never_reported(edition: str, data: st.DataObject) -> None:
    report = _of_an_office(data.draw(reports(edition=edition, max_value=1000)))
    assert differing(replace(report, overview="".join(statements(report)))) == []


@pytest.mark.parametrize("edition", EDITIONS)
@given(data=st.data())
def test_number_found_nowhere_in_the_table_is_reported(edition: str, data: st.DataObject) -> None:
    report = _of_an_office(data.draw(reports(edition=edition, max_value=1000)))
    number = sum(abs(value) for value in cells(report).values() if isinstance(value, int)) + 1
    for statement in statements(report, number, slip=True):
        (finding,) = differing(replace(report, overview=statement))
        assert finding.left == number, statement
        assert finding.quote
        assert str(number) in finding.quote.text


def test_narratives_of_the_page_are_read_and_not_reported() -> None:
    found = list(narratives())
    assert [narrative.text for narrative in found if narrative.finding_count] == []
    counts = [read for narrative in found for read in narrative.read]
    assert sum(counts) / len(counts) > 0.9
