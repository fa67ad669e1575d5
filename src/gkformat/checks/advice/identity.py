"""Advice on what the text of a report says of the report itself: its period, its notice, and whose it is."""

import re
from collections.abc import Iterator

from gkformat.base.errors import UnknownEdition
from gkformat.base.findings import Finding
from gkformat.checks.advice.findings import advise_on_words
from gkformat.checks.prose import agency_name, passages
from gkformat.forms import editions

# -- the period ----------------------------------------------------------------------------------------

_DAY = r"(?P<{0}year>20\d\d)[年.\-/](?P<{0}month>\d{{1,2}})[月.\-/](?P<{0}day>\d{{1,2}})日?"
_PERIOD = re.compile(
    _DAY.format("first_")
    + r"[^。；，,]{0,6}?(?:至|到|—{1,2}|-{1,2}|–|~|～)(?:截?止?于?)"
    + r"(?:(?P<last_year>20\d\d)[年.\-/])?(?P<last_month>\d{1,2})[月.\-/](?P<last_day>\d{1,2})日?"
)
_CLOSING = re.compile(
    r"(?:截[止至](?:日期|时间|期限)?|核定(?:时间点?|时点|日期)?)[为到至是]?"
    + _DAY.format("last_")
    + r"(?![^。；，,]{0,6}?(?:至|到|—|-|–|~|～))"
)
_OF_THE_DATA = re.compile("统计|所列|数据|报告期|本年?度?报告|年报")
_OF_SOMETHING_ELSE = re.compile("公示|征集|征求|有效期|培训|试用|任期|开放")
_SENTENCE = re.compile(r"[^。；;！!]+")
_YEAR_BEGINS, _YEAR_ENDS = ("1", "1"), ("12", "31")


def period_differs(report: "editions.AnyReport") -> Iterator[Finding]:
    """Find a period of the data that is not the reporting year, from 1 January to 31 December."""
    for passage in passages(report):
        for sentence in _SENTENCE.finditer(passage.printed):
            for match in (*_PERIOD.finditer(sentence[0]), *_CLOSING.finditer(sentence[0])):
                if _is_of_the_data(match) and not _is_whole_year(match.groupdict(), report.year):
                    span = sentence.start() + match.start(), sentence.start() + match.end()
                    yield advise_on_words(report, "period-differs", passage, span, year=report.year)


def _is_of_the_data(match: re.Match[str]) -> bool:
    """Return True if the words around a period say that it is that of the data of the report."""
    before = match.string[max(0, match.start() - _NEAR) : match.start()]
    around = f"{before}\n{match.string[match.end() : match.end() + _AFTER]}"
    return bool(_OF_THE_DATA.search(around)) and not _OF_SOMETHING_ELSE.search(around)


_NEAR, _AFTER = 24, 5
"""The number of characters before and after a date within which the text says what the date is of."""


def _is_whole_year(stated: dict[str, str | None], year: int) -> bool:
    def is_day(which: str, month: str, day: str) -> bool:
        found = [(stated.get(f"{which}_{part}") or "").lstrip("0") for part in ("month", "day")]
        return found == [month, day]

    years = {stated.get("first_year"), stated.get("last_year")} - {None}
    return (
        years == {str(year)}
        and ("first_day" not in stated or is_day("first", *_YEAR_BEGINS))
        and is_day("last", *_YEAR_ENDS)
    )


# -- the notice ----------------------------------------------------------------------------------------

_NUMBER = re.compile(r"(?P<issuer>国[^\W\d]{1,7})[〔\[（(【﹝](?P<year>20\d\d)[〕\])）】﹞]第?(?P<number>\d{1,3})号")
_OF_THE_FORM = re.compile(r"年度?报告格式|年度?报告有关事项")
_OF_THE_REPORT = re.compile(
    r"编制|制定本|形成本|撰写|本年?度?报告|(?:公布|发布|公开|现将)[^，；]{0,40}年度?报告(?!栏|专栏|页)"
)


def notice_cited(report: "editions.AnyReport") -> Iterator[Finding]:
    """Find a notice that is cited for the form but is not the one in force for the year. (Both may be cited.)"""
    found = [
        (passage, sentence, matches)
        for passage in passages(report)
        for sentence in _SENTENCE.finditer(passage.printed)
        if (matches := list(_NUMBER.finditer(sentence[0])))
    ]
    if not found:
        return
    notice = _notice_in_force(report)
    if not notice or any(_written_number(match) == notice for *_, matches in found for match in matches):
        return
    others = {edition.notice.number for edition in editions.EDITIONS.values() if edition.notice} - {notice}
    for passage, sentence, matches in found:
        for_report = bool(_OF_THE_REPORT.search(sentence[0]))
        for match in matches:
            titled = _OF_THE_FORM.search(sentence[0][max(0, match.start() - _TITLE) : match.start()])
            is_like = match["issuer"].startswith(notice[:_OFFICE]) or notice.endswith(_without_issuer(match))
            if _written_number(match) in others or titled or (is_like and for_report):
                span = sentence.start() + match.start(), sentence.start() + match.end()
                yield advise_on_words(report, "notice-cited", passage, span, notice=notice, year=report.year)


_TITLE = 40
"""The greatest length of the end of a title in which the form is named."""


