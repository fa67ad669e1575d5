"""Tests of reading DOCX."""

from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

import packages
from gkformat import Unreadable
from gkformat.readers import limits
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
    made.core_properties.title = "某局年报"
    made.save(str(file))
    document = word.parse(file.read_bytes())
    assert document.titles == ("某局年报",)
    blocks = document.blocks
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


def _style(name: str, look: str, based_on: str = "", kind: str = "character", default: str = "0") -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}" w:default="{default}">{base}<w:rPr>{look}</w:rPr></w:style>'


STYLES = "".join(
    [
        _style("usual", "", kind="paragraph", default="1"),
        _style("secret", "<w:vanish/>", kind="paragraph"),
        _style("hidden", "<w:vanish/>"),
        _style("deeper", "<w:b/>", "hidden"),
        _style("seen", '<w:vanish w:val="0"/>', "hidden"),
        _style("struck", "<w:dstrike/>"),
        _style("note", '<w:vertAlign w:val="superscript"/>'),
        _style("white", '<w:color w:val="FFFFFF"/>'),
        _style("one", "", "other"),
        _style("other", "", "one"),
    ]
)


def _run(text: str, style: str = "", look: str = "") -> str:
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    return f"<w:r><w:rPr>{named}{look}</w:rPr><w:t>{text}</w:t></w:r>"


def _field(*parts: str) -> str:
    """Return a field of its instructions and, perhaps, its result."""
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return "".join([marks[0], marks[1].join(parts), marks[2]])


_NO_FILL = "<w14:textFill><w14:noFill/></w14:textFill>"
_INSTRUCTION = "<w:r><w:instrText>IF </w:instrText></w:r>"


