"""Edits of customers reach the OMS exactly once, and what two people wrote about one is nobody's loss."""

from typing import Any

import pytest
from sqlalchemy import select

from app.domain.customer import Clash, Customer, Edit, Field
from app.sync.bodies import CustomerChanged
from app.sync.entry import Kind
from app.sync.protocol import API, Dataset, Verdict, VerdictKind
from server.oms.customers import put_codes
from server.oms.oms import Oms
from server.oms.records import put, remove
from server.oms.tables import CustomerClash, CustomerDouble
from tests.conftest import customer
from tests.server.browser import Browser

OLD, OURS, THEIRS = "9876543210", "9800000000", "9700000000"


def customers(register: Browser) -> dict[str, Customer]:
    """What every register is told about customers."""
    page = register.get("/changes", cursor=0, datasets="customers").json()
    return {change["id"]: Customer.model_validate(change["value"]) for change in page["changes"] if change["value"]}


def changed(customer_id: str, base: int, **fields: tuple[str, str]) -> CustomerChanged:
    edits = tuple(Edit(field=Field(name), before=old, after=new) for name, (old, new) in fields.items())
    return CustomerChanged(customer_id=customer_id, base_revision=base, edits=edits, staff_id="s1", staff_name="Asha")


def sends(register: Browser, body: CustomerChanged, **header: Any) -> Verdict:
    return register.push(register.append(Kind.CUSTOMER_CHANGED, body, **header))[0]


def office_writes(oms: Oms, **fields: str) -> None:
    """Somebody in the back office corrects Meera."""
    with oms.database.write() as session:
        put(session, Dataset.CUSTOMERS, {"c1": customer(**fields)})


def test_a_new_customer_comes_back_to_every_register(register: Browser, client: Any) -> None:
    """Written down at one counter, known at the other."""
    said = sends(register, changed("new-1", 0, name=("", "Kavya Rao"), phone=("", OURS)))
    there = customers(Browser.enrol(client))["new-1"]

    assert (VerdictKind.ACCEPTED, "Kavya Rao", OURS, said.revision) == (
        said.kind,
        there.name,
        there.phone,
        there.revision,
    )


def test_an_edit_of_the_newest_customer_is_applied(register: Browser) -> None:
    """The ordinary case: nobody else was there."""
    base = customers(register)["c1"].revision
    said = sends(register, changed("c1", base, phone=(OLD, OURS)))
    now = customers(register)["c1"]

    assert (VerdictKind.ACCEPTED, OURS, said.revision) == (said.kind, now.phone, now.revision)


def test_the_same_entry_twice_is_applied_once(register: Browser, oms: Oms) -> None:
    """A lost answer is asked for again; what the back office wrote meanwhile stays."""
    line = register.append(Kind.CUSTOMER_CHANGED, changed("c1", customers(register)["c1"].revision, phone=(OLD, OURS)))
    register.push(line)
    office_writes(oms, phone=THEIRS)
    (said,) = register.push(line)

    assert (VerdictKind.DUPLICATE, THEIRS) == (said.kind, customers(register)["c1"].phone)


def test_edits_made_offline_one_after_the_other_are_all_applied(register: Browser) -> None:
    """The second was made on the first, before the OMS knew of either."""
    base = customers(register)["c1"].revision
    lines = (
        register.append(Kind.CUSTOMER_CHANGED, changed("c1", base, phone=(OLD, OURS))),
        register.append(Kind.CUSTOMER_CHANGED, changed("c1", base, phone=(OURS, THEIRS))),
    )

    assert ([VerdictKind.ACCEPTED] * 2, THEIRS) == (
        [said.kind for said in register.push(*lines)],
        customers(register)["c1"].phone,
    )


def test_other_fields_changed_meanwhile_are_merged(register: Browser, oms: Oms) -> None:
    """The counter knows the new phone, the back office the new address: both are right."""
    base = customers(register)["c1"].revision
    office_writes(oms, address="14, 3rd Cross")
    said = sends(register, changed("c1", base, phone=(OLD, OURS)))
    now = customers(register)["c1"]

    assert (VerdictKind.ACCEPTED, OURS, "14, 3rd Cross") == (said.kind, now.phone, now.address)


def test_a_field_that_both_changed_stays_the_back_offices_and_is_told(register: Browser, oms: Oms) -> None:
    """Last one wins would lose somebody's work in silence."""
    base = customers(register)["c1"].revision
    office_writes(oms, phone=THEIRS)
    said = sends(register, changed("c1", base, phone=(OLD, OURS), email=("", "meera@example.com")))
    now = customers(register)["c1"]

    assert (VerdictKind.ATTENTION, THEIRS, "meera@example.com") == (said.kind, now.phone, now.email)
    assert (Clash(field=Field.PHONE, here=OURS, office=THEIRS),) == said.clashes
    assert [True, True] == [number in said.why for number in (OURS, THEIRS)]


