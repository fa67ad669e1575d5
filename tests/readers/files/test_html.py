"""Tests of reading HTML."""

import re

import pytest

import papers
from gkformat import Unreadable, cells, read
from gkformat.readers.document import Paragraph, Table
from gkformat.readers.files import html, nesting
from readings import COUNT, open_cells, read_here, report, rules_at_addresses


def test_html_keeps_raised_and_hidden_text_out_of_numbers() -> None:
    page = papers.as_html(papers.document(report()))
    for markup, text in {
        "3440<sup>1</sup>": "3440〔1〕",
        "<s>1</s>3440": "〔1〕3440",
        "<span style='display:none'>9</span>3440": "3440",
        "<input value='3440'>": "3440",
        "<p>34</p><p>40</p>": "34\n40",
        "3<b>4</b><span>40</span>": "3440",
        "3440<script>var a = 1</script>": "3440",
        "<span style='text-decoration: line-through'>1</span>3440": "〔1〕3440",
        "3440<span style='vertical-align:super'>1</span>": "3440〔1〕",
        "<span style='opacity: 0'>9</span>3440": "〔9〕3440",
        "<span style='opacity: 0.9'>3440</span>": "3440",
        "<i style='position:absolute; left: -9999px'>9</i>3440": "〔9〕3440",
        "<i style='display:inline-block;width:0;overflow:hidden'>9</i>3440": "〔9〕3440",
        "<i style='overflow:hidden; max-width:0.5em'>3440</i>": "3440",
        "<bdo dir='RTL'>0443</bdo>": "〔0443〕",
        "<bdo dir='ltr'>3440</bdo>": "3440",
        "<i style='unicode-bidi:bidi-override;direction:rtl'>0443</i>": "〔0443〕",
        "<i style='font-size:0'>9</i>3440": "〔9〕3440",
        "3440<a href='#note-1'>1</a>": "3440〔1〕",
        "<a href='#note-1'>3440</a>": "3440",
        "<a href='a.html'>34</a><a href='#'>40</a>": "3440",
        "<input type=hidden value=9><input type=text value=3440>": "3440",
        "<table><tr><td>3440</td></tr></table>": "3440",
    }.items():
        reading = read_here(page.replace("<td>3440</td>", f"<td>{markup}</td>", 1).encode())
        found = {str(entry.at): entry for entry in reading.sheet.cells}[COUNT]
        assert found.text == text
        assert found.value in {3440, None}


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        *[
            (f"<span style='{style}'>9</span>3440", "〔9〕3440")
            for style in (
                "color:#fff",
                "COLOR: White !important",
                "color:rgb(255, 255, 254)",
                "color:rgba(0,0,0,0)",
                "color:#0000",
                "color:hsl(0, 0%, 100%)",
                "background:#036 repeat-x;color:#003366",
                "font-size:.01em",
                "font-size:2pt",
                "font-size:5%",
                "font-size:.05rem",
                "font-size:0mm",
                "font-size:.01in",
                "opacity : 0",
                "font:1px a",
                "zoom:0",
                "-webkit-text-security:disc",
                "-webkit-text-fill-color:transparent",
                "transform:scaleX(-1)",
                "mask:url(a)",
                "clip-path:inset(100%)",
                "position:absolute",
                "letter-spacing:-.9em",
                "letter-spacing:-1em",
                "letter-spacing:-12px",
                "margin-left:-9999px",
                "position:relative;top:-5em",
                "position:fixed",
                "mask-image:url(a)",
                "position:relative;clip:rect(0,0,0,0)",
                "display:inline-block;height:0;overflow-y:hidden",
                "display:inline-block;max-height:0;overflow:clip",
                "unicode-bidi:isolate-override",
                "background-color:#036;color:#036",
                "font-family:Wingdings",
                "-webkit-text-fill-color:#fff",
                "color:rgba(0, 0, 0, 2%)",
                "color:hsla(0, 0%, 0%, .05)",
                "color:#00000008",
                "opacity:.04",
                "filter:opacity(0)",
                "rotate:180deg",
                "transform:scale(11)",
                "transform:rotate(0deg) scale(0)",
                "position:relative;left:9999px",
                "margin:0 0 0 -9999px",
                "font-size:1%",
                "font-size:.5mm",
                "font:normal bold 1px a",
            )
        ],
        *[
            (f"<td style='{style}'>3440</td>", "〔3440〕")
            for style in (
                "color:#fff",
                "font-size:0",
                "text-indent:-9999px",
                "opacity:0",
                "text-decoration:line-through",
            )
        ],
        *[
            (f"<td style='{style}'>3440</td>", "3440")
            for style in (
                "background:#036;color:#fff",
                "background:url(a.png);color:#fff",
                "color:inherit",
                "color:windowtext",
                "color:#fff;background:tan",
                "font-size:10.5pt",
                "font-size:.8em",
                "font-size:1rem",
                "font-size:80%",
                "font-size:.4cm",
                "color:#fff;color:red",
                "color:red;/* color:#fff",
                "background-color:#fff;border-color:#fff",
                "background-color:#036;color:#fff",
                "background:linear-gradient(#036,#036);color:#fff",
                "stroke-opacity:0",
                "border-width:0;line-height:0;overflow:hidden",
                "mso-bidi-font-size:1.0pt",
                "unicode-bidi:embed",
                "mask: none; transform: initial; -webkit-text-security: none",
                "text-indent:-2em",
                "position:relative;top:-1px",
                "color:red",
                "mask:none;transform:none",
                "float:left",
                "font:7.0pt Arial",
                "letter-spacing:-0.1em",
                "text-transform: none; transform: none; -webkit-mask-image: none; -webkit-text-security: none",
                "text-transform:uppercase",
                "transform: translate3d(0px, 0, 0) rotate(0deg); -webkit-transform: scale(1, 1)",
                "transform: matrix(1, 0, 0, 1, 0, 0) !important",
                "backface-visibility:hidden",
                "mso-bidi-font-family:Wingdings",
                "font-size:.14rem",
                "background:none 0% 0% / 100% repeat",
                "background:rgba(0, 0, 0, .02);color:#000",
                "background:#00000005;color:#000",
                "background-image:linear-gradient(#036, #036);color:#fff",
                "display:block",
                "margin:0cm;margin-bottom:.0001pt;margin-left:0.0000pt;margin-top:12.0000pt",
            )
        ],
        ("<td bgcolor=yellow><font color=yellow>9</font>3440</td>", "〔9〕3440"),
        ("<td background=a.png style='color:#fff'>3440</td>", "3440"),
        ("3440<sup> </sup><span style='font-family:Wingdings'>&nbsp;</span>", "3440 \xa0"),
        ("<span style='display:block'>34</span><span style='float:right'>40</span>", "34\n40"),
        ("<td bgcolor=black><font color=white>3440</font></td>", "3440"),
        ("<td style='color:#fff'><p style='background:#036'>3440</p></td>", "3440"),
        ("<td style='color:#fff'><p>34<b>40</b></p></td>", "〔3440〕"),
        ("<td bgcolor=navy><font color=white>3440</font></td>", "3440"),
        ("<td class=total style='color:#fff'>3440</td>", "3440"),
        ("<td id=total style='color:#fff'>3440</td>", "3440"),
        ("<td style='max-width:0;overflow:hidden'>3440</td>", "3440"),
        ("<td style='font-size:0'><section style='font-size:14px'>3440</section></td>", "3440"),
        ("<td style='font-size:0'><section style='font-size:2em'>3440</section></td>", "〔3440〕"),
        ("<font face=Wingdings>3<span style='font-family:宋体'>440</span></font>", "〔3〕440"),
        ("<td><p class=white><font color=white>3440</font></p></td>", "3440"),
        ("<td><p class=white style='background:#fff'><font color=white>9</font>3440</p></td>", "〔9〕3440"),
        ("<font color=white><font color=white>9</font></font>3440", "〔9〕3440"),
        ("<font face='Wingdings 2'>3</font>440", "〔3〕440"),
        ("<span style='display:/* - */none'>9</span>3440", "3440"),
        ("<span style='font-size:1px'><b style='font-size:1em;font-size:14px'>3440</b></span>", "3440"),
        ("3440<img src='a.png'>", "3440〔图〕"),
        ("<img src='a.png'>3440", "〔图〕3440"),
        ("34<svg><text>4</text></svg>0", "34〔图〕0"),
        ("3440<img src='dot.gif' height='1'>", "3440"),
        ("3440<img src='dot.gif' style='width: 1px'>", "3440"),
        ("3440<img style='display:none'>", "3440"),
        ("3440<img src='dot.gif' width='1px'>", "3440"),
        ("3440<img src='dot.gif' style='height: 1.5pt'>", "3440"),
        ("3440<img src='dot.gif' style='width:0'>", "3440"),
        ("3440<img src='a.png' style='border-width:0'>", "3440〔图〕"),
        ("3440<img src='a.png' width='100' style='width:10px;height:20px'>", "3440〔图〕"),
        ("<ol start=3><li>440</li></ol>", "〔编号〕440"),
        ("<ul style='list-style:decimal'><li>440</li></ul>", "〔编号〕440"),
        ("<ol><li style='list-style:none'>3440</li></ol>", "3440"),
        ("<ul><li>3440</ul>", "3440"),
        ("<ruby>3440<rp>(</rp><rt>1</rt></ruby>", "3440〔1〕"),
        ("<span style='visibility:hidden'>9<b style='visibility:visible'>3440</b></span>", "〔图〕"),
    ],
)
def test_cell_says_what_is_seen_and_sets_apart_what_is_not(cell: str, text: str) -> None:
    assert _shown(cell) == text


