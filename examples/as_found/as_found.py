"""Keeping a report as it was published (按原样保存): its errors stay visible and are never repaired.

`load` rejects a report whose totals do not add up, and says where. An archive can keep it all the same with
`as_found=True`: the report then declares its own discrepancies, and every later reader sees them.
"""

from pathlib import Path

from gkformat import Inconsistent, Report2021, check, dumps, load, loads

BROKEN = Path(__file__).parent / "broken.json"


def main() -> None:
    """Read one file strictly, then as found, then read back what was written."""
    try:
        load(BROKEN, Report2021)
    except Inconsistent as error:
        print("Read strictly, it is refused:", error, sep="\n")

    held = load(BROKEN, Report2021, as_found=True)
    print(f"\nAs found, {held.agency} {held.year} declares:")
    for item in held.discrepancies:
        print(f"  {item.at} [{item.rule}] {item.left} against {item.right}")
    for mark in held.marks:
        print(f"  {mark.at} ({mark.kind})")
    print("Verdict:", check(held).verdict)

    # Its discrepancies are part of its JSON, so the strict reader now accepts it: nothing is hidden any more.
    print("Written, and read strictly again, it is the same:", loads(dumps(held), Report2021) == held)


if __name__ == "__main__":
    main()
