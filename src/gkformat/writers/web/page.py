"""Form → a page to fill it in: one file that works offline, and judges in the browser what is typed into it."""

import json
from base64 import b64encode
from collections.abc import Iterator
from functools import cache, partial
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Any

from gkformat.base.numbering import SECTION_NUMBER
from gkformat.forms.editions import edition_of
from gkformat.notation.grid import GridCell
from gkformat.notation.outline import Node, labels, nodes, outline
from gkformat.version import VERSION
from gkformat.writers.html import PAGE_STYLE, STYLE, cell_element, cell_html, table_lines
from gkformat.writers.layout import BlankForm, PrintedTable, blank_table
from gkformat.writers.web.form_data import form_data


def render(form: BlankForm) -> bytes:
    """Return a page in which a form is filled in, as HTML in UTF-8.

    It needs no network and no server. Every number that is typed is judged at once; what is filled in is kept in the
    browser, saved as our JSON, and printed as the official form.
    """
    return "\n".join(_lines(form)).encode()


def _lines(form: BlankForm) -> Iterator[str]:
    cls, edition = form.cls, edition_of(form.cls).name
    script = _script()
    yield "<!DOCTYPE html>"
    yield '<html lang="zh-CN">'
    yield '<head><meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_policy(script)}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f'<meta name="generator" content="gkformat {VERSION}">'
    yield f"<title>政府信息公开工作年度报告（{edition} 版）填报表</title>"
    yield f"<style>\n{PAGE_STYLE}\n{STYLE}\n{_asset('page.css')}</style></head>"
    yield "<body>"
    yield _TOOLS
    yield "<main><article>"
    yield _TITLE
    for node in outline(cls).children:
        yield from _part(cls, node)
    yield "</article></main>"
    yield '<output id="here" hidden></output>'
    yield _data("form", form_data(edition))
    yield _data("preset", _preset(form))
    yield f'<script type="module">{script}</script>'
    yield "</body>"
    yield "</html>"


# -- the parts of the form -----------------------------------------------------------------------------


_TOOLS = """
<header class="tools">
<div role="toolbar" aria-label="填报表">
<label class="button">打开<input type="file" id="open" accept=".json,application/json"></label>
<button type="button" id="save">保存</button>
<button type="button" id="print">打印</button>
<button type="button" id="undo" title="Ctrl+Z">撤销</button>
<button type="button" id="redo" title="Ctrl+Y">重做</button>
<button type="button" id="totals" title="只补空着的总计，不改已填的数">补总计</button>
<button type="button" id="clear">清空</button>
</div>
<p id="verdict" role="status"></p>
<p id="notice" role="alert" hidden></p>
<noscript><p>浏览器没有运行脚本：此页只能打印，不能核对。</p></noscript>
</header>
""".strip()

_TITLE = (
    '<h1><span class="field"><input id="agency" aria-label="机关名称" placeholder="机关名称" autocomplete="off"></span>'
    '<span class="field"><input id="year" aria-label="年度" placeholder="年度" inputmode="numeric" autocomplete="off">'
    "</span>年政府信息公开工作年度报告</h1>"
)


def _part(cls: type, node: Node) -> Iterator[str]:
    if node.printed.kind not in ("prose", "section"):
        return
    heading = escape(node.label)
    yield f'<section data-at="{node.at}" class="{node.printed.kind}">'
    yield f"<h2{'' if SECTION_NUMBER.match(node.label) else ' class=unprinted'}>{heading}</h2>"
    if node.printed.kind == "prose":
        hint = escape(node.printed.note)
        yield f'<textarea id="{node.at}" aria-label="{heading}" placeholder="{hint}" rows="4"></textarea>'
        yield '<div class="written"></div>'
    else:
        yield from table_lines(PrintedTable(blank_table(cls, node.at), {}), partial(_field, cls))
        yield f'<aside aria-label="{heading}：核对"></aside>'
    yield "</section>"


def _field(cls: type, table: PrintedTable, cell: GridCell) -> str:
    """Return a cell with a field in it, or a label as it is printed."""
    if cell.at is None:
        return cell_html(table, cell)
    keys = "text" if nodes(cls)[cell.at].is_signed else "decimal"
    field = (
        f'<span class="field"><input id="{cell.at}" data-column="{cell.column}" inputmode="{keys}" autocomplete="off" '
        f'aria-label="{escape(labels(cls)[cell.at])}"></span>'
    )
    return cell_element(table.blank, cell, field)


# -- what goes with it ---------------------------------------------------------------------------------


def _preset(form: BlankForm) -> dict[str, Any]:
    """Return what stands in the fields at first, what is said of it, and under which name it is kept."""
    year = str(form.year or "")
    return {
        "key": f"{form.agency} {year}".strip(),
        "texts": {"agency": form.agency, "year": year} | {at: str(number) for at, number in form.known.items()},
        "says": "".join(_told(form)),
    }


def _told(form: BlankForm) -> Iterator[str]:
    if form.presets:
        yield f"已按上年的报告填好机关名称、年度和 {len(form.known)} 格，请核对。"
    yield from (f"{preset.label}：{preset.message()}。" for preset in form.presets if preset.number is None)


def _data(name: str, value: object) -> str:
    """Return JSON inside the page, where no text can end it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/json" id="{name}">{text}</script>'


@cache
def _script() -> str:
    """Return the judge and the page as one module: nothing can be imported where there is no server."""
    judge = _asset("checker.js").replace("\nexport ", "\n")
    _, end, page = _asset("page.js").partition('} from "./checker.js";\n')
    assert end, "the page imports the judge, and nothing else"
    return f"\n{judge}\n{page}"


def _asset(name: str) -> str:
    return files("gkformat.writers.web").joinpath(name).read_text(encoding="utf-8")


def _policy(script: str) -> str:
    """Return what the page may do: run this one script, and reach nothing outside."""
    digest = b64encode(sha256(script.encode()).digest()).decode()
    allowed = f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'"
    return f"{allowed}; base-uri 'none'; form-action 'none'"
