"""What keeps a command from going on, in words."""

from collections.abc import Mapping

from gkformat.words import Words


class Trouble(Exception):
    """Something that cannot be read, written or done as it was asked for; `code` is the exit code that follows."""

    def __init__(self, words: Words, code: int = 2) -> None:
        super().__init__(words.en)
        self.words = words
        self.code = code


def about(name: str, words: Words) -> Words:
    """Words about something, with its name before them."""
    return _ABOUT.format(name=name, words=words)


def why(error: OSError) -> Words:
    """What the system said, in words; where there are none here, in its own."""
    for kind, words in _REASONS.items():
        if isinstance(error, kind):
            return words
    said = error.strerror or str(error)
    return Words(f"系统提示：{said}", said)


def suggestion(wrong: str, known: list[str]) -> Words:
    """A question for what was probably meant, or nothing."""
    from difflib import get_close_matches  # noqa: PLC0415 - slow to import, and only needed for a mistake

    close = get_close_matches(wrong, known, n=1)
    return _MEANT.format(close=close[0]) if close else Words("", "")


_ABOUT = Words("{name}：{words}", "{name}: {words}")
_MEANT = Words("；是否为 {close}？", "; did you mean {close}?")
_REASONS: Mapping[type[OSError], Words] = {
    FileNotFoundError: Words("没有这个文件或文件夹", "no such file or folder"),
    PermissionError: Words("没有读写它的权限", "no permission"),
    IsADirectoryError: Words("这是文件夹，不是文件", "a folder and not a file"),
}
