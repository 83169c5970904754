"""The demo store: what the contract promises, and what every shop would expect of its data."""

import hashlib
import stat
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from app.domain.customer import tidied, wrong
from app.domain.product import Product
from app.domain.settings import Settings
from app.domain.staff import StaffMember
from app.domain.tax import TaxRate, rate_on
from app.sync.protocol import Dataset
from server.__main__ import main
from server.demo.fill import fill
from server.demo.pictures import draw
from server.demo.products import ean13, make_products, opening_stock, picture_key, things
from server.demo.shapes import SHAPES
from server.demo.store import TENDERS, customers, rates
from server.oms.oms import Oms, wire
from server.oms.pins import seal_pin
from server.oms.records import read_all
from server.oms.revisions import current
from server.oms.secrets import Secrets, load_or_make
from server.oms.tables import VariantRow
from tests.server.conftest import settings_in

PRODUCTS = make_products({})
VARIANTS = [variant for product in PRODUCTS for variant in product.variants]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, keys: Secrets) -> Oms:
    """A filled demo store."""
    folder = tmp_path_factory.mktemp("demo")
    oms = wire(settings_in(folder, folder / "secrets.json"), keys)
    oms.database.migrate()
    assert fill(oms)
    return oms


def test_the_demo_shows_offline_mode_without_a_visit_to_the_back_office(demo: Oms) -> None:
    """O1, P1: off is the default, and a demo that cannot go offline would show nothing."""
    with demo.database.read() as session:
        [given] = read_all(session, Dataset.SETTINGS, Settings)

    assert (True, True) == (given.offline_at("R1"), given.detects_at("R1"))


def test_there_are_about_twelve_hundred_products() -> None:
    """Enough that search and scrolling mean something."""
    assert 1100 <= len(PRODUCTS) <= 1300


@pytest.mark.parametrize("name", ["id", "sku", "item_number", "barcode"])
def test_whatever_names_a_variant_is_unique(name: str) -> None:
    """A scan has to find one thing."""
    names = [getattr(variant, name) for variant in VARIANTS if getattr(variant, name)]

    assert len(names) == len(set(names))


def test_barcodes_are_valid_and_the_stores_own() -> None:
    """In 20…: 28 and 29 are labels of the scale."""
    codes = [variant.barcode for variant in VARIANTS if variant.barcode]

    assert all(code.startswith("20") and code == ean13(code[:12]) for code in codes)


def test_the_check_digit_is_that_of_gs1() -> None:
    """An example from the outside: the check digit of 400638133393 is 1."""
    assert "4006381333931" == ean13("400638133393")


def test_weighed_goods_have_numbers_that_fit_on_a_label() -> None:
    """A scale's label has five digits for the item."""
    weighed = [variant for product in PRODUCTS if product.weighed for variant in product.variants]

    assert weighed
    assert all(len(variant.item_number) == 5 and variant.barcode is None for variant in weighed)


@pytest.mark.parametrize("day", [date(2025, 9, 21), date(2025, 9, 22), date(2026, 11, 21)])
def test_every_class_has_a_rate_on_every_day(day: date) -> None:
    """A product without a rate can't be sold."""
    classes = {product.tax_class for product in PRODUCTS}

    assert all(isinstance(rate_on(tuple(rates()), each, day), TaxRate) for each in classes)


def test_rates_are_those_of_the_law() -> None:
    """5/12/18/28 until the reform, 5/18/40 since."""
    before, since = (
        {rate.rate for rate in rates() if rate.starts == day} for day in (date(2017, 7, 1), date(2025, 9, 22))
    )

    assert ({0, 500, 1200, 1800, 2800}, {0, 500, 1800, 4000}) == (before, since)


def test_everything_has_a_price_a_code_and_a_count() -> None:
    """The demo shows a shop in order; what is not in order has its own tests."""
    counts = opening_stock(PRODUCTS)

    assert all(product.hsn.isdigit() for product in PRODUCTS)
    assert all(variant.price and variant.id in counts for variant in VARIANTS)


def test_the_tenders_are_those_of_the_contract() -> None:
    """Their names are what end-to-end tests and cashiers look for."""
    expected = ["Cash at Store", "Card Swipe at Store", "UPI at Store", "Wallet", "Gift Voucher", "House Account"]
    expected += ["Payment Link", "Card on Terminal"]

    assert expected == [tender.name for tender in TENDERS]


def test_there_are_forty_customers() -> None:
    """With phones and ids of their own."""
    assert (40, 40, 40) == (
        len(list(customers())),
        len({each.id for each in customers()}),
        len({each.phone for each in customers()}),
    )


def test_every_customer_can_be_saved_as_they_are() -> None:
    """Somebody corrects a phone number, and must not be told that the GSTIN was wrong all along."""
    assert [] == [each.id for each in customers() if wrong(each) or each != tidied(each)]


def test_a_pin_opens_its_seal() -> None:
    """The till checks PINs by the same sum in WebCrypto."""
    seal = seal_pin("1111")
    digest = hashlib.pbkdf2_hmac("sha256", b"1111", bytes.fromhex(seal.salt), seal.rounds)

    assert seal.digest == digest.hex()


def test_every_thing_has_a_picture_that_can_be_drawn() -> None:
    """A row with a mistyped picture would break the first start."""
    assert {picture_key(thing)[0] for thing in things()} == set(SHAPES)


def test_a_picture_is_small() -> None:
    """A grid of them is loaded over a shop's line."""
    content = draw("tunic", 0)

    assert content[8:12] == b"WEBP"
    assert len(content) < 10_000


def test_the_store_is_filled_once(demo: Oms) -> None:
    """The second start must not undo what people changed since the first."""
    with demo.database.read() as session:
        before = current(session)

    assert fill(demo) is False
    with demo.database.read() as session:
        assert before == current(session)


def test_what_is_filled_in_can_be_read(demo: Oms) -> None:
    """Products with pictures that are there, staff, variants."""
    with demo.database.read() as session:
        products = read_all(session, Dataset.PRODUCTS, Product)
        names = [member.name for member in read_all(session, Dataset.STAFF, StaffMember)]
        variants = len(session.scalars(select(VariantRow.id)).all())

    assert (["Asha", "Ravi"], len(VARIANTS)) == (names, variants)
    assert all((demo.settings.pictures / f"{product.picture}.webp").exists() for product in products)


def test_secrets_are_for_their_owner_alone(tmp_path: Path) -> None:
    """Whoever reads the file reads every sale."""
    path = tmp_path / "deep" / "secrets.json"
    first, second = load_or_make(path), load_or_make(path)

    assert 0o600 == stat.S_IMODE(path.stat().st_mode)
    assert (first.secret, first.public_key) == (second.secret, second.public_key)


def test_a_demo_store_is_not_shown_to_the_world(
    tmp_path: Path, template: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its PINs stand in the manual: who meant to open a real shop has to say that this is what they want."""
    monkeypatch.delenv("STORE_OS_DATABASE_URL", raising=False)
    monkeypatch.setenv("STORE_OS_SECRET_FILE", str(template / "secrets.json"))
    code = main(["serve", "--host", "0.0.0.0", "--port", "0", "--data", str(tmp_path), "--no-open"])  # noqa: S104

    assert (1, True) == (code, "add --demo" in capsys.readouterr().err)
