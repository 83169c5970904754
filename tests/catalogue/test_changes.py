"""Changes: a price or a count that changed reaches the till, once, in whatever order it comes."""

from itertools import permutations

import pytest

from app.catalogue.changes import Applied, apply, compacted
from app.catalogue.image import Catalogue, Stocked
from app.catalogue.search import Found, NotFound, find_code, search
from app.domain.product import Product
from app.domain.tax import TaxRate
from app.sync.protocol import (
    Change,
    ProductChange,
    RateChange,
    StaffChange,
    StockChange,
    StockRow,
    TenderChange,
)
from tests.conftest import open_catalogue, product, rate, staff, stock, tender, variant

KURTA = product("kurta", variant("kurta-m", sku="KR-M"), name="Kurta")
SARI = product("sari", variant("sari-1", sku="SR"), name="Sari")


def on_shelf() -> Catalogue:
    return open_catalogue(Stocked(KURTA, (stock("kurta-m"),)), Stocked(SARI), rates=(rate(),), cursor=100)


def sold_as(thing: Product, revision: int) -> ProductChange:
    return ProductChange(id=thing.id, revision=revision, value=thing)


def gone(thing: Product, revision: int) -> ProductChange:
    """A deletion may carry the last state: `gone` is what counts."""
    return ProductChange(id=thing.id, revision=revision, gone=True, value=thing)


def counted(row: StockRow, revision: int) -> StockChange:
    return StockChange(id=row.variant_id, revision=revision, value=row)


def taxed(value: TaxRate, revision: int) -> RateChange:
    return RateChange(id=value.key, revision=revision, value=value)


def priced_at(price: int) -> Product:
    return product("kurta", variant("kurta-m", price, sku="KR-M"), name="Kurta")


def names(shelf: Catalogue, text: str = "") -> list[str]:
    return [found.name for found in search(shelf, text)]


def test_a_changed_price_is_sold_at() -> None:
    """The price on the tag and the price at the till are the same from now on."""
    shelf = on_shelf()
    apply(shelf, [sold_as(priced_at(39_900), 101)])

    assert priced_at(39_900) == shelf.product("kurta")


def test_a_changed_name_is_found_by_its_new_words_alone() -> None:
    """The old words must not lead to a thing that no longer has them."""
    shelf = on_shelf()
    apply(shelf, [sold_as(product("kurta", variant("kurta-m", sku="LT"), name="Long Tunic"), 101)])

    assert (["Long Tunic"], []) == (names(shelf, "tunic"), names(shelf, "kurta"))


@pytest.mark.parametrize("name", ["Kurta", "Kurta New"], ids=["its price", "its name"])
def test_a_changed_product_keeps_its_place(name: str) -> None:
    """A best seller does not fall to the end of the grid because something about it changed."""
    shelf = on_shelf()
    apply(shelf, [sold_as(product("kurta", variant("kurta-m", 39_900, sku="KR-M"), name=name), 101)])

    assert [name, "Sari"] == names(shelf)


def test_a_new_product_comes_after_the_others() -> None:
    """Nobody knows yet how well it sells."""
    shelf = on_shelf()
    apply(shelf, [sold_as(product("dupatta", name="Dupatta"), 101)])

    assert ["Kurta", "Sari", "Dupatta"] == names(shelf)


def test_a_new_product_is_scanned() -> None:
    """New goods arrive with their barcodes in the morning and are sold the same day."""
    shelf = on_shelf()
    apply(shelf, [sold_as(product("cap", variant("cap-1", barcode="5901234123457"), name="Cap"), 101)])

    assert isinstance(find_code(shelf, "5901234123457"), Found)


def test_a_gone_product_vanishes() -> None:
    """What was recalled cannot be found, scanned or sold by its variant."""
    shelf = on_shelf()
    apply(shelf, [gone(KURTA, 101)])
    left = (names(shelf, "kurta"), shelf.product("kurta"), shelf.product_of("kurta-m"))

    assert ([], None, None) == left
    assert isinstance(find_code(shelf, "KR-M"), NotFound)


def test_a_size_that_was_dropped_is_not_scanned() -> None:
    """The product stays, one of its variants does not."""
    shelf = on_shelf()
    apply(shelf, [sold_as(product("kurta", variant("kurta-l", sku="KR-L"), name="Kurta"), 101)])

    assert shelf.product_of("kurta-m") is None
    assert isinstance(find_code(shelf, "KR-M"), NotFound)


def test_a_size_without_any_code_is_known() -> None:
    """Its tag is read by eye; the cart still has to find its product."""
    plain, other = (product("dhoti", variant(size, sku=""), name="Dhoti") for size in ("dhoti-m", "dhoti-l"))
    shelf = open_catalogue(plain)
    apply(shelf, [sold_as(other, 101)])

    assert (None, other) == (shelf.product_of("dhoti-m"), shelf.product_of("dhoti-l"))


def test_a_product_moves_to_a_new_category() -> None:
    """The chip of the new one shows it, the chip of the old one no longer does."""
    shelf = on_shelf()
    apply(shelf, [sold_as(product("kurta", name="Kurta", category="Sale"), 101)])
    shown = {chip.name: names_in(shelf, chip.name) for chip in shelf.categories()}

    assert {"Apparel": ["Sari"], "Sale": ["Kurta"]} == shown


