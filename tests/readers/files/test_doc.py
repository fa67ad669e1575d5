"""Tests of reading DOC."""

from pathlib import Path

import pytest

from compound import compound
from gkformat import Unreadable
from gkformat.readers.document import Paragraph, Table
from gkformat.readers.files import doc

LOOKS = (Path(__file__).parent / "made" / "looks.doc").read_bytes()


def test_every_look_of_a_text_is_told_apart() -> None:
    found = doc.parse(LOOKS)
    assert found.kind == "doc"
    assert [block.text for block in found.blocks if isinstance(block, Paragraph)] == ["间", "外", "间", "间"]
    looks, inner, lines = (block for block in found.blocks if isinstance(block, Table))
    assert [cell.text for cell in looks.rows[0]] == [
        *["12", "12", "12"],  # inserted; with what is deleted, and what is hidden
        *[
            "12〔1〕",
            "12〔1〕",
            "〔9〕12",
            "〔9〕12",
            "12",
        ],  # raised, lowered, struck out once and twice, not struck out
        *["12", "1 2\n3", "3014", "5-6", "２２（其中修订１６件）", ""],  # a control, breaks, a field, a hyphen
    ]
    assert [cell.text for cell in inner.rows[0]] == ["a", "b"]
    assert [cell.text for cell in lines.rows[0]] == ["1\n2"]
    assert (looks.rows[0][9].place.words.zh, found.titles) == ("表 1 第 1 行第 10 列", ("标题",))


WORD_97, WORD_95 = b"\xec\xa5", b"\xdc\xa5"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (LOOKS[:10_000], "DOC 文件损坏或不完整；若能在别处打开，请用 Word 或 WPS 另存为 DOCX"),
        (compound({"WordDocument": WORD_95}), "请用 Word 或 WPS 另存为 DOCX"),
        (LOOKS.replace(WORD_97, WORD_95), "请用 Word 或 WPS 另存为 DOCX"),
        (b"", "DOC 文件损坏"),
    ],
)
def test_file_that_cannot_be_converted_is_unreadable(data: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        doc.parse(data)


def test_file_with_a_password_is_said_to_have_one() -> None:
    at = LOOKS.index(WORD_97) + 11
    encrypted = LOOKS[:at] + bytes([LOOKS[at] | 1]) + LOOKS[at + 1 :]
    with pytest.raises(Unreadable, match="已加密"):
        doc.parse(encrypted)


def test_nothing_is_left_in_the_folder_of_temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    doc.parse(LOOKS)
    assert not [*tmp_path.iterdir()]
