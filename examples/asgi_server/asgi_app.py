"""Validating a posted report in an ASGI application (网络接口校验), with Litestar and problem details (RFC 9457).

It limits the size of the body before reading it, and passes the raw bytes to `loads` rather than what the framework
parsed, so that duplicate keys and amounts are judged as they were sent. The response lists all errors at once, each
with its JSON Pointer, its address, its label, and a sentence in the language that the client prefers. `/openapi.json`
describes the body.

    uvicorn asgi_app:app
    curl -H "Content-Type: application/json" --data-binary @broken.json http://127.0.0.1:8000/reports
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from litestar import Litestar, Request, Response, post
from litestar.exceptions import HTTPException
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import OpenAPIMediaType, Operation, Reference, RequestBody, Schema

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


@dataclass
class Submission(Operation):
    """What the body is, for OpenAPI, which cannot see it in a function that takes the bytes."""

    def __post_init__(self) -> None:
        body = Schema(one_of=[Reference(f"#/components/schemas/Report{edition}") for edition in EDITIONS])
        self.request_body = RequestBody(content={"application/json": OpenAPIMediaType(schema=body)}, required=True)


@post("/reports", operation_class=Submission, request_max_body_size=LARGEST)  # the response to a larger body is 413
async def receive(request: Request[Any, Any, Any]) -> Response[str]:
    """Validate a report and return its verdict, or all its errors."""
    content_type, _ = request.content_type
    if content_type != "application/json":
        raise HTTPException(status_code=415, detail="application/json")
    data = await request.body()
    language = preferred(request.headers.get("accept-language", ""))
    try:
        report = loads(data)
    except Malformed as error:
        return refused("malformed", [*error.faults, *error.findings], language, error.omitted)
    except Inconsistent as error:
        return refused("inconsistent", error.findings, language)
    # A report that declares its discrepancies is accepted; its verdict shows that it is inconsistent.
    return Response(dumps(check(report)), status_code=200, media_type="application/json")


def preferred(accepted: str) -> Lang:
    """Return the language that the client prefers, by the weights in Accept-Language (RFC 9110)."""
    ranges = re.findall(r"(?<![\w-])(zh|en)\b[\w-]*\s*(?:;\s*q=([01](?:\.\d+)?))?", accepted.lower())
    language, _ = max(ranges, key=lambda item: float(item[1] or 1), default=("zh", ""))
    return "en" if language == "en" else "zh"


def refused(kind: str, errors: Iterable[Fault | Finding], language: Lang, omitted: int = 0) -> Response[str]:
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
    answer.headers |= {"Content-Language": language, "Vary": "Accept-Language"}
    return answer


def problem(status: int, **members: Any) -> Response[str]:
    """Return a response with problem details (RFC 9457)."""
    return Response(dumps({"status": status, **members}), status_code=status, media_type="application/problem+json")


def other(_: Request[Any, Any, Any], error: HTTPException) -> Response[str]:
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


app = Litestar(
    [receive],
    exception_handlers={HTTPException: other},
    openapi_config=OpenAPIConfig(title="Annual reports", version="1", path="/"),
)
# Litestar writes the description once and keeps it: what is added to it here is served.
description: Any = app.openapi_schema
description.components.schemas.update(schemas())
