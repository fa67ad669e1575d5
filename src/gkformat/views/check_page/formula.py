"""A broken equation with its numbers put in, as somebody would write it on paper."""

from collections.abc import Iterable, Sequence

from gkformat.base.findings import Finding, Term
from gkformat.base.words import Lang, Words
from gkformat.forms.editions import AnyReport
from gkformat.notation.equations import Equation, equations

_BLANK = Words("空白", "blank")
_ZEROS = Words("（另有 {count} 项为 0）", " ({count} more are 0)")


def formula(report: AnyReport, finding: Finding, lang: Lang) -> str:
    """Return both sides of the equation of a finding, each term with its label: `甲 3 + 乙 4 = 7 ≠ 总计 8`.

    Empty if the finding is not about an equation of the form.
    """
    found = (each for each in equations(type(report)) if (each.rule, each.at) == (finding.rule, finding.at))
    equation = next(found, None)
    if equation is None:
        return ""
    sides = [[term for term in finding.terms if term.coefficient == sign] for sign in (1, -1)]
    left, right = (_side(side, equation, lang) for side in sides)
    return f"{left} {'≠' if finding.severity == 'broken' else '?'} {right}"


def _side(terms: Sequence[Term], equation: Equation, lang: Lang) -> str:
    shown = [term for term in terms if term.value != 0] if len(terms) > _FEW else terms
    parts = [f"{equation.term_names[term.at]} {_number(term, lang)}" for term in shown]
    zeros = _ZEROS.format(count=len(terms) - len(shown)).text(lang) if len(shown) < len(terms) else ""
    total = f" = {_sum(terms)}" if len(terms) > 1 else ""
    return f"{' + '.join(parts) or 0}{zeros}{total}"


_FEW = 5
"""The most terms that are all written out. Of more, most are 0."""


def _number(term: Term, lang: Lang) -> str:
    return _BLANK.text(lang) if term.value is None else str(term.value)


def _sum(terms: Iterable[Term]) -> str:
    return str(sum(term.value for term in terms if term.value is not None))
