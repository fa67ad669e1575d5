"""The kinds of slip that break a report, how likely each is, and how the digits of a number tell them apart.

A slip costs its description length in bits: minus the binary logarithm of its probability. `SLIP_KINDS` gives the bits
of each kind and the reason for them. One bit is added each time the number of results that a slip of that kind could
have had doubles, so a slip with few possible results costs less than one that could have given anything. Last come
the numbers themselves: one that is twice as large is half as likely and costs a bit more.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from gkformat.base.address import Address
from gkformat.base.frozen import frozen
from gkformat.base.words import Lang, Words


@frozen
class SlipKind:
    """A kind of slip. About one slip in 2 to the power of `bits` is of this kind, for the `reason` given."""

    name: str
    bits: int
    title: Words
    reason: Words


_ALL = (
    # -- one number ------------------------------------------------------------------------------------
    SlipKind(
        "digit-mistyped",
        2,
        Words("一位数字写错", "one digit is wrong"),
        Words(
            "抄写数字的差错以错一位最多：Verhoeff（1969）占 60%–95%",
            "the commonest error where numbers are copied: 60 to 95 % in Verhoeff (1969)",
        ),
    ),
    SlipKind(
        "digit-dropped",
        4,
        Words("漏写一位数字", "a digit is missing"),
        Words(
            "Verhoeff（1969）：漏写或多写一位合占 10%–20%",
            "a digit omitted or added: together 10 to 20 % in Verhoeff (1969)",
        ),
    ),
    SlipKind(
        "digit-inserted",
        4,
        Words("多写一位数字", "there is a digit too many"),
        Words("同上，多写的一半", "the other half of the same"),
    ),
    SlipKind(
        "digit-doubled",
        5,
        Words("一位数字重复", "a digit stands twice"),
        Words("多写一位的特例：键按了两次", "a digit added in a special way: a key that was hit twice"),
    ),
    SlipKind(
        "digits-swapped",
        4,
        Words("相邻两位数字颠倒", "two neighbouring digits are swapped"),
        Words("Verhoeff（1969）：占 10%–20%", "10 to 20 % in Verhoeff (1969)"),
    ),
    SlipKind(
        "unit",
        7,
        Words("单位有误，差一万倍", "wrong unit, off by a factor of 10,000"),
        Words("表中只有金额以万元为单位，件数少见", "only amounts are in units of 10,000; counts hardly ever"),
    ),
    SlipKind(
        "cell-empty",
        4,
        Words("应有数字处为 0", "0 where a number should be"),
        Words("漏填一格；但多数格本来就是 0", "a cell overlooked; but most cells are rightly 0"),
    ),
    SlipKind(
        "cell-filled",
        5,
        Words("应为 0 处有数字", "a number where 0 should be"),
        Words(
            "多数格为 0，常无人填写，少有差错", "most cells are 0, often filled in by nobody: little goes wrong there"
        ),
    ),
    SlipKind(
        "other-number",
        5,
        Words("填了别的数", "another number"),
        Words("取自别的时点、别的统计口径；数字上看不出", "of another date, of another count; the digits do not tell"),
    ),
    # -- a sum -----------------------------------------------------------------------------------------
    SlipKind(
        "total-empty",
        3,
        Words("总计为 0", "the total is 0"),
        Words(
            "见于洪泽区 2023 年、金湖县 2023 年的数据：各格已填，总计未算",
            "met in the data of 洪泽 2023 and 金湖 2023: the parts filled in, the total not added up",
        ),
    ),
    SlipKind(
        "term-omitted",
        4,
        Words("总计漏加一项", "the total lacks one of its terms"),
        Words("手工相加时漏一行", "a line overlooked when adding by hand"),
    ),
    SlipKind(
        "sign",
        7,
        Words("一项加减相反", "a term with the wrong sign"),
        Words("总计由表格软件求和时不会发生", "does not happen where software adds up"),
    ),
    SlipKind(
        "carried",
        4,
        Words("一格有误，总计随之算错", "a wrong number, and totals computed with it"),
        Words("总计由表格软件求和时，错数带入总计", "where software adds up, a wrong number goes into the totals"),
    ),
    # -- several cells ---------------------------------------------------------------------------------
    SlipKind(
        "neighbours-swapped",
        5,
        Words("相邻两格互换", "two neighbouring cells are swapped"),
        Words("看错一格", "the eye slipped by a cell"),
    ),
    SlipKind(
        "wrong-place",
        5,
        Words("填入了同行或同列的另一格", "entered in another cell of the same row or column"),
        Words("办理结果 21 行，行名相近", "there are 21 rows of results, and some have similar names"),
    ),
    SlipKind(
        "row-shifted",
        6,
        Words("一行错开一格", "a row is shifted by one cell"),
        Words("转换文件时空格丢失或多出", "a converter lost an empty cell, or added one"),
    ),
    SlipKind(
        "column-shifted",
        7,
        Words("一列错开一格", "a column is shifted by one cell"),
        Words("同上，但表格多按行读写", "the same, but tables are mostly read and written along rows"),
    ),
    SlipKind(
        "split",
        6,
        Words("一个数被拆入两格", "a number is split over two cells"),
        Words("见于金湖县 2023 年：“10 0 12”被转换程序拆成单个数字", "met in 金湖 2023: a converter split `10 0 12`"),
    ),
    SlipKind(
        "glued",
        6,
        Words("两格的数连成一个", "the numbers of two cells are glued together"),
        Words(
            "网页或 PDF 转为文字时，格与格之间没有空隙", "text taken from a web page or a PDF has no gap between cells"
        ),
    ),
)

SLIP_KINDS: Mapping[str, SlipKind] = {kind.name: kind for kind in _ALL}
"""Every kind of slip by its name, with its weight."""


@frozen
class Change:
    """A cell that a slip made wrong: the number found there, and the number proposed in its place."""

    at: Address
    label: str
    found: int
    proposed: int


@frozen
class Slip:
    """A slip that may have happened, with every cell that it made wrong. The more `bits`, the less likely it is."""

    kind: str
    changes: tuple[Change, ...]
    bits: int

    def title(self, lang: Lang = "zh") -> str:
        """Return the name of the kind of slip, in a few words."""
        return SLIP_KINDS[self.kind].title.text(lang)


def description_length(kind: str, ways: int = 1) -> int:
    """Return the bits of a slip of this kind that could have had this many results."""
    return SLIP_KINDS[kind].bits + (ways - 1).bit_length()


def number_length(number: int) -> int:
    """Return the bits of a number: 0 for 0, and one more each time it doubles (a prior inversely proportional)."""
    return number.bit_length()


# -- one number, by its digits -------------------------------------------------------------------------


def likeliest(found: int, proposed: int, sums: Iterable[Sequence[int]] = ()) -> tuple[int, str]:
    """Return the bits and the kind of the cheapest slip that turns `proposed` into `found`.

    `sums` are the terms of each sum that the cell holds; there are none unless it is a total.
    """
    terms = [[term for term in each if term] for each in sums]
    candidates = (*_typing_slips(found, proposed), *_adding_slips(found, proposed, terms))
    return min((description_length(kind, ways), kind) for kind, ways in candidates)


def _typing_slips(found: int, proposed: int) -> Iterator[tuple[str, int]]:
    """Yield the kinds of slip by which a hand turns one number into another, with how many results each could have."""
    wrong, right = str(found), str(proposed)
    length = len(right)
    if not proposed:
        yield "cell-filled", 10 ** len(wrong)
        return
    if length > 1 and found in without_one_digit(right):
        yield "digit-dropped", length
    if wrong in {right[: index + 1] + right[index:] for index in range(length)}:
        yield "digit-doubled", length
    if len(wrong) > 1 and proposed in without_one_digit(wrong):
        yield "digit-inserted", 10 * (length + 1)
    if len(wrong) == length:
        yield from _replacement_slips(wrong, right)
    if found == 0:
        yield "cell-empty", 1
    if proposed and found in (proposed * 10_000, proposed / 10_000):
        yield "unit", 2
    yield "other-number", 10 ** max(length, len(wrong))


def without_one_digit(digits: str) -> set[int]:
    """Return the numbers that remain when one digit is removed."""
    return {int(digits[:index] + digits[index + 1 :]) for index in range(len(digits))}


def _replacement_slips(wrong: str, right: str) -> Iterator[tuple[str, int]]:
    differing = [index for index, (one, other) in enumerate(zip(wrong, right, strict=True)) if one != other]
    first, last = differing[0], differing[-1]
    if first == last:
        yield "digit-mistyped", 9 * len(right)
    if last == first + 1 and wrong[first : last + 1] == right[last] + right[first]:
        yield "digits-swapped", len(right) - 1


def _adding_slips(found: int, proposed: int, sums: Iterable[Sequence[int]]) -> Iterator[tuple[str, int]]:
    """Yield the kinds of slip in adding up, with how many results each could have."""
    for terms in sums:
        if found == 0:
            yield "total-empty", 1
        if proposed - found in terms:
            yield "term-omitted", len(terms)
        if proposed - found in {2 * term for term in terms}:
            yield "sign", len(terms)
