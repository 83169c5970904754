"""The catalogue's image: right, immutable, resumable, and renewed without anyone waiting for it."""

import hashlib
from decimal import Decimal

import pytest
from starlette.testclient import TestClient

from app.catalogue.image import Catalogue, open_image, unpack
from app.sync.protocol import IMAGE_FORMAT, Dataset, Manifest
from server.oms import images
from server.oms.catalogue import put_products, put_stock
from server.oms.oms import Oms
from server.oms.records import remove
from tests.conftest import order, product, variant
from tests.server.browser import Browser


def manifest(register: Browser) -> Manifest:
    return Manifest.model_validate_json(register.get("/snapshot").content)


def download(register: Browser, **headers: str) -> bytes:
    path = manifest(register).image.url
    return bytes(register.client.get(path, headers={**register.bearer, **headers}).content)


def opened(register: Browser) -> Catalogue:
    offer = manifest(register).image
    raw = unpack(download(register), offer.sha256)
    assert isinstance(raw, bytes)
    catalogue = open_image(raw)
    assert isinstance(catalogue, Catalogue)
    return catalogue


def test_the_image_is_what_the_till_opens(register: Browser) -> None:
    """Server and till share one format."""
    catalogue = opened(register)
    found = catalogue.stock("v1")

    assert product("p1", variant("v1", size="M"), variant("v2", size="L")) == catalogue.product("p1")
    assert found is not None
    assert Decimal(10) == found.quantity


def test_the_manifest_describes_the_file(register: Browser) -> None:
    """The till checks size and hash of the very bytes that it was served."""
    offer, content = manifest(register).image, download(register)

    assert (len(content), hashlib.sha256(content).hexdigest()) == (offer.bytes, offer.sha256)


def test_the_manifest_counts_each_data_set(register: Browser) -> None:
    """The till tells from it what is still missing before it may go offline."""
    counts = {dataset.value: info.rows for dataset, info in manifest(register).datasets.items()}
    people = {"tenders": 1, "staff": 1, "customers": 1, "settings": 1, "promotions": 0, "extensions": 0}
    people |= {"vouchers": 0, "accounts": 0}

    assert {"products": 1, "stock": 2, "rates": 1, **people} == counts


def test_the_counts_follow_what_is_new_and_what_goes(register: Browser, oms: Oms) -> None:
    """A register compares them with what it holds: an old count would have it wait for something that is gone."""
    before = manifest(register).datasets[Dataset.PRODUCTS]
    with oms.database.write() as session:
        put_products(session, [product("p2", variant("v3"))])
    more = manifest(register).datasets[Dataset.PRODUCTS]
    with oms.database.write() as session:
        remove(session, Dataset.PRODUCTS, ["p1", "p2"])
    none = manifest(register).datasets[Dataset.PRODUCTS]

    assert [1, 2, 0] == [before.rows, more.rows, none.rows]
    assert before.changed_at is not None
    assert more.changed_at is not None
    assert before.changed_at < more.changed_at


