"""Search and codes: what a cashier types or scans has to lead to the right thing, and never to a crash."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.catalogue.image import Catalogue
from app.catalogue.search import Found, LabelFound, NotFound, SeveralFound, find_code, search
from app.domain.barcode import complete
from app.domain.product import Product
from tests.conftest import open_catalogue, product, variant

KURTA = product(
    "kurta",
    variant("kurta-m", sku="JNE3781-KR-M", barcode=complete("200000000001"), size="M", colour="Blue"),
    variant("kurta-l", sku="JNE3781-KR-L", barcode=complete("200000000002"), size="L", colour="Blue"),
    name="Blue Cotton Kurta",
)
COMTE = product(
    "comte", variant("comte-1", barcode="036000291452"), name="Comté 24 mois", category="Dairy", brand="Été"
)
RICE = product(
    "rice",
    variant("rice-1", 8_000, sku="RICE", item_number="00123"),
    name="Basmati चावल Rice",
    category="Grocery",
    weighed=True,
    unit="KGS",
)
SALT = product(
    "salt", variant("salt-1", 2_000, sku="SALT", item_number="777"), name="Größtes Salz™", category="Grocery"
)
SHELF = (KURTA, COMTE, RICE, SALT)


@pytest.fixture(scope="module")
def shelf() -> Iterator[Catalogue]:
    opened = open_catalogue(*SHELF)
    yield opened
    opened.close()


def ids(products: tuple[Product, ...]) -> list[str]:
    return [product.id for product in products]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kurta", ["kurta"]),
        ("KUR", ["kurta"]),
        ("cot blu", ["kurta"]),
        ("neem", ["kurta", "rice", "salt"]),
        ("jne3781-kr", ["kurta"]),
        ("JNE3781-KR-L", ["kurta"]),
        ("comte", ["comte"]),
        ("Comté", ["comte"]),
        ("COMTE\u0301", ["comte"]),
        ("ete", ["comte"]),
        ("00123", ["rice"]),
        ("777", ["salt"]),
        ("GROSSTES", ["salt"]),
        ("salztm", ["salt"]),
        ("0360002914", ["comte"]),
        ("0036000291452", ["comte"]),
        ("चावल", ["rice"]),
        ("चा", ["rice"]),
        ("चि", []),
        ("kurta rice", []),
        ("otton", []),
    ],
)
def test_each_word_begins_a_word_of_the_product(shelf: Catalogue, text: str, expected: list[str]) -> None:
    """A cashier types the beginnings of what is on the tag: name, brand, SKU, item number or barcode, any case."""
    assert expected == ids(search(shelf, text))


def test_nothing_typed_shows_the_best_sellers(shelf: Catalogue) -> None:
    """The grid before the first key: what sells best is one tap away."""
    assert ["kurta", "comte", "rice", "salt"] == ids(search(shelf, "  "))


def test_a_category_shows_its_best_sellers(shelf: Catalogue) -> None:
    """A chip narrows the grid."""
    assert ["rice", "salt"] == ids(search(shelf, "", "Grocery"))


def test_a_category_narrows_a_search(shelf: Catalogue) -> None:
    """Brand and chip together: all of this brand in groceries."""
    assert ["rice", "salt"] == ids(search(shelf, "neem", "Grocery"))


def test_an_unknown_category_is_empty(shelf: Catalogue) -> None:
    """A chip may outlive its category by the moment between a change and the next drawing."""
    assert ((), ()) == (search(shelf, "", "Toys"), search(shelf, "neem", "Toys"))


def test_results_come_in_the_order_of_what_sells(shelf: Catalogue) -> None:
    """The first results are the ones that are asked for most; the limit cuts the others."""
    assert ["kurta", "rice"] == ids(search(shelf, "n", limit=2))


@pytest.mark.parametrize(
    "text",
    ['"', '""" OR *', "kurta AND", "NEAR(a b)", "^kurta", "kurta:", "-kurta", "name : kurta", "(", "\x00", "'; DROP"],
)
def test_operators_are_only_text(shelf: Catalogue, text: str) -> None:
    """A scanner that sends rubbish, or a name with a quote, must not become a query of another kind."""
    assert set(ids(search(shelf, text))) <= {"kurta"}


@pytest.mark.parametrize("text", ["k" * 10_000, " ".join(f"k{i}" for i in range(2_000))], ids=["a key", "a page"])
def test_ten_thousand_characters_are_searched_like_any_text(shelf: Catalogue, text: str) -> None:
    """A stuck key or a pasted page must not stop the till."""
    assert () == search(shelf, text)


def test_emoji_alone_find_nothing(shelf: Catalogue) -> None:
    """They are typed on tablets; they are no word of any product."""
    assert () == search(shelf, "\U0001f600\U0001f9c0")


def test_emoji_beside_a_word_are_passed_over(shelf: Catalogue) -> None:
    """The word that was typed still counts."""
    assert ["comte"] == ids(search(shelf, "comte \U0001f9c0"))


@given(st.text(alphabet=st.characters(), max_size=60))
def test_no_text_raises(text: str) -> None:
    """Whatever Unicode has, lone surrogates included, a search and a scan answer it."""
    opened = open_catalogue(KURTA)

    assert isinstance(search(opened, text), tuple)
    assert isinstance(find_code(opened, text), Found | SeveralFound | LabelFound | NotFound)


