"""Tests of the output for programs: whole, and never all in memory."""

import json

from gkformat.cli.formats import json_lines
from gkformat.cli.run import Options, Run
from gkformat.cli.source import Source
from support import CORPUS


def test_json_is_written_as_files_are_judged() -> None:
    read: list[str] = []

    def source(name: str) -> Source:
        def data() -> bytes:
            read.append(name)
            return (CORPUS / "huaian-2024.json").read_bytes()

        return Source(name, data)

    lines = json_lines.json(Run(Options(), [source("a"), source("b")]), "en")
    begun = [next(lines)]
    while '"file"' not in begun[-1]:
        begun.append(next(lines))
    assert read == ["a"]
    written = json.loads("\n".join([*begun, *lines]))
    assert [each["file"] for each in written["files"]] == read == ["a", "b"]