def test_a_clash_is_told_again_when_its_answer_was_lost(register: Browser, oms: Oms) -> None:
    """The register would never ask the person otherwise."""
    base = customers(register)["c1"].revision
    office_writes(oms, phone=THEIRS)
    line = register.append(Kind.CUSTOMER_CHANGED, changed("c1", base, phone=(OLD, OURS)))
    first, second = register.push(line)[0], register.push(line)[0]

    assert (first.clashes, first.revision) == (second.clashes, second.revision)


def test_a_decision_settles_the_clash(register: Browser, oms: Oms) -> None:
    """ "Use ours": it is the newest word on the newest revision, and the back office has nothing left to decide."""
    base = customers(register)["c1"].revision
    office_writes(oms, phone=THEIRS)
    sends(register, changed("c1", base, phone=(OLD, OURS)))
    sends(register, changed("c1", customers(register)["c1"].revision, phone=(THEIRS, OURS)))
    with oms.database.read() as session:
        settled = [row.settled_at is not None for row in session.scalars(select(CustomerClash))]

    assert ([True], OURS) == (settled, customers(register)["c1"].phone)


def test_two_new_customers_with_one_phone_are_both_kept(register: Browser, client: Any, oms: Oms) -> None:
    """Two tills wrote the same person down while the line was cut: neither may be lost, somebody joins them."""
    other = Browser.enrol(client)
    sends(register, changed("new-1", 0, name=("", "Kavya Rao"), phone=("", OURS)))
    said = sends(other, changed("new-2", 0, name=("", "K. Rao"), phone=("", OURS)))
    with oms.database.read() as session:
        doubles = [(row.customer_id, row.other_id) for row in session.scalars(select(CustomerDouble))]

    assert (VerdictKind.ATTENTION, True, [("new-2", "new-1")]) == (said.kind, "Kavya Rao" in said.why, doubles)
    assert {"new-1", "new-2"} <= customers(register).keys()


def test_a_customer_who_was_removed_does_not_come_back(register: Browser, oms: Oms) -> None:
    """Who asked to be forgotten must not be written down again by an old register."""
    base = customers(register)["c1"].revision
    with oms.database.write() as session:
        remove(session, Dataset.CUSTOMERS, ["c1"])
    said = sends(register, changed("c1", base, phone=(OLD, OURS)))

    assert (VerdictKind.ATTENTION, 0, False) == (said.kind, said.revision, "c1" in customers(register))


def test_a_change_of_somebody_unknown_is_kept_and_told(register: Browser) -> None:
    """An OMS that lost its memory must not refuse what a register has."""
    said = sends(register, changed("c77", 5, phone=("1", OURS)))

    assert (VerdictKind.ATTENTION, 0, False) == (said.kind, said.revision, "c77" in customers(register))


def test_a_card_leads_to_its_customer(register: Browser, oms: Oms) -> None:
    """S16: a scanner at the counter retrieves whoever stands there."""
    with oms.database.write() as session:
        put_codes(session, {"CARD-1": "c1"})
    reply = register.get("/customers/lookup", code=" CARD-1 ")

    assert (200, "Meera Iyer", "no-store") == (
        reply.status_code,
        reply.json()["name"],
        reply.headers["cache-control"],
    )


@pytest.mark.parametrize("code", ["CARD-2", "%", "c1"])
def test_any_other_code_leads_to_nobody(register: Browser, oms: Oms, code: str) -> None:
    """Neither a guess nor a pattern may read the store's customers."""
    with oms.database.write() as session:
        put_codes(session, {"CARD-1": "c1"})
    reply = register.get("/customers/lookup", code=code)

    assert (404, True) == (reply.status_code, "phone or name" in reply.json()["detail"])


def test_only_registers_may_look_cards_up(register: Browser) -> None:
    """What a card says is on its back for everybody to read."""
    assert register.client.get(f"{API}/customers/lookup", params={"code": "CARD-1"}).status_code == 401


def test_codes_never_leave_with_the_data_sets(register: Browser, oms: Oms) -> None:
    """A register that is stolen must not hold the cards of all customers."""
    with oms.database.write() as session:
        put_codes(session, {"CARD-1": "c1"})

    assert b"CARD-1" not in register.get("/changes", cursor=0).content
