"""Validating a posted report in a web application (网络接口校验), with Flask and problem details (RFC 9457).

It limits the size of the body before reading it, and passes the raw bytes to `loads` rather than what the framework
parsed, so that duplicate keys and amounts are judged as they were sent. The response lists all errors at once, each
with its JSON Pointer, its address, its label, and a sentence in the language that the client prefers. `/openapi.json`
describes the body.

    flask --app flask_app run
    curl -H "Content-Type: application/json" --data-binary @broken.json http://127.0.0.1:5000/reports
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, UnsupportedMediaType

from gkformat import EDITIONS, Finding, Inconsistent, Malformed, check, dumps, json_schema, loads
from gkformat.base.errors import Fault
from gkformat.base.words import Lang

LARGEST = 1 << 20
"""The maximum size of a body in bytes. The numbers take about 10,000; the rest is room for prose."""

PROBLEMS = "https://reports.example/problems/"
"""The base URI of the problem types. Use one of your own, with a description of each type."""

TITLES = {
    "malformed": {"zh": "数据不合格式", "en": "The data has not the shape of a report"},
    "inconsistent": {"zh": "报告中的数字互相矛盾", "en": "The numbers of the report contradict each other"},
}


def create_app() -> Flask:
    """Create an application with one route that validates a posted report and returns its verdict or all errors."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST + 1  # a body without a stated length is cut off there

    @app.post("/reports")
    def receive() -> Response:
        if not request.is_json:
            raise UnsupportedMediaType("application/json")
        data = request.get_data()
        if len(data) > LARGEST:
            raise RequestEntityTooLarge
        try:
            report = loads(data)
        except Malformed as error:
            return refused("malformed", [*error.faults, *error.findings], error.omitted)
        except Inconsistent as error:
            return refused("inconsistent", error.findings)
        # A report that declares its discrepancies is accepted; its verdict shows that it is inconsistent.
        return Response(dumps(check(report)), mimetype="application/json")

    @app.get("/openapi.json")
    def described() -> Response:
        return Response(dumps(description()), mimetype="application/json")

    @app.errorhandler(HTTPException)
    def other(error: HTTPException) -> Response:
        return problem(error.code or 500, type="about:blank", title=error.name, detail=error.description)

    return app


def refused(kind: str, errors: Iterable[Fault | Finding], omitted: int = 0) -> Response:
    """Return the response that lists all errors. `omitted` is the number of faults beyond those that are listed."""
    accepted = (tag[:2].lower() for tag, _ in request.accept_languages)  # in order of preference
    language: Lang = "en" if next((tag for tag in accepted if tag in ("zh", "en")), "zh") == "en" else "zh"
    listed = [
        {
            "pointer": f"#{quote(error.pointer if isinstance(error, Fault) else error.at.pointer)}",
            "address": error.at,
            "label": error.label,
            "rule": error.rule,
            "detail": error.message(language),
        }
        for error in errors
    ]
    answer = problem(422, type=f"{PROBLEMS}{kind}", title=TITLES[kind][language], errors=listed, omitted=omitted)
    answer.headers["Content-Language"] = language
    answer.headers["Vary"] = "Accept-Language"
    return answer


def problem(status: int, **members: Any) -> Response:
    """Return a response with problem details (RFC 9457)."""
    return Response(dumps({"status": status, **members}), status, mimetype="application/problem+json")


def description() -> dict[str, Any]:
    """Return what the service takes and answers, as OpenAPI."""
    body = {"oneOf": [{"$ref": f"#/components/schemas/Report{edition}"} for edition in EDITIONS]}
    operation = {
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {
            "200": {"description": "The verdict"},
            "422": {"description": "Problem details, with every error"},
        },
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Annual reports", "version": "1"},
        "paths": {"/reports": {"post": operation}},
        "components": {"schemas": schemas()},
    }


def schemas() -> dict[str, Any]:
    """Return the reports of every edition and the tables in them, as components of OpenAPI."""
    found: dict[str, Any] = {}
    for edition in EDITIONS:
        report = json_schema(edition, ref_template=f"#/components/schemas/{{model}}{edition}")
        found |= {f"{name}{edition}": table for name, table in report.pop("$defs").items()}
        found[f"Report{edition}"] = report
    return found
