"""What registers are told: every change once, in order, none left out however they ask."""

from decimal import Decimal

import pytest

from app.domain.customer import Customer
from app.sync.protocol import CHANGES, ChangesPage, Dataset, StaffChange
from server.oms.catalogue import put_products, put_stock, remove_products
from server.oms.changes import changes_since
from server.oms.oms import Oms
from server.oms.records import put
from server.oms.revisions import current
from tests.conftest import customer, product, staff, variant
from tests.server.browser import Browser

pytestmark = pytest.mark.databases

EVERYTHING = tuple(Dataset)


def ids(page: ChangesPage) -> list[str]:
    return [change.id for change in page.changes]


def everything(oms: Oms, cursor: int = 0, limit: int = 500) -> ChangesPage:
    with oms.database.read() as session:
        return changes_since(session, cursor, EVERYTHING, limit)


def _fail_while_writing(oms: Oms) -> None:
    with oms.database.write() as session:
        put(session, Dataset.CUSTOMERS, {"c2": customer("c2")})
        raise ZeroDivisionError


def test_from_the_start_everything_is_listed(oms: Oms) -> None:
    """A register that knows nothing gets all of it: products, rates, stock, people, settings."""
    assert ["p1", "standard@2025-09-22", "v1", "v2", "cash", "s1", "c1", "DS01"] == ids(everything(oms))


def test_nothing_new_is_an_empty_page(oms: Oms) -> None:
    """The usual answer, many times an hour."""
    end = everything(oms).cursor

    assert ChangesPage(changes=(), cursor=end, more=False) == everything(oms, end)


def test_pages_of_any_size_list_the_same(oms: Oms) -> None:
    """A slow line asks for small pages and must miss nothing."""
    for limit in range(1, 9):
        listed, cursor, more = list[str](), 0, True
        while more:
            page = everything(oms, cursor, limit)
            listed, cursor, more = listed + ids(page), page.cursor, page.more

        assert ids(everything(oms)) == listed


def test_a_change_comes_after_all_before_it(oms: Oms) -> None:
    """A register at the newest cursor hears of the next change, and of that one alone."""
    end = everything(oms).cursor
    with oms.database.write() as session:
        put(session, Dataset.STAFF, {"s1": staff(active=False)})

    assert ["s1"] == ids(everything(oms, end))


def test_writing_the_same_again_is_no_change(oms: Oms) -> None:
    """An import every night must not make every till pull the whole catalogue."""
    with oms.database.write() as session:
        before = current(session)
        put_products(session, [product("p1", variant("v1", size="M"), variant("v2", size="L"))])
        put_stock(session, {"v1": Decimal("10.000")})

        assert before == current(session)


def test_what_is_gone_is_told(oms: Oms) -> None:
    """A product taken out of the catalogue must not be sold on from an old copy."""
    end = everything(oms).cursor
    with oms.database.write() as session:
        remove_products(session, ["p1"])
    change = everything(oms, end).changes[0]

    assert ("p1", True, None) == (change.id, change.gone, change.value)


def test_what_comes_back_is_told(oms: Oms) -> None:
    """The product of the last summer is there again."""
    with oms.database.write() as session:
        remove_products(session, ["p1"])
    end = everything(oms).cursor
    with oms.database.write() as session:
        put_products(session, [product("p1", variant("v1", size="M"), variant("v2", size="L"))])

    assert [False] == [change.gone for change in everything(oms, end).changes]


def test_a_failed_write_changes_nothing(oms: Oms) -> None:
    """Half an import is worse than none."""
    before = everything(oms)
    with pytest.raises(ZeroDivisionError):
        _fail_while_writing(oms)

    assert before == everything(oms)


def test_people_can_be_asked_for_alone(register: Browser) -> None:
    """A register that starts from an image has the catalogue already."""
    reply = register.get("/changes", cursor=0, datasets="tenders,staff,customers,settings")

    assert ["cash", "s1", "c1", "DS01"] == ids(ChangesPage.model_validate_json(reply.content))


def test_a_part_ends_at_the_newest_change_of_all(oms: Oms, register: Browser) -> None:
    """So that one cursor is enough from there."""
    reply = register.get("/changes", cursor=0, datasets="tenders")

    assert everything(oms).cursor == reply.json()["cursor"]


def test_an_unknown_data_set_is_a_problem(register: Browser) -> None:
    """A typing mistake must not look like "nothing changed"."""
    assert 422 == register.get("/changes", cursor=0, datasets="stuff").status_code


def test_values_arrive_as_they_were_written(oms: Oms, register: Browser) -> None:
    """What is stored as JSON is the noun of the domain, also through the wire."""
    page = ChangesPage.model_validate_json(register.get("/changes", cursor=0).content)
    found = [change.value for change in page.changes if isinstance(change, StaffChange)]

    assert [staff()] == found
    assert page.changes == CHANGES.validate_json(CHANGES.dump_json(page.changes))


def test_a_name_with_markup_and_emoji_survives(oms: Oms, register: Browser) -> None:
    """Names are data: they come out as they went in."""
    odd = Customer(id="c9", name='<b onclick="x">Ravi & \N{GRINNING FACE}</b>')
    with oms.database.write() as session:
        put(session, Dataset.CUSTOMERS, {"c9": odd})
    page = ChangesPage.model_validate_json(register.get("/changes", cursor=0, datasets="customers").content)

    assert odd.name == getattr(page.changes[-1].value, "name", "")
