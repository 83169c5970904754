"""A list as a file: the same rows, all of them, as a spreadsheet takes them."""

from decimal import Decimal

import pytest

from server.office import audit, lists
from server.oms.catalogue import put_products, put_stock
from server.oms.oms import Oms
from tests.conftest import product, variant
from tests.server.office.office import ROOT, Office


def test_a_refund_is_a_number_in_the_file(oms: Oms, admin: Office) -> None:
    """Counts below zero have to add up; an apostrophe would make text of them."""
    with oms.database.write() as session:
        put_stock(session, {"v1": Decimal(-3)})

    assert "Cotton Kurta · M,SKU-v1,,Apparel,-3,PCS" in admin.opens("stock", format="csv")


def test_a_list_comes_as_a_workbook_too(admin: Office) -> None:
    """Whoever has a spreadsheet wants no questions about commas."""
    reply = admin.client.get(f"{ROOT}/staff", params={"format": "xlsx"})

    assert (b"PK", 'attachment; filename="staff.xlsx"') == (reply.content[:2], reply.headers["content-disposition"])


def test_a_file_has_all_rows(oms: Oms, admin: Office) -> None:
    """Not only those of the page."""
    with oms.database.write() as session:
        put_products(session, [product(f"n{at}", variant(f"x{at}")) for at in range(120)])

    assert 122 == len(admin.opens("products", format="csv").strip().splitlines())


def test_a_file_that_would_lack_rows_is_none(oms: Oms, admin: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A year's export without its first weeks looks whole, and is filed as it is."""
    monkeypatch.setattr(lists, "MOST_ROWS", 1)
    with oms.database.write() as session:
        for name in ("first", "second"):
            audit.note(session, "admin", "import", name, None, None)
    reply = admin.client.get(f"{ROOT}/audit", params={"format": "csv"})

    assert (422, True) == (reply.status_code, "Nothing was exported" in reply.text)
