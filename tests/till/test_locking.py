"""A register that nobody touches locks its screen, and nothing of the sale is lost by it."""

from dataclasses import replace

from app.sync.bodies import Sale
from app.till.selectors import locked
from app.till.state import Screen
from tests.till.till import Till

MINUTES = 60


def test_a_register_that_nobody_touches_locks(selling: Till) -> None:
    """Whoever walks up to an open register sells under somebody else's name."""
    selling.time_passes(5 * MINUTES)

    assert locked(selling.state)


def test_a_touch_starts_the_time_again(selling: Till) -> None:
    """A cashier in the middle of a long sale must not be locked out of it."""
    selling.time_passes(4 * MINUTES)
    selling.says("SearchTyped", value="ku")
    selling.time_passes(4 * MINUTES)

    assert not locked(selling.state)


def test_a_store_can_do_without(selling: Till) -> None:
    """Zero turns it off: a kiosk under the eyes of its keeper needs no lock."""
    people = selling.state.people
    assert people.settings is not None
    never = people.settings.model_copy(update={"lock_minutes": 0})
    selling.register.loop.state = replace(selling.state, people=replace(people, settings=never))

    selling.time_passes(600 * MINUTES)

    assert not locked(selling.state)


def test_nothing_but_a_pin_is_listened_to(selling: Till) -> None:
    """A lock that lets a scanner add to the cart is none."""
    selling.picks("kurta").says("ScreenLocked")

    selling.says("CodeScanned", code="SKU-rice-v").says("CheckoutOpened").says("CartEmptied")

    assert (["kurta-v"], Screen.SELL) == (list(selling.quantities()), selling.state.screen)


def test_a_sale_survives_the_lock(selling: Till) -> None:
    """Cart, checkout and what was typed are there again, to the letter."""
    selling.picks("kurta").says("CheckoutOpened").says("NotesTyped", value="Gift wr").says("AmountTyped", value="20")
    before = selling.state.checkout

    selling.says("ScreenLocked").says("PinGiven", pin="1111")

    assert (False, before, Screen.CHECKOUT) == (locked(selling.state), selling.state.checkout, selling.state.screen)


def test_a_wrong_pin_opens_nothing(selling: Till) -> None:
    """It counts like any other wrong PIN, so trying them all is no way in."""
    selling.says("ScreenLocked").says("PinGiven", pin="0000")

    assert (True, {"asha": 1}) == (locked(selling.state), dict(selling.state.sign_in.wrong))


def test_another_person_takes_the_open_sale_over(selling: Till) -> None:
    """The order names who completed it; Ravi must not sell as Asha, and Asha's customer must not wait."""
    selling.picks("kurta").says("ScreenLocked")

    selling.signs_in("ravi", "2222").pays()

    body = next(body for body in selling.bodies() if isinstance(body, Sale))
    assert ("ravi", "Ravi") == (body.order.staff_id, body.order.staff_name)


def test_a_sale_on_its_way_into_the_journal_is_not_locked(selling: Till) -> None:
    """ "Sale saved" has to be seen by the one who sold; the lock comes after it."""
    selling.picks("kurta").says("CheckoutOpened")

    selling.says_at_once(("SaleCompleted", {}), ("ScreenLocked", {}))

    assert (False, Screen.SAVED) == (locked(selling.state), selling.state.screen)


def test_without_anybody_signed_in_there_is_nothing_to_lock(till: Till) -> None:
    """Sign-in is locked enough."""
    till.says("ScreenLocked")
    till.time_passes(600 * MINUTES)

    assert (False, Screen.SIGN_IN) == (till.state.locked, till.state.screen)


def test_a_tab_that_does_not_sell_any_more_is_not_locked(selling: Till) -> None:
    """ "Use here" has to stay in reach; there is nothing else to protect."""
    selling.register.loop.state = replace(selling.state, screen=Screen.STOPPED)

    selling.time_passes(600 * MINUTES)

    assert not locked(selling.state)
