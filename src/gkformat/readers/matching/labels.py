"""Labels as people write them: normalise them, know the variants seen in published reports, and measure likeness."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import Levenshtein

from gkformat.base.frozen import frozen
from gkformat.base.numbering import LABEL_NUMBER, SECTION_NUMBER

Quality = Literal["exact", "near"]
"""`near`: by edit distance, or without the text in brackets. Every use of such a match gives a finding."""

VARIANTS: Mapping[str, str] = {
    "现行有效件": "现行有效件数",
    "制发件数": "本年制发件数",
    "废止件数": "本年废止件数",
    "规范性文件": "行政规范性文件",
    "行政规范性文件": "规范性文件",
    "合计": "总计",
    "法人和其他组织": "法人或其他组织",
    "法人及其他组织": "法人或其他组织",
    "予以公开情况": "予以公开",
    "本年新收政府信息公开申请数": "本年新收政府信息公开申请数量",
    "上年结转政府信息公开申请数": "上年结转政府信息公开申请数量",
    "结转下年度": "结转下年度继续办理",
    "结转下年": "结转下年度继续办理",
    "第三方合法权益": "保护第三方合法权益",
    "逾期不补正": "申请人无正当理由逾期不补正行政机关不再处理其政府信息公开申请",
    "申请人无正当理由逾期不补正": "申请人无正当理由逾期不补正行政机关不再处理其政府信息公开申请",
    "逾期不缴费": "申请人逾期未按收费通知要求缴纳费用行政机关不再处理其政府信息公开申请",
    "逾期未缴费": "申请人逾期未按收费通知要求缴纳费用行政机关不再处理其政府信息公开申请",
    "申请人逾期未按收费通知要求缴纳费用": "申请人逾期未按收费通知要求缴纳费用行政机关不再处理其政府信息公开申请",
}
"""Other wordings, each seen in a published report, with the label of the form that they stand for. Both are without
numbers, blanks and punctuation; a wording counts only if a form has that label."""

SECTIONS: Mapping[str, str] = {
    "政府信息公开总体情况": "总体情况",
    "政府信息公开工作总体情况": "总体情况",
    "总体概述": "总体情况",
    "概述": "总体情况",
    "行政机关主动公开政府信息情况": "主动公开政府信息情况",
    "政府信息主动公开情况": "主动公开政府信息情况",
    "行政机关收到和处理政府信息公开申请情况": "收到和处理政府信息公开申请情况",
    "收到和处理政府信息公开申请的情况": "收到和处理政府信息公开申请情况",
    "收到和处理政府信息申请情况": "收到和处理政府信息公开申请情况",
    "因政府信息公开工作被申请行政复议提起行政诉讼情况": "政府信息公开行政复议行政诉讼情况",
    "因政府信息公开工作被申请行政复议提起行政诉讼的情况": "政府信息公开行政复议行政诉讼情况",
    "因政府信息公开工作被申请行政复议或提起行政诉讼情况": "政府信息公开行政复议行政诉讼情况",
    "因政府信息公开工作被申请行政复议和提起行政诉讼情况": "政府信息公开行政复议行政诉讼情况",
    "因政府信息公开被申请行政复议提起行政诉讼情况": "政府信息公开行政复议行政诉讼情况",
    "政府信息公开行政复议和行政诉讼情况": "政府信息公开行政复议行政诉讼情况",
    "政府信息公开行政复议及行政诉讼情况": "政府信息公开行政复议行政诉讼情况",
    "行政复议行政诉讼情况": "政府信息公开行政复议行政诉讼情况",
    "政府信息公开工作存在的主要问题及改进情况": "存在的主要问题及改进情况",
    "政府信息公开工作存在的问题及改进情况": "存在的主要问题及改进情况",
    "存在问题及改进情况": "存在的主要问题及改进情况",
    "存在的问题及改进情况": "存在的主要问题及改进情况",
    "存在主要问题及改进情况": "存在的主要问题及改进情况",
    "存在的主要问题和改进情况": "存在的主要问题及改进情况",
    "存在的主要问题及改进举措": "存在的主要问题及改进情况",
    "存在的主要问题及改进措施": "存在的主要问题及改进情况",
    "存在的问题及改进措施": "存在的主要问题及改进情况",
    "存在问题及改进措施": "存在的主要问题及改进情况",
    "存在的主要问题和改进措施": "存在的主要问题及改进情况",
    "其他需要报告事项": "其他需要报告的事项",
    "需要报告的其他事项": "其他需要报告的事项",
    "其他需要说明的事项": "其他需要报告的事项",
}
"""The same for the headings of sections."""

_NUMBERING = re.compile(rf"^(?:{LABEL_NUMBER.pattern}|{SECTION_NUMBER.pattern}|\d(?=[^\W\d_]))")
_BRACKETS = re.compile(r"[（(\[【〔].*?[）)\]】〕]")
_CLOSING = "）)]】〕"

LONGEST_LABEL = 300
"""A longer text is no label: that of a row, a column or a section has at most a hundred characters."""


class _OneWidth(dict[int, str]):
    """Translation of each character to one width (NFKC). That of a whole text takes quadratic time for some texts."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKC", chr(code))
        if code < _RARE:
            self[code] = plain
        return plain


