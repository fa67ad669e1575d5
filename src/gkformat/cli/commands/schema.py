"""The command `gkformat schema`."""

from collections.abc import Callable, Mapping
from typing import Any

import click

from gkformat.base.errors import UnknownEdition
from gkformat.cli.errors import CliError
from gkformat.cli.json_text import json_lines
from gkformat.cli.options import edition, localized_command, option
from gkformat.cli.output import print_data
from gkformat.cli.schemas import baseline_schema, check_schema
from gkformat.derived.schema import json_schema

_SCHEMAS: Mapping[str, Callable[[str], dict[str, Any]]] = {
    "report": json_schema,
    "check": lambda _: check_schema(),
    "baseline": lambda _: baseline_schema(),
}


@localized_command(
    "输出 JSON Schema（2020-12）：报告数据的，check --format json 输出的，或基线文件的。",
    "Print a JSON Schema (2020-12): of the payload of a report, of what check --format json prints, or of a baseline.",
    example="gkformat schema --of check",
)
@option(
    "--of", "subject", type=click.Choice(list(_SCHEMAS)), default="report", show_default=True, zh="对象", en="Of what."
)
@edition
def command(subject: str, edition: str) -> int:
    """Print one of the schemas."""
    try:
        print_data(json_lines(_SCHEMAS[subject](edition), indent=2))
    except UnknownEdition as error:
        raise CliError(error.words) from None
    return 0
