"""The page to fill in the form, as it is written; `tests/browser` fills it in."""

import json
import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any

import attrs
import pytest

from gkformat import EDITIONS, Report2021, UnknownEdition, cells
from gkformat.forms.editions import edition_named
from gkformat.notation.outline import label, numbers
from gkformat.writers.web.page import blank_page
from readings import report


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
    return _Page(blank_page(edition))


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


def test_numbers_handed_on_by_last_year_are_preset() -> None:
    last_year = report("suqian-2023")
    preset = _preset(last_year)
    values = cells(last_year)
    handed_on = {at: str(values[at]) for at in numbers(Report2021) if at.startswith("requests.carried_forward.")}
    texts = {at.replace("carried_forward", "brought_forward"): text for at, text in handed_on.items()}
    assert preset["texts"] == {"agency": last_year.agency, "year": "2024"} | texts
    assert "2023" in preset["says"]


def test_name_of_a_body_ends_no_script() -> None:
    hostile = attrs.evolve(report(), agency="</script><script>")
    assert _preset(hostile)["texts"]["agency"] == "</script><script>"


def _preset(last_year: Any) -> Any:
    *_, preset, _ = _Page(blank_page(last_year=last_year)).scripts
    return json.loads(preset)


def test_unknown_edition_has_no_page() -> None:
    with pytest.raises(UnknownEdition):
        blank_page("2014")