@pytest.mark.parametrize(
    ("text", "variant_id"),
    [
        (complete("200000000001"), "kurta-m"),
        (complete("200000000002"), "kurta-l"),
        (f" {complete('200000000002')}\r\n", "kurta-l"),
        ("JNE3781-KR-L", "kurta-l"),
        ("jne3781-kr-l", "kurta-l"),
        ("777", "salt-1"),
        ("036000291452", "comte-1"),
        ("0036000291452", "comte-1"),
    ],
)
def test_a_code_leads_to_its_variant(shelf: Catalogue, text: str, variant_id: str) -> None:
    """One scan is one piece of this size; a UPC-A and its EAN-13 are the same thing."""
    found = find_code(shelf, text)
    assert isinstance(found, Found)

    assert variant_id == found.variant.id


def test_an_ean_13_on_file_is_found_by_its_upc_a() -> None:
    """Files write the leading zero, scanners in the USA do not send it."""
    found = find_code(open_catalogue(product("p", variant("v", barcode="0036000291452"))), "036000291452")

    assert isinstance(found, Found)


@pytest.mark.parametrize("text", ["", "   ", "999", "JNE3781", "9" * 10_000, "kurta", "\ud800"])
def test_an_unknown_code_says_what_to_do(shelf: Catalogue, text: str) -> None:
    """Part of a code is no code: the wrong thing in the cart costs more than a second scan."""
    expected = NotFound("Nothing has this code. The cart is as it was. Check the digits, or search by name.")

    assert expected == find_code(shelf, text)


def test_of_equal_codes_the_barcode_wins() -> None:
    """Imported files repeat numbers; what a scanner reads is the barcode."""
    by_sku = product("a", variant("a-1", sku="5901234123457"))
    by_barcode = product("b", variant("b-1", barcode="5901234123457"))
    found = find_code(open_catalogue(by_sku, by_barcode), "5901234123457")
    assert isinstance(found, Found)

    assert "b" == found.product.id


def test_a_barcode_on_two_products_names_both_the_better_seller_first() -> None:
    """An error of the file, and only who holds the thing can tell: a guess would sell the wrong one."""
    twins = [product(name, variant(f"{name}-1", barcode="5901234123457")) for name in ("z", "a")]
    found = find_code(open_catalogue(*twins), "5901234123457")
    assert isinstance(found, SeveralFound)

    assert ["z", "a"] == [each.id for each in found.products]


def test_a_barcode_on_two_sizes_names_their_product_once() -> None:
    """Many small makers print one code on every size; the size is asked."""
    shirt = product("shirt", *(variant(f"shirt-{size}", size=size, barcode="5901234123457") for size in ("M", "L")))
    found = find_code(open_catalogue(shirt), "5901234123457")

    assert SeveralFound((shirt,)) == found


def test_a_weight_label_gives_kilograms(shelf: Catalogue) -> None:
    """28, item 00123, 1,250 grams."""
    found = find_code(shelf, complete("280012301250"))
    assert isinstance(found, LabelFound)

    assert ("rice-1", Decimal("1.250"), None) == (found.variant.id, found.quantity, found.amount)


def test_a_price_label_gives_amount_and_weight(shelf: Catalogue) -> None:
    """29, item 00123, \u20b9 100.00 at \u20b9 80 a kilogram."""
    found = find_code(shelf, complete("290012310000"))
    assert isinstance(found, LabelFound)

    assert ("rice-1", Decimal("1.250"), 10_000) == (found.variant.id, found.quantity, found.amount)


def test_a_label_finds_an_item_number_without_its_zeros() -> None:
    """A spreadsheet has eaten the zeros of many a file."""
    rice = product("rice", variant("rice-1", item_number="123"), weighed=True)

    assert isinstance(find_code(open_catalogue(rice), complete("280012301250")), LabelFound)


def test_a_code_on_file_is_no_label() -> None:
    """A store that gave 28… to a piece before it had a scale still sells that piece."""
    mug = product("mug", variant("mug-1", barcode=complete("280012301250")))

    assert isinstance(find_code(open_catalogue(mug, RICE), complete("280012301250")), Found)


def refusal(found: Found | SeveralFound | LabelFound | NotFound) -> str:
    assert isinstance(found, NotFound)
    return found.why


def test_a_misread_label_is_refused(shelf: Catalogue) -> None:
    """One wrong digit is another weight: the check digit is there to catch it."""
    digits = complete("280012301250")
    wrong = digits[:-1] + str((int(digits[-1]) + 1) % 10)

    assert refusal(find_code(shelf, wrong)).startswith("The scale's label was misread.")


def test_a_label_of_a_piece_is_refused(shelf: Catalogue) -> None:
    """Salt is sold by the packet: 1.25 packets is not a sale."""
    assert refusal(find_code(shelf, complete("280077701250"))).startswith("No weighed product has the item number")


@pytest.mark.parametrize("body", ["280012300000", "290012300000"], ids=["no grams", "no paise"])
def test_an_empty_label_is_refused(shelf: Catalogue, body: str) -> None:
    """A line of nothing would stand on an invoice."""
    assert "tells no weight" in refusal(find_code(shelf, complete(body)))


@pytest.mark.parametrize("price", [None, 0])
def test_a_price_label_of_a_thing_without_price_is_refused(price: int | None) -> None:
    """Without a price a kilogram nobody can tell what the label weighed."""
    rice = product("rice", variant("rice-1", price, item_number="00123"), weighed=True)

    assert "tells no weight" in refusal(find_code(open_catalogue(rice), complete("290012310000")))
