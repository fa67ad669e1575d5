"""The short way: a report as the type of a body, which FastAPI describes, pydantic parses, and `gkformat` judges.

It answers 422 with every error at its own place. Of a key that is sent twice pydantic keeps the last value, and of the
amount `18.8710` the number; `fastapi_app.py` judges a body as it was sent.

    uvicorn typed_app:app
"""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Body, FastAPI
from pydantic import BaseModel, Discriminator, Tag

from gkformat import Report2019, Report2021, Verdict, check


def edition(report: Any) -> Any:
    """Return the edition that a report states, by which pydantic chooses the class: the errors are those of one."""
    return report.get("edition") if isinstance(report, Mapping) else getattr(report, "edition", None)


AnyEdition = Annotated[
    Annotated[Report2019, Tag("2019")] | Annotated[Report2021, Tag("2021")],
    Discriminator(edition),
]


class Submission(BaseModel):
    """A report of any edition, and who sends it."""

    sender: str
    report: AnyEdition


app = FastAPI(title="Annual reports")


@app.post("/reports")
async def receive(report: Annotated[Report2021, Body()]) -> Verdict:
    """Return the verdict on a report."""
    return check(report).verdict


@app.post("/submissions")
async def submit(submission: Submission) -> Submission:
    """Return what was sent."""
    return submission