@pytest.mark.parametrize(
    ("tags", "text"),
    [
        (
            (
                "a abbr b bdi bdo big cite code em font i ins kbd label mark nobr o:p q ruby small span strong st1:chsdate tt u"
                " var"
            ),
            "1",
        ),
        ("sub sup rt del s strike", "〔1〕"),
        ("canvas iframe object select button meter progress video", "〔图〕"),
        ("script style title noscript noframes noembed template datalist rp audio", ""),
    ],
)
def test_cell_goes_on_after_elements_within_a_line(tags: str, text: str) -> None:
    for tag in tags.split():
        assert _shown(f"3<{tag}>1</{tag}>40") == f"3{text}40", tag


@pytest.mark.parametrize("kind", ["", "type=text", "type=Number", "type=tel", "type=search"])
def test_field_shows_its_value(kind: str) -> None:
    assert _shown(f"34<input {kind} value=4>0<!-- 9 --><wbr>") == "3440"


@pytest.mark.parametrize(
    ("list_", "text"),
    [
        ("<ol type=circle><li>", "3440"),
        ("<ul style='list-style-type : Square'><li>", "3440"),
        ("<ul type=a><li>", "〔编号〕3440"),
        ("<ul><li type=1>", "〔编号〕3440"),
        ("<ol><li>", "〔编号〕3440"),
        ("<li>", "3440"),
    ],
)
def test_item_of_a_list_may_show_a_number(list_: str, text: str) -> None:
    assert _shown(f"{list_}3440") == text


