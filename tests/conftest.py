"""Fixtures and helpers that several tests share: payloads of real reports."""

import json
from pathlib import Path

import pytest

from gkformat import Report2021, loads
from support import SHARED, Payload, payload


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
