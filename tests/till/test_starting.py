"""Catalogues that arrive, drafts that wait, a clock that jumped: what a start, and a swap, must not lose."""

import gzip
from dataclasses import replace
from datetime import timedelta

from app.catalogue.image import Stocked
from app.sync.bodies import Clock
from app.sync.entry import Kind
from app.sync.protocol import ProductChange
from app.sync.status import Link
from app.till.ports import StoredImage
from app.till.state import Screen
from app.till.ui.regions import drawing
from tests.conftest import product, variant
from tests.contracts.image_port import arrived
from tests.till.till import IMAGE, KURTA, SHELVES, Till, image


def names(till: Till) -> list[str]:
    return [tile.product.name for tile in till.state.browse.tiles]


def test_each_step_of_a_start_is_marked(selling: Till) -> None:
    """Where a start has become slow is seen only if every step tells when it was done."""
    selling.device.page.marks.clear()

    selling.starts_again()

    steps = ["settings and folder seen", "journal read", "catalogue open"]
    assert steps == selling.device.page.marks


def test_a_new_catalogue_takes_over_while_selling_goes_on(selling: Till) -> None:
    """The cart keeps the prices that the customer saw; the tiles show the new ones."""
    dearer = KURTA.model_copy(update={"variants": (variant("kurta-v", price=60_000),)})
    selling.picks()
    selling.device.shelf.image = image([Stocked(dearer), *SHELVES[1:]], cursor=20)

    selling.hears("image")

    assert 60_000 == selling.state.browse.tiles[0].product.variants[0].price
    assert [49_950] == [line.unit_price for line in selling.state.cart.lines]


def test_a_damaged_catalogue_is_told_and_the_old_one_stays(selling: Till) -> None:
    """Half an image must never replace a good one."""
    good = image([Stocked(product("new", name="New"))], cursor=20)
    selling.device.shelf.image = StoredImage(good.sha256, 20, good.data[:-100])

    selling.hears("image")

    assert "The new catalogue arrived damaged" == selling.state.trouble[:33]
    assert "Cotton Kurta" == names(selling)[0]


def test_a_file_that_has_changed_on_the_device_is_told(selling: Till) -> None:
    """An image that lies unpacked is compared whole before anything is sold from it."""
    stored = arrived(gzip.decompress(image([Stocked(product("new", name="New"))], cursor=20).data))
    selling.device.shelf.image = replace(stored, checksum=stored.checksum ^ 1)

    selling.hears("image")

    assert "The new catalogue arrived damaged" == selling.state.trouble[:33]
    assert "Cotton Kurta" == names(selling)[0]


def test_an_unpacked_image_is_sold_from(selling: Till) -> None:
    """It is opened where it lies, once: a change alone reads no 40 MB again."""
    selling.device.shelf.image = arrived(gzip.decompress(image([Stocked(product("new", name="New"))], cursor=20).data))
    selling.hears("image")
    before = names(selling)
    selling.gets([ProductChange(id="new", revision=21, value=product("new", name="Newer"))])

    selling.hears("changes")

    assert (["New"], ["Newer"], "") == (before, names(selling), selling.state.trouble)


def test_a_change_is_in_the_next_search(selling: Till) -> None:
    """A price that the back office set counts within seconds, without a reload."""
    renamed = KURTA.model_copy(update={"name": "Silk Kurta"})
    selling.gets([ProductChange(id="kurta", revision=21, value=renamed)])

    selling.hears("changes")

    assert "Silk Kurta" == names(selling)[0]


def test_changes_outlast_a_new_image_that_is_older(selling: Till) -> None:
    """The till's copy is the image, then all changes in order; neither undoes the other."""
    selling.gets([ProductChange(id="kurta", revision=31, value=KURTA.model_copy(update={"name": "Silk Kurta"}))])
    selling.hears("changes")
    selling.device.shelf.image = image(SHELVES[:2], cursor=30)

    selling.hears("image")

    assert ["Silk Kurta", "Linen Shirt"] == names(selling)


def test_a_page_of_changes_that_does_not_open_is_told(selling: Till) -> None:
    """The people and prices that are here stay; somebody has to know that some are missing."""
    selling.device.shelf.pages.append(b"1.bm90.c2VhbGVk")

    selling.hears("changes")

    assert "Some of the store’s changes arrived damaged." == selling.state.trouble[:44]
    assert 2 == len(selling.state.people.staff)


def test_damaged_records_of_the_courier_count_as_none(till: Till) -> None:
    """The courier writes them again; a till that died of them would never start."""
    till.device.shelf.records |= {"link": "{", "synced": "no", "progress": "[]"}

    till.starts_again()

    assert (Screen.SIGN_IN, Link.UNKNOWN) == (till.state.screen, till.state.connection.link.link)


def test_an_open_cart_is_offered_after_a_crash(selling: Till) -> None:
    """Twenty lines rung up, and the browser dies: nobody rings them up again."""
    selling.picks().picks("shirt", "shirt-m")

    selling.starts_again()
    before = selling.state.found_draft
    selling.signs_in().says("DraftResumed")

    assert before is not None
    assert {"kurta-v", "shirt-m"} == set(selling.quantities())
    assert (Screen.SELL, None) == (selling.state.screen, selling.state.found_draft)


def test_a_draft_without_money_can_be_discarded(selling: Till) -> None:
    """The customer has left; so may the cart."""
    selling.picks()

    selling.starts_again().signs_in().says("DraftDiscarded")

    assert (None, {}) == (selling.state.found_draft, selling.device.disk.drafts)


def test_a_draft_with_money_cannot_be_discarded(selling: Till) -> None:
    """Money that was taken belongs to somebody."""
    selling.picks().pays("card", "200")

    selling.starts_again().signs_in().says("DraftDiscarded")

    assert selling.state.found_draft is not None
    assert "Money was taken for this sale." == selling.state.trouble[:30]


