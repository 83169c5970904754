"""What customers want, and how they pay for it: rolled, as everything of the suite is."""

from collections.abc import Sequence
from random import Random

from e2e.torture.notebook import Notebook

Tenders = list[dict[str, str]]


def picks(dice: Random, codes: Sequence[str]) -> list[str]:
    """A few things, by their barcodes."""
    return dice.choices(codes, k=dice.randint(1, 3))


def tenders(dice: Random, notebook: Notebook, parts: int) -> Tenders:
    """How a customer pays: at once or in parts, each part with a reference that only it has."""
    paid = Tenders()
    for part in range(parts):
        last = part == parts - 1
        tender = dice.choice(("card", "upi", "cash") if last else ("card", "upi"))
        one = {"tender": tender, "reference": "" if tender == "cash" else notebook.reference()}
        paid.append(one if last else one | {"amount": f"{dice.randint(100, 900) / 100:.2f}"})
    return paid
