"""The page to fill in the form, as it is written; `tests/browser` fills it in."""

import json
import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import attrs
import pytest

from gkformat import EDITIONS, AnyReport, Mark, Report2021, blank, cells
from gkformat.forms.editions import edition_named
from gkformat.notation.outline import label, numbers
from gkformat.writers.layout import BlankForm
from gkformat.writers.web.page import render
from readings import marked, report


class _Page(HTMLParser):
    """What the tests look at: the fields by id, the other tags with their attributes, and the contents of scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: dict[str, dict[str, str | None]] = {}
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, given := dict(attrs)))
        if tag in ("input", "textarea"):
            self.fields[given["id"] or ""] = given

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script":
            self.scripts.append(data)


@cache
def page(edition: str = "2021") -> _Page:
    return _Page(render(BlankForm(edition_named(edition).report)).decode())


@pytest.mark.parametrize("edition", EDITIONS)
def test_page_has_a_field_with_its_label_for_each_cell_and_text(edition: str) -> None:
    cls = edition_named(edition).report
    labels = {at: field.get("aria-label") for at, field in page(edition).fields.items()}
    assert labels.items() >= {str(at): label(cls, at) for at in numbers(cls)}.items()
    texts = ("preface", "overview", "problems_and_improvements", "other_matters")
    assert labels.keys() - {*numbers(cls)} == {"open", "agency", "year", *texts}


def test_page_may_run_its_own_script_and_reach_nothing() -> None:
    policy = next(
        given["content"] or "" for tag, given in page().tags if given.get("http-equiv") == "Content-Security-Policy"
    )
    digest = b64encode(sha256(page().scripts[-1].encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}';" in policy
    assert policy.startswith("default-src 'none';")
    assert not [given for _, given in page().tags if {"src", "href", "srcset"} & given.keys()]
    assert not re.search(r"^(import|export) ", page().scripts[-1], re.MULTILINE)


def test_numbers_handed_on_by_last_year_are_preset_unless_they_are_unclear(tmp_path: Path) -> None:
    last_year = marked(Mark("requests.carried_forward.natural_person", "blank", "/"))
    preset = _preset(last_year, tmp_path / "form.html")
    carried_forward, brought_forward = "requests.carried_forward", "requests.brought_forward"
    values = {at.replace(carried_forward, brought_forward): str(number) for at, number in cells(last_year).items()}
    texts = {at: text for at, text in values.items() if at.startswith(brought_forward) and "legal_person" in at}
    assert preset["texts"].items() >= texts.items()
    assert preset["texts"].items() >= {"agency": last_year.agency, "year": str(last_year.year + 1)}.items()
    assert f"{brought_forward}.natural_person" not in preset["texts"]
    assert f"{label(Report2021, f'{brought_forward}.natural_person')}：留空" in preset["says"]


def test_name_of_a_body_ends_no_script(tmp_path: Path) -> None:
    hostile = attrs.evolve(report(), agency="</script><script>")
    assert _preset(hostile, tmp_path / "form.html")["texts"]["agency"] == "</script><script>"


def _preset(last_year: AnyReport, path: Path) -> Any:
    blank(path, last_year=last_year)
    *_, preset, _ = _Page(path.read_text(encoding="utf-8")).scripts
    return json.loads(preset)
