"""Boxes in pydantic: as types, as fields of a model, and as the body of a route."""

import json
import subprocess
import sys
from typing import Any

import jsonschema_rs
import pytest
from fastapi.testclient import TestClient
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.json_schema import JsonSchemaMode
from typed_app import AnyEdition, Submission, app

import gkformat
from gkformat import (
    EDITIONS,
    Fault,
    Finding,
    Inconsistent,
    Malformed,
    Report2019,
    Report2021,
    dumps,
    json_schema,
    loads,
)
from gkformat.forms import y2019, y2021
from gkformat.forms.y2021 import CaseResults, Requests
from gkformat.notation.declare import is_box
from support import CORPUS, ROOT, Payload, payload

NEWLY_RECEIVED = "requests.newly_received.total"
BOXES = [box for form in (y2019, y2021) for box in vars(form).values() if isinstance(box, type) and is_box(box)]


def errors_of(cls: Any, data: Any) -> list[Any]:
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(cls).validate_python(data)
    return refused.value.errors(include_url=False)


@pytest.fixture
def wrong() -> Payload:
    """A payload with a fault of each kind, and a broken sum among the cells that can be read."""
    found = payload("huaian-2024")
    del found["agency"]
    found["year"] = "2024"
    found["小计"] = 0
    found["marks"] = [{"at": NEWLY_RECEIVED, "kind": "nothing"}]
    found["reconsideration_and_litigation"]["reconsideration"]["total"] += 1
    return found


# -- reading --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", EDITIONS)
def test_report_is_read_as_loads_reads_it(edition: str) -> None:
    name = {"2019": "pingtan-2019", "2021": "huaian-2024"}[edition]
    text, cls = (CORPUS / f"{name}.json").read_bytes(), EDITIONS[edition].report
    adapter: TypeAdapter[Any] = TypeAdapter(cls)
    report = loads(text)
    assert adapter.validate_json(text) == adapter.validate_python(json.loads(text)) == report
    assert adapter.validate_python(report) is report


@pytest.mark.parametrize("data", [None, 3, "{}", b"{}", [], {"edition": "2019"}])
def test_what_is_no_report_of_the_class_is_refused(data: Any) -> None:
    assert errors_of(Report2021, data)


def test_every_fault_is_an_error_at_its_place(wrong: Payload) -> None:
    with pytest.raises(Malformed) as refused:
        loads(wrong)
    errors = errors_of(Report2021, wrong)
    assert [(error["type"], error["loc"]) for error in errors] == [
        ("unknown-key", ("小计",)),
        ("missing", ("agency",)),
        ("wrong-type", ("year",)),
        ("out-of-range", ("marks", 0, "kind")),
        ("case-total", ("reconsideration_and_litigation", "reconsideration", "total")),
    ]
    problems: list[Fault | Finding] = [*refused.value.faults, *refused.value.findings]
    assert [(error["ctx"]["zh"], error["ctx"]["en"], error["ctx"]["label"]) for error in errors] == [
        (problem.message("zh"), problem.message("en"), problem.label) for problem in problems
    ]
    assert all(error["msg"] == f"{error['ctx']['zh']} / {error['ctx']['en']}" for error in errors)


def test_every_broken_equation_is_an_error_and_nothing_else() -> None:
    broken = payload("hongze-2023")
    del broken["discrepancies"]
    broken["marks"] = [{"at": NEWLY_RECEIVED, "kind": "absent"}]  # which leaves equations undecided
    broken["requests"]["newly_received"]["total"] = 0
    with pytest.raises(Inconsistent) as refused:
        loads(broken)
    assert refused.value.findings.undecided
    assert [error["loc"] for error in errors_of(Report2021, broken)] == [
        finding.at.steps for finding in refused.value.findings.broken
    ]


def test_errors_that_are_too_many_are_counted() -> None:
    *_, last = errors_of(Report2021, {f"k{number}": 0 for number in range(1100)})
    assert (last["type"], last["loc"], last["ctx"]["en"]) == ("omitted", (), "106 more not listed")


def test_edition_that_is_stated_chooses_the_class() -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(AnyEdition)
    old, new = payload("pingtan-2019"), payload("huaian-2024")
    assert [type(adapter.validate_python(data)) for data in (old, new)] == [Report2019, Report2021]
    assert adapter.validate_python(loads(old)) == loads(old)
    assert [error["loc"] for error in errors_of(AnyEdition, old | {"year": "2019"})] == [("2019", "year")]


# -- in a model -----------------------------------------------------------------------------------------


class _Filing(BaseModel):
    sender: str
    report: Report2021
    row: CaseResults | None = None
    tables: list[Requests] = []


