"""Why each rule asks what it asks, from which clause that follows, and what to do about a finding.

The names, titles and messages of the rules are in `base.families`. A rule that no clause supports is ours, and says so
by citing nothing.
"""

from collections.abc import Mapping

from gkformat.base.citations import Article
from gkformat.base.frozen import frozen
from gkformat.base.words import Words
from gkformat.forms.law import (
    ACCURATE,
    AGENCY_REPORTS,
    AGGREGATED_REPORTS,
    ANNEX,
    ASSESSMENT_RESULTS,
    CASE_NUMBERS,
    CONTENTS,
    DISCLOSED_ITEMS,
    DISCLOSURE_NUMBERS,
    FEE_TARIFFS,
    FEES_CHARGED,
    FEES_REPORTED,
    LIABILITY,
    MAKERS_OF_RULES,
    NOTHING_LEFT_OUT,
    OTHER_MATTERS,
    OVERVIEW_TOPICS,
    PROBLEMS,
    REQUEST_NUMBERS,
    RESPONSIBLE,
    STATUTORY_DATES,
    TRANSITION,
)

OURS: tuple[Article, ...] = ()
"""No clause: the rule is ours."""


@frozen
class Ground:
    """Why a rule asks what it asks, what to do about a finding, and the clauses from which it follows, or `OURS`."""

    why: Words
    remedy: Words
    cites: tuple[Article, ...]


_LIABLE = (*RESPONSIBLE, LIABILITY)
_NUMBERS_OF_REQUESTS = (*ANNEX, *REQUEST_NUMBERS)
_SEE_PAPER = Words(
    "对照原件检查这一处。数字读得不对的，改原件的表格（补齐行列、名称和框线）再读；没有更好的原件时，对照原件把读出的数字改正。",
    "Compare this place with the document. If it was read wrongly, mend its table (rows, columns, labels, lines) and "
    "read it again; if there is no better document, correct the numbers that were read.",
)
_MEND_DATA = Words(
    "按提示改正数据，或者改正产生数据的程序；格式见 gkformat schema。",
    "Correct the data as the message says, or the program that made it; `gkformat schema` prints the format.",
)