def test_a_second_draft_is_offered_after_the_first(selling: Till) -> None:
    """Two people were interrupted; neither sale is forgotten for the other."""
    selling.picks().says("SignedOut").signs_in("ravi", "2222")
    selling.says("DraftResumed").says("CartEmptied").picks()
    selling.device.disk.drafts["other"] = next(iter(selling.device.disk.drafts.values()))

    selling.starts_again().signs_in().says("DraftDiscarded")

    assert selling.state.found_draft is not None


def test_a_draft_that_does_not_open_is_told(selling: Till) -> None:
    """Silence about a half-paid sale would be the worst answer."""
    selling.device.disk.drafts["d"] = b"1.bm90.c2VhbGVk"

    selling.starts_again()

    assert "A sale that was not finished could not be read back." == selling.state.trouble[:52]


def test_a_clock_that_jumped_needs_a_manager(selling: Till) -> None:
    """A battery died and it is 2001: invoices of that day would be unlawful."""
    selling.picks().pays().says("SaleLeft").picks()
    selling.device.clock.at -= timedelta(days=30)

    selling.pays()

    assert (1, Screen.CHECKOUT) == (len(selling.orders()), selling.state.screen)
    assert selling.state.clock is not None


def test_a_manager_confirms_the_date_and_selling_goes_on(selling: Till) -> None:
    """The clock was wrong before and is right now; that is written down too."""
    selling.picks().pays().says("SaleLeft").picks()
    selling.device.clock.at -= timedelta(days=30)
    selling.pays()

    selling.says("ClockConfirmed", staff_id="asha", pin="1111")
    refused = selling.state.clock.problem if selling.state.clock else ""
    selling.says("ClockConfirmed", staff_id="ravi", pin="2222").says("SaleCompleted")

    assert refused
    assert [Kind.SALE, Kind.CLOCK, Kind.SALE] == [entry.header.kind for entry in selling.entries()]
    assert "ravi" == getattr(next(body for body in selling.bodies() if isinstance(body, Clock)), "staff_id", "")


def test_a_clock_that_the_oms_doubts_needs_a_manager(selling: Till) -> None:
    """Online the OMS's clock is the witness; after a manager looked, it does not ask at each sale."""
    selling.link_is(Link.UP, offset_seconds=14 * 3600)
    selling.hears("status")
    selling.picks().pays()
    doubted = selling.state.clock

    selling.says("ClockConfirmed", staff_id="ravi", pin="2222").says("SaleCompleted").says("SaleLeft").picks().pays()

    assert doubted is not None
    assert 2 == len(selling.orders())


def test_time_never_runs_backwards_in_the_journal(selling: Till) -> None:
    """A clock corrected by an hour: the next entry bears the time of the last."""
    selling.picks().pays().says("SaleLeft").picks()
    selling.device.clock.at -= timedelta(hours=1)

    selling.pays()

    first, second = selling.entries()
    assert first.header.at <= second.header.at


def test_the_screen_is_where_the_navigation_leads(selling: Till) -> None:
    """An open cart stays open while somebody looks at the orders."""
    selling.picks().says("ScreenOpened", screen="orders")
    there = selling.state.screen

    selling.says("ScreenOpened", screen="sell")

    assert (Screen.ORDERS, Screen.SELL, 1) == (there, selling.state.screen, selling.state.cart.count)


def test_nobody_navigates_before_sign_in(till: Till) -> None:
    """A link in the address bar of somebody's memory must not open the orders."""
    till.says("ScreenOpened", screen="orders").says("OrderOpened", order_id="o1")

    assert Screen.SIGN_IN is till.state.screen


def test_the_whole_till_draws_itself(till: Till) -> None:
    """Flows and screens meet: a sale from sign-in to invoice through the real views."""
    till.register.loop._redraw = drawing
    till.register.loop.start()
    till.signs_in().picks().pays()

    assert "Sale saved" in till.device.page.regions["main"]
    assert "DS01A2627-00001" in till.device.page.regions["saved-paper"]
    assert IMAGE.sha256 == till.register._library.sha256


def test_an_order_carries_both_clocks(selling: Till) -> None:
    """Whoever asks later when it really was needs the device's time and the OMS's, not only what the invoice says."""
    selling.link_is(Link.UP, offset_seconds=90)
    selling.hears("status")
    selling.picks().pays()

    order = selling.orders()[0]
    assert (order.at, timedelta(seconds=90)) == (order.device_at, order.oms_at and order.oms_at - order.at)


def test_without_the_oms_an_order_does_not_guess_its_time(till: Till) -> None:
    """A register that never heard the OMS since its start would only repeat its own clock."""
    till.device.shelf.records.pop("link")
    till.starts_again()
    till.signs_in().picks().pays()

    assert [None] == [order.oms_at for order in till.orders()]


def test_the_device_s_own_time_stands_beside_the_business_time(selling: Till) -> None:
    """A clock corrected by an hour: the invoice's time stood still, and the order says so."""
    selling.picks().pays().says("SaleLeft").picks()
    selling.device.clock.at -= timedelta(hours=1)

    second = selling.pays().orders()[1]

    assert second.device_at is not None
    assert second.device_at < second.at


def test_the_first_of_april_needs_a_manager_where_nobody_agrees(selling: Till) -> None:
    """A wrong guess would number invoices in the wrong financial year."""
    selling.picks().pays().says("SaleLeft").goes_offline()
    selling.picks()
    selling.device.clock.at += timedelta(days=140)

    selling.signs_in("asha", "1111").pays()

    assert (1, True) == (len(selling.orders()), selling.state.clock is not None)
