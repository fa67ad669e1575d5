"""Validating a posted report in a web handler (网络接口校验), with Flask.

What to learn: give `loads` the raw bytes of the request, not what the framework made of them, so that duplicate keys
and amounts are judged as they were sent. Its two errors are the whole answer to the client: all faults and findings
at once, each with its address, its JSON Pointer and its message in both languages. Bound the body before reading it.

    flask --app examples/web_handler.py run
    curl --data-binary @examples/broken.json http://127.0.0.1:5000/reports
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

from gkformat import Finding, Inconsistent, Malformed, check, converter, dumps, loads

HERE = Path(__file__).parent
LARGEST = 1 << 20
"""The most bytes of a body. The numbers take about 10,000 bytes; the rest is room for prose."""

plain = converter()


def create_app() -> Flask:
    """An application with one route: a report is posted, the answer is its verdict or all that is wrong with it."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST  # a larger body is answered with 413

    @app.post("/reports")
    def receive() -> Response:
        try:
            report = loads(request.get_data())
        except Malformed as error:
            faults = plain.unstructure(error.faults)
            return answer(422, faults=faults, omitted=error.omitted, findings=listed(error.findings))
        except Inconsistent as error:
            return answer(422, faults=[], omitted=0, findings=listed(error.findings))
        # A report that declares its discrepancies is accepted, and its verdict says what it is.
        findings = check(report)
        return answer(200, verdict=findings.verdict, findings=listed(findings))

    return app


def listed(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings as plain values, each with its JSON Pointer."""
    return [{**plain.unstructure(finding), "pointer": finding.at.pointer} for finding in findings]


def answer(status: int, **body: Any) -> Response:
    """A JSON response."""
    return Response(dumps(body), status, mimetype="application/json")


def main() -> None:
    """Post three payloads to the application, without a server."""
    client = create_app().test_client()
    payloads = {name: (HERE / name).read_bytes() for name in ("complete.json", "broken.json")}
    payloads["a list"] = b"[]"
    for name, payload in payloads.items():
        response = client.post("/reports", data=payload)
        body = response.get_json()
        print(f"{name}: {response.status_code} {body.get('verdict', '')}".rstrip())
        for problem in [*body.get("faults", ()), *body["findings"]]:
            print(f"  {problem['pointer'] or '(root)'} [{problem['rule']}] {problem['message']['en']}")


if __name__ == "__main__":
    main()
