"""Packages of Office Open XML from their XML, for tests: valid ones, and ones that no program would write."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

_TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WORD = (
    f'xmlns:w="{_TRANSITIONAL}" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
_SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET_OF_BOOK = '<sheet r:id="r1"/>'
_RELATION = f'<Relationship Id="{{0}}" Type="{_OFFICE}/{{1}}" Target="{{2}}"/>'


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a package of parts."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, xml in parts.items():
            archive.writestr(name, xml)
    return file.getvalue()


def docx_of(body: str, styles: str = "", numbering: str = "", *, strict: bool = False) -> bytes:
    """Return a document with a body, and perhaps styles and lists."""
    spaces = _WORD.replace(_TRANSITIONAL, "http://purl.oclc.org/ooxml/wordprocessingml/main") if strict else _WORD
    return packed(
        {
            "word/document.xml": f"<w:document {spaces}><w:body>{body}</w:body></w:document>",
            "word/styles.xml": f"<w:styles {spaces}>{styles}</w:styles>",
            "word/numbering.xml": f"<w:numbering {spaces}>{numbering}</w:numbering>",
        }
    )


def xlsx_of(sheet: str, strings: str = "", styles: str = "", sheets: int = 1) -> bytes:
    """Return a workbook with a sheet, once or several times, and perhaps texts that its cells share, and styles."""
    relations = [
        _RELATION.format("r1", "worksheet", "worksheets/sheet1.xml"),
        _RELATION.format("r2", "sharedStrings", "sharedStrings.xml"),
        _RELATION.format("r3", "styles", "styles.xml"),
    ]
    return packed(
        {
            "xl/workbook.xml": f'<workbook {_SHEET} xmlns:r="{_OFFICE}"><sheets>{_SHEET_OF_BOOK * sheets}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f"{''.join(relations)}</Relationships>",
            "xl/sharedStrings.xml": f"<sst {_SHEET}>{strings}</sst>",
            "xl/styles.xml": f"<styleSheet {_SHEET}>{styles}</styleSheet>",
            "xl/worksheets/sheet1.xml": f"<worksheet {_SHEET}>{sheet}</worksheet>",
        }
    )