def test_all_parts_of_a_table_are_read_and_spans_as_browsers_read_them() -> None:
    page = (
        "<table><thead><tr><th>1<td colspan=' 2x' rowspan=3>2<tbody><tr><td rowspan=x>3<tfoot><tr><td colspan>4</table>"
    )
    (table,) = html.parse_markup(page).blocks
    assert isinstance(table, Table)
    assert [[(cell.text, cell.rows, cell.columns) for cell in row] for row in table.rows] == [
        [("1", 1, 1), ("2", 3, 2)],
        [("3", 1, 1)],
        [("4", 1, 1)],
    ]


@pytest.mark.parametrize(
    "script",
    [
        r"""var b = "1"; var a = "<p>文</p><table><tr><td>3440</td></tr></table>";""",
        r"""var a = '\u003ctable\u003e\u003ctr>\n<td>3440\u003c/td>\u003c/tr>\u003c/table>'; var b = ';'""",
        r"""f("\x3Ctable\x3e\t<tr><td>\"3440" + "</td></tr><\/table>", "9")""",
        r"""a = {"b": "&lt;table&gt;&lt;tr&gt;&lt;td&gt;3440&lt;/td&gt;&lt;/tr&gt;&lt;/table&gt;"}""",
    ],
)
def test_table_in_a_string_of_a_script_is_read(script: str) -> None:
    blocks = html.parse_markup(f"<p>上</p><script>{script}</script><p>下</p>").blocks
    (table,) = (block for block in blocks if isinstance(block, Table))
    assert [[cell.text.strip('"') for cell in row] for row in table.rows] == [["3440"]]
    assert "下" not in [block.text for block in blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        ("<table><tr style='color:#fff'>", "</table>", "〔3440〕"),
        ("<div style='background:#036'><table style='color:#fff'><tr>", "</table></div>", "3440"),
        ("<div bgcolor=navy><table style='color:#fff'><tr>", "</table></div>", "3440"),
        ("<table style='float:left;position:absolute'><tr>", "</table>", "3440"),
        ("<div style='color:#fff'><table><tr>", "</table></div>", "3440"),
    ],
)
def test_cell_looks_like_what_it_stands_in(before: str, after: str, text: str) -> None:
    assert _shown("<td>3440</td>", before, after) == text


