"""What is said of files that are not read, with the way to convert them."""

from typing import Literal

from gkformat.base.words import Words

SavedAs = Literal["docx", "xlsx"]

_PROGRAMS: dict[SavedAs, str] = {"docx": "Word", "xlsx": "Excel"}


def save_as(suffix: SavedAs) -> Words:
    """Return how to convert a file."""
    program, command = _PROGRAMS[suffix], f"soffice --convert-to {suffix}"
    return Words(
        f"请用 {program} 或 WPS 另存为 {suffix.upper()}，或运行 {command}",
        f"save it as {suffix.upper()} in {program} or WPS, or run {command}",
    )


EMPTY = Words("文件是空的", "the file is empty")
ENCRYPTED = Words("文件已加密，请先解除密码", "the file is encrypted: remove its password first")