def names_in(shelf: Catalogue, category: str) -> list[str]:
    """Both ways to ask a chip, which have to agree."""
    listed = [found.name for found in search(shelf, "", category)]
    assert listed == [found.name for found in search(shelf, "neem", category)]
    return listed


def test_stock_is_counted_anew() -> None:
    """The OMS's count and the sales in it belong together and arrive together."""
    shelf = on_shelf()
    apply(shelf, [counted(stock("kurta-m", 3, included={"R1": 9}), 101)])

    assert stock("kurta-m", 3, included={"R1": 9}) == shelf.stock("kurta-m")


def test_stock_that_is_no_longer_counted_is_unknown() -> None:
    """Unknown is not zero: the till must not refuse what nobody counts."""
    shelf = on_shelf()
    apply(shelf, [StockChange(id="kurta-m", revision=101, gone=True)])

    assert shelf.stock("kurta-m") is None


def test_a_rate_of_the_image_is_replaced() -> None:
    """A corrected rate under the same key must not leave two that hold on the same day."""
    shelf = on_shelf()
    apply(shelf, [taxed(rate(percent=12), 101)])
    apply(shelf, [taxed(rate(percent=5), 102)])

    assert (rate(percent=5),) == shelf.rates()


def test_a_rate_goes() -> None:
    """A rate that was entered by mistake."""
    shelf = on_shelf()
    apply(shelf, [RateChange(id=rate().key, revision=101, gone=True)])

    assert () == shelf.rates()


@pytest.mark.parametrize("revision", [99, 100])
def test_what_the_image_holds_is_passed_over(revision: int) -> None:
    """A new image with old changes behind it must not fall back to yesterday's price."""
    shelf = on_shelf()

    assert Applied() == apply(shelf, [sold_as(priced_at(1), revision), gone(SARI, revision)])
    assert KURTA == shelf.product("kurta")


def test_twice_changes_nothing() -> None:
    """After a crash the same pages are applied again."""
    shelf = on_shelf()
    apply(shelf, [sold_as(priced_at(39_900), 101)])

    assert Applied() == apply(shelf, [sold_as(priced_at(39_900), 101)])


@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("together", [True, False], ids=["one page", "a page each"])
def test_the_highest_revision_wins_in_any_order(order: tuple[int, ...], together: bool) -> None:
    """Pages may be read back out of order; the last word of the back office counts, a deletion included."""
    changes: list[Change] = [sold_as(priced_at(1), 101), gone(KURTA, 102), sold_as(priced_at(3), 103)]
    shelf = on_shelf()
    shuffled = [changes[i] for i in order]
    for page in [shuffled] if together else [[change] for change in shuffled]:
        apply(shelf, page)

    assert priced_at(3) == shelf.product("kurta")


def test_an_old_change_does_not_bring_back_what_went() -> None:
    """A recalled product stays recalled when an older page turns up."""
    shelf = on_shelf()
    apply(shelf, [gone(KURTA, 102)])
    apply(shelf, [sold_as(priced_at(1), 101)])

    assert shelf.product("kurta") is None


def test_what_changed_is_counted() -> None:
    """The till draws the grid again only when something in it changed."""
    page: list[Change] = [
        sold_as(priced_at(1), 101),
        sold_as(SARI, 102),
        counted(stock("kurta-m", 1), 103),
        taxed(rate("food", 5), 104),
        TenderChange(id="cash", revision=105, value=tender()),
    ]

    assert Applied(products=2, stock=1, rates=1) == apply(on_shelf(), page)


def test_a_failure_half_way_leaves_nothing() -> None:
    """Half of a page would be a catalogue that the back office never had."""
    shelf = on_shelf()
    shelf.db.execute("DROP TABLE stock")
    with pytest.raises(Exception, match="no such table"):
        apply(shelf, [sold_as(priced_at(1), 101), counted(stock("kurta-m", 1), 102)])

    assert KURTA == shelf.product("kurta")


def test_compacting_keeps_the_newest_of_each_thing() -> None:
    """A year of price changes must not grow on the register."""
    pages: list[list[Change]] = [
        [sold_as(priced_at(1), 101), TenderChange(id="cash", revision=5, value=tender())],
        [sold_as(priced_at(2), 102), TenderChange(id="cash", revision=6, value=tender(name="Cash"))],
    ]

    assert (
        TenderChange(id="cash", revision=6, value=tender(name="Cash")),
        sold_as(priced_at(2), 102),
    ) == compacted(pages, image_cursor=100)


def test_compacting_drops_what_the_new_image_holds() -> None:
    """Products, stock and rates are in the image; people never are, and are kept."""
    page: list[Change] = [
        sold_as(priced_at(1), 99),
        counted(stock("kurta-m"), 100),
        taxed(rate(), 98),
        StaffChange(id="s1", revision=1, value=staff()),
        counted(stock("sari-1"), 101),
    ]

    assert (page[3], page[4]) == compacted([page], image_cursor=100)


def test_compacted_changes_give_the_same_catalogue() -> None:
    """Compacting is only about size: the till must not see a difference."""
    page: list[Change] = [sold_as(priced_at(1), 101), gone(SARI, 102), sold_as(priced_at(2), 103), gone(SARI, 90)]
    plain, small = on_shelf(), on_shelf()
    apply(plain, page)
    apply(small, compacted([page], image_cursor=100))

    assert names(plain) == names(small) == ["Kurta"]
    assert plain.product("kurta") == small.product("kurta") == priced_at(2)