def _shown(cell: str, before: str = "<table><tr>", after: str = "</table>") -> str:
    cell = cell if cell.startswith("<td") else f"<td>{cell}</td>"
    (found,) = html.parse_markup(f"{before}{cell}{after}").blocks
    assert isinstance(found, Table)
    return found.rows[0][0].text


@pytest.mark.parametrize(
    "shown",
    [
        "<img src='a.png'>",
        "<p><img alt='3440'></p>",
        "<svg><text>3440</text></svg>",
        "<math><mn>3440</mn></math>",
        "<select><option>1<option selected>3440</select>",
        "<meter value=3440>9</meter>",
        "<input type=password value=3440>",
        "<embed src='a.svg'>",
        "<ol start=3440><li></li></ol>",
    ],
)
def test_cell_that_shows_something_else_than_text_is_not_blank(shown: str) -> None:
    page = papers.as_html(papers.document(report()))
    reading = read_here(page.replace("<td>3440</td>", f"<td>{shown}</td>", 1).encode())
    assert open_cells(reading) == {COUNT}
    assert ("cell-unreadable", COUNT) in rules_at_addresses(reading)


def test_picture_that_only_keeps_a_place_leaves_a_cell_blank() -> None:
    page = papers.as_html(papers.document(report()))
    reading = read_here(page.replace("<td>3440</td>", "<td><img src='dot.gif' width='1'></td>", 1).encode())
    assert open_cells(reading) == set()
    assert cells(reading.report)[COUNT] is None


def test_tables_that_only_frame_the_numbers_are_no_tables() -> None:
    page = papers.as_html(papers.document(report()))
    framed = re.sub(r"<td>(\d[^<]*)</td>", r"<td><table><tbody><tr><td>\1</td></tr></tbody></table></td>", page)
    reading = read_here(framed.encode())
    assert cells(reading.report) == cells(report())
    assert not reading.findings.items


def test_table_inside_a_layout_table_is_read() -> None:
    page = f"<table><tr><td>菜单</td><td>{papers.as_html(papers.document(report()))}</td></tr></table>"
    assert cells(read(page.encode()).report) == cells(report())


