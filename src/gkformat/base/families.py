"""The rule families: their names, their authority, and their titles and messages in both languages.

Names are a public promise and are never reused. Equations and advice judge a report; reading families say what is odd
about a file; structural families say why a payload is not a report at all. Add the message of a new rule here.
"""

from collections.abc import Mapping
from typing import Literal

from gkformat.base.findings import SEVERITY_TITLES
from gkformat.base.frozen import frozen
from gkformat.base.words import Words

Authority = Literal["stated", "derived", "cell", "advice", "reading", "structure", "internal"]
"""The authority of a family.

`stated`: printed by the notice. `derived`: the arithmetic of a printed total. Only these two can refuse a report.
`cell`: what a cell holds is no number of the form, as its mark says.
`advice`: worth a look. `reading`: odd about a file, not about the report in it. `structure`: not the shape of a report.
`internal`: a mistake in the library itself.
"""

AUTHORITY_TITLES: Mapping[Authority, Words] = {
    "stated": Words("格式明文规定", "printed by the form"),
    "derived": Words("由表中总计推得", "derived from a printed total"),
    "cell": Words("格中内容", "the contents of a cell"),
    "advice": SEVERITY_TITLES["advice"],
    "reading": Words("读取文件", "reading a file"),
    "structure": Words("格式错误", "structure"),
    "internal": Words("程序自身", "the library itself"),
}
"""The words for each authority, in the order of the catalogue."""


@frozen
class Family:
    """A family of rules: `title` is what it asks for, `message` the template of a finding or a fault."""

    rule: str
    authority: Authority
    title: Words
    message: Words


_PARTS_AND_TOTAL = Words(
    "各项之和为 {left}，总计填 {right}，相差 {difference:+}",
    "the parts add up to {left}, the total says {right}, difference {difference:+}",
)
_EXPECTED_AND_FOUND = Words("应为：{expected}；实为：{found}", "expected {expected}, found {found}")

