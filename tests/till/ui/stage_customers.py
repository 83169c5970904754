"""States with customers to look at: a few, one not sent yet, and one whom both sides changed."""

from dataclasses import replace

from app.domain.customer import Clash, Edit, Field
from app.sync.bodies import CustomerChanged
from app.sync.entry import GENESIS, Header, Kind
from app.sync.journal import Head
from app.sync.protocol import Verdict, VerdictKind
from app.till.state import Journal, Kept, Screen, State
from tests.conftest import NOW, customer
from tests.till.ui.stage import digest_of, state

CUSTOMERS = (
    customer("c1", name="Arjun Shetty", phone="9845010144", gstin="29AABCD1234E1Z4", state_code="29"),
    customer("c2", name="Divya Khan", phone="9845010281", address="3 Temple Street, Mysuru 570001", state_code="29"),
    customer("c3", name="Joseph Fernandes", phone="9845010418", state_code="32", email="joseph@example.com"),
)


def corrected(seq: int, customer_id: str, *edits: Edit, base: int = 1) -> Kept:
    """A correction of a customer in the journal."""
    header = Header(
        v=1, store="DS01", register="R1", seq=seq, kind=Kind.CUSTOMER_CHANGED, id=f"e{seq}", at=NOW, prev=GENESIS,
        key="k",
    )  # fmt: skip
    return Kept(header, digest_of(seq), CustomerChanged(customer_id=customer_id, base_revision=base, edits=edits))


def corrections() -> Journal:
    """One customer with a number that both sides changed, and one who is not sent yet."""
    clash = Clash(field=Field.PHONE, here="9800000000", office="9845010281")
    said = Verdict(digest=digest_of(1), kind=VerdictKind.ATTENTION, revision=9, clashes=(clash,))
    edit = Edit(field=Field.PHONE, before="9845010999", after="9800000000")
    later = Edit(field=Field.EMAIL, before="", after="joseph@example.com")
    return Journal(
        head=Head.start("DS01", "R1", "k"),
        kept=(corrected(1, "c2", edit), corrected(2, "c3", later)),
        verdicts={digest_of(1): said},
    )


def with_customers(screen: Screen, **fields: object) -> State:
    """A screen of a store that has customers."""
    shown = state(screen, **fields)
    return replace(shown, people=replace(shown.people, customers=CUSTOMERS, customers_revision=9))
