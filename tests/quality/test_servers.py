"""The example servers, over real HTTP: the requests that they accept and refuse, and their messages."""

import json
import runpy
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.client import HTTPConnection, HTTPResponse
from threading import Thread
from typing import Any

import jsonschema_rs
import pytest
import uvicorn
from werkzeug.serving import make_server

from gkformat import dumps, load
from support import ROOT, Payload, published_schema

EXAMPLES = ROOT / "examples"
WRONG = [
    "reconsideration_and_litigation.reconsideration.total",
    "reconsideration_and_litigation.litigation.after_reconsideration.total",
]
LARGEST = 1 << 20


def _flask(listening: socket.socket) -> tuple[Callable[[], None], Callable[[], None]]:
    app = runpy.run_path(str(EXAMPLES / "flask_server" / "flask_app.py"))["create_app"]()
    server = make_server("127.0.0.1", 0, app, threaded=True, fd=listening.fileno())
    return server.serve_forever, server.shutdown


def _litestar(listening: socket.socket) -> tuple[Callable[[], None], Callable[[], None]]:
    return _uvicorn(runpy.run_path(str(EXAMPLES / "asgi_server" / "asgi_app.py"))["app"], listening)


def _fastapi(listening: socket.socket) -> tuple[Callable[[], None], Callable[[], None]]:
    return _uvicorn(runpy.run_path(str(EXAMPLES / "fastapi_server" / "fastapi_app.py"))["app"], listening)


def _uvicorn(app: Any, listening: socket.socket) -> tuple[Callable[[], None], Callable[[], None]]:
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none"))

    def stop() -> None:
        server.should_exit = True

    return lambda: server.run(sockets=[listening]), stop


SERVERS = [
    pytest.param(_flask, id="flask"),
    pytest.param(_litestar, id="litestar"),
    pytest.param(_fastapi, id="fastapi", marks=pytest.mark.frameworks),
]


@pytest.fixture(scope="module", params=SERVERS)
def port(request: pytest.FixtureRequest) -> Iterator[int]:
    """Yield the port of a running server, whose socket listens before it runs, so that no client has to wait."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        serve, stop = request.param(listening)
        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        stop()
        thread.join()


class _Answer:
    def __init__(self, response: HTTPResponse) -> None:
        self.status, self.headers, self.body = response.status, response.headers, json.loads(response.read())


def _post(port: int, data: Any, **headers: str) -> _Answer:
    given = {"Content-Type": "application/json"} | {name.replace("_", "-"): value for name, value in headers.items()}
    return _request(port, "POST", "/reports", data, given)


def _request(port: int, *request: Any) -> _Answer:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        with suppress(BrokenPipeError):  # a server may answer before it has read all
            connection.request(*request)
        return _Answer(connection.getresponse())
    finally:
        connection.close()


@pytest.fixture
def payload() -> Payload:
    found: Payload = json.loads((EXAMPLES / "complete.json").read_bytes())
    return found


def test_sound_report_is_answered_with_its_verdict(port: int) -> None:
    answer = _post(port, (EXAMPLES / "complete.json").read_bytes())
    assert (answer.status, answer.headers["Content-Type"].partition(";")[0]) == (200, "application/json")
    assert answer.body == {"verdict": "consistent", "findings": []}


def test_declared_discrepancy_is_accepted_and_named(port: int) -> None:
    answer = _post(port, dumps(load(EXAMPLES / "broken.json", as_found=True)).encode())
    assert (answer.status, answer.body["verdict"]) == (200, "inconsistent")
    assert [(finding["at"], finding["declared"]) for finding in answer.body["findings"]] == [(at, True) for at in WRONG]


@pytest.mark.parametrize(
    ("accepted", "language", "said"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh", "各项之和为 11，总计填 0，相差 +11"),
        ("de, en-GB;q=0.5, zh;q=0.1", "en", "the parts add up to 11, the total says 0, difference +11"),
        ("xen, en;q=0, zh", "zh", "各项之和为 11，总计填 0，相差 +11"),
        ("fr", "zh", "各项之和为 11，总计填 0，相差 +11"),
    ],
)
def test_contradictory_numbers_are_a_problem(port: int, accepted: str, language: str, said: str) -> None:
    answer = _post(port, (EXAMPLES / "broken.json").read_bytes(), Accept_Language=accepted)
    assert (answer.status, answer.body["status"]) == (422, 422)
    assert answer.headers["Content-Type"].partition(";")[0] == "application/problem+json"
    assert (answer.headers["Content-Language"], answer.headers["Vary"]) == (language, "Accept-Language")
    assert answer.body["type"].endswith("/problems/inconsistent")
    assert answer.body["title"]
    assert [error["address"] for error in answer.body["errors"]] == WRONG
    first = answer.body["errors"][0]
    assert first["pointer"] == "#/reconsideration_and_litigation/reconsideration/total"
    assert first["label"].startswith("四、")
    assert first["detail"] == said


def test_faults_are_all_reported_at_once(port: int, payload: Payload) -> None:
    del payload["year"]
    payload["requests"]["newly_received"]["natural_person"] = "3001"
    payload["requests"]["brought_forward"]["小计"] = 0
    payload["reconsideration_and_litigation"]["reconsideration"]["total"] = 350
    answer = _post(port, json.dumps(payload))
    assert answer.body["type"].endswith("/problems/malformed")
    assert [(error["rule"], error["pointer"]) for error in answer.body["errors"]] == [
        ("missing", "#/year"),
        ("wrong-type", "#/requests/newly_received/natural_person"),
        ("unknown-key", "#/requests/brought_forward/%E5%B0%8F%E8%AE%A1"),
        ("case-total", "#/reconsideration_and_litigation/reconsideration/total"),
    ]
    assert answer.body["omitted"] == 0


@pytest.mark.parametrize("body", [b"", b"\xff", b"{", b"null", b'{"edition": "2021", "edition": "2021"}', b"[" * 99999])
def test_invalid_body_is_answered_with_errors(port: int, body: bytes) -> None:
    answer = _post(port, body)
    assert answer.status == 422
    assert answer.body["errors"]


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_content_of_another_type_is_refused(port: int, content_type: str) -> None:
    answer = _post(port, b"{}", Content_Type=content_type)
    assert (answer.status, answer.body["status"], answer.body["type"]) == (415, 415, "about:blank")


def test_body_that_is_too_large_is_refused_with_or_without_length(port: int) -> None:
    assert _post(port, b" " * LARGEST).status == 422
    assert _post(port, b" " * (LARGEST + 1)).status == 413
    chunks = iter([b" " * (LARGEST // 2)] * 3)
    answer = _post(port, chunks)
    assert (answer.status, answer.body["status"]) == (413, 413)


def test_description_shows_the_body(port: int, payload: Payload) -> None:
    document = _request(port, "GET", "/openapi.json").body
    jsonschema_rs.validate(published_schema("openapi.json"), document)
    (media,) = document["paths"]["/reports"]["post"]["requestBody"]["content"].values()
    body = jsonschema_rs.validator_for({"components": document["components"], **media["schema"]})
    assert body.is_valid(payload)
    del payload["requests"]["newly_received"]["natural_person"]
    assert not body.is_valid(payload)
