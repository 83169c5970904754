"""Corrections of an order: every field that may be corrected, and nothing else."""

import pytest
from pydantic import ValidationError

from app.domain.amendment import Correctable, Correction, corrected, value_of
from app.domain.customer import Customer
from tests.conftest import customer, order

FIELDS = {field: "card" if field is Correctable.TENDER_KIND else "Right" for field in Correctable}


def one(field: Correctable, after: str = "Right") -> Correction:
    return Correction(field=field, payment_id="pay-1", before="", after=after)


@pytest.mark.parametrize(("field", "after"), FIELDS.items())
def test_each_field_reads_as_it_was_corrected(field: Correctable, after: str) -> None:
    """What was typed wrongly can be put right, field by field."""
    made = order(customer=customer())

    assert after == value_of(corrected(made, [one(field, after)]), field, "pay-1")


@pytest.mark.parametrize(("field", "after"), FIELDS.items())
def test_a_correction_touches_nothing_that_the_law_fixes(field: Correctable, after: str) -> None:
    """Lines, amounts, taxes, number and date change only by a credit note and a new invoice."""
    made = order(customer=customer(gstin="29AAAAA0000A1ZB", state_code="29"))
    right = corrected(made, [one(field, after)])

    assert [(p.amount, p.received, p.at) for p in made.payments] == [
        (p.amount, p.received, p.at) for p in right.payments
    ]
    assert (made.lines, made.totals, made.number, made.business_day, made.place_of_supply) == (
        right.lines,
        right.totals,
        right.number,
        right.business_day,
        right.place_of_supply,
    )
    assert ("29AAAAA0000A1ZB", "29") == (
        (right.customer.gstin, right.customer.state_code) if right.customer else ("", "")
    )


def test_a_buyer_who_was_not_named_can_be_named() -> None:
    """Without a State: the place of supply stays the store's."""
    right = corrected(order(), [one(Correctable.NAME, "Meera"), one(Correctable.PHONE, "9845012345")])

    assert Customer(id="o1-buyer", name="Meera", phone="9845012345") == right.customer


def test_another_payment_is_left_alone() -> None:
    """Of a split payment only the named half is meant."""
    other = Correction(field=Correctable.REFERENCE, payment_id="pay-2", before="", after="Right")

    assert order() == corrected(order(), [other])


def test_a_tender_is_of_a_kind_that_there_is() -> None:
    """The books are kept by it."""
    with pytest.raises(ValidationError):
        one(Correctable.TENDER_KIND, "shells")


def test_a_field_that_is_not_there_reads_as_nothing() -> None:
    """The form of a correction is drawn for every order."""
    assert ("", "") == (value_of(order(), Correctable.NAME), value_of(order(), Correctable.REFERENCE, "none"))
