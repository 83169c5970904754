"""Customers: what may be written down, and how two people's edits of one come together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.customer import Clash, Customer, Edit, Field, edited, edits_between, merged, tidied, wrong
from tests.conftest import customer

MEERA = customer(revision=4, email="meera@example.com")
texts = st.sampled_from(["", "a", "b", "c"])
customers = st.builds(Customer, id=st.just("c1"), revision=st.just(7), **{field.value: texts for field in Field})


def edit(field: Field, before: str, after: str) -> Edit:
    return Edit(field=field, before=before, after=after)


@pytest.mark.parametrize("typed", ["98765 43210", "98765-43210", "+91 98765 43210", "+91(98765)43210"])
def test_a_phone_number_is_one_number_however_it_is_typed(typed: str) -> None:
    """Else the second visit makes a second customer."""
    assert "9876543210" == tidied(customer(phone=typed)).phone


def test_a_gstin_names_the_state_where_nothing_else_does() -> None:
    """The State decides which tax holds; nobody should have to type it twice."""
    assert "27" == tidied(customer(gstin=" 27aapfu0939f1zv ")).state_code


def test_a_gstin_of_the_centre_names_no_state() -> None:
    """99 is no place of supply: the invoice would name a State that does not exist."""
    assert "" == tidied(customer(gstin="99AAPFU0939F1ZV")).state_code


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 201}, "too long"),
        ({"phone": "12345"}, "ten digits"),
        ({"email": "meera"}, "email"),
        ({"state_code": "25"}, "State"),
        ({"gstin": "29ABCDE1234F1Z5"}, "GSTIN"),
    ],
)
def test_what_cannot_be_is_not_written_down(fields: dict[str, str], word: str) -> None:
    """What is wrong on an invoice stays wrong for years."""
    assert word in wrong(customer(**fields))


def test_a_name_alone_is_enough() -> None:
    """Most people give no more."""
    assert "" == wrong(Customer(id="c1", name="Meera"))


@given(customers, customers)
def test_edits_turn_one_customer_into_the_other(before: Customer, after: Customer) -> None:
    """What is sent to the OMS is all that was changed."""
    assert after == edited(before, edits_between(before, after))


@given(customers, customers)
def test_edits_of_the_newest_customer_are_taken_over(before: Customer, after: Customer) -> None:
    """Nobody else was there, so there is nothing to decide."""
    assert (after, ()) == ((found := merged(before, edits_between(before, after), 7)).customer, found.clashes)


@given(customers, customers, customers)
def test_a_field_that_only_one_side_changed_is_that_sides(base: Customer, ours: Customer, office: Customer) -> None:
    """Two people who correct different things must not undo each other."""
    found = merged(office, edits_between(base, ours), 3)
    clashing = {clash.field for clash in found.clashes}
    expected = {
        field: field.of(office) if field in clashing or field.of(ours) == field.of(base) else field.of(ours)
        for field in Field
    }

    assert expected == {field: field.of(found.customer) for field in Field}


@given(customers, customers, customers)
def test_a_clash_is_a_field_that_both_sides_changed_differently(
    base: Customer, ours: Customer, office: Customer
) -> None:
    """One that is not told is somebody's work lost; one that is none is a question without sense."""
    both = {
        field
        for field in Field
        if field.of(ours) != field.of(base) and field.of(office) not in {field.of(base), field.of(ours)}
    }

    assert both == {clash.field for clash in merged(office, edits_between(base, ours), 3).clashes}


def test_a_clash_says_what_either_side_has() -> None:
    """Somebody has to decide, and needs both."""
    office = MEERA.model_copy(update={"phone": "9700000000", "revision": 9})
    found = merged(office, [edit(Field.PHONE, "9876543210", "9800000000")], 4)

    assert (Clash(field=Field.PHONE, here="9800000000", office="9700000000"),) == found.clashes


def test_a_decision_for_the_back_office_changes_nothing() -> None:
    """ "Keep the back office's" must not clash again, even where the field has changed once more."""
    found = merged(MEERA, [edit(Field.PHONE, "9700000000", "9700000000")], 2)

    assert (MEERA, ()) == (found.customer, found.clashes)


def test_letters_that_nobody_sees_are_no_part_of_a_name() -> None:
    """A mark that turns the writing around makes another amount of the one beside it; joiners are part of Hindi."""
    odd = customer(name="Me\u202eera\u200b \u2066Iyer\u2069\x00", address="क्\u200dष 5\ufeff")

    assert ("Meera Iyer", "क्\u200dष 5") == (tidied(odd).name, tidied(odd).address)
