"""Claims: the numbers that a text states, each with the place where it stands."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkformat import Report2021
from gkformat.checks.narrative.claims import claims
from gkformat.checks.prose import LONGEST_TEXT

OFFICE = "某市人民政府办公室"


@given(
    text=st.lists(
        st.sampled_from(
            [*"件，。；、（）\n 5一", "2023年", "12", "政府信息公开申请", "收到", "办结", "其中", "予以公开", "占5.1%", "全市",
             "我局", "未", "行政复议", "行政诉讼", "自然人", "制发", "规章", "结转下年度", "上年结转", "因政府信息公开", "均"]
        ),
        max_size=40,
    ).map("".join)
)  # fmt: skip
def test_claim_is_where_it_says(text: str) -> None:
    found = list(claims(Report2021, text, agency=OFFICE, year=2023))
    assert [claim.start for claim in found] == sorted(claim.start for claim in found)
    for claim in found:
        words = re.sub(r"\s", "", text[claim.start : claim.end])
        assert claim.number == 0 or re.search(r"[\d一]", words)
        assert words == words.strip("，。；：")


@pytest.mark.parametrize("piece", ["一", "1,111", "、", "全市各部门、"])
def test_claims_read_a_hostile_text_only_so_far(piece: str) -> None:
    text = (piece * LONGEST_TEXT)[:LONGEST_TEXT] + "。\n收到政府信息公开申请5件。"
    assert list(claims(Report2021, text, agency=OFFICE, year=2023)) == []
