"""Blank forms, to be filled in: a workbook or a page that checks itself, the annex as a document, or our JSON."""

import json
from collections.abc import Callable, Mapping
from os import PathLike
from pathlib import Path
from typing import Any

from gkformat.base.arguments import PATH, TEXT, demand, optional
from gkformat.base.atomic import open_atomic
from gkformat.base.errors import Unwritable
from gkformat.base.words import Words
from gkformat.codec.tree import put
from gkformat.forms.editions import EDITIONS, AnyReport, edition_for, edition_named, edition_of
from gkformat.judgement.root import REPORT
from gkformat.notation.outline import outline
from gkformat.writers import needs_documents
from gkformat.writers.layout import BlankForm, lay_out_blank
from gkformat.writers.presets import Preset, presets


def blank(
    path: str | PathLike[str], *, edition: str | None = None, last_year: AnyReport | None = None
) -> tuple[Preset, ...]:
    """Write a blank form; the suffix says how: .xlsx, .docx, .html or .json.

    A workbook adds up its totals and checks the equations as it is filled in. A page does so in any browser, without a
    network, and saves our JSON. A document is the annex of the notice. In JSON, `null` stands where the year or a
    number is to come; once it has a year, `loads(…, as_found=True)` takes each `null` for a blank. `read` takes all
    of them but the page back, filled in or not.

    With the report of `last_year`, the form is for the same body and the year after, and what that report carried
    forward (结转下年度) is preset as 上年结转. Each of these cells is returned, also those that are left blank because
    last year's number is unclear. The edition is that of the year, or else the newest.

    The file is written whole or not at all. Raises `UnknownEdition`, `Unwritable` for another suffix or a missing extra
    (`documents`), and `OSError`.
    """
    demand(PATH, path=path)
    demand(optional(TEXT), edition=edition)
    demand(optional(REPORT), last_year=last_year)
    suffix = Path(path).suffix
    writer = _WRITERS.get(suffix.lower())
    if writer is None:
        raise Unwritable(_UNKNOWN.format(suffix=suffix, known=" ".join(_WRITERS)))
    form = _form(edition, last_year)
    data = writer(form)
    with open_atomic(path) as file:
        file.write(data)
    return form.presets


def _form(edition: str | None, last_year: AnyReport | None) -> BlankForm:
    if last_year is None:
        return BlankForm(edition_named(edition or [*EDITIONS][-1]).report)
    year = last_year.year + 1
    known = edition_named(edition) if edition else edition_for(year)
    return BlankForm(known.report, last_year.agency, year, presets(last_year, known.name))


_UNKNOWN = Words(
    "空白表不能写成 {suffix!r}；可写：{known}", "cannot write a blank form as {suffix!r}; possible are {known}"
)


def _workbook(form: BlankForm) -> bytes:
    with needs_documents(".xlsx"):
        from gkformat.writers.blank_workbook import render  # noqa: PLC0415 - it needs the extra
    return render(form)


def _document(form: BlankForm) -> bytes:
    with needs_documents(".docx"):
        from gkformat.writers.word import render  # noqa: PLC0415 - it needs the extra
    return render(lay_out_blank(form))


def _page(form: BlankForm) -> bytes:
    from gkformat.writers.web.page import render  # noqa: PLC0415 - what the page needs is slow to make

    return render(form)


def _json(form: BlankForm) -> bytes:
    tree: dict[str, Any] = {"edition": edition_of(form.cls).name, "agency": form.agency, "year": form.year}
    for node in outline(form.cls).walk():
        if node.printed.kind == "prose":
            tree[node.name] = ""
        elif node.is_cell:
            put(tree, node.at.steps, form.known.get(node.at))
    return f"{json.dumps(tree, ensure_ascii=False, indent=2)}\n".encode()


_WRITERS: Mapping[str, Callable[[BlankForm], bytes]] = {
    ".xlsx": _workbook,
    ".docx": _document,
    ".html": _page,
    ".json": _json,
}
"""How a form is written, by the suffix of the file."""
