"""Validating a posted report in an ASGI application (网络接口校验), with Litestar and problem details (RFC 9457).

It limits the size of the body before reading it, and passes the raw bytes to `loads` rather than what the framework
parsed, so that duplicate keys and amounts are judged as they were sent. The response lists all errors at once, each
with its JSON Pointer, its address, its label, and a sentence in the language that the client prefers.

    uvicorn asgi_app:app
    curl -H "Content-Type: application/json" --data-binary @broken.json http://127.0.0.1:8000/reports
"""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from litestar import Litestar, Request, Response, post
from litestar.exceptions import HTTPException

from gkformat import Finding, Inconsistent, Malformed, check, dumps, loads
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


@post("/reports", request_max_body_size=LARGEST)  # the response to a larger body is 413
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


app = Litestar([receive], exception_handlers={HTTPException: other})