def test_model_holds_boxes_of_every_size() -> None:
    report = loads(payload("huaian-2024"), Report2021)
    row = CaseResults(upheld=1, corrected=0, other=0, pending=0, total=1)
    filing = _Filing(sender="X", report=report, row=row, tables=[report.requests])
    assert _Filing.model_validate_json(filing.model_dump_json()) == filing
    assert filing.model_dump()["report"] == json.loads(dumps(report))


def test_places_in_a_model_lead_to_the_box(wrong: Payload) -> None:
    data = {"sender": 1, "report": wrong, "row": {"upheld": 0}, "tables": [{}]}
    assert {error["loc"][:2] for error in errors_of(_Filing, data)} >= {
        ("sender",),
        ("report", "小计"),
        ("report", "marks"),
        ("row", "corrected"),
        ("tables", 0),
    }


# -- writing --------------------------------------------------------------------------------------------


def test_report_is_written_as_dumps_writes_it() -> None:
    report = loads(payload("suqian-2023"), Report2021)
    assert TypeAdapter(Report2021).dump_json(report).decode() == dumps(report)


# -- JSON Schema ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["validation", "serialization"])
@pytest.mark.parametrize("edition", EDITIONS)
def test_json_schema_is_ours_with_a_definition_for_each_box(edition: str, mode: JsonSchemaMode) -> None:
    made, ours = TypeAdapter(EDITIONS[edition].report).json_schema(mode=mode), json_schema(edition)
    assert made["$defs"] == ours["$defs"]
    assert {key: ours[key] for key in made} == made


@pytest.mark.parametrize("box", BOXES, ids=lambda box: f"{box.__module__[-5:]}.{box.__name__}")
def test_every_box_has_a_schema(box: type) -> None:
    jsonschema_rs.validator_for(TypeAdapter(box).json_schema())


def test_schema_of_a_model_refers_to_the_report() -> None:
    schema = _Filing.model_json_schema()
    assert schema["properties"]["report"] == {"$ref": "#/$defs/Report2021"}
    assert schema["$defs"]["Requests"] == json_schema()["$defs"]["Requests"]


# -- the body of a route --------------------------------------------------------------------------------


def test_route_answers_each_error_at_its_place(wrong: Payload) -> None:
    client = TestClient(app)
    assert client.post("/reports", json=payload("huaian-2024")).json() == "consistent"
    refused = client.post("/reports", json=wrong)
    assert refused.status_code == 422
    assert [error["loc"][:2] for error in refused.json()["detail"]] == [
        ["body", name] for name in ("小计", "agency", "year", "marks", "reconsideration_and_litigation")
    ]


@pytest.mark.parametrize("body", [b"", b"[", b"null", b'{"year": NaN, "\\ud800": "\\ud800"}', b"[" * 999, b"\xff"])
def test_route_answers_any_body(body: bytes) -> None:
    refused = TestClient(app).post("/reports", content=body, headers={"Content-Type": "application/json"})
    assert refused.status_code in (400, 422)


def test_page_shows_an_error_as_it_is_sent() -> None:
    page = (ROOT / "docs" / "how-to" / "services.md").read_text(encoding="utf-8")
    shown = json.loads(page.partition("```json")[2].partition("```")[0])
    broken = payload("hongze-2023") | {"discrepancies": []}
    assert shown["detail"] == TestClient(app).post("/reports", json=broken).json()["detail"][:1]


def test_route_sends_a_model_back() -> None:
    sent = Submission(sender="X", report=loads(payload("huaian-2024"), Report2021))
    answer = TestClient(app).post("/submissions", json=sent.model_dump())
    assert Submission.model_validate_json(answer.content) == sent


def test_description_shows_the_body() -> None:
    document = TestClient(app).get("/openapi.json").json()
    body = document["paths"]["/reports"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert body == {"$ref": "#/components/schemas/Report2021"}
    validator = jsonschema_rs.validator_for({"components": document["components"], **body})
    assert validator.is_valid(payload("huaian-2024"))
    assert not validator.is_valid(payload("huaian-2024") | {"year": "2024"})


# -- imports --------------------------------------------------------------------------------------------


def test_pydantic_is_not_imported_by_the_library() -> None:
    code = f"import sys, gkformat.codec.pydantic_hooks; gkformat.loads({dumps(payload('huaian-2024'))!r}); "
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code + "print([name for name in sys.modules if 'pydantic' in name.split('.')[0]])"],
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(next(iter(gkformat.__path__)).removesuffix("gkformat")), "PYTHONUTF8": "1"},
    )
    assert done.stdout == "[]\n"
