"""A rule of your own (自定规则): a plain function from a report to findings, used beside the `check` of the library.

There is nothing to subclass and nowhere to register. A rule is a function that yields findings, of the severity
`"advice"`, and nothing where it cannot know; its rule has its name. Combine them with those of `check`, and the verdict
covers both. On the command line: `gkformat check --rules examples/own_rule.py examples`.
"""

from collections.abc import Iterator
from pathlib import Path

from gkformat import Address, Finding, Findings, Report2021, Words, check, label, load

HERE = Path(__file__).parent
AT = Address("requests.outcomes.unavailable")
MESSAGE = Words(
    "无法提供 {left} 件，多于其余各种结果之和 {right} 件",
    "{left} requests could not be met, more than the {right} of all other outcomes together",
)


def mostly_unavailable(report: Report2021) -> Iterator[Finding]:
    """Yield a finding if most requests ended as 无法提供: do applicants know which agency holds what?"""
    outcomes = report.requests.outcomes
    reasons = outcomes.unavailable
    unavailable = reasons.not_held.total + reasons.requires_creation.total + reasons.unclear_after_correction.total
    others = outcomes.total.total - unavailable
    # A total that is blank (stored as 0) or too small says nothing about the other outcomes.
    if unavailable > others >= 0:
        text = MESSAGE.format(left=unavailable, right=others)
        yield Finding("mostly-unavailable", AT, label(Report2021, AT), "advice", text, left=unavailable, right=others)


RULES = (mostly_unavailable,)
"""What `gkformat check --rules` looks for."""


def check_all(report: Report2021) -> Findings:
    """Return the findings of the library and of the rules of this office."""
    return Findings([*check(report), *mostly_unavailable(report)])


def main() -> None:
    """Check two reports with both."""
    for name in ("complete.json", "broken.json"):
        report = load(HERE / name, Report2021, as_found=True)
        findings = check_all(report)
        print(f"{report.agency} {report.year}: {findings.verdict}, {len(findings)} finding(s)")
        for finding in findings:
            print(f"  {finding.severity}: {finding.at} [{finding.rule}]")
            print(f"    {finding.message('zh')}")
            print(f"    {finding.message('en')}")


if __name__ == "__main__":
    main()
