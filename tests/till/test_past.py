"""Looking back: what the list of orders finds, and how quickly."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.domain.amendment import Correctable, Correction
from app.domain.order import Order
from app.domain.payment import TenderKind
from app.sync.bodies import Amended
from app.sync.entry import GENESIS, Header, Kind
from app.sync.outbox import OrderState
from app.sync.protocol import Verdict, VerdictKind
from app.till.past import Row, employees, fitting, row, rows
from app.till.slices.orders import OrderFilter
from app.till.state import Journal, Kept
from tests.conftest import NOW, customer, line, order, payment
from tests.till.ui.stage import digest_of, kept

ZONE = "Asia/Kolkata"


def sold(seq: int, **fields: object) -> Kept:
    usual: dict[str, object] = {"id": f"o{seq}", "number": f"DS01A2627-{seq:05d}"}
    return kept(seq, order(**(usual | fields)))  # type: ignore[arg-type]


def amended(seq: int, of: int, field: Correctable, after: str) -> Kept:
    change = Correction(field=field, before="", after=after)
    body = Amended(
        order_id=f"o{of}", original=digest_of(of), corrections=(change,), reason="x", staff_id="s2", staff_name="Ravi"
    )
    header = Header(
        v=1, store="DS01", register="R1", seq=seq, kind=Kind.AMENDED, id=f"a{seq}", at=NOW, prev=GENESIS, key="k"
    )
    return Kept(header, digest_of(seq), body)


def journal(*entries: Kept, **verdicts: VerdictKind) -> Journal:
    said = {
        digest_of(int(seq[1:])): Verdict(digest=digest_of(int(seq[1:])), kind=kind, order_number=f"DS01-{seq}")
        for seq, kind in verdicts.items()
    }
    return Journal(kept=entries, verdicts=said)


CARD = payment(49_900, tender_id="card", kind=TenderKind.CARD)
SOME = journal(
    sold(1, customer=customer(name="Meera Iyer", phone="98450 10007")),
    sold(2, offline=True, staff_name="Ravi", lines=order(line(name="Linen Shirt", label="M", sku="LS-M")).lines),
    sold(3, at=NOW - timedelta(days=3), sales_employee="Kavya", payments=(CARD,)),
    sold(4, offline=True),
    amended(5, 4, Correctable.NAME, "Mira"),
    e1=VerdictKind.ACCEPTED,
    e2=VerdictKind.ATTENTION,
    e3=VerdictKind.REFUSED,
)
FOUND: list[tuple[dict[str, str], list[int]]] = [
    ({}, [4, 3, 2, 1]),
    ({"text": "00002"}, [2]),
    ({"text": "meera"}, [1]),
    ({"text": "9845010007"}, [1]),
    ({"text": "linen shirt"}, [2]),
    ({"text": "ls-m"}, [2]),
    ({"text": "ds01-e3"}, [3]),
    ({"text": "mira"}, [4]),
    ({"text": "meera linen"}, []),
    ({"state": "pending"}, [4]),
    ({"state": "synced"}, [2, 1]),
    ({"state": "attention"}, [2]),
    ({"state": "failed"}, [3]),
    ({"state": "nonsense"}, []),
    ({"made": "offline"}, [4, 2]),
    ({"made": "online"}, [3, 1]),
    ({"since": "2026-11-21"}, [4, 2, 1]),
    ({"until": "2026-11-18"}, [3]),
    ({"since": "someday"}, [4, 3, 2, 1]),
    ({"employee": "Ravi"}, [2]),
    ({"employee": "Kavya"}, [3]),
    ({"tender": "card"}, [3]),
    ({"made": "offline", "state": "pending"}, [4]),
]


def test_a_day_is_that_of_the_store() -> None:
    """A sale at half past midnight in Bengaluru is not one of the day before, though in UTC it is."""
    late = journal(sold(1, at=NOW.replace(hour=20)))  # half past one in the night

    assert () == fitting(late, OrderFilter(until="2026-11-21"), ZONE)


@pytest.mark.parametrize(("fields", "seqs"), FOUND, ids=str)
def test_the_list_is_narrowed(fields: dict[str, Any], seqs: list[int]) -> None:
    """A customer stands there with half a receipt: whatever can be read of it has to lead to the order."""
    assert seqs == [row.kept.header.seq for row in fitting(SOME, OrderFilter(**fields), ZONE)]


def test_an_order_carries_its_corrections() -> None:
    """In the sequence in which they were made; the order itself stays."""
    twice = journal(
        sold(1),
        amended(2, 1, Correctable.NOTES, "Gift"),
        amended(3, 1, Correctable.NOTES, "Wrap"),
        e3=VerdictKind.REFUSED,
    )
    found = row(twice, "o1")

    assert found is not None
    assert ("", "Wrap") == (found.order.notes, found.reading.notes)
    assert [OrderState.PENDING, OrderState.FAILED] == [each.state for each in found.amendments]
    assert (digest_of(3),) == found.turned_down


def test_a_correction_of_another_entry_is_not_shown() -> None:
    """It names the digest of what it corrects."""
    other = replace(SOME, kept=(sold(9), amended(5, 4, Correctable.NAME, "Mira")))

    assert [()] == [row.amendments for row in rows(other)]


def test_everybody_who_sold_can_be_chosen() -> None:
    """Also who has left the staff since."""
    assert ("Asha", "Kavya", "Ravi") == employees(SOME)


def test_ten_thousand_orders_are_searched_between_two_keystrokes() -> None:
    """The first letter folds the journal and remembers the words; each further one only compares."""
    one: Order = order()
    names = ((seq, {"id": f"o{seq}", "number": f"N-{seq:05d}"}) for seq in range(1, 10_001))
    many = journal(*(kept(seq, one.model_copy(update=name)) for seq, name in names))
    first, _ = seconds(lambda: fitting(many, OrderFilter(text="n"), ZONE))
    found = fitting(many, OrderFilter(text="n-0999"), ZONE)
    later = min(_searched(many, text) for text in ("n-0998", "n-0997", "n-0996"))

    assert 10 == len(found)
    assert later * 2 < first


def _searched(many: Journal, text: str) -> float:
    return seconds(lambda: fitting(many, OrderFilter(text=text), ZONE))[0]


def seconds(work: Callable[[], tuple[Row, ...]]) -> tuple[float, tuple[Row, ...]]:
    """How long a piece of work took, and what came of it."""
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found


def test_what_was_found_is_remembered() -> None:
    """A clock that ticks must not search again."""
    wanted = OrderFilter(text="meera")

    assert fitting(SOME, wanted, ZONE) is fitting(replace(SOME), OrderFilter(text="meera"), ZONE)
