"""What a diagnosis proposes for a report, and the command that would apply it."""

import shlex
from collections.abc import Iterator, Mapping
from pathlib import PurePath

from gkformat.base.address import Address
from gkformat.base.words import COLON, Lang, Words
from gkformat.diagnosis.diagnose import Component, Diagnoses, Diagnosis
from gkformat.examination.suffixes import ARCHIVE_SUFFIXES, JSONL_SUFFIXES
from gkformat.views.check_page.markup import plain
from gkformat.writers import KINDS

_PROPOSALS = Words("可能填错的格", "Cells that are probably wrong")
_ONLY_PROPOSED = Words(
    "只是推算，未改动任何数字；请与台账核对后再改。",
    "Inferred from the equations; no number was changed. Compare with the register first.",
)
_EQUALLY = Words("以下 {count} 种同样可能：", "These {count} are equally likely:")
_TOO_MANY = Words(
    "有 {count} 种解释同样可能，请逐格核对。", "{count} explanations are equally likely: compare each cell."
)
_UNEXPLAINED = Words("没有找到解释，请逐格核对。", "No explanation was found: compare each cell.")
_DETERMINED = Words("按勾稽关系，此格应为 {number}", "by the equations, this cell should be {number}")
_COMMAND = Words("核对无误后，可用此命令改正：", "Once it is certain, this command makes the change:")
FEW = 3
"""The most explanations that are listed where nothing decides between them."""


def proposals(diagnoses: Diagnoses, file: str, lang: Lang) -> Iterator[str]:
    """Yield what may be wrong, a list for each part of a report; nothing if no equation is broken."""
    if not diagnoses.components and not diagnoses.determined:
        return
    yield f'<section class="proposals"><h3>{_PROPOSALS.text(lang)}</h3><p>{_ONLY_PROPOSED.text(lang)}</p>'
    for component in diagnoses.components:
        yield from _component(component, lang)
    for each in diagnoses.determined:
        said = _DETERMINED.format(number=each.proposed).text(lang)
        yield f"<ul><li>{plain(each.label)}{COLON.text(lang)}{said}</li></ul>"
    if _is_patched(file) and (changes := diagnoses.likeliest_changes):
        yield f"<p>{_COMMAND.text(lang)}</p><pre>{plain(_command(file, changes))}</pre>"
    yield "</section>"


def _component(component: Component, lang: Lang) -> Iterator[str]:
    if not component.diagnoses:
        yield f"<p>{_UNEXPLAINED.text(lang)}</p>"
        return
    likeliest = component.diagnoses[: component.diagnoses[0].equals]
    if len(likeliest) > FEW:
        yield f"<p>{_TOO_MANY.format(count=component.diagnoses[0].equals).text(lang)}</p>"
        return
    if len(likeliest) > 1:
        yield f"<p>{_EQUALLY.format(count=len(likeliest)).text(lang)}</p>"
    for diagnosis in likeliest:
        yield from _explanation(diagnosis, lang)


def _explanation(diagnosis: Diagnosis, lang: Lang) -> Iterator[str]:
    yield "<ul>"
    for slip in diagnosis.slips:
        changes = "".join(
            f"<li>{plain(change.label)}{COLON.text(lang)}<s>{change.found}</s> → <b>{change.proposed}</b></li>"
            for change in slip.changes
        )
        yield f"<li>{plain(slip.title(lang))}<ul>{changes}</ul></li>"
    yield "</ul>"


def _is_patched(file: str) -> bool:
    """Return whether `gkformat patch` takes a file: not standard input, JSON Lines, or what is in an archive."""
    path = PurePath(file.lower())
    archived = any(folder.name.endswith(ARCHIVE_SUFFIXES) for folder in path.parents)
    return file not in {"", "-"} and not path.name.endswith(JSONL_SUFFIXES) and not archived


def _command(file: str, changes: Mapping[Address, int]) -> str:
    old = PurePath(file)
    new = old.with_name(f"{old.stem}-new{old.suffix if old.suffix.lower() in KINDS else '.docx'}")
    chosen = " ".join(f"--set {at}={number}" for at, number in changes.items())
    return f"gkformat patch {shlex.quote(str(old))} -o {shlex.quote(str(new))} {chosen}"
