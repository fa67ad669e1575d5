"""The form as the page is given it."""

import json

import pytest

import oracle
from gkformat import EDITIONS, json_schema
from gkformat.writers.web.form_data import form_data


@pytest.mark.parametrize("edition", EDITIONS)
def test_equations_are_those_of_the_schema(edition: str) -> None:
    given = json.loads(json.dumps(form_data(edition)["equations"]))
    names = ("rule", "at", "left", "right")
    wanted = [{name: equation[name] for name in names} for equation in json_schema(edition)["x-equations"]]
    assert [{name: equation[name] for name in names} for equation in given] == wanted


def test_equations_are_those_that_were_written_by_hand() -> None:
    given = {(equation["rule"], equation["at"]) for equation in form_data("2021")["equations"]}
    assert given == {(rule, at) for rule, at, _, _ in oracle.relations()}
