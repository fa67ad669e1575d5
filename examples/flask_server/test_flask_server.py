"""The server accepts a sound report and answers a broken one with all its errors."""

from pathlib import Path

from flask_app import create_app

HERE = Path(__file__).parent


def test_reports_are_judged() -> None:
    """Post one of each kind."""
    client = create_app().test_client()
    sound = client.post("/reports", data=(HERE / "complete.json").read_bytes(), content_type="application/json")
    broken = client.post("/reports", data=(HERE / "broken.json").read_bytes(), content_type="application/json")
    assert sound.get_json()["verdict"] == "consistent"
    assert (broken.status_code, len(broken.get_json()["errors"])) == (422, 2)