_ALL = (
    # -- equations ---------------------------------------------------------------------------------
    Family(
        "row-total",
        "derived",
        Words("每行的总计等于该行各格之和", "the total of a row is the sum of its cells"),
        _PARTS_AND_TOTAL,
    ),
    Family(
        "outcomes-total",
        "derived",
        Words(
            "总计行逐列等于以上各办理结果之和", "column by column, the total line is the sum of the outcomes above it"
        ),
        _PARTS_AND_TOTAL,
    ),
    Family(
        "balance",
        "stated",
        Words(
            "每列第一项加第二项之和，等于第三项加第四项之和",
            "in each column, items one and two together equal items three and four together",
        ),
        Words(
            "第一项加第二项为 {left}，第三项加第四项为 {right}，相差 {difference:+}",
            "items one and two give {left}, items three and four give {right}, difference {difference:+}",
        ),
    ),
    Family(
        "case-total",
        "derived",
        Words("每组案件的总计等于四种结果之和", "the total of a group of cases is the sum of its four results"),
        _PARTS_AND_TOTAL,
    ),
    # -- cells -------------------------------------------------------------------------------------
    Family(
        "cell-unreadable",
        "cell",
        Words("格中应为数字", "a cell should hold a number"),
        Words(
            "读不出数字：{found}；请核对后改为数字",
            "no number can be made out: {found}; check it and write a number",
        ),
    ),
    Family(
        "cell-out-of-range",
        "cell",
        Words("格中应为本格可填的数字", "a cell should hold a number of its kind"),
        Words(
            "不能填这样的数：{found}；应为：{expected}；请核对后改正",
            "a number that cannot stand here: {found}; expected: {expected}; check it and correct it",
        ),
    ),
    Family(
        "cell-absent",
        "cell",
        Words("格式的每一格都应在文件中", "a document should have every cell of the form"),
        Words("文件中没有；请补上", "not in the document; add it"),
    ),
    Family(
        "report-empty",
        "cell",
        Words("报告应当填有数字", "a report should have numbers filled in"),
        Words(
            "{count} 格没有填任何数字；请填写（没有发生的填 0）",
            "none of {count} cells has a number; fill them in (write 0 where nothing happened)",
        ),
    ),
    # -- advice ------------------------------------------------------------------------------------
    Family(
        "cells-blank",
        "advice",
        Words("没有发生的应填 0，不应空着", "where nothing happened a 0 should be written, not a blank"),
        Words(
            "空白：{cells}（没有发生的填 0）",
            "blank: {cells} (write 0 where nothing happened)",
        ),
    ),
    Family(
        "stale",
        "advice",
        Words("已声明的不符之处应当确实存在", "a declared discrepancy should really occur"),
        Words(
            "报告声明 {rule} 在此不符（{left} 与 {right}），实际并无此不符",
            "the report declares that {rule} fails here ({left} against {right}), but it does not",
        ),
    ),
    Family(
        "year-mismatch",
        "advice",
        Words(
            "报告年度应当在所用格式的适用年度之内", "the reporting year should be one for which its edition is in force"
        ),
        Words(
            "{left} 年度不适用 {edition} 版格式（适用于 {years}）",
            "edition {edition} is not for the year {left} (it is for {years})",
        ),
    ),
    Family(
        "section-empty",
        "advice",
        Words("要求文字描述的部分不应空着", "a section for which the form asks a description should not be empty"),
        Words("这一部分没有文字", "this section has no text"),
    ),
    Family(
        "placeholder-left",
        "advice",
        Words(
            "格式中给填表人看的说明不应留在文字里",
            "the hints that the form prints for its writer should not be left in the text",
        ),
        Words(
            "留着格式的说明“{words}”；请删去，并写上这一部分的内容",
            "the hint of the form is still here, “{words}”: delete it, and write what it asks for",
        ),
    ),
    Family(
        "overview-part-missing",
        "advice",
        Words("总体情况应当涵盖通知列出的各个方面", "the overview should speak of all that the notice lists"),
        Words("没有谈到：{parts}", "nothing is said of {parts}"),
    ),
    Family(
        "assessment-results-missing",
        "advice",
        Words(
            "各级政府的报告应当说明工作考核、社会评议和责任追究的结果",
            "a government should report the results of assessment, of public evaluation and of accountability",
        ),
        Words("没有谈到：{results}", "nothing is said of {results}"),
    ),
    Family(
        "publication-date",
        "advice",
        Words(
            "报告应当在年度结束之后、规定期限之前公布",
            "a report should be published after the end of its year and by the date that is set",
        ),
        Words(
            "公布日期为 {published}；{kind}（{year} 年度）应在 {first} 至 {last} 之间公布",
            "published on {published}; {kind} for {year} is due between {first} and {last}",
        ),
    ),
    Family(
        "fee-statement-missing",
        "advice",
        Words(
            "格式注明在此报告收取信息处理费情况的部分，应当报告",
            "a section in which the form has information processing fees reported should report them",
        ),
        Words(
            "没有谈到收取信息处理费的情况（收取多少，或者没有收取）",
            "nothing is said of information processing fees (how much was charged, or that none was)",
        ),
    ),
    Family(
        "fee-silent",
        "advice",
        Words(
            "有申请因逾期未缴费而不再处理的，应当报告收取信息处理费的情况",
            "where requests were closed because a fee was not paid, the fees should be reported",
        ),
        Words(
            "表中有 {left} 件申请因逾期未缴费而不再处理，文字没有谈到收费；请写明通知缴费、收取信息处理费的情况",
            "{left} requests were closed because a fee was not paid, but the text says nothing of fees: say what was "
            "asked and what was paid",
        ),
    ),
    Family(
        "fee-amount",
        "advice",
        Words(
            "信息处理费的金额应当是 10 元的倍数",
            "a fee for processing information should be a multiple of 10 yuan",
        ),
        Words(
            "“{words}”不是 10 元的倍数，按收费标准不会有这样的金额；请核对数字和单位",
            "“{words}” is no multiple of 10 yuan, and the tariff gives no such amount: check the number and the unit",
        ),
    ),
    Family(
        "in-force-below-issued",
        "advice",
        Words(
            "现行有效件数加本年废止件数不应少于本年制发件数",
            "documents in force plus those repealed should not be fewer than those issued",
        ),
        Words(
            "现行有效与本年废止合计 {left} 件，少于本年制发 {right} 件",
            "{left} in force or repealed, fewer than the {right} issued in the year",
        ),
    ),
    Family(
        "rules-without-power",
        "advice",
        Words(
            "没有规章制定权的机关，规章一行应为 0",
            "the line of government rules should be 0 for a body that may not make them",
        ),
        Words(
            "{agency}没有规章制定权，规章一行却不为 0，请核对是否应填在行政规范性文件一行",
            "{agency} may make no government rules, and yet their line is not 0: do the numbers belong to the line of "
            "normative documents?",
        ),
    ),
    Family(
        "period-differs",
        "advice",
        Words(
            "文中所说的数据期限应当是报告年度的 1 月 1 日至 12 月 31 日",
            "the period that the text states should be the reporting year, 1 January to 31 December",
        ),
        Words(
            "文中数据期限写作“{words}”，报告年度是 {year} 年；请核对（应为当年 1 月 1 日至 12 月 31 日）",
            "the text gives the period “{words}”, but the reporting year is {year}: check it (1 January to 31 December "
            "{year})",
        ),
    ),
    Family(
        "notice-cited",
        "advice",
        Words(
            "文中所引的格式文号应当是本年度所用的",
            "the notice that the text cites for the form should be the one in force for the year",
        ),
        Words(
            "引用的文号是“{words}”，{year} 年度的格式由 {notice} 印发；请核对文号",
            "the text cites “{words}”, but the form for {year} was issued by {notice}: check the number",
        ),
    ),
    Family(
        "other-body-named",
        "advice",
        Words(
            "文中所说的编制机关、联系单位应当是本机关",
            "the body that the text names as the author, or for questions, should be the body of the report",
        ),
        Words(
            "文中写的是“{words}”，报告的机关是“{agency}”；请核对是否沿用了别的单位的文字",
            "the text names “{words}”, but the report is that of “{agency}”: was a text of another body taken over?",
        ),
    ),
    Family(
        "text-gap",
        "advice",
        Words("文中的数字、名称不应空着", "no number and no name should be left open in a text"),
        Words(
            "“{words}”处缺少数字或名称；请补上",
            "at “{words}” a number or a name is missing: fill it in",
        ),
    ),
    Family(
        "numbering-repeated",
        "advice",
        Words("文中各点的序号应当逐一相接", "the points of a list should be numbered one after the other"),
        Words(
            "序号“{words}”接在第 {left} 点之后；请核对是否重复，或漏了内容",
            "“{words}” follows point {left}: is a number repeated, or a point missing?",
        ),
    ),
    Family(
        "text-differs",
        "advice",
        Words(
            "文字部分的数字应当与其所说的表格一致",
            "a number in the narrative should be that of the table of which it speaks",
        ),
        Words(
            "“{place}”第 {start} 至 {end} 字写“{words}”，表中为 {right}{percent}",
            "{field}, characters {start} to {end}, says “{words}”; the table says {right}{percent}",
        ),
    ),
    Family(
        "text-parts-sum",
        "advice",
        Words(
            "文中所列各部分之和应当等于所说的总数",
            "the parts that a text lists should add up to the number that it states",
        ),
        Words(
            "“{words}”各部分之和为 {left}，总数写作 {right}，相差 {difference:+}；请核对各数",
            "the parts in “{words}” add up to {left}, the text says {right}, difference {difference:+}: check them",
        ),
    ),
    Family(
        "growth-rate",
        "advice",
        Words(
            "文中的增减百分比应当与其前后的数字相符",
            "a rate of growth should follow from the numbers beside it",
        ),
        Words(
            "“{words}”：按前后数字计算为 {right}%；请核对",
            "“{words}”: by the numbers beside it, it is {right}%; check them",
        ),
    ),
    # -- across reports ----------------------------------------------------------------------------
    Family(
        "carry-over",
        "advice",
        Words(
            "本年的上年结转应当等于上一年的结转下年度",
            "what is brought forward should be what was carried forward the year before",
        ),
        Words(
            "{earlier} 年结转下年度 {left}，{later} 年填上年结转 {right}，相差 {difference:+}",
            "{earlier} carried {left} forward, {later} says {right} were brought forward, difference {difference:+}",
        ),
    ),
    Family(
        "in-force-chain",
        "advice",
        Words(
            "现行有效件数应当等于上年现行有效加本年制发减本年废止",
            "documents in force should be those of the year before, plus issued, minus repealed",
        ),
        Words(
            "{earlier} 年现行有效加 {later} 年制发减废止为 {left}，{later} 年填现行有效 {right}，相差 {difference:+}",
            "in force in {earlier}, plus issued and minus repealed in {later}, gives {left}; {later} says {right}, difference {difference:+}",  # noqa: E501
        ),
    ),
    Family(
        "text-repeated",
        "advice",
        Words(
            "存在的主要问题及改进情况不应与上一年雷同",
            "problems and improvements should not be told in the words of the year before",
        ),
        Words(
            "与 {earlier} 年的文字雷同（相同部分约占 {percent}%，数字不计）",
            "nearly the text of {earlier}: they have about {percent}% in common, whatever their numbers",
        ),
    ),
    Family(
        "numbers-repeated",
        "advice",
        Words(
            "各项数字不应与上一年完全相同",
            "the numbers should not all be those of the year before",
        ),
        Words(
            "{count} 个不为 0 的数字与 {earlier} 年完全相同，请核对是否误用了上一年的数字",
            "all {count} numbers above 0 are those of {earlier}: were they copied?",
        ),
    ),
    Family(
        "unit-jump",
        "advice",
        Words(
            "金额不应比上一年相差一万倍左右",
            "an amount should not be about ten thousand times that of the year before, or a ten-thousandth",
        ),
        Words(
            "{earlier} 年填 {left}，{later} 年填 {right}，相差约一万倍，请核对单位是元还是万元",
            "{left} in {earlier}, {right} in {later}, about ten thousand times as much or as little: "
            "check the unit, yuan or 10,000 yuan",
        ),
    ),
    Family(
        "parts-sum",
        "advice",
        Words(
            "汇总的每一格应当等于各单位同一格之和",
            "a cell of the whole should be the sum of the same cell in its parts",
        ),
        Words(
            "各单位合计 {left}，汇总填 {right}，相差 {difference:+}",
            "the parts add up to {left}, the whole says {right}, difference {difference:+}",
        ),
    ),
    Family(
        "part-exceeds-whole",
        "advice",
        Words("任何单位的数字不应大于汇总的同一格", "no part should have more than the whole in the same cell"),
        Words(
            "{part} 填 {left}，大于汇总的 {right}",
            "{part} says {left}, more than the {right} of the whole",
        ),
    ),
    Family(
        "parts-coverage",
        "advice",
        Words(
            "每个应报单位应当恰好计入一次，年度与格式版本与汇总相同",
            "every expected body should be counted exactly once, for the year and edition of the whole",
        ),
        Words(
            "{part}：缺少、重复、未列入应报单位，或年度、版本不同",
            "{part}: missing, repeated, not expected, or of another year or edition",
        ),
    ),
    # -- reading -----------------------------------------------------------------------------------
    Family(
        "table-missing",
        "reading",
        Words("格式的每张表都应在文件中找到", "every table of the form should be found in a file"),
        Words("文件中没有找到这张表", "this table was not found in the file"),
    ),
    Family(
        "cell-missing",
        "reading",
        Words("格式的每一行、每一格都应在文件中找到", "every row and every cell of the form should be found in a file"),
        Words("文件的表中没有这一行或这一格", "the table in the file has no such row or cell"),
    ),
    Family(
        "not-in-form",
        "reading",
        Words(
            "文件的表中不应有格式以外的行列",
            "the tables of a file should have no rows or columns but those of the form",
        ),
        Words("格式中没有的内容，未计入任何一格：{found}", "not in the form, and not read into any cell: {found}"),
    ),
    Family(
        "label-differs",
        "reading",
        Words("行列名称应与格式一致", "labels should be those of the form"),
        Words(
            "名称与格式不同或缺失（文件写作“{found}”），按相近名称和位置辨认",
            "the label differs or is lost (the file says “{found}”); recognised by likeness and place",
        ),
    ),
    Family(
        "rows-in-doubt",
        "reading",
        Words("表中各行的位置和格数应与格式一致", "the rows of a table should be those of the form"),
        Words(
            "此表有 {found} 行缺失，或位置、格数与格式不符，只取确定的各格：请改用原文件（DOCX、XLSX、网页）"
            "或带表格线的 PDF 再读，否则请逐行核对",
            "{found} rows of this table are missing, or differ from the form in place or cells; only what is certain "
            "was read: read the original (DOCX, XLSX, web page) or a PDF with ruling lines, or check each row",
        ),
    ),
    Family(
        "position-differs",
        "reading",
        Words("行列的名称与位置应当一致", "the label of a row or column should agree with its place"),
        Words(
            "名称与位置不一致，有关各格留空待核：{found}",
            "label and place do not agree; the cells concerned are left open: {found}",
        ),
    ),
    Family(
        "cells-misaligned",
        "reading",
        Words("每行的格数应与列数一致", "a row should have as many cells as there are columns"),
        Words(
            "格数或跨列与表头不符，只取确定的各格：{found}",
            "cells or spans do not fit the header; only what is certain was read: {found}",
        ),
    ),
    Family(
        "cells-cut",
        "reading",
        Words("数字之间应当分开", "numbers should stand apart"),
        Words(
            "数字连写，按勾稽关系分开，不能唯一确定的留空：{found}",
            "numbers run into each other; cut where the arithmetic of the form allows one way, else open: {found}",
        ),
    ),
    Family(
        "not-recalculated",
        "reading",
        Words("公式应有算出的值", "a formula should have the value that it comes to"),
        Words(
            "{found} 格的公式没有重新计算，不取作数字：请用 Excel 或 WPS 打开文件，保存后再读",
            "{found} formulas were not recalculated, and are not taken for numbers: open the file in a spreadsheet "
            "program, save it, and read it again",
        ),
    ),
    Family(
        "cell-conflict",
        "reading",
        Words("同一格在文件中应只有一种内容", "a file should say one thing of a cell"),
        Words("文件中此格出现不同内容：{found}", "the file says different things of this cell: {found}"),
    ),
    Family(
        "section-missing",
        "reading",
        Words("六个部分的标题都应在文件中找到", "the headings of all six sections should be found in a file"),
        Words("没有找到这一部分的标题", "the heading of this section was not found"),
    ),
    Family(
        "heading-repeated",
        "reading",
        Words("每个部分的标题应只出现一次", "the heading of a section should occur once"),
        Words(
            "报告中此标题出现不止一次，文字合在一起：{found}；请核对是否误写",
            "the report has this heading more than once, and the texts are put together: {found}; is one a slip?",
        ),
    ),
    Family(
        "heading-misnumbered",
        "reading",
        Words("各部分的序号应与格式一致", "sections should be numbered as in the form"),
        Words(
            "报告中此标题的序号与格式不同：{found}；请核对",
            "the report numbers this heading otherwise than the form: {found}; check it",
        ),
    ),
    Family(
        "title-conflict",
        "reading",
        Words("各处所写的机关和年度应当一致", "a file should name one body and one year"),
        Words(
            "文件各处所写不一致，取第一种，请核对：{found}",
            "the file says different things, of which the first is taken; check it: {found}",
        ),
    ),
    Family(
        "title-incomplete",
        "reading",
        Words("文件应写明机关和年度", "a file should name the body and the year"),
        Words("文件中没有写明", "the file does not say"),
    ),
    Family(
        "title-from-file-name",
        "reading",
        Words("文件应写明机关和年度", "a file should name the body and the year"),
        Words(
            "文件中没有写明，按文件名取“{found}”；请核对", "the file does not say; “{found}” is from its name: check it"
        ),
    ),
    Family(
        "edition-unknown",
        "reading",
        Words("表的行列应能说明所用格式的版本", "the rows and columns should tell which edition of the form is used"),
        Words("不能从表的行列判断格式版本", "the rows and columns do not tell the edition of the form"),
    ),
    # -- structure ---------------------------------------------------------------------------------
    Family(
        "not-json",
        "structure",
        Words("数据应为 UTF-8 编码的 JSON 文本", "the data should be JSON text in UTF-8"),
        Words("不是可读的 JSON：{expected}", "not readable as JSON: {expected}"),
    ),
    Family(
        "too-deep",
        "structure",
        Words("嵌套层数不应超出可读范围", "the nesting should not be deeper than can be read"),
        Words("嵌套过深，无法读取", "nested too deeply to be read"),
    ),
    Family(
        "duplicate-key",
        "structure",
        Words("同一个键只应出现一次", "a key should occur only once in an object"),
        Words("键 {key} 重复出现", "the key {key} occurs more than once"),
    ),
    Family(
        "unknown-edition",
        "structure",
        Words("版本应为本库所知的格式版本", "the edition should be one that the library knows"),
        _EXPECTED_AND_FOUND,
    ),
    Family(
        "missing",
        "structure",
        Words("必填的键不应缺少", "a required key should be present"),
        Words("缺少键 {key}；应为：{expected}", "the key {key} is missing; expected {expected}"),
    ),
    Family(
        "unknown-key",
        "structure",
        Words("不应有格式中没有的键", "there should be no key that is not in the form"),
        Words("未知的键 {key}", "{key} is not a known key"),
    ),
    Family(
        "wrong-type", "structure", Words("值的类型应与格式相符", "a value should be of its kind"), _EXPECTED_AND_FOUND
    ),
    Family(
        "out-of-range",
        "structure",
        Words("值应在规定的范围之内", "a value should be within its bounds"),
        _EXPECTED_AND_FOUND,
    ),
    # -- the library itself ------------------------------------------------------------------------
    Family(
        "internal-error",
        "internal",
        Words("本库的规则自身不应出错", "no rule of the library should itself fail"),
        Words(
            "这是 gkformat 自身的错误，不是报告的错误：{rule} 未能作出判断（{error}）",
            "a mistake in gkformat and not in the report: {rule} could not be judged ({error})",
        ),
    ),
)

FAMILIES: Mapping[str, Family] = {family.rule: family for family in _ALL}
"""Every family by the name of its rule."""

RETIRED: Mapping[str, Words] = {
    "fee-precision": Words(
        "以万元为单位的金额有六位小数是常见的：折合到分，并不是错",
        "amounts in 10,000 yuan with six decimals are common: they are exact to the fen, and not wrong",
    ),
}
"""The families that were given up, and why. Their names are never used again."""
