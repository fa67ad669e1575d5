"""The settings of a project, from the nearest `gkformat.toml` or `pyproject.toml` at or above a folder."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from gkformat.base.frozen import frozen
from gkformat.base.words import Lang, Words
from gkformat.cli.errors import CliError, os_message, suggestion, with_prefix


@frozen
class Settings:
    """The settings of a project, named like the parameters of commands, and the file they come from."""

    file: Path | None = None
    values: Mapping[str, Any] = {}


_LIST = Words("字符串的列表", "a list of strings")
_FLAG = Words("true 或 false", "true or false")
_FILE = Words("文件名", "the name of a file")
_LANG = Words(" 或 ".join(f'"{lang}"' for lang in get_args(Lang)), " or ".join(f'"{lang}"' for lang in get_args(Lang)))

SETTING_VALUES: Mapping[str, Words] = {
    "select": _LIST,
    "ignore": _LIST,
    "rules": _LIST,
    "strict": _FLAG,
    "quiet": _FLAG,
    "as-found": _FLAG,
    "baseline": _FILE,
    "lang": _LANG,
}
"""The settings, each named like its option, and the kind of value it takes."""


def _is_valid(key: str, value: object) -> bool:
    if SETTING_VALUES[key] is _LIST:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if SETTING_VALUES[key] is _FLAG:
        return isinstance(value, bool)
    return isinstance(value, str) and (SETTING_VALUES[key] is _FILE or value in get_args(Lang))


def load_settings(start: Path) -> Settings:
    """Load the settings for a folder from the nearest file. Raises `CliError` for an unknown name or a wrong value."""
    for file, table in _tables(start):
        values = {}
        for key, value in table.items():
            if key not in SETTING_VALUES:
                meant = suggestion(key, list(SETTING_VALUES))
                raise CliError(with_prefix(file.as_posix(), _UNKNOWN.format(key=key, meant=meant)))
            if not _is_valid(key, value):
                raise CliError(with_prefix(file.as_posix(), _WRONG.format(key=key, expected=SETTING_VALUES[key])))
            name = key.replace("-", "_")
            values[name] = _beside(file, key, value)
        return Settings(file, values)
    return Settings()


def _beside(file: Path, key: str, value: Any) -> Any:
    """Return a value in which names of files are taken from the folder of the settings."""
    if SETTING_VALUES[key] is _FILE:
        return str(file.parent / value)
    if key == "rules":
        return [str(file.parent / name) if name.endswith(".py") else name for name in value]
    return value


def _tables(start: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    for folder in (start, *start.parents):
        own, project = folder / "gkformat.toml", folder / "pyproject.toml"
        if own.is_file():
            yield own, _parse(own)
        if project.is_file() and b"tool.gkformat" in _read_bytes(project):  # a cheap test before parsing
            table = _parse(project).get("tool", {}).get("gkformat")
            if isinstance(table, dict):
                yield project, table


def _read_bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise CliError(with_prefix(file.as_posix(), os_message(error))) from None


def _parse(file: Path) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 - not needed without settings

    try:
        return tomllib.loads(_read_bytes(file).decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise CliError(with_prefix(file.as_posix(), _NOT_UTF8)) from None
    except ValueError as error:
        raise CliError(with_prefix(file.as_posix(), _NOT_TOML.format(error=error))) from None


_UNKNOWN = Words("没有名为 {key} 的设置{meant}", "no setting is named {key}{meant}")
_WRONG = Words("{key} 应为{expected}", "{key} should be {expected}")
_NOT_UTF8 = Words("不是 UTF-8 编码，请另存为 UTF-8", "not in UTF-8; save it as UTF-8")
_NOT_TOML = Words("不是可读的 TOML（{error}）", "not readable as TOML ({error})")