def test_paragraphs_know_their_lines_links_and_elements() -> None:
    page = "<div>收到<b>3</b>件<p>一<br>二<p><a href=a>链</a> <a href=b>接</a></p>三<a href=c>接</a><a>x</a></div><p>四"
    found = html.parse_markup(f"{page}<table><tr><td>1<td>2<tr><td>3</table>")
    *paragraphs, table = found.blocks
    assert [(block.text, block.place.line, block.is_link) for block in paragraphs if isinstance(block, Paragraph)] == [
        ("收到3件", 1, False),
        ("一", 2, False),
        ("二", 3, False),
        ("链 接", 4, True),
        ("三接x", 5, False),
        ("四", 6, False),
    ]
    outer, inner, *_, last, after = (block.element for block in paragraphs if isinstance(block, Paragraph))
    assert found.parents[inner] == outer == last != inner
    assert found.parents[after] == found.parents[outer] != outer
    assert isinstance(table, Table)
    assert [(cell.place.table, cell.place.row, cell.place.column) for row in table.rows for cell in row] == [
        (1, 1, 1),
        (1, 1, 2),
        (1, 2, 1),
    ]


def test_html_title_and_caption_are_kept() -> None:
    page = (
        "<meta name='ArticleTitle' content='某局年报'><meta property='og:title' content='年报'><title>某区</title>"
        "<meta name='ContentSource' content='某局'><meta name=author content='甲'><meta name=publisher content='乙'>"
        "<table><caption>表一</caption><tr><td>1</td></tr></table>"
    )
    found = html.parse(page.encode())
    assert found.titles == ("某局年报", "年报", "某区")
    assert found.sources == ("某局", "甲", "乙")
    assert [block.text for block in found.blocks if isinstance(block, Paragraph)] == ["表一"]


def test_the_target_of_a_link_is_no_link() -> None:
    linked = html.parse("<p><a name='_Toc1'>一、总体情况</a></p><p><a href='a.html'>目录</a></p>".encode())
    assert [block.is_link for block in linked.blocks if isinstance(block, Paragraph)] == [False, True]


def test_the_name_of_a_sheet_is_no_text_of_a_page_that_was_a_workbook() -> None:
    page = html.parse('<a name="table0"><h1>Sheet 1: <em>甲</em></h1></a><a name="three"><h1>乙</h1></a>'.encode())
    assert [block.text for block in page.blocks if isinstance(block, Paragraph)] == ["乙"]


def test_html_with_too_many_tags_is_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nesting, "TAGS", 3)
    with pytest.raises(Unreadable, match="超过 3 个"):
        html.parse(b"<p>1<p>2<p>3<p>4")


@pytest.mark.parametrize(
    "unit",
    [
        "<main>",
        "<x-y>",
        "<b>",
        "<span><div></span></div>",
        "<p><font a=1></p>",
        '<i a=">" b=</i>>',
        "<script></main></script><main>",
    ],
)
def test_html_that_is_nested_too_deep_is_unreadable(unit: str) -> None:
    with pytest.raises(Unreadable, match="过深"):
        html.parse(unit.encode() * 4000)


@pytest.mark.parametrize(
    "unit",
    [
        "<p>1",
        "<tr><td>1",
        "<script>if (a<b) c</script>",
    ],
)
def test_html_that_is_long_is_not_taken_for_deep(unit: str) -> None:
    assert html.parse(b"<table>" + unit.encode() * 4000 + b"</table>").kind == "html"


def test_empty_html_has_no_blocks() -> None:
    assert html.parse(b"<frameset><frame></frameset>").blocks == html.parse(b"").blocks == ()


@pytest.mark.parametrize("hidden", ["hidden", "style='display: none'", "style='visibility:collapse'"])
def test_parts_of_tables_that_are_hidden_are_left_out(hidden: str) -> None:
    row = f"<tr {hidden}><td>1</td></tr><tr><td>2</td><td {hidden}>3</td><td>4</td></tr>"
    page = f"<table {hidden}><tr><td>5</td></tr></table><table>{row}<tbody {hidden}><tr><td>6</td></tr></tbody></table>"
    (table,) = html.parse_markup(page).blocks
    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.rows] == [["2", "4"]]


def test_cell_that_is_hidden_but_keeps_its_place_is_blank() -> None:
    (table,) = html.parse_markup(
        "<table><tr><td>2</td><td style='visibility:hidden'>3</td><td>4</td></tr></table>"
    ).blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.rows[0]] == ["2", "", "4"]
