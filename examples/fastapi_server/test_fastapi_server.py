"""Both servers accept a sound report and answer a broken one with all its errors."""

from pathlib import Path

import fastapi_app
import pytest
import typed_app
from fastapi import FastAPI
from fastapi.testclient import TestClient

HERE = Path(__file__).parent
JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    ("app", "errors"), [(fastapi_app.app, "errors"), (typed_app.app, "detail")], ids=["as sent", "typed"]
)
def test_reports_are_judged(app: FastAPI, errors: str) -> None:
    """Post one of each kind."""
    client = TestClient(app)
    sound = client.post("/reports", content=(HERE / "complete.json").read_bytes(), headers=JSON)
    broken = client.post("/reports", content=(HERE / "broken.json").read_bytes(), headers=JSON)
    assert sound.status_code == 200
    assert "consistent" in sound.text
    assert (broken.status_code, len(broken.json()[errors])) == (422, 2)
