"""What is kept of thousands of orders must not be more than the orders."""

from app.domain.lean import lean
from app.domain.order import Order
from app.sync.bodies import Sale
from tests.conftest import line, order


def read(text: str) -> Order:
    """Read an order as a start of the till does."""
    return lean(Sale.model_validate_json(text)).order


def test_orders_that_stay_share_what_is_noted_of_them() -> None:
    """A note of each line of two thousand orders took more than the rest of them."""
    text = Sale(order=order(line("v1"), line("v2"))).model_dump_json()
    one, other = read(text), read(text)

    notes = {id(each.model_fields_set) for each in (*one.lines, *other.lines)}
    assert [1, True, True] == [len(notes), one.model_fields_set is other.model_fields_set, one == other]
    assert set(Order.model_fields) == one.model_fields_set


def test_a_changed_copy_leaves_the_others_as_they_are() -> None:
    """Corrections are made on copies; what they note is their own."""
    first = order(line("v1"))
    text = Sale(order=first).model_dump_json()
    kept = read(text)
    changed = kept.model_copy(update={"number": "other", "not_a_field": 1})

    assert [first, "other", "not_a_field" in kept.model_fields_set] == [kept, changed.number, False]
    assert [text, set(Order.model_fields)] == [Sale(order=kept).model_dump_json(), read(text).model_fields_set]
