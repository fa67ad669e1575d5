"""The JSON Schema against the codec: both accept the same payloads, except for the documented differences."""

import json
from collections.abc import Iterator
from typing import Any, get_args

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator

import oracle
from gkformat import EDITIONS, Inconsistent, Malformed, json_schema, loads
from gkformat.base.findings import MarkKind
from gkformat.forms.y2021 import Report
from gkformat.notation.equations import equations
from gkformat.strategies import UNCLEAR
from support import CORPUS, Payload, payload, put

SCHEMAS = {edition: json_schema(edition) for edition in EDITIONS}
SCHEMA = SCHEMAS["2021"]
VALIDATOR = jsonschema_rs.Draft202012Validator(SCHEMA)
WRONG = [
    None,
    True,
    -1,
    1.5,
    2**53,
    2**53 - 1,
    10**15,
    "",
    "1",
    "1\n",
    "x",
    "0.1234567",
    [],
    {},
    [1],
    {"a": 1},
    0,
    2050,
]


def _codec_accepts(data: Any) -> bool:
    try:
        loads(data)
    except Inconsistent:
        return True
    except Malformed:
        return False
    return True


def test_schema_is_valid() -> None:
    for schema in SCHEMAS.values():
        Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("name", sorted(path.stem for path in CORPUS.glob("*.json")))
def test_real_payloads_are_valid(name: str) -> None:
    schema = SCHEMAS[payload(name)["edition"]]
    jsonschema_rs.Draft202012Validator(schema).validate(payload(name))
    Draft202012Validator(schema).validate(payload(name))


