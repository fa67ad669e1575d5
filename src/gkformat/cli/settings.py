"""The settings of a project: `gkformat.toml`, or `[tool.gkformat]` in `pyproject.toml`, at or above where one is."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from gkformat.base.frozen import frozen
from gkformat.base.words import Lang, Words
from gkformat.cli.errors import Trouble, about, suggestion, why


@frozen
class Settings:
    """What a project has settled, as the options of commands; `file` says where."""

    file: Path | None = None
    values: Mapping[str, Any] = {}


_LIST = Words("字符串的列表", "a list of strings")
_FLAG = Words("true 或 false", "true or false")
_FILE = Words("文件名", "the name of a file")
_LANG = Words(" 或 ".join(f'"{lang}"' for lang in get_args(Lang)), " or ".join(f'"{lang}"' for lang in get_args(Lang)))

KEYS: Mapping[str, Words] = {
    "select": _LIST,
    "ignore": _LIST,
    "strict": _FLAG,
    "as-found": _FLAG,
    "baseline": _FILE,
    "lang": _LANG,
}
"""What can be settled, each as the option of its name, and what may stand there."""


def _accepts(key: str, value: object) -> bool:
    if KEYS[key] is _LIST:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if KEYS[key] is _FLAG:
        return isinstance(value, bool)
    return isinstance(value, str) and (KEYS[key] is _FILE or value in get_args(Lang))


def settings(start: Path) -> Settings:
    """The settings that hold in a folder: those of the nearest file. Raises `Trouble` for what they cannot be."""
    for file, table in _tables(start):
        values = {}
        for key, value in table.items():
            if key not in KEYS:
                meant = suggestion(key, list(KEYS))
                raise Trouble(about(file.as_posix(), _UNKNOWN.format(key=key, meant=meant)))
            if not _accepts(key, value):
                raise Trouble(about(file.as_posix(), _WRONG.format(key=key, expected=KEYS[key])))
            name = key.replace("-", "_")
            values[name] = str(file.parent / value) if KEYS[key] is _FILE else value
        return Settings(file, values)
    return Settings()


def _tables(start: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    for folder in (start, *start.parents):
        own, project = folder / "gkformat.toml", folder / "pyproject.toml"
        if own.is_file():
            yield own, _parsed(own)
        if project.is_file() and b"tool.gkformat" in _bytes(project):  # else there is no need to parse it
            table = _parsed(project).get("tool", {}).get("gkformat")
            if isinstance(table, dict):
                yield project, table


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Trouble(about(file.as_posix(), why(error))) from None


def _parsed(file: Path) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 - only where there are settings

    try:
        return tomllib.loads(_bytes(file).decode("utf-8-sig"))
    except ValueError as error:  # not UTF-8, or not TOML
        raise Trouble(about(file.as_posix(), _NOT_TOML.format(error=error))) from None


_UNKNOWN = Words("没有名为 {key} 的设置{meant}", "no setting is named {key}{meant}")
_WRONG = Words("{key} 应为{expected}", "{key} should be {expected}")
_NOT_TOML = Words("不是可读的 TOML（{error}）", "not readable as TOML ({error})")
