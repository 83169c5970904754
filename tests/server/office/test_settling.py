"""What an admin settles: features, switches of a register, codes; and what people have to look at, import and find."""

import json
from typing import Any

import pytest

from app.domain.settings import Settings
from app.sync.protocol import Dataset
from server.oms.oms import Oms
from server.oms.records import put
from server.oms.tables_online import Audit
from tests.conftest import NOW, line, order, seller
from tests.server.browser import Browser
from tests.server.office.office import Office, told, trail


def switches(register: Browser) -> Settings:
    return Settings.model_validate_json(json.dumps(told(register, "settings")["DS01"]))


def test_the_feature_is_switched_for_the_store(oms: Oms, register: Browser, admin: Office) -> None:
    """O1: without it the till has no Offline Mode."""
    admin.sends("settings")

    assert (False, ({"offline_mode": True}, {"offline_mode": False})) == (
        switches(register).offline_at("R1"),
        trail(oms)[0][3:5],
    )


def test_a_store_made_without_the_demo_has_it_off_until_it_is_allowed(
    oms: Oms, register: Browser, admin: Office
) -> None:
    """O1, P1: default off; one tick, and every register of the store has it."""
    with oms.database.write() as session:
        put(session, Dataset.SETTINGS, {"DS01": Settings(store="DS01", seller=seller())})
    before = switches(register)

    admin.sends("settings", offline="on")

    assert (False, False, True) == (
        before.offline_at("R1"),
        before.detects_at("R1"),
        switches(register).offline_at("R1"),
    )


def test_switches_of_one_register_leave_the_others_alone(register: Browser, admin: Office) -> None:
    """P1: per register channel."""
    Browser.enrol(register.client)
    every = {"offline": "on", "detect": "on", "known-R1": "on", "known-R2": "on", "offline-R2": "on", "detect-R2": "on"}
    admin.sends("settings/channels/pos", **every, **{"offline-R1": "on"})
    now = switches(register)

    assert ((True, False), (True, True)) == (
        (now.offline_at("R1"), now.detects_at("R1")),
        (now.offline_at("R2"), now.detects_at("R2")),
    )


def test_a_register_that_the_page_did_not_know_keeps_its_switches(register: Browser, admin: Office) -> None:
    """It was enrolled while somebody looked at the page."""
    admin.sends("settings/channels/pos", offline="on", detect="on")

    assert (True, True) == (switches(register).offline_at("R1"), switches(register).detects_at("R1"))


def test_a_store_without_an_address_is_not_saved(admin: Office) -> None:
    """Rule 46 asks for it on every invoice."""
    assert 422 == admin.sends("settings/store", name="Demo", address="", state_code="29").status_code


def test_the_seller_is_changed_from_the_next_invoice_on(register: Browser, admin: Office) -> None:
    """A shop moves."""
    fields = {"name": "Demo Store", "address": "1 New Road", "state_code": "29", "gstin": "29abcde1234f1zw"}
    admin.sends("settings/store", **fields)
    seller = switches(register).seller

    assert ("1 New Road", "29ABCDE1234F1ZW") == (seller.address, seller.gstin)


def test_a_code_of_the_office_enrols_a_browser(admin: Office, stranger: Any) -> None:
    """The other way than the command line, for who has no console."""
    page = admin.sends("registers", name="R7").text
    code = page.split('id="code">')[1].split("<")[0]

    assert "R7" == Browser.enrol(stranger, code=code).me.register


def test_a_revoked_register_is_turned_away(oms: Oms, register: Browser, admin: Office) -> None:
    """At its very next call."""
    admin.sends("registers/R1/revoke", sure="on")

    assert (401, "register") == (register.get("/ping", nonce="x").status_code, trail(oms)[0][1])


def test_revoking_has_to_be_meant(register: Browser, admin: Office) -> None:
    """It can't be taken back."""
    status = admin.sends("registers/R1/revoke").status_code

    assert (422, 200) == (status, register.get("/ping", nonce="x").status_code)


def test_what_was_looked_at_is_settled(oms: Oms, register: Browser, manager: Office) -> None:
    """It leaves the list, and stays in the history with the name of whoever settled it."""
    register.push(register.sale(order(line("nothing"), id="odd"), id="odd"))
    digest = register.get("/exceptions").json()["exceptions"][0]["digest"]
    manager.sends(f"attention/{digest}/unknown_product")

    assert (0, "manager") == (register.get("/exceptions", resolved=False).json()["count"], trail(oms)[0][0])


def test_settling_twice_is_told(register: Browser, manager: Office) -> None:
    """Two people at one list."""
    register.push(register.sale(order(line("nothing"))))
    digest = register.get("/exceptions").json()["exceptions"][0]["digest"]
    manager.sends(f"attention/{digest}/unknown_product")

    assert 404 == manager.sends(f"attention/{digest}/unknown_product").status_code


CSV = b"name,sku,price,stock\nPencil,PEN-1,10.00,5\n,PEN-2,12.00,1\n"


def test_a_product_file_is_imported(register: Browser, manager: Office) -> None:
    """With the command line's importer, and its report of what was left out."""
    page = manager.uploads("imports", "pencils.csv", CSV).text
    names = [value["name"] for value in told(register, "products").values()]

    assert (True, True) == ("Pencil" in names, "line 3: it has no name" in page)


@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe", b"a,b\n1,2\n"])
def test_a_file_that_is_none_is_refused_in_words(manager: Office, content: bytes) -> None:
    """People choose the wrong file."""
    reply = manager.uploads("imports", "../../x.csv", content)

    assert (422, True) == (reply.status_code, 'role="alert"' in reply.text)


def test_the_audit_page_tells_imports(manager: Office) -> None:
    """An import changes a thousand prices at once."""
    manager.uploads("imports", "pencils.csv", CSV)

    assert "imports/pencils.csv" in manager.opens("audit", action="import")


def test_an_edit_at_a_till_stands_in_the_same_audit(oms: Oms, register: Browser, viewer: Office) -> None:
    """One place for "who changed this price"."""
    with oms.database.write() as session:
        row = Audit(id=77, at=NOW, register="R1", staff_id="ravi", action="edit_product", subject="SKU-v1")
        row.before, row.after, row.reason = '{"price": 1}', '{"price": 2}', "typo"
        session.add(row)

    page = viewer.opens("audit")

    assert ("edit product" in page, "ravi" in page, "R1" in page) == (True, True, True)