_OFFICE = len("国办公开")
"""The length of the name of the issuing office in the number of a notice; the kind of document follows."""


def _notice_in_force(report: "editions.AnyReport") -> str:
    try:
        notice = editions.edition_for(report.year).notice
    except UnknownEdition:
        return ""
    return notice.number if notice else ""


def _written_number(match: re.Match[str]) -> str:
    return f"{match['issuer']}{_without_issuer(match)}"


def _without_issuer(match: re.Match[str]) -> str:
    return f"〔{match['year']}〕{match['number']}号"


# -- the body ------------------------------------------------------------------------------------------

_HAN = r"[^\W\d_a-zA-Z]"
_BODY = rf"{_HAN}{{2,30}}?(?:(?:人民)?政府|街道办事处|街道|委员会|[局厅委](?!长)|(?<!城)[镇乡](?![长村]))"
_AUTHOR = re.compile(rf"由(?P<name>{_BODY})")
_COMPILED = re.compile(r"(?:编制|编写|撰写)(?=而成|本|此|[^。；]{0,4}$)")
_NOT_THE_REPORT = re.compile("目录|指南|清单|方案|规划|预案")
_OWNER = re.compile(
    rf"(?:公布|发布|公开|编制|形成|撰写|制作|现将|《)《?(?P<name>{_BODY})(?P<year>20\d\d)年?度?(?:政府)?信息公开工?作?年度?报告"
)
_CONTACT = re.compile(
    rf"(?:请|可|径)(?:直接)?(?:(?P<verb>联系|致电|咨询)[：:]?|与|向)(?P<name>{_BODY})[^，。；（(]{{0,14}}?"
    r"(?:联系|反映|咨询|提出|[（(]|(?(verb)[，。；]|(?!)))"
)
_PLACE = re.compile(
    # a place, but not the beginning of 海州市, nor a part of 城市, 城乡 or 乡村
    rf"(?:^|{_HAN}{{1,7}}?)(?:[省县区旗]|(?<!城)市|(?:[州盟]|(?<!城)[镇乡])(?!市(?!场)|[县区村])|街道)"
)
_GOVERNMENT = re.compile(r"(?:人民政府|政府|街道办事处|街道|[镇乡])$")
_SMALL_PLACE = re.compile(r"(?:[镇乡]|街道)$")
_OFFICES_FOR_ALL = re.compile("政务|政府|数据|信息|审批|公开|行政服务")
_NOBODY = re.compile(r"[各该本我]|部门|单位|机关|下级|上级|所属|有关|相关|直属|以及")


def other_body_named(report: "editions.AnyReport") -> Iterator[Finding]:
    """Find another body named as the one that compiled the report, whose report it is, or that answers questions."""
    agency = agency_name(report)
    for passage in passages(report):
        for start, end in _named_bodies(passage.printed, report.year):
            if _is_another(passage.printed[start:end], agency):
                yield advise_on_words(report, "other-body-named", passage, (start, end), agency=agency)


def _named_bodies(text: str, year: int) -> Iterator[tuple[int, int]]:
    """Yield where a text names the body of the report, in one of these roles."""
    for sentence in _SENTENCE.finditer(text):
        compiled = _COMPILED.search(sentence[0])
        if compiled and re.search("报告|年报", sentence[0]) and not _NOT_THE_REPORT.search(sentence[0]):
            author = _AUTHOR.search(text, sentence.start(), sentence.start() + compiled.start())
            if author:
                yield author.span("name")
    yield from (match.span("name") for match in _OWNER.finditer(text) if match["year"] == str(year))
    yield from (match.span("name") for match in _CONTACT.finditer(text))


def _is_another(name: str, agency: str) -> bool:
    """Return True if a name is surely not one of the agency: of another place of its kind, or of another office."""
    if not agency or _NOBODY.search(name):
        return False
    place, office = _place_and_office(name)
    own_place, own_office = _place_and_office(agency)
    kind = _kind_of(place)
    if kind and kind == _kind_of(own_place) and not _same_place(place, own_place, name, agency):
        return True
    if not office or _OFFICES_FOR_ALL.search(office):
        return False
    if own_office:
        return not (_abbreviates(office, own_office) or _abbreviates(own_office, office))
    return bool(_SMALL_PLACE.search(own_place))


def _place_and_office(name: str) -> tuple[str, str]:
    """Return the last place in a name, and what the body does: 甲市乙县 教育; nothing for a government."""
    places = list(_PLACE.finditer(re.sub(r"(?:人民)?政府.*$|办事处$", "", name)))
    end = places[-1].end() if places else 0
    office = (
        "" if re.search(r"政府|街道|办公[室厅]$", name[end:]) else re.sub(r"(?:委员会|[局厅委办])$", "", name[end:])
    )
    return (places[-1][0] if places else ""), office


def _kind_of(place: str) -> str:
    found = re.search(r"(?:[省市州盟县区旗镇乡]|街道)$", place)
    return found[0] if found and len(place) > len(found[0]) + 1 else ""


def _same_place(place: str, own: str, name: str, agency: str) -> bool:
    return place in agency or own in name or place.endswith(own) or own.endswith(place)


def _abbreviates(short: str, long: str) -> bool:
    """Return True if a name has only characters of another, in any order: 卫健, 卫生健康."""
    return set(short) <= set(long)
