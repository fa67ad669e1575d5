"""The server accepts a sound report and answers a broken one with all its errors."""

from pathlib import Path

from asgi_app import app
from litestar.testing import TestClient

HERE = Path(__file__).parent
JSON = {"Content-Type": "application/json"}


def test_reports_are_judged() -> None:
    """Post one of each kind."""
    with TestClient(app) as client:
        sound = client.post("/reports", content=(HERE / "complete.json").read_bytes(), headers=JSON)
        broken = client.post("/reports", content=(HERE / "broken.json").read_bytes(), headers=JSON)
    assert (sound.status_code, sound.json()["verdict"]) == (200, "consistent")
    assert (broken.status_code, len(broken.json()["errors"])) == (422, 2)
