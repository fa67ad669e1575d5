"""Tests of saying which witness states what."""

from gkformat.base.words import Words
from gkformat.readers.matching.witnesses import Witness, said_by


def test_each_witness_is_quoted_in_both_languages() -> None:
    title, file_name = Witness(Words("题目", "the title"), "2023"), Witness(Words("文件名", "the file name"), "2024")
    assert said_by([title, file_name]) == Words("题目“2023”；文件名“2024”", "the title “2023”; the file name “2024”")