GROUNDS: Mapping[str, Ground] = {
    # -- equations ---------------------------------------------------------------------------------
    "row-total": Ground(
        Words(
            "总计一列就是前面各格相加。两者不等，要么总计算错，要么某一格填错。",
            "The column of totals is the sum of the cells before it. If they differ, the total or one of the cells is "
            "wrong.",
        ),
        Words(
            "先核对这一行各格的原始台账，再改填错的那一格；各格都对的，改总计。"
            "可用 gkformat diagnose 查看最可能填错的格。",
            "Compare the cells of the row with the register and correct the one that is wrong; if all are right, "
            "correct the total. `gkformat diagnose` shows the cell that is probably wrong.",
        ),
        _NUMBERS_OF_REQUESTS,
    ),
    "outcomes-total": Ground(
        Words(
            "每件办结的申请只有一个最终处理结果，所以（一）至（六）各行相加就是（七）总计。",
            "Each request that was handled has one final outcome, so the lines （一） to （六） add up to the total "
            "（七）.",
        ),
        Words(
            "检查有没有申请重复计入两种结果或者漏计，区分处理的只计（二）部分公开；然后改正该行或者（七）总计。",
            "Look for requests that are counted under two outcomes or under none; one that was granted in part is "
            "counted under （二） alone. Then correct that line, or the total （七）.",
        ),
        _NUMBERS_OF_REQUESTS,
    ),
    "balance": Ground(
        Words(
            "今年要办的申请（新收加上年结转），到年底要么办结，要么结转下年，一件也不会多，一件也不会少。",
            "What was to be handled in the year (received and brought forward) was handled or is carried forward: "
            "none more, none less.",
        ),
        Words(
            "逐列核对新收、上年结转、办理结果总计、结转下年度四个数。常见的错误是漏填上年结转，"
            "或者结转数没有随办结数更新。",
            "Check the four numbers of the column: received, brought forward, total of outcomes, carried forward. "
            "Often what was brought forward is left out, or what is carried forward was not brought up to date.",
        ),
        _NUMBERS_OF_REQUESTS,
    ),
    "case-total": Ground(
        Words(
            "每件复议、诉讼案件按结果归入维持、纠正、其他、尚未审结之一，四项相加就是总计。",
            "Each case is upheld, corrected, ended otherwise, or pending; the four add up to the total.",
        ),
        Words(
            "核对这一组的四个数和总计。常见的错误是总计留着 0 没有填，或者尚未审结的案件没有计入总计。",
            "Check the four numbers and the total. Often the total was left at 0, or pending cases are not in it.",
        ),
        (*ANNEX, *CASE_NUMBERS),
    ),
    # -- cells -------------------------------------------------------------------------------------
    "cell-unreadable": Ground(
        Words(
            "表中每一格都是统计数据。读不出数字的格，无法核对，也无法汇总。",
            "Every cell of the tables is a statistic. A cell in which no number can be made out can be neither "
            "checked nor added up.",
        ),
        Words(
            "把该格改为一个数字。“约20”“7 46”之类写清楚；#REF! 之类是表格公式失效，要重新计算。",
            "Write one number in the cell: clearly, where it says “about 20” or “7 46”; #REF! is a broken formula of "
            "the spreadsheet, to be computed again.",
        ),
        (*ANNEX, *ACCURATE),
    ),
    "cell-out-of-range": Ground(
        Words(
            "件数只能是 0 或者正整数；金额不能是负数。2019 版的“本年增/减”可以是负数。",
            "A count is 0 or a positive integer, an amount is not negative. In edition 2019 a change may be negative.",
        ),
        Words(
            "核对原始数据后改正。出现小数的，看是否把以万为单位的数填进了以件为单位的格。",
            "Check the source and correct the number. A decimal may be a count in units of ten thousand.",
        ),
        (*ANNEX, *ACCURATE),
    ),
    "cell-absent": Ground(
        Words(
            "格式模板规定了每张表的行和列，缺一格就不是完整的报告。",
            "The template has these rows and columns: a report that lacks a cell is not complete.",
        ),
        Words(
            "按格式模板补上缺少的行列，没有发生的填 0。",
            "Add what is missing as the template has it; write 0 where nothing happened.",
        ),
        (*ANNEX, *NOTHING_LEFT_OUT),
    ),
    "report-empty": Ground(
        Words(
            "整份报告没有一个数字，多半是误交了空白模板。",
            "A report without any number is probably the blank template.",
        ),
        Words(
            "换成填好的报告；全年没有发生的，各格填 0。",
            "Replace it by the report; where nothing happened all year, write 0 in the cells.",
        ),
        (*ANNEX, *ACCURATE),
    ),
    # -- advice ------------------------------------------------------------------------------------
    "cells-blank": Ground(
        Words(
            "空白可能是没有发生，也可能是忘了填，看的人分不清，汇总的人也没法加。通知要求应报尽报、全面准确。",
            "A blank may mean that nothing happened or that it was forgotten: nobody can tell, and nobody can add it "
            "up. The notice asks for everything that is due, completely and exactly.",
        ),
        Words(
            "没有发生的填 0，有数的补填；可以由勾稽关系算出的，提示中已列出应填的数。",
            "Write 0 where nothing happened, and the numbers that were forgotten; those that follow from the "
            "equations are in the message.",
        ),
        ACCURATE,
    ),
    "stale": Ground(
        Words(
            "报告数据自己声明了某处不符，现在这一处并无不符：数字已经改过，声明没有跟着去掉。",
            "The payload declares that something fails which does not: the numbers were corrected, and the "
            "declaration was left.",
        ),
        Words("从 discrepancies 中删去这一条。", "Take this entry out of `discrepancies`."),
        OURS,
    ),
    "year-mismatch": Ground(
        Words(
            "2019、2020 年度用试行格式，2021 年度起用修订后的格式，两种格式的表不同，不能混用。",
            "The trial format is for 2019 and 2020, the revised one for 2021 and after; their tables differ.",
        ),
        Words(
            "年度写错的改年度；表格用错的，换用该年度的格式重新填报。",
            "Correct the year if it is wrong; if the tables are, fill in those of that year.",
        ),
        (*ANNEX, TRANSITION),
    ),
    "section-empty": Ground(
        Words(
            "格式模板在第一、五、六部分注明“（文字描述）”。这些部分空着，报告就不完整。",
            "The template asks for a description under 一, 五 and 六. Without them a report is not complete.",
        ),
        Words(
            "补写这一部分。第六部分没有事项的，写明“没有其他需要报告的事项”，并说明有无收取信息处理费。",
            "Write the section. If there is nothing to report under 六, say so, and whether processing fees were "
            "charged.",
        ),
        (*ANNEX, *NOTHING_LEFT_OUT, *OTHER_MATTERS),
    ),
    "placeholder-left": Ground(
        Words(
            "“（文字描述）”是模板的提示语，不是报告的内容；留在正文里，说明这一部分没有写，或者写完忘了删。",
            "“（文字描述）” is the hint of the template and no text of a report: the section was not written, or the h"
            "int was not taken out.",
        ),
        Words("删去提示语，写上这一部分的内容。", "Take out the hint and write the section."),
        (*ANNEX, *_LIABLE),
    ),
    "overview-part-missing": Ground(
        Words(
            "通知列出总体情况要写的五个方面，少写一个方面就有遗漏。",
            "The notice lists five topics of the overview; without one of them it is not complete.",
        ),
        Words(
            "补写缺少的方面，各用一两句说明本年做了什么即可；全文原则上不超过一千字。",
            "Add the topic: a sentence or two on what was done are enough. The overview should not exceed a thousand "
            "characters.",
        ),
        (*OVERVIEW_TOPICS, CONTENTS),
    ),
    "assessment-results-missing": Ground(
        Words(
            "条例要求各级人民政府的报告写明工作考核、社会评议和责任追究的结果，部门的报告没有这项要求。",
            "The Regulations ask the governments, and not their departments, for the results of assessment, of public "
            "evaluation and of holding officers to account.",
        ),
        Words(
            "在“监督保障”中各写一句；没有发生责任追究的，也要写明没有发生。",
            "Write a sentence on each under supervision; say so if nobody had to be held to account.",
        ),
        (ASSESSMENT_RESULTS, *OVERVIEW_TOPICS),
    ),
    "publication-date": Ground(
        Words(
            "各类报告的公布期限不同：本机关 1 月 31 日，县级政府 2 月 20 日，地市级政府 3 月 10 日，"
            "省级政府和垂直领导的全系统 3 月 31 日。数据核定到 12 月 31 日，所以也不会在年度结束之前公布。",
            "Each kind of report has its date: a body for itself 31 January, county governments 20 February, cities "
            "10 March, provinces and whole systems 31 March. The numbers are those of 31 December, so none comes out "
            "before.",
        ),
        Words(
            "核对公布日期，并看报告种类（--kind）选得对不对。确已逾期的，尽快公布；网站改版重发的，以首次公布的日期为准。",
            "Check the date and the kind of report (`--kind`). If it is late, publish it; if the site was rebuilt, "
            "the first date counts.",
        ),
        (STATUTORY_DATES, *AGENCY_REPORTS, *AGGREGATED_REPORTS),
    ),
    "fee-statement-missing": Ground(
        Words(
            "收取信息处理费的情况要在第六部分专门报告；一件没收，也应当说明。",
            "Information processing fees are reported in section 六, and so is that none was charged.",
        ),
        Words(
            "在第六部分写明本年收取信息处理费的件数和金额（元），或者写“本年度没有收取信息处理费”。",
            "Write in section 六 in how many cases and how much was charged, in yuan, or that no fee was charged.",
        ),
        (FEES_REPORTED, FEES_CHARGED),
    ),
    "fee-silent": Ground(
        Words(
            "第三部分（六）2 有申请因逾期不缴费而不再处理，说明发过收费通知，第六部分却没有谈到收费。",
            "Requests were dropped because a fee was not paid （六）2, so fee notices were sent; yet section 六 says "
            "nothing of fees.",
        ),
        Words(
            "在第六部分补写收费情况；（六）2 填错位置的，改到应填的行。",
            "Report the fees in section 六; or move the numbers of （六）2 to the line where they belong.",
        ),
        (FEES_REPORTED, FEES_CHARGED),
    ),
    "fee-amount": Ground(
        Words(
            "信息处理费按件收的，每件 100 元、200 元逐档提高；按量收的，每页 10 元、20 元或者 40 元。"
            "所以按标准收取的金额总是 10 元的整倍数。",
            "Fees by the piece are 100 yuan each, 200 and so on; by the page they are 10, 20 or 40 yuan. So whatever "
            "is charged by the tariff is a multiple of 10.",
        ),
        Words(
            "核对收费台账。数字写错的改正；把复印费、邮寄费算进来的，应当分开。",
            "Check the record of fees and correct the sum; costs of copies and postage do not belong to it.",
        ),
        (FEE_TARIFFS, FEES_REPORTED),
    ),
    "in-force-below-issued": Ground(
        Words(
            "本年制发的文件，到年底要么现行有效，要么已经废止，所以两者之和不会少于制发数。",
            "A document issued in the year is in force or repealed at its end, so the two are not fewer than those "
            "issued.",
        ),
        Words(
            "核对三个数的口径：现行有效是截至 12 月 31 日的全部有效件数，不是本年新增件数。",
            "Check what is counted: in force are all documents valid on 31 December, not those of the year alone.",
        ),
        (DISCLOSURE_NUMBERS, DISCLOSED_ITEMS),
    ),
    "rules-without-power": Ground(
        Words(
            "规章只能由国务院部门、省级政府和设区的市、自治州的政府制定。县、乡镇、街道和一般部门没有规章，"
            "这一行应为 0。",
            "Rules are made by departments of the State Council and by the governments of provinces, cities with "
            "districts and autonomous prefectures. Counties, townships, streets and bureaus have none.",
        ),
        Words(
            "把数字移到“行政规范性文件”一行，规章一行填 0。",
            "Move the numbers to the line of normative documents and write 0 here.",
        ),
        (MAKERS_OF_RULES, DISCLOSED_ITEMS),
    ),
    "text-differs": Ground(
        Words(
            "同一件事，文字里一个数，表里一个数，读者不知道信哪个。通知要求数据报得准、可核查。",
            "Where the text says one number and the table another, nobody knows which to believe. The notice asks for "
            "numbers that can be relied on and verified.",
        ),
        Words(
            "核对台账，改正写错的一处。口径确实不同的（如只算本级、截至时间不同），在文字中说明。",
            "Check the register and correct the one that is wrong. If they count different things, say so in the text.",
        ),
        ACCURATE,
    ),
    "text-parts-sum": Ground(
        Words(
            "文字中先说总数，再逐项列出的，各项相加应当等于总数，否则读者不知道哪个数对。",
            "Where the text gives a total and then its parts, these should add up, or nobody knows which is right.",
        ),
        Words(
            "核对各项和总数，改正写错的数；本来没有列全的，补上“其他”一项，或者写明只列主要几项。",
            "Correct the number that is wrong; if not all parts are given, add the rest (其他), or say so.",
        ),
        ACCURATE,
    ),
    "growth-rate": Ground(
        Words(
            "文字中的增减百分比应当能由两年的数算出来，算不出来的，不是百分比错了，就是件数错了。",
            "A percentage of growth should follow from the numbers of the two years; if not, it is wrong, or they are.",
        ),
        Words(
            "用本年数减上年数，再除以上年数，重新计算；先确认两年的件数没有写错，再改百分比。",
            "Divide the difference by the number of the year before; see that both numbers are right, then correct the "
            "percentage.",
        ),
        ACCURATE,
    ),
    "period-differs": Ground(
        Words(
            "年度报告的统计期限是报告年度的 1 月 1 日至 12 月 31 日；写成别的年度，多半是沿用了上年的文字。",
            "A report covers 1 January to 31 December of its year; another period was probably left from last year's "
            "text.",
        ),
        Words("把统计期限改为报告年度。", "Write the period of the reporting year."),
        (DISCLOSURE_NUMBERS, *ACCURATE),
    ),
    "notice-cited": Ground(
        Words(
            "2021 年度起的格式由国办公开办函〔2021〕30号规定，2019、2020 年度的由国办公开办函〔2019〕60号规定；"
            "引错文号，说明沿用了旧文字或者旧格式。",
            "The format from 2021 on is that of 〔2021〕30号, that of 2019 and 2020 is that of 〔2019〕60号; another "
            "number was left from an older text or format.",
        ),
        Words(
            "改正文号，并确认表格用的是该年度的格式。",
            "Correct the number, and make sure that the tables are those of the year.",
        ),
        ANNEX,
    ),
    "other-body-named": Ground(
        Words(
            "文中说报告由别的机关编制、是别的机关的报告，或者有疑问请找别的机关，多半是照搬了别家的报告没有改完。",
            "A report that was made by another body, or names it in its title or address, was probably copied from it.",
        ),
        Words(
            "把机关名称改为本机关，并检查其他内容是不是也照搬了。",
            "Write the name of the body itself, and see whether more was copied.",
        ),
        _LIABLE,
    ),
    "text-gap": Ground(
        Words(
            "“发布信息  条”“XX条”“XX镇”这样的空缺，是套用的文稿里待填的数字或者名称没有填。",
            "“发布信息  条”, “XX条” or “XX镇” is a number or a name that was never filled in.",
        ),
        Words(
            "补上数字或者名称；没有发生的写 0，或者删去这一句。",
            "Write the number or the name; where nothing happened write 0, or take the sentence out.",
        ),
        ACCURATE,
    ),
    "numbering-repeated": Ground(
        Words(
            "“一是、三是、三是”之类的序号跳号或者重复，可能漏了一项，也可能没有校对。",
            "Numbering such as first, third, third: a point may be missing, or nobody read the proofs.",
        ),
        Words("补上漏掉的一项，或者改正序号。", "Add the point that is missing, or correct the numbers."),
        _LIABLE,
    ),
    # -- across reports ----------------------------------------------------------------------------
    "carry-over": Ground(
        Words(
            "上一年结转下来的申请，就是今年的上年结转，数字应当相同。",
            "The requests that last year carried forward are those that this year brought forward.",
        ),
        Words(
            "核对两年的台账。上一年报错的，可在本年报告中说明；机构合并、职能划转的，也请说明。",
            "Compare the registers of the two years. If last year's report was wrong, or bodies were merged, say so.",
        ),
        (*REQUEST_NUMBERS, *ANNEX),
    ),
    "in-force-chain": Ground(
        Words(
            "上年底有效的文件，加上今年制发的，减去今年废止的，就是今年底有效的。",
            "The documents in force last year, plus those issued and minus those repealed, are those in force this "
            "year.",
        ),
        Words(
            "核对文件目录。集中清理、到期失效没有计入废止的，补计或者在文字中说明。",
            "Check the register. If documents lapsed or were cleared out without being counted as repealed, count "
            "them or say so.",
        ),
        (DISCLOSURE_NUMBERS, DISCLOSED_ITEMS),
    ),
    "text-repeated": Ground(
        Words(
            "通知要求问题有针对性、举措有实效，不得年年雷同。与上一年相同的部分超过七成，就会提示；各写各的，"
            "两年通常只有一成左右相同。",
            "The notice wants problems and measures that are specific, and never the same every year. From seven "
            "tenths in common on this is told; texts that were written anew have about one tenth in common.",
        ),
        Words(
            "按本年的实际问题重写：上年提出的改进完成得怎样，今年又发现什么，下一步做什么。",
            "Write it anew: what became of last year's measures, what was found this year, what comes next.",
        ),
        (*PROBLEMS, *_LIABLE),
    ),
    "numbers-repeated": Ground(
        Words(
            "整张表的数字与上一年一个不差，极少是巧合，多半是在上年报告上修改时漏改了。",
            "A table with all the numbers of the year before is hardly chance: last year's file was reused, and the "
            "table was forgotten.",
        ),
        Words(
            "按本年台账重新填写这张表；确实相同的，可不修改。",
            "Fill in the table from this year's register; if the numbers are right, leave them.",
        ),
        (*ACCURATE, *_LIABLE),
    ),
    "unit-jump": Ground(
        Words(
            "收费金额以万元为单位，常有人按元填写，于是一下子大了一万倍。",
            "Fees are in units of 10,000 yuan; they are often written in yuan, ten thousand times as large.",
        ),
        Words(
            "核对两年的金额，以元为单位的除以 10000。上一年填错的，本年不改，可在文字中说明。",
            "Check both amounts and divide the one in yuan by 10,000. If last year's was wrong, leave this year's and "
            "say so.",
        ),
        (*ANNEX, *ACCURATE),
    ),
    "parts-sum": Ground(
        Words(
            "本级政府的报告由所属部门和下级政府的报告逐级汇总而成，每一格都应当等于各单位之和。"
            "本政府机关自己的报告不是汇总，不能这样比。",
            "The report of a government is added up from those of its departments and of the governments below it, "
            "cell by cell. The report of its office for itself is no sum.",
        ),
        Words(
            "先看有没有单位漏报、重报，再按提示的格逐个单位核对；联合发文由各制发机关分别计数的，"
            "汇总可以小于各单位之和。",
            "Look first for bodies that are missing or counted twice, then check the cell with each body. Documents "
            "that several bodies issued together may be fewer in the whole.",
        ),
        AGGREGATED_REPORTS,
    ),
    "part-exceeds-whole": Ground(
        Words(
            "汇总包含每一个单位，所以任何单位的数字都不会大于汇总。",
            "The whole contains each of its parts, so none has more.",
        ),
        Words(
            "核对这个单位的数字；单位没有错的，查汇总是否漏计，或者汇总用错了报告（如用了办公室自己的报告）。",
            "Check the number of that body; if it is right, see whether it was left out, or whether the whole is the "
            "report of an office for itself.",
        ),
        AGGREGATED_REPORTS,
    ),
    "parts-coverage": Ground(
        Words(
            "汇总应当包括所属各部门和下级政府，各计一次。少一家、多一家、重一家，汇总的数就不对。",
            "The whole covers every department and government below it once. One too few, too many or twice makes it "
            "wrong.",
        ),
        Words(
            "对照应报单位名单，催报缺少的，去掉重复的，年度或者格式不同的换成正确的报告。",
            "Go through the list of bodies: ask for what is missing, take out what is there twice, and replace "
            "reports of another year or edition.",
        ),
        AGGREGATED_REPORTS,
    ),
    # -- reading -----------------------------------------------------------------------------------
    "table-missing": Ground(
        Words(
            "格式有三张表，文件里找不到这一张，其中的数字都无从读取。",
            "The form has three tables; without this one its numbers cannot be read.",
        ),
        Words(
            "看文件是否完整。表格是图片的，换成可以复制文字的版本；表格在附件里的，把附件一并提供。",
            "See whether the document is complete. If the table is a picture, use a version with text; if it is in an "
            "attachment, give that, too.",
        ),
        ANNEX,
    ),
    "cell-missing": Ground(
        Words(
            "文件的表缺少格式规定的行或者格，没有的就读不出。",
            "The table in the document lacks rows or cells that the form has.",
        ),
        Words("按格式模板补上这一行或者这一格。", "Add the row or the cell as the template has it."),
        ANNEX,
    ),
    "not-in-form": Ground(
        Words(
            "文件的表里有格式没有的行列或者文字，不属于任何一格，所以没有计入。",
            "The table has rows, columns or words that the form has not; they belong to no cell and were not counted.",
        ),
        Words(
            "自行增加的行列应当去掉，说明写到文字部分。",
            "Take out what was added; remarks belong to the sections of text.",
        ),
        ANNEX,
    ),
    "label-differs": Ground(
        Words(
            "行列的名称与格式不同。程序按相近的名称和位置辨认，数字照读，但请确认没有认错。",
            "A label is not that of the form. It was recognised by likeness and place, and the numbers were read: see "
            "whether that is right.",
        ),
        Words("把名称改成格式的原文。", "Write the label as the form has it."),
        ANNEX,
    ),
    "rows-in-doubt": Ground(
        Words(
            "表格没有框线，或者名称跨页断开时，许多行的位置只能猜测。逐格列出没有用处，不如换一份文件再读。",
            "Without ruling lines, or where labels are broken over pages, the place of many rows could only be "
            "guessed. To list their cells helps nobody; another file does.",
        ),
        _SEE_PAPER,
        (*ANNEX, *ACCURATE),
    ),
    "not-recalculated": Ground(
        Words(
            "工作簿中的公式只在表格软件打开时计算。别的程序填了数，公式格里就没有值，或者还是旧值，不能当作填报的数字。",
            "Formulas of a workbook are computed when a spreadsheet program opens it. Where another program wrote "
            "the numbers, a formula has no value, or still an old one, which is not what the report says.",
        ),
        Words(
            "用 Excel 或 WPS 打开工作簿，保存一次，再重新读取。",
            "Open the workbook in Excel, WPS or LibreOffice, save it, and read it again.",
        ),
        ACCURATE,
    ),
    "position-differs": Ground(
        Words(
            "名称像这一行，位置却像另一行，程序不作猜测，有关各格留空。",
            "The label is that of one row, the place that of another: nothing is guessed, and the cells are left open.",
        ),
        Words(
            "按格式的顺序排列行列，核对名称，然后重新读取；或者直接补填留空的格。",
            "Put rows and columns in the order of the form and read it again, or fill in the cells.",
        ),
        ANNEX,
    ),
    "cells-misaligned": Ground(
        Words(
            "这一行的格数与表头对不上，可能合并错了格，或者少了一格；只读取能确定的格。",
            "The row has more or fewer cells than there are columns: cells were merged or lost. Only what is certain "
            "was read.",
        ),
        _SEE_PAPER,
        ANNEX,
    ),
    "cells-cut": Ground(
        Words(
            "数字之间没有分隔（如“710000074”），要靠勾稽关系才能分开；有不止一种分法的，留空不猜。",
            "The numbers run together (“710000074”) and were cut by the equations; where there is more than one way, "
            "the cells are left open.",
        ),
        Words(
            "核对分开的数字；最好改用带表格的原件（Word、Excel、网页）。",
            "Check the numbers; better use a document with real tables (Word, Excel, a page).",
        ),
        OURS,
    ),
    "cell-conflict": Ground(
        Words(
            "同一格在文件里出现了两次，内容不同，不知道以哪个为准。",
            "The document has this cell twice, and says different things.",
        ),
        Words(
            "核对后只留一个。表格跨页时重复了行的，删去重复的行。",
            "Keep the right one. If a row is repeated where a page turns, take it out.",
        ),
        ANNEX,
    ),
    "section-missing": Ground(
        Words(
            "格式有六个部分，标题是固定的。找不到标题，这一部分的文字就可能读进了上一部分。",
            "The form has six sections with fixed headings. Without a heading its text may be read into the section "
            "before.",
        ),
        Words(
            "补上这一部分的标题（如“五、存在的主要问题及改进情况”），单独成段。",
            "Write the heading of the section in a paragraph of its own.",
        ),
        (*ANNEX, CONTENTS, *NOTHING_LEFT_OUT),
    ),
    "heading-repeated": Ground(
        Words(
            "格式的六个部分各有一个标题。同一标题出现两次，多半是其中一个写错了，两处的文字就合到了一起。",
            "Each of the six sections has one heading. If one occurs twice, one of the two is probably a slip, and "
            "their texts are put together.",
        ),
        Words("核对两处标题，把写错的改为应有的标题。", "Look at both headings and correct the one that is a slip."),
        (*ANNEX, CONTENTS),
    ),
    "heading-misnumbered": Ground(
        Words(
            "各部分的序号是固定的：一至六。序号写错，读者和程序都难以对应。",
            "The sections are numbered from 一 to 六. With another number, readers and programs cannot tell which it "
            "is.",
        ),
        Words("按格式改正序号。", "Number the section as the form does."),
        ANNEX,
    ),
    "title-conflict": Ground(
        Words(
            "标题、正文、落款、网页信息或者文件名写的机关或年度不一致，多半是套用旧稿时漏改。",
            "Title, text, signature, the page or the name of the file name different bodies or years: often something "
            "was left from an older report.",
        ),
        Words(
            "核对各处，改正写错的一处；读取时也可以用 --agency、--year 说明。",
            "Correct the one that is wrong, or give the right one with `--agency` and `--year`.",
        ),
        OURS,
    ),
    "title-from-file-name": Ground(
        Words(
            "文件里没有写明机关或者年度，只好按文件名取，而文件名是最靠不住的。",
            "The document itself does not say; the name of a file is the weakest of witnesses.",
        ),
        Words(
            "在标题中写明机关和年度；或者读取时用 --agency、--year 说明。",
            "Write body and year in the title, or give them with `--agency` and `--year`.",
        ),
        OURS,
    ),
    "title-incomplete": Ground(
        Words(
            "标题和导语里没有读到机关名称或者年度，报告不知道是谁的、哪一年的。",
            "The title does not say whose report it is, or of which year.",
        ),
        Words(
            "把标题写成“〈机关〉〈年〉年政府信息公开工作年度报告”；或者读取时用 --agency、--year 说明。",
            "Write the title with the body and the year, or give them with `--agency` and `--year`.",
        ),
        OURS,
    ),
    "edition-unknown": Ground(
        Words(
            "2019 版与 2021 版的表不同，从文件的行列看不出是哪一版。",
            "The tables of 2019 and 2021 differ, and these look like neither.",
        ),
        Words(
            "按该年度的格式模板重新填表；2021 年度起用 2021 版。",
            "Fill in the tables of the year: from 2021 on, those of 2021.",
        ),
        ANNEX,
    ),
    # -- structure ---------------------------------------------------------------------------------
    "not-json": Ground(
        Words(
            "数据不是完整的 JSON 文本，后面的内容无从读起。",
            "The data is no complete JSON text, so nothing in it can be read.",
        ),
        Words(
            "按提示的行、列检查，常见的是少了括号、引号，或者编码不是 UTF-8。",
            "Look at the line and column: often a bracket or a quote is missing, or the text is not in UTF-8.",
        ),
        OURS,
    ),
    "too-deep": Ground(
        Words(
            "报告只有几层，嵌套到读不了的深度，不会是报告。",
            "A report has a few levels; data nested so deeply is none.",
        ),
        _MEND_DATA,
        OURS,
    ),
    "duplicate-key": Ground(
        Words(
            "同一个键出现两次，各家程序取舍不同，数字就可能不同。",
            "Of a key that occurs twice, programs take different values.",
        ),
        Words("只留一个。", "Keep one of them."),
        OURS,
    ),
    "unknown-edition": Ground(
        Words(
            "只有 2019、2021 两个版本的格式；不知版本，就不知该有哪些格。",
            "There are the editions 2019 and 2021; without one it is not known which cells there are.",
        ),
        Words('把 edition 写成 "2019" 或者 "2021"。', 'Write "2019" or "2021" for `edition`.'),
        OURS,
    ),
    "missing": Ground(
        Words("数字没有默认值：漏了不等于 0。", "A number has no default: what is left out is not 0."),
        Words(
            "补上这个键；原件是空白的，写 null，并以 --as-found 读取。",
            "Add the key; if the paper is blank, write null and read it with `--as-found`.",
        ),
        OURS,
    ),
    "unknown-key": Ground(
        Words(
            "格式里没有的键，可能是写错的键名，它的数字就丢了。",
            "A key that is not in the form may be a misspelt one, whose number would be lost.",
        ),
        _MEND_DATA,
        OURS,
    ),
    "wrong-type": Ground(
        Words(
            "件数是整数，金额是写成字符串的小数，文字是字符串；混用会丢失精度或者含义。",
            "Counts are integers, amounts are strings, texts are strings; anything else loses precision or meaning.",
        ),
        _MEND_DATA,
        OURS,
    ),
    "out-of-range": Ground(
        Words(
            "数值超出了这一格可以有的范围，例如件数是负数。", "The value cannot stand there, such as a negative count."
        ),
        _MEND_DATA,
        OURS,
    ),
    # -- the library itself ------------------------------------------------------------------------
    "internal-error": Ground(
        Words(
            "程序自身出错，这条规则没有作出判断，报告因此不能算通过。",
            "The program failed, and the rule was not judged; so the report does not pass.",
        ),
        Words("请把提示和文件（可隐去内容）告知开发者。", "Please report the message, and the file if you can."),
        OURS,
    ),
}
"""The ground of every rule, by its name."""
