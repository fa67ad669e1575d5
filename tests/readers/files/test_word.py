"""Tests of reading DOCX."""

from pathlib import Path

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from gkformat.readers.document import Paragraph, Table
from gkformat.readers.files import word


def test_docx_revisions_hidden_text_and_boxes_are_resolved(tmp_path: Path) -> None:
    made = docx.Document()
    run = "<w:r>{look}<w:t>{text}</w:t></w:r>"
    texts = {
        "inserted": f"<w:ins>{run.format(look='', text='12')}</w:ins>",
        "deleted": f"<w:del>{run.format(look='', text='9')}</w:del>{run.format(look='', text='12')}",
        "hidden": run.format(look="<w:rPr><w:vanish/></w:rPr>", text="9") + run.format(look="", text="12"),
        "raised": run.format(look="", text="12")
        + run.format(look='<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>', text="1"),
        "struck": run.format(look="<w:rPr><w:strike/></w:rPr>", text="9") + run.format(look="", text="12"),
        "not struck": run.format(look='<w:rPr><w:strike w:val="0"/></w:rPr>', text="12"),
        "symbol": '<w:r><w:t>12</w:t><w:sym w:font="Wingdings" w:char="F081"/></w:r>',
        "no symbol": '<w:r><w:sym w:char="D800"/><w:sym w:char="x"/></w:r>',
        "control": f"<w:sdt><w:sdtContent>{run.format(look='', text='12')}</w:sdtContent></w:sdt>",
    }
    cells_ = "".join(f"<w:tc><w:p>{text}</w:p></w:tc>" for text in texts.values())
    before = '<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr><w:tc><w:p/></w:tc></w:tr>'
    table = f"<w:tbl><w:tr>{cells_}</w:tr>{before}</w:tbl>"
    outer = f"<w:tbl><w:tr><w:tc><w:p>{run.format(look='', text='外')}</w:p>{table}<w:p/></w:tc></w:tr></w:tbl>"
    box = f"<w:p><w:r><w:txbxContent><w:p>{run.format(look='', text='框')}</w:p></w:txbxContent></w:r></w:p>"
    for part in (
        outer,
        box,
        f"<w:sdt><w:sdtContent><w:p>{run.format(look='', text='控')}</w:p></w:sdtContent></w:sdt>",
        f"<w:del><w:p>{run.format(look='', text='删')}</w:p></w:del>",
        f"<w:p><w:del>{box[len('<w:p>') : -len('</w:p>')]}</w:del></w:p>",
    ):
        element = parse_xml(part.replace(">", f" {nsdecls('w')}>", 1))
        made.element.body.insert_element_before(element, "w:sectPr")
    file = tmp_path / "a.docx"
    made.save(str(file))
    blocks = word.parse(file.read_bytes()).blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == ["外", "框", "控"]
    (found,) = (block for block in blocks if isinstance(block, Table))
    assert dict(zip(texts, (cell.text for cell in found.rows[0]), strict=True)) == {
        "inserted": "12",
        "deleted": "12",
        "hidden": "12",
        "raised": "12〔1〕",
        "struck": "〔9〕12",
        "not struck": "12",
        "symbol": "12\uf081",
        "no symbol": "?\ufffd",
        "control": "12",
    }
    assert [cell.columns for cell in found.rows[1]] == [2, 1]
