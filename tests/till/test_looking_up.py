"""Looking a product up: live stock here and elsewhere, and a manager who changes it (S16)."""

from decimal import Decimal

import pytest

from app.sync.online import LiveStock, ProductEdited, StockElsewhere
from app.sync.protocol import ProductChange
from app.sync.questions import Denied
from tests.conftest import NOW, product, variant
from tests.till.online import given, silence
from tests.till.till import Till

COUNTED = LiveStock(
    sku="SKU-kurta-v",
    variant_id="kurta-v",
    here=Decimal(4),
    elsewhere=(StockElsewhere(store="DS02", name="MG Road", quantity=Decimal(2)),),
    at=NOW,
)
DEARER = product("kurta", variant("kurta-v", price=60_000))


def looks_up(till: Till) -> Till:
    return till.says("LookUpSwitched").picks()


@pytest.fixture
def managing(till: Till) -> Till:
    """Ravi, who may change products, with the kurta's dialog open."""
    return looks_up(till.signs_in("ravi", "2222")).says("EditAsked")


def problem(till: Till) -> str:
    assert till.state.editing is not None
    return till.state.editing.problem


def save(till: Till, name: str = "Cotton Kurta", price: str = "499.50", stock: str = "", reason: str = "") -> Till:
    return till.says("ProductSaved", name=name, price=price, stock=stock, reason=reason)


@pytest.mark.parametrize("how", [("ProductPicked", {"product_id": "kurta"}), ("CodeScanned", {"code": "SKU-kurta-v"})])
def test_what_is_looked_up_is_not_sold(selling: Till, how: tuple[str, dict[str, str]]) -> None:
    """A customer asks for the price, and does not buy."""
    selling.says("LookUpSwitched").says(how[0], **how[1])

    assert ({}, False) == (selling.quantities(), selling.state.browse.looking_up)
    assert selling.state.browse.choice


def test_looking_up_is_for_one_product(selling: Till) -> None:
    """The next tap sells again, as the cashier expects."""
    looks_up(selling).says("DialogClosed").picks()

    assert {"kurta-v": Decimal(1)} == selling.quantities()


def test_live_stock_is_asked_by_sku(selling: Till) -> None:
    """The OMS counts what is there now, and what the other stores have."""
    asked = looks_up(selling).says("LiveStockAsked").asked()[0]

    assert ("/inventory", {"sku": "SKU-kurta-v"}) == (asked.path, asked.query)


def test_the_answer_stands_beside_the_product(selling: Till) -> None:
    """With the time it was true."""
    looks_up(selling).says("LiveStockAsked").is_answered(given(COUNTED))

    assert selling.state.live
    assert COUNTED == selling.state.live.stock


def test_no_answer_says_what_that_means(selling: Till) -> None:
    """The last count is shown, and selling goes on."""
    looks_up(selling).says("LiveStockAsked").is_answered(silence())

    assert selling.state.live
    assert (None, "The internet is not connected.") == (selling.state.live.stock, selling.state.live.why)


def test_offline_nothing_is_asked(selling: Till) -> None:
    """The button is off; a key that was pressed all the same asks nothing."""
    selling.goes_offline()
    looks_up(selling).says("LiveStockAsked")

    assert [] == selling.asked()


def test_only_a_manager_gets_to_the_data(selling: Till) -> None:
    """An associate sees the button, with the reason why it is off."""
    assert looks_up(selling).says("EditAsked").state.editing is None


def test_a_manager_asks_for_what_is_different(managing: Till) -> None:
    """What was seen goes along, so that nobody's change is written over."""
    asked = save(managing, price="450", stock="-2", reason="counted").asked()[0]

    assert ("PATCH", "/products/SKU-kurta-v") == (asked.method, asked.path)
    assert '{"staff_id":"ravi","price":{"before":49950,"after":45000},"stock":"-2","reason":"counted"}' == asked.body


def test_a_change_that_was_saved_closes_the_dialog(managing: Till) -> None:
    """The catalogue hears of it like everybody else."""
    answer = ProductEdited(sku="SKU-kurta-v", name="Cotton Kurta", price=45_000, stock=None)
    save(managing, price="450").is_answered(given(answer))

    assert managing.state.editing is None
    assert managing.state.toast
    assert "Cotton Kurta was changed for all registers" == managing.state.toast.text


WRONG = {
    "no name": ({"name": " "}, "Type the product’s name."),
    "no price": ({"price": "much"}, "That is not an amount"),
    "no count": ({"stock": "two"}, "Type how many to add"),
    "half a piece": ({"stock": "0.5"}, "Type how many to add"),
    "absurd": ({"stock": "1e9"}, "Type how many to add"),
    "nothing": ({}, "Nothing is different"),
}


@pytest.mark.parametrize(("typed", "why"), WRONG.values(), ids=WRONG)
def test_what_was_mistyped_is_said(managing: Till, typed: dict[str, str], why: str) -> None:
    """Before the OMS is asked, and with what was typed still there."""
    save(managing, **typed)

    assert [] == managing.asked()
    assert why in problem(managing)


def test_somebody_who_was_quicker_is_named_with_both_values(managing: Till) -> None:
    """The dialog then knows the new value, and saving again means it."""
    save(managing, price="450").is_answered(Denied(status=409, why="The price is ₹ 600.00 by now."))
    managing.gets([ProductChange(id="kurta", revision=99, value=DEARER)])
    managing.hears("changes")
    said = problem(managing)
    save(managing, price="450")

    assert "The price is ₹ 600.00 by now." == said
    assert '"before":60000' in managing.asked()[0].body


def test_a_change_whose_answer_was_lost_is_not_done_twice(managing: Till) -> None:
    """The same wish keeps its key: a correction of -2 stays -2."""
    save(managing, stock="-2")
    first = managing.asked()[0].key
    managing.is_answered(silence())
    again = save(managing, stock="-2").asked()[0].key

    assert first
    assert first == again