def _places(tree: Any, steps: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for key, value in tree.items():
        yield (*steps, key)
        if isinstance(value, dict):
            yield from _places(value, (*steps, key))


def _at(tree: Any, steps: tuple[str, ...]) -> Any:
    for step in steps:
        tree = tree[step]
    return tree


def test_schema_and_codec_agree_on_every_structural_mutation(busy: Payload) -> None:
    disagreed = []
    for steps in list(_places(busy)):
        *outer, name = steps
        holder = _at(busy, tuple(outer))
        kept = holder[name]
        for value in (*WRONG, KeyError, NameError):
            if value is KeyError:
                del holder[name]
            elif value is NameError:
                holder[name + "_"] = kept
            else:
                holder[name] = value
            if _codec_accepts(busy) != VALIDATOR.is_valid(busy):
                disagreed.append(("/".join(steps), value))
            holder.pop(name + "_", None)
            holder[name] = kept
    assert not disagreed


MARK = {"at": "requests.newly_received.legal_person.research_institution", "kind": "blank", "text": ""}
ITEM = {"rule": "case-total", "at": "reconsideration_and_litigation.reconsideration.total", "left": 1, "right": 0}


@pytest.mark.parametrize(("name", "item"), [("marks", MARK), ("discrepancies", ITEM)])
def test_schema_and_codec_agree_on_marks_and_discrepancies(busy: Payload, name: str, item: Payload) -> None:
    mutants: list[Any] = [[item], [item, item], [{}], [1], {}, "x", [item] * 1001, [{**item, "odd": 1}]]
    mutants += [[{k: v for k, v in item.items() if k != key}] for key in item]
    mutants += [
        [{**item, key: value}] for key in item for value in (*WRONG, "balance", *get_args(MarkKind), "requests")
    ]
    mutants += [[{**item, "kind": "merged", "at": place}] for place in ("requests", "requests.outcomes.denied")]
    for mutant in mutants:
        data = {**busy, name: mutant}
        expected = VALIDATOR.is_valid(data)
        # The schema cannot say that a mark agrees with the number and with the text that it marks.
        if name == "marks" and expected and any(mark["kind"] == "merged" or mark.get("text") for mark in mutant):
            continue
        assert _codec_accepts(data) == expected, mutant


@pytest.mark.parametrize(
    ("cell", "text"),
    [("year", "2023.0"), ("requests.newly_received.natural_person", "3402.0"), ("year", "2.023e3")],
)
def test_schema_alone_accepts_an_integer_with_a_point(busy: Payload, cell: str, text: str) -> None:
    put(busy, cell, "HERE")
    written = json.dumps(busy).replace('"HERE"', text)
    assert VALIDATOR.is_valid(json.loads(written))
    assert not _codec_accepts(written)


def test_schema_alone_accepts_a_repeated_key(busy: Payload) -> None:
    written = json.dumps(busy).replace('"year": 2023', '"year": 2023, "year": 2023')
    assert VALIDATOR.is_valid(json.loads(written))
    assert not _codec_accepts(written)


def test_schema_alone_accepts_any_decimals_of_an_unquoted_amount(busy: Payload) -> None:
    put(busy, oracle.FEE, 0.1234567)
    assert VALIDATOR.is_valid(busy)
    assert not _codec_accepts(busy)


@pytest.mark.parametrize(("kind", "text"), [("blank", "/"), *UNCLEAR])
def test_schema_and_codec_agree_on_marks_of_cells_without_a_number(busy: Payload, kind: str, text: str) -> None:
    busy["marks"] = [{**MARK, "kind": kind, "text": text}]
    assert VALIDATOR.is_valid(busy)
    assert _codec_accepts(busy)
    busy["marks"] = [{**MARK, "at": "requests", "kind": kind, "text": text}]
    assert not VALIDATOR.is_valid(busy)
    assert not _codec_accepts(busy)


@pytest.mark.parametrize(
    "mark",
    [
        {"at": "requests.newly_received.natural_person"},
        {"at": "requests.newly_received.natural_person", "kind": "absent"},
        {"text": "5"},
        {"kind": "out-of-range", "text": "5"},
        {"kind": "annotated", "text": "999件"},
    ],
)
def test_schema_alone_accepts_marks_that_contradict_numbers(busy: Payload, mark: Payload) -> None:
    busy["marks"] = [{**MARK, **mark}]
    assert VALIDATOR.is_valid(busy)
    assert not _codec_accepts(busy)


def test_schema_lists_equations_and_citations_as_data() -> None:
    listed = [(e["rule"], e["at"], e["left"], e["right"]) for e in SCHEMA["x-equations"]]
    assert listed == [(e.rule, e.at, list(e.left), list(e.right)) for e in equations(Report)]
    assert "国办公开办函〔2021〕30号" in SCHEMA["$comment"]
    fees = SCHEMA["$defs"]["ProactiveDisclosure"]["properties"]["fees"]
    assert fees == {
        "$ref": "#/$defs/Fees",
        "title": "第二十条第（八）项",
        "$comment": "《中华人民共和国政府信息公开条例》第二十条第（八）项",
    }


def test_schema_is_plain_json_in_printed_order() -> None:
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA
    assert list(SCHEMA["properties"])[:3] == ["edition", "agency", "year"]
    assert list(SCHEMA["$defs"])[:2] == ["ProactiveDisclosure", "Documents"]


def test_json_schema_refuses_an_unknown_edition() -> None:
    with pytest.raises(LookupError):
        json_schema("2014")


def test_json_schema_within_another_document_refers_to_what_is_there() -> None:
    place = "#/components/schemas/{model}"
    schema = json_schema(ref_template=place)
    definitions = schema.pop("$defs")
    api = {"components": {"schemas": {"Report": schema, **definitions}}, "$ref": place.format(model="Report")}
    with_id = {"$defs": {"report": json_schema(schema_id="https://reports.example/2021")}, "$ref": "#/$defs/report"}
    for whole in (api, with_id):
        validator = jsonschema_rs.Draft202012Validator(whole)
        data = payload("suqian-2024")
        assert validator.is_valid(data)
        put(data, "requests.newly_received.total", "1")
        assert [error.instance_path for error in validator.iter_errors(data)] == [
            ["requests", "newly_received", "total"]
        ]


def test_json_schema_refuses_a_template_without_a_place_for_the_name() -> None:
    with pytest.raises(ValueError, match="model"):
        json_schema(ref_template="#/components/schemas")
