"""The checker over a copied register: what the OMS tells of is no fault, what it does not tell of is one."""

import copy
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.sync.lease import LeaseRequest
from app.sync.protocol import API
from e2e.torture.checker import Acknowledged, Evidence, Findings, Kept, Place, check
from e2e.torture.tabs import EXPECTED
from server.app import create_app
from server.oms.oms import wire
from server.oms.secrets import load_or_make
from tests.conftest import line, order
from tests.server.browser import Browser
from tests.server.conftest import settings_in
from tests.server.conftest import template as template
from tests.torture.conftest import entry
from tests.torture.test_checker import kinds

OPEN = "open"
"""The sale that was open when the profile was copied; both have finished it."""


def sold(browser: Browser, mark: str) -> bytes:
    return browser.sale(order(line("v1"), id=f"sale-{mark}", notes=mark), id=f"sale-{mark}")


def meets(browser: Browser, *leases: tuple[int, str, str, bool]) -> None:
    """Make contact with these leases: moves so far, held, wanted, and whether it knows that it is a copy."""
    for count, previous, wanted, copied in leases:
        asked = LeaseRequest(count=count, previous=previous, next=wanted, copied=copied).model_dump(mode="json")
        reply = browser.client.post(f"{API}/registers/lease", json=asked, headers=browser.bearer)
        assert reply.status_code == 200, reply.text


def place(name: str, lines: list[bytes]) -> Place:
    read = [entry(each).header for each in lines]
    kept = [Kept(raw, head.seq, head.id, head.number or "") for raw, head in zip(lines, read, strict=True)]
    return Place(f"IndexedDB {name}", tuple(kept), name)


@pytest.fixture(scope="module")
def parted(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    """A register sold K1, was copied, and each copy sold a sale of its own and the one that was open."""
    folder = tmp_path_factory.mktemp("parted")
    shutil.copytree(template, folder, dirs_exist_ok=True)
    oms = wire(settings_in(folder, folder / "secrets.json"), load_or_make(folder / "secrets.json"))
    client = TestClient(create_app(oms), base_url="http://localhost", client=("127.0.0.1", 50_000))
    one = Browser.enrol(client)
    lines = [sold(one, "K1")]
    two = copy.copy(one)
    of_one = [*lines, sold(one, "K2"), sold(one, OPEN)]
    of_two = [*lines, sold(two, "K3"), sold(two, OPEN)]
    meets(one, (0, "", "first", False), (1, "first", "second", False))
    one.push(*of_one)
    meets(two, (1, "first", "other", False), (1, "first", "other", True))
    two.push(*of_two)
    oms.close()
    showed = [("a", 1, "K1"), ("a", 2, "K2"), ("a", 3, OPEN), ("b", 2, "K3"), ("b", 3, OPEN)]
    series = f"{one.me.series.invoice}2627"
    told = [Acknowledged(f"{series}-{at:05d}", None, None, mark, f"R1/{name}") for name, at, mark in showed]
    return Evidence(
        f"sqlite:///{folder / 'store-os.db'}",
        folder / "secrets.json",
        tuple(told),
        (place("R1/a", of_one), place("R1/b", of_two)),
        frozenset({"K1", "K2", "K3", OPEN}),
        attention=EXPECTED,
        open_when_copied=frozenset({OPEN}),
    )


def spoilt(parted: Evidence, tmp_path: Path, *statements: str) -> Findings:
    """Change the OMS's database, and check."""
    shutil.copy(parted.database.removeprefix("sqlite:///"), tmp_path / "store-os.db")
    database = sqlite3.connect(tmp_path / "store-os.db")
    with database:
        for statement in statements:
            database.execute(statement)
    database.close()
    return check(replace(parted, database=f"sqlite:///{tmp_path / 'store-os.db'}"))


def test_what_the_oms_tells_of_copies_is_no_fault(parted: Evidence) -> None:
    """Two numbers and one order are there twice, each explained by the product's own finding: counted by itself."""
    found = check(parted)

    assert (set(), 3) == (kinds(found), found.measures["twice_by_copies_and_told"]), found


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("DELETE FROM exceptions WHERE kind = 'number'", "numbers_twice"),
        ("DELETE FROM exceptions WHERE kind = 'used_twice'", "doubled"),
        ("DELETE FROM exceptions WHERE kind = 'conflict'", "doubled"),
        ("DELETE FROM exceptions WHERE kind = 'copied'", "differing"),
        ("DELETE FROM rejects", "lost"),
    ],
)
def test_what_the_oms_does_not_tell_of_copies_is_a_fault(
    parted: Evidence, tmp_path: Path, statement: str, kind: str
) -> None:
    """Nobody would look for it."""
    assert kind in kinds(spoilt(parted, tmp_path, statement))


@pytest.mark.parametrize("name", ["R1/a", "R1/b"])
def test_each_copy_has_to_keep_its_own_sales(parted: Evidence, name: str) -> None:
    """The other copy's sale under the same number is no substitute."""
    places = tuple(replace(one, entries=one.entries[:-1]) if one.register == name else one for one in parted.places)

    found = check(replace(parted, places=places))

    assert any(f"IndexedDB {name}" in sentence for sentence in found.lost), found


def test_two_entries_of_a_register_that_nobody_copied_are_a_fault(parted: Evidence) -> None:
    """Only what was copied on purpose is excused, whatever the OMS says of it."""
    alone = replace(parted.places[0], register="R1")

    assert {"doubled", "numbers_twice"} <= kinds(check(replace(parted, places=(alone,))))