_RARE = 0x10000
"""The first of the characters that are too rare to be remembered."""

_ONE_WIDTH = _OneWidth()


@lru_cache(maxsize=4096)
def core(text: str) -> str:
    """Return the letters of a label without its number."""
    return letters(unnumbered(text))


@lru_cache(maxsize=4096)
def letters(text: str) -> str:
    """Return the letters and digits of a label, in one width; 其它 is written 其他."""
    return all_letters(text)


def all_letters(text: str) -> str:
    """Return the same for a text of any length, which is not remembered."""
    return "".join(filter(str.isalnum, text.translate(_ONE_WIDTH).replace("其它", "其他")))


def unnumbered(text: str) -> str:
    """Return a label without blanks and without its leading number: `（一）`, `1.`, `二、`."""
    return _NUMBERING.sub("", "".join(text.translate(_ONE_WIDTH).split()), count=1)


def bare(text: str) -> str:
    """Return the core of a label without the text in brackets."""
    label = unnumbered(text)
    end = max(map(label.rfind, _CLOSING)) + 1  # from here on, no bracket is closed
    return letters(_BRACKETS.sub("", label[:end]) + label[end:])


def _unit(text: str) -> str:
    """Return the unit of money that a label names."""
    return next((unit for unit in ("亿元", "万元", "元") if unit in text), "")


@frozen
class LabelMatch:
    """A label of the form that a text was recognised as: its index among the labels."""

    index: int
    quality: Quality


class Lexicon:
    """The labels of the rows or the columns of one form, in which texts are looked up."""

    def __init__(self, labels: Iterable[str], variants: Mapping[str, str] = VARIANTS) -> None:
        self.labels = tuple(labels)
        self._cores = tuple(core(label) for label in self.labels)
        self._exact: dict[str, list[int]] = {}
        for index, label in enumerate(self.labels):
            for key in {core(label), letters(label), bare(label)} - {""}:
                self._exact.setdefault(key, []).append(index)
        for variant, meant in variants.items():
            if variant not in self._exact and meant in self._exact:
                self._exact[variant] = self._exact[meant]
        self._remembered = lru_cache(maxsize=1024)(self._find)

    def find(self, text: str) -> LabelMatch | None:
        """Return the one label that the text can be: exactly, or nearly if no other is as near; else `None`."""
        return self._remembered(text) if len(text) <= LONGEST_LABEL else None

    def _find(self, text: str) -> LabelMatch | None:
        key = core(text)
        if not key:
            return None
        for exact in (key, letters(text)):
            if exact in self._exact:
                return self._one(self._exact[exact], text, "exact")
        if (short := bare(text)) in self._exact:
            return self._one(self._exact[short], text, "near")
        return self._nearest(key, text)

    def _one(self, indices: list[int], text: str, quality: Quality) -> LabelMatch | None:
        if len(indices) > 1:
            return None
        return None if self._is_of_other_unit(text, indices[0]) else LabelMatch(indices[0], quality)

    def _is_of_other_unit(self, text: str, index: int) -> bool:
        wanted, found = _unit(self.labels[index]), _unit(text)
        return bool(wanted and found and wanted != found)

    def _nearest(self, key: str, text: str) -> LabelMatch | None:
        most = min(len(key) // 4, 6)
        if not most and len(key) == 3:  # noqa: PLR2004 - of three letters one may be wrong
            most = 1
        if not most:
            return None
        ranked = sorted(
            (Levenshtein.distance(key, known, score_cutoff=most + 1), index) for index, known in enumerate(self._cores)
        )
        if ranked[0][0] > most or (len(ranked) > 1 and ranked[1][0] <= ranked[0][0] + 1):
            return None
        return self._one([ranked[0][1]], text, "near")

    def resembles(self, text: str, index: int) -> bool:
        """Check whether a text is similar enough to a label to be taken for it where the form has that label.

        It must be more similar to it than to any other label, and not name another unit.
        """
        key, meant = core(text) if len(text) <= LONGEST_LABEL else "", self._cores[index]
        likeness = Levenshtein.normalized_similarity(key, meant)
        others = (Levenshtein.normalized_similarity(key, known) for known in self._cores if known != meant)
        is_nearest = likeness >= 0.5 and likeness > max(others, default=0.0)  # noqa: PLR2004
        return bool(key) and is_nearest and not self._is_of_other_unit(text, index)