def test_a_count_of_stock_makes_nobody_walk_through_the_products(
    register: Browser, oms: Oms, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sales write stock all day, and each register asks every quarter of an hour."""
    first = manifest(register).datasets
    monkeypatch.delattr("server.oms.changes._counted")
    with oms.database.write() as session:
        put_stock(session, {"v1": Decimal(9)})
    then = manifest(register).datasets

    assert first[Dataset.PRODUCTS] == then[Dataset.PRODUCTS]
    assert first[Dataset.STOCK].changed_at != then[Dataset.STOCK].changed_at


def test_a_download_can_be_resumed(register: Browser) -> None:
    """A line that breaks every minute still gets the whole file."""
    whole = download(register)

    assert whole == download(register, Range="bytes=0-99") + download(register, Range="bytes=100-")


def test_a_range_beyond_the_end_says_so(register: Browser) -> None:
    """416 tells the courier to begin again."""
    path = manifest(register).image.url
    reply = register.client.get(path, headers={**register.bearer, "Range": "bytes=99999999-"})

    assert 416 == reply.status_code


def test_the_file_is_not_encoded_on_the_way(register: Browser) -> None:
    """Ranges and the hash are those of the gzip file itself, so no one may unpack it in between."""
    path = manifest(register).image.url
    reply = register.client.get(path, headers={**register.bearer, "Accept-Encoding": "gzip, br"})

    assert ("application/gzip", None) == (reply.headers["content-type"], reply.headers.get("content-encoding"))
    assert "immutable" in reply.headers["cache-control"]


def test_an_unknown_image_is_a_problem(register: Browser) -> None:
    """The courier then asks for the manifest again."""
    assert 404 == register.get(f"/images/{'0' * 64}").status_code


def test_a_few_changes_make_no_new_image(oms: Oms, register: Browser) -> None:
    """They come as changes; a new image for each sale would be downloaded by every till."""
    before = oms.images.refresh()
    register.push(register.sale(order()))

    assert before == oms.images.refresh()


def test_many_changes_make_a_new_image(oms: Oms, monkeypatch: pytest.MonkeyPatch) -> None:
    """A register that starts fresh should not have to walk through a month of changes."""
    monkeypatch.setattr(images, "STALE_AFTER", 1)
    monkeypatch.setattr(images, "COUNTS", 1)
    before = oms.images.refresh()
    with oms.database.write() as session:
        put_stock(session, {"v1": Decimal(1), "v2": Decimal(2)})

    assert oms.images.refresh().cursor == before.cursor + 2


def test_counts_of_stock_weigh_less_than_products(oms: Oms, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sales move counts all day: a new image for that would be made, and loaded by every register, again and again."""
    monkeypatch.setattr(images, "STALE_AFTER", 1)
    before = oms.images.refresh()
    with oms.database.write() as session:
        put_stock(session, {"v1": Decimal(1), "v2": Decimal(2)})

    assert before == oms.images.refresh()


def test_an_image_of_the_format_before_is_made_anew(oms: Oms, monkeypatch: pytest.MonkeyPatch) -> None:
    """After an update the goods are the same, and still registers need the index that the new release asks."""
    with monkeypatch.context() as before_the_update:
        for name in ("server.oms.images.FORMAT", "app.catalogue.image.FORMAT"):
            before_the_update.setattr(name, 1)
        old = oms.images.refresh()
        assert (1, old) == (old.format, oms.images.offer())
    new = oms.images.offer()

    assert (IMAGE_FORMAT, old.cursor) == (new.format, new.cursor)
    assert new.sha256 != old.sha256


def test_the_image_before_stays_for_those_who_are_downloading_it(oms: Oms, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new image must not break a download that is under way."""
    monkeypatch.setattr(images, "STALE_AFTER", 0)
    before = oms.images.refresh()
    with oms.database.write() as session:
        put_stock(session, {"v1": Decimal(1)})
    oms.images.refresh()

    assert oms.images.path(before.sha256).exists()


def test_an_image_that_is_damaged_on_the_disk_is_made_anew(oms: Oms, register: Browser) -> None:
    """Registers would fetch it, find it damaged and do without, until enough had changed for the next one."""
    before = oms.images.refresh()
    whole = oms.images.path(before.sha256).read_bytes()
    oms.images.path(before.sha256).write_bytes(whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:])
    started = images.Images(oms.database, oms.settings.images)
    started.start()
    started.stop()

    assert before.sha256 != manifest(register).image.sha256
    assert opened(register).product("p1") is not None


def test_a_start_makes_no_image_for_nothing(oms: Oms) -> None:
    """Every register would load the new one."""
    before = oms.images.refresh()
    started = images.Images(oms.database, oms.settings.images)
    started.start()
    started.stop()

    assert before == oms.images.offer()


def test_old_images_are_cleared_away(oms: Oms, monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy year must not fill the disk."""
    monkeypatch.setattr(images, "STALE_AFTER", 0)
    for count in range(1, 7):
        with oms.database.write() as session:
            put_stock(session, {"v1": Decimal(count)})
        oms.images.refresh()

    assert images.KEPT == len(list(oms.settings.images.glob("*.sqlite.gz")))


def test_what_sells_comes_first(
    oms: Oms, client: TestClient, register: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Results come in row order: the cashier should find bread before truffles."""
    monkeypatch.setattr(images, "STALE_AFTER", 0)
    with oms.database.write() as session:
        put_products(session, [product("p0", variant("v0"))])
    register.push(register.sale(order()))
    oms.images.refresh()
    rows = opened(register).db.execute("SELECT id FROM product ORDER BY row").fetchall()

    assert [("p1",), ("p0",)] == rows
