"""Validating a posted report in a FastAPI application (网络接口校验), with problem details (RFC 9457).

It limits the size of the body while reading it, and passes the raw bytes to `loads` rather than what the framework
parsed, so that duplicate keys and amounts are judged as they were sent. The response lists all errors at once, each
with its JSON Pointer, its address, its label, and a sentence in the language that the client prefers. `/docs` shows
the body; `typed_app.py` is shorter, and lets pydantic parse it.

    uvicorn fastapi_app:app
    curl -H "Content-Type: application/json" --data-binary @broken.json http://127.0.0.1:8000/reports
"""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, HTTPException, Request, Response
from starlette.exceptions import HTTPException as AnyHTTPException

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

BODY = {"oneOf": [{"$ref": f"#/components/schemas/Report{edition}"} for edition in EDITIONS]}
"""What the body is, for OpenAPI, which cannot see it in a function that takes the bytes."""

app = FastAPI(title="Annual reports")


@app.post(
    "/reports",
    openapi_extra={"requestBody": {"required": True, "content": {"application/json": {"schema": BODY}}}},
    responses={200: {"description": "The verdict"}, 422: {"description": "Problem details, with every error"}},
)
async def receive(request: Request) -> Response:
    """Validate a report and return its verdict, or all its errors."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise HTTPException(415, "application/json")
    data = await limited_body(request)
    language = preferred(request.headers.get("accept-language", ""))
    try:
        report = loads(data)
    except Malformed as error:
        return refused("malformed", [*error.faults, *error.findings], language, error.omitted)
    except Inconsistent as error:
        return refused("inconsistent", error.findings, language)
    # A report that declares its discrepancies is accepted; its verdict shows that it is inconsistent.
    return Response(dumps(check(report)), media_type="application/json")


async def limited_body(request: Request) -> bytes:
    """Return the body, unless it is too large, with or without a stated length."""
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > LARGEST:
            raise HTTPException(413, "request body too large")
    return bytes(data)


def preferred(accepted: str) -> Lang:
    """Return the language that the client prefers, by the weights in Accept-Language (RFC 9110)."""
    ranges = re.findall(r"(?<![\w-])(zh|en)\b[\w-]*\s*(?:;\s*q=([01](?:\.\d+)?))?", accepted.lower())
    language, _ = max(ranges, key=lambda item: float(item[1] or 1), default=("zh", ""))
    return "en" if language == "en" else "zh"


def refused(kind: str, errors: Iterable[Fault | Finding], language: Lang, omitted: int = 0) -> Response:
    """Return the response that lists all errors. `omitted` is the number of faults beyond those that are listed."""
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
    answer.headers.update({"Content-Language": language, "Vary": "Accept-Language"})
    return answer


def problem(status: int, **members: Any) -> Response:
    """Return a response with problem details (RFC 9457)."""
    return Response(dumps({"status": status, **members}), status, media_type="application/problem+json")


@app.exception_handler(AnyHTTPException)
async def other(_: Request, error: AnyHTTPException) -> Response:
    """Return problem details for any other error of a request."""
    return problem(error.status_code, type="about:blank", title=error.detail)


def schemas() -> dict[str, Any]:
    """Return the reports of every edition and the tables in them, as components of OpenAPI."""
    found: dict[str, Any] = {}
    for edition in EDITIONS:
        report = json_schema(edition, ref_template=f"#/components/schemas/{{model}}{edition}")
        found |= {f"{name}{edition}": table for name, table in report.pop("$defs").items()}
        found[f"Report{edition}"] = report
    return found


# FastAPI writes the description once and keeps it: what is added to it here is served.
app.openapi().setdefault("components", {}).setdefault("schemas", {}).update(schemas())
