"""Building a report in Python (用代码编制年报) from the counted numbers, with the sums filled in.

No number of the form has a default. If one is forgotten, calling a class is a type error, and completing a mapping
raises `Malformed`; it is never silently zero. `complete` fills in what the arithmetic of the form determines (总计, and
here the row 结转下年度继续办理) and nothing else: it overwrites no number and guesses none.
The figures are those of 平潭综合实验区管委会 for 2024.
"""

from decimal import Decimal

from gkformat import Report2021, check, complete, dumps
from gkformat.forms.y2021 import (
    Applicants,
    CaseResults,
    DecisionCounts,
    Denied,
    DocumentCounts,
    Documents,
    Enforcement,
    FeeAmount,
    Fees,
    LegalPerson,
    Licensing,
    Litigation,
    NotProcessed,
    OtherHandling,
    ProactiveDisclosure,
    ReconsiderationAndLitigation,
    Requests,
    Unavailable,
)


def row(
    natural_person: int, enterprise: int, research: int, welfare: int, legal_service: int, other: int
) -> Applicants:
    """Return a row of table 三 from its numbers in printed order, left to right, with its 总计 filled in."""
    legal_person = LegalPerson(
        commercial_enterprise=enterprise,
        research_institution=research,
        public_welfare_organization=welfare,
        legal_service_organization=legal_service,
        other=other,
    )
    return complete(Applicants, {"natural_person": natural_person, "legal_person": legal_person})


def cases(upheld: int, corrected: int, other: int, pending: int) -> CaseResults:
    """Return a group of cases of table 四 with its 总计 filled in."""
    return complete(CaseResults, {"upheld": upheld, "corrected": corrected, "other": other, "pending": pending})


NONE = row(0, 0, 0, 0, 0, 0)
"""A row of zeros, stated on purpose."""


def proactive_disclosure() -> ProactiveDisclosure:
    """Return table 二."""
    return ProactiveDisclosure(
        documents=Documents(
            rules=DocumentCounts(issued=0, repealed=0, in_force=0),
            normative_documents=DocumentCounts(issued=62, repealed=33, in_force=440),
        ),
        licensing=Licensing(administrative_licenses=DecisionCounts(decisions=4529)),
        enforcement=Enforcement(
            administrative_penalties=DecisionCounts(decisions=1100),
            administrative_compulsion=DecisionCounts(decisions=65),
        ),
        # A decimal from text, not from a float, keeps the amount exactly as written.
        fees=Fees(administrative_fees=FeeAmount(amount_wan_yuan=Decimal("18651.06"))),
    )


def requests() -> Requests:
    """Return table 三. The rows （七）总计 and 结转下年度继续办理 follow from the others and are filled in."""
    outcomes = {
        "granted": row(71, 0, 0, 0, 0, 0),
        "partially_granted": row(29, 0, 0, 0, 0, 0),
        "denied": Denied(
            state_secret=row(4, 0, 0, 0, 0, 0),
            prohibited_by_law=NONE,
            endangers_security_or_stability=NONE,
            third_party_rights=row(3, 0, 0, 0, 0, 0),
            internal_affairs=row(32, 0, 0, 0, 0, 0),
            deliberative_process=NONE,
            enforcement_files=NONE,
            administrative_inquiry=NONE,
        ),
        "unavailable": Unavailable(
            not_held=row(75, 0, 0, 0, 0, 0),
            requires_creation=NONE,
            unclear_after_correction=NONE,
        ),
        "not_processed": NotProcessed(
            petition_or_complaint=NONE,
            duplicate=row(1, 0, 0, 0, 0, 0),
            published_material=NONE,
            excessive_requests=NONE,
            confirmation_or_reissue=NONE,
        ),
        "other_handling": OtherHandling(
            correction_overdue=row(1, 0, 0, 0, 0, 0),
            fee_overdue=NONE,
            other=row(1, 1, 0, 0, 0, 0),
        ),
    }
    return complete(
        Requests, {"newly_received": row(217, 1, 0, 0, 0, 0), "brought_forward": NONE, "outcomes": outcomes}
    )


def build() -> Report2021:
    """Return the whole report. Making it raises `Inconsistent` if it does not add up."""
    return Report2021(
        agency="平潭综合实验区管委会",
        year=2024,
        overview="全年新收政府信息公开申请218件，全部办结。（文字为示例，数字取自原报告。）",
        proactive_disclosure=proactive_disclosure(),
        requests=requests(),
        reconsideration_and_litigation=ReconsiderationAndLitigation(
            reconsideration=cases(2, 1, 3, 1),
            litigation=Litigation(direct=cases(0, 0, 0, 0), after_reconsideration=cases(13, 2, 4, 0)),
        ),
        problems_and_improvements="因不掌握相关信息而无法提供的有75件，约占办结总数的三分之一。（文字为示例。）",
        other_matters="信息处理费的收取情况见原报告。（文字为示例。）",
    )


def main() -> None:
    """Build the report, and show what was filled in."""
    report = build()
    print(f"{report.agency} {report.year}: {check(report).verdict}")
    print("newly received, in all:", report.requests.newly_received.total)
    print("outcomes, in all:      ", report.requests.outcomes.total.total)
    print("carried forward:       ", report.requests.carried_forward.total)
    print("cases reconsidered:    ", report.reconsideration_and_litigation.reconsideration.total)
    print(f"as JSON: {len(dumps(report, indent=2).splitlines())} lines")


if __name__ == "__main__":
    main()