@pytest.mark.parametrize(
    ("paragraph", "text"),
    [
        (_run("9", "hidden") + _run("12"), "12"),
        (_run("9", "deeper") + _run("12"), "12"),
        (_run("9", "seen") + _run("12"), "912"),
        (_run("9", "hidden", '<w:vanish w:val="0"/>') + _run("12"), "912"),
        (_run("9", "one") + _run("12", "unknown"), "912"),
        ('<w:pPr><w:pStyle w:val="secret"/></w:pPr>' + _run("9") + _run("12", "hidden"), "12"),
        (_run("9", "struck") + _run("12"), "〔9〕12"),
        (_run("12") + _run("1", "note"), "12〔1〕"),
        (_run("12") + _run("1", "note", '<w:vertAlign w:val="baseline"/>'), "121"),
        (_field(_INSTRUCTION + _field(_INSTRUCTION, _run("9")) + _run("7"), _run("12")), "12"),
        (_field(_INSTRUCTION), "〔图〕"),
        (_run("1") + "<w:r><w:drawing><wp:inline/></w:drawing></w:r>", "1〔图〕"),
        (_run("1") + "<w:r><w:drawing><wp:anchor/></w:drawing></w:r>", "1〔图〕"),
        (_run("1") + "<w:r><w:drawing><wp:anchor behindDoc='1'/></w:drawing></w:r>", "1"),
        (_run("表") + "<w:r><w:drawing><wp:anchor/></w:drawing></w:r>", "表"),
        ("<w:r><w:pict><v:shape><v:textpath string='12'/></v:shape></w:pict></w:r>", "〔图〕"),
        ("<w:r><w:pict><v:shape><v:imagedata/></v:shape></w:pict></w:r>", "〔图〕"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:object><v:imagedata/></w:object></w:r>", ""),
        ("<m:oMath><m:r><m:t>12</m:t></m:r></m:oMath>", "〔图〕"),
        (f"<w:r><w:ruby><w:rt>{_run('1')}</w:rt><w:rubyBase>{_run('12')}</w:rubyBase></w:ruby></w:r>", "〔1〕12"),
        (f'<w:bdo w:val="rtl">{_run("21")}</w:bdo>{_run("3")}', "〔21〕3"),
        (f'<w:bdo w:val="ltr">{_run("21")}</w:bdo>', "21"),
        (_run("9", look='<w:color w:val="FFFFFF"/>') + _run("12"), "〔9〕12"),
        (_run("12", look='<w:color w:val="FF0000"/>') + _run("3", look='<w:color w:val="auto"/>'), "123"),
        (_run("9", look='<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>') + _run("12"), "〔9〕12"),
        (_run("9", look='<w:color w:val="003366"/><w:shd w:val="clear" w:fill="003366"/>') + _run("12"), "〔9〕12"),
        (_run("12", look='<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="003366"/>'), "12"),
        (_run("12", look='<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="c00000"/>'), "12"),
        (_run("12", look='<w:color w:val="FFFFFF"/><w:shd w:val="pct50" w:fill="auto"/>'), "12"),
        (_run("12", look='<w:color w:val="FFFFFF"/><w:shd w:val="solid" w:color="FFFFFF"/>'), "〔12〕"),
        (_run("12", look='<w:color w:val="FFFFFF"/><w:shd w:val="thinHorzStripe" w:color="FFFFFF"/>'), "12"),
        (_run("12", look='<w:color w:val="FFFFFF"/><w:highlight w:val="blue"/>'), "12"),
        (_run("12", look='<w:color w:val="FFFFFF"/><w:highlight w:val="none"/>'), "〔12〕"),
        (_run("12", look='<w:sz w:val="10.5"/>'), "12"),
        (_run("12", look=f"<w:rPrChange><w:rPr>{_NO_FILL}<w:vanish/></w:rPr></w:rPrChange>"), "12"),
        ('<w:pPr><w:shd w:val="solid" w:color="000000"/></w:pPr>' + _run("12", look='<w:color w:val="FFFFFF"/>'), "12"),
        (_run("9", "white") + _run("12"), "〔9〕12"),
        (_run("9", look=_NO_FILL) + _run("12"), "〔9〕12"),
        (_run("9", look="<w14:textOutline><w14:noFill/></w14:textOutline>") + _run("12"), "912"),
        (_run("9", look='<w:position w:val="8"/>') + _run("12", look='<w:position w:val="-2"/>'), "〔9〕12"),
        (_run("9", look='<w:sz w:val="2"/>') + _run("12", look='<w:sz w:val="21"/>'), "〔9〕12"),
        (_run("9", look='<w:w w:val="1"/><w:sz w:val="21"/>') + _run("12"), "〔9〕12"),
        (_run("3", look='<w:rFonts w:ascii="Wingdings"/>') + _run("12", look='<w:rFonts w:ascii="Arial"/>'), "〔3〕12"),
        ('<w:r><w:sym w:font="Wingdings" w:char="0033"/></w:r>', "\uf033"),
        (_run("1") + '<w:r><w:ptab w:alignment="right"/></w:r>' + _run("2"), "1 2"),
        ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList/></w:ffData></w:fldChar></w:r>', "〔图〕"),
    ],
)
def test_cell_has_the_text_that_is_seen(paragraph: str, text: str) -> None:
    cell = f"<w:tc><w:p>{paragraph}</w:p></w:tc>"
    (table,) = word.parse(packages.docx_of(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>", STYLES)).blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.rows[0]] == [text]


def _level(definition: int, form: str, text: str) -> str:
    level = f'<w:lvl w:ilvl="0"><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
    return f'<w:abstractNum w:abstractNumId="{definition}">{level}</w:abstractNum>'


LISTS = _level(1, "decimal", "%1.") + _level(2, "none", "") + _level(3, "bullet", "l") + _level(4, "none", "%1")
LISTS = _level(5, "upperRoman", "%1") + LISTS
LISTS += "".join(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in range(1, 6))
LISTS += (
    '<w:num w:numId="6"><w:lvlOverride><w:lvl><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:lvlOverride>'
    "</w:num>"
)


@pytest.mark.parametrize(
    ("number", "text", "shown"),
    [
        ("<w:numPr><w:numId w:val='1'/></w:numPr>", "12", "〔编号〕12"),
        ("<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>", "", "〔编号〕"),
        ("<w:numPr><w:numId w:val='1'/></w:numPr>", "总计", "总计"),
        ("<w:pStyle w:val='listed'/>", "12", "〔编号〕12"),
        ("<w:pStyle w:val='listed'/><w:numPr><w:numId w:val='0'/></w:numPr>", "12", "12"),
        ("<w:pStyle w:val='listed'/><w:numPr><w:ilvl w:val='1'/></w:numPr>", "12", "12"),
        ("<w:numPr><w:numId w:val='5'/></w:numPr>", "12", "〔编号〕12"),
        ("<w:pPrChange><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:pPrChange>", "12", "12"),
        ("<w:pStyle w:val='was listed'/>", "12", "12"),
        *((f"<w:numPr><w:numId w:val='{number}'/></w:numPr>", "12", "12") for number in (2, 3, 4, 7)),
    ],
)
def test_number_of_a_paragraph_stands_beside_the_number_of_a_cell(number: str, text: str, shown: str) -> None:
    listed = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = f'<w:style w:type="paragraph" w:styleId="listed">{listed}</w:style>'
    was = f"<w:pPr><w:pPrChange>{listed}</w:pPrChange></w:pPr>"
    styles += f'<w:style w:type="paragraph" w:styleId="was listed">{was}</w:style>'
    cell = f"<w:tc><w:p><w:pPr>{number}</w:pPr>{_run(text[:1])}{_run(text[1:])}</w:p></w:tc>"
    (table,) = word.parse(packages.docx_of(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>", styles, LISTS)).blocks
    assert isinstance(table, Table)
    assert table.rows[0][0].text == shown


def test_color_of_a_text_is_seen_on_the_shading_of_its_cell() -> None:
    white = _run("12", look='<w:color w:val="FFFFFF"/>')
    shades = [
        "",
        '<w:shd w:val="clear" w:fill="003366"/>',
        '<w:shd w:val="nil"/>',
        '<w:shd w:val="clear" w:fill="auto"/>',
    ]
    cells = "".join(f"<w:tc><w:tcPr>{shade}</w:tcPr><w:p>{white}</w:p></w:tc>" for shade in shades)
    body = f"<w:p>{white}</w:p><w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    paragraph, table = word.parse(packages.docx_of(body)).blocks
    assert isinstance(paragraph, Paragraph)
    assert isinstance(table, Table)
    assert paragraph.text == "12"
    assert [cell.text for cell in table.rows[0]] == ["〔12〕", "12", "〔12〕", "〔12〕"]


@pytest.mark.parametrize(
    ("properties", "shown"),
    [
        ('<w:tblStyle w:val="plain"/>', "〔12〕"),
        ('<w:tblStyle w:val="dark"/>', "12"),
        ('<w:shd w:val="clear" w:fill="003366"/>', "12"),
    ],
)
def test_color_of_a_text_is_seen_on_the_shading_of_its_table(properties: str, shown: str) -> None:
    shade = '<w:tcPr><w:shd w:val="clear" w:fill="003366"/></w:tcPr>'
    styles = "".join(
        f'<w:style w:type="table" w:styleId="{name}">{look}</w:style>'
        for name, look in (("plain", ""), ("dark", shade))
    )
    white = _run("12", look='<w:color w:val="FFFFFF"/>')
    body = f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tr><w:tc><w:p>{white}</w:p></w:tc></w:tr></w:tbl>"
    (table,) = word.parse(packages.docx_of(body, styles)).blocks
    assert isinstance(table, Table)
    assert table.rows[0][0].text == shown


def test_cells_are_those_that_are_left_when_their_changes_are_accepted() -> None:
    def cell(text: str, change: str = "") -> str:
        return f"<w:tc><w:tcPr>{change}</w:tcPr><w:p>{_run(text)}</w:p></w:tc>"

    above = cell("9", "<w:cellDel/>") + cell("1", '<w:cellMerge w:vMerge="rest"/>') + cell("2", "<w:cellIns/>")
    below = cell("3", '<w:cellMerge w:vMerge="cont"/>') + "<w:tc><w:altChunk/></w:tc>"
    (table,) = word.parse(packages.docx_of(f"<w:tbl><w:tr>{above}</w:tr><w:tr>{below}</w:tr></w:tbl>")).blocks
    assert isinstance(table, Table)
    assert [[(cell.text, cell.rows) for cell in row] for row in table.rows] == [[("1", 2), ("2", 1)], [("〔图〕", 1)]]


def test_paragraph_without_a_style_looks_as_the_usual_one_of_paragraphs() -> None:
    looks = {"numbering": "<w:vanish/>", "paragraph": "<w:strike/>", "character": "<w:vanish/>", "table": "<w:vanish/>"}
    styles = "".join(_style(kind, look, kind=kind, default="1") for kind, look in looks.items())
    (found,) = word.parse(packages.docx_of(f"<w:p>{_run('12')}</w:p>", styles)).blocks
    assert isinstance(found, Paragraph)
    assert found.text == "〔12〕"


def test_what_is_drawn_in_a_paragraph_is_no_text_of_it() -> None:
    body = f"<w:p>{_run('文')}<w:r><w:object><v:imagedata/></w:object></w:r></w:p>"
    (found,) = word.parse(packages.docx_of(body)).blocks
    assert isinstance(found, Paragraph)
    assert found.text == "文"


def test_rows_that_are_deleted_or_hidden_are_gone() -> None:
    looks = ["", '<w:del w:author="x"/>', "<w:hidden/>", '<w:hidden w:val="0"/>', '<w:ins w:author="x"/>']
    rows = (
        f"<w:tr><w:trPr>{look}</w:trPr><w:tc><w:p>{_run(str(at))}</w:p></w:tc></w:tr>" for at, look in enumerate(looks)
    )
    (table,) = word.parse(packages.docx_of(f"<w:tbl>{''.join(rows)}</w:tbl>")).blocks
    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.rows] == [["0"], ["3"], ["4"]]


def test_cells_that_are_merged_across_count_as_one() -> None:
    def cell(text: str, merges: str) -> str:
        return f"<w:tc><w:tcPr>{merges}</w:tcPr><w:p>{_run(text)}</w:p></w:tc>"

    begins, goes_on, down = '<w:hMerge w:val="restart"/>', "<w:hMerge/>", "<w:vMerge/>"
    above = cell("a", begins + '<w:vMerge w:val="restart"/>') + cell("x", goes_on + down) + cell("b", "")
    below = cell("x", begins + down) + cell("x", goes_on + down) + cell("c", "")
    rows = (f"<w:tr>{row}</w:tr>" for row in ("".join(cell(text, "") for text in "tuv"), above, below))
    (table,) = word.parse(packages.docx_of(f"<w:tbl>{''.join(rows)}</w:tbl>")).blocks
    assert isinstance(table, Table)
    assert [[(cell.text, cell.rows, cell.columns) for cell in row] for row in table.rows] == [
        [("t", 1, 1), ("u", 1, 1), ("v", 1, 1)],
        [("a", 2, 2), ("b", 1, 1)],
        [("c", 1, 1)],
    ]


def test_table_that_frames_the_text_of_a_cell_is_part_of_it() -> None:
    def table(*cells: str) -> str:
        return f"<w:tbl><w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr></w:tbl>"

    def paragraph(text: str) -> str:
        return f"<w:p>{_run(text)}</w:p>"

    frame = table(table(paragraph("1")) + paragraph("2"))
    (framed,) = word.parse(packages.docx_of(table(frame + paragraph("3"), paragraph("4")))).blocks
    assert isinstance(framed, Table)
    assert [cell.text for cell in framed.rows[0]] == ["1\n2\n3", "4"]
    blocks = word.parse(packages.docx_of(table(table(paragraph("1"), paragraph("2")), paragraph("3")))).blocks
    assert [type(block) for block in blocks] == [Table, Paragraph]


def test_properties_belong_to_the_innermost_element() -> None:
    def row(properties: str, *cells: str) -> str:
        inside = "".join(f"<w:tc>{cell}</w:tc>" for cell in cells)
        return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"

    def cell(text: str, properties: str = "") -> str:
        return f"<w:tcPr>{properties}</w:tcPr><w:p>{_run(text)}</w:p>"

    seen = '<w:vanish w:val="0"/>'
    hidden = '<w:pPr><w:pStyle w:val="secret"/></w:pPr>' + _run("8") + _run("9", look=seen) + _run("1", "note", seen)
    box = f"<w:p><w:r><w:t>外</w:t><w:txbxContent><w:p>{hidden}</w:p></w:txbxContent></w:r></w:p>"
    merged = row('<w:gridBefore w:val="1"/>', cell("1", '<w:hMerge w:val="restart"/>'), cell("x", "<w:hMerge/>"))
    begins, two = '<w:vMerge w:val="restart"/>', '<w:gridSpan w:val="2"/>'
    rows = row("<w:del/>", cell("2")) + row("<w:hidden/>", cell("3")) + merged
    rows += row("", cell("4"), cell("x", "<w:cellDel/>"), cell("5", begins), cell("6", two))
    rows += row("", cell("x", '<w:cellMerge w:vMerge="cont"/>'), cell("x", "<w:vMerge/>"), cell("7"))
    outer = f"<w:tbl>{row('', f'<w:tbl>{rows}</w:tbl>', box)}</w:tbl>"
    body = f"<w:p>{_run('上')}</w:p><w:tbl>{row('', outer)}</w:tbl><w:p>{_run('下')}</w:p>"
    blocks = word.parse(packages.docx_of(body, STYLES)).blocks
    paragraphs = [(block.text, block.place.line) for block in blocks if isinstance(block, Paragraph)]
    assert paragraphs == [("上", 1), ("外", 2), ("9〔1〕", 3), ("下", 4)]
    (table,) = (block for block in blocks if isinstance(block, Table))
    assert [
        [(cell.text, cell.columns, cell.place.table, cell.place.row, cell.place.column) for cell in row]
        for row in table.rows
    ] == [
        [("", 1, 1, 1, 1), ("1", 2, 1, 1, 2)],
        [("4", 1, 1, 2, 1), ("5", 1, 1, 2, 2), ("6", 2, 1, 2, 3)],
        [("7", 1, 1, 3, 1)],
    ]


def test_table_of_too_many_columns_is_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    def table(columns: str) -> bytes:
        cell = f'<w:tc><w:tcPr><w:gridSpan w:val="{columns}"/></w:tcPr><w:p/></w:tc>'
        return packages.docx_of(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>")

    monkeypatch.setattr(word, "COLUMNS", 3)
    for columns, count in {"3": 3, "-5": 1, "x": 1, "100000": 1}.items():
        (found,) = word.parse(table(columns)).blocks
        assert isinstance(found, Table)
        assert found.rows[0][0].columns == count
    with pytest.raises(Unreadable, match="超过 3 列"):
        word.parse(table("5"))


def test_document_of_too_many_paragraphs_is_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "BLOCKS", 2)
    with pytest.raises(Unreadable, match="超过 2 行"):
        word.parse(packages.docx_of("<w:p/>" * 3))
